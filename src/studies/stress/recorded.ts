/** Recorded bars in the place of a file's points, where they cover (RULES 4.2). */
import { type Bars, firstAtOrAfter } from '../../market/bars.ts';
import { segmentStarts } from '../../market/segments.ts';
import { matchSymbol } from '../../market/symbol.ts';
import type { Scenario } from '../../model/scenario.ts';
import { barsOfLine, mapLine, type PriceLine, priceAt } from '../../replay/price-line.ts';
import type { Window } from '../../replay/scenario-market.ts';
import type { Recorded } from './inputs.ts';

/** Which event a market is asked for, and when. */
type Dated = Pick<Scenario, 'kind' | 'prices' | 'start' | 'end'>;

/**
 * The recorded series of a symbol that an event is played on: perp before spot, then the finest interval without a hole in the
 * window, then the name of the file. A series ends where a hole longer than `maxGap` begins: behind it may be another coin.
 *
 * Only what happened was recorded: null for an invented event, and for one whose prices are multiples, which have no market.
 */
export function recordedOf(
  symbol: string,
  recorded: readonly Recorded[],
  { kind, prices, start, end }: Dated,
  maxGap: number,
): Recorded | null {
  if (kind !== 'historical' || prices !== 'absolute') return null;
  const name = matchSymbol(symbol, [...new Set(recorded.map(({ bars }) => bars.symbol))]);
  const own = recorded
    .filter(({ bars }) => bars.symbol === name)
    .map((one) => ({ ...one, bars: untilReuse(one.bars, start, maxGap) }))
    .filter(({ bars }) => covers(bars, start, end));
  const [best] = own.toSorted(
    (a, b) =>
      rankOf(a) - rankOf(b) ||
      Number(hasHole(a.bars, start, end)) - Number(hasHole(b.bars, start, end)) ||
      a.bars.interval - b.bars.interval ||
      (a.file < b.file ? -1 : 1),
  );
  return best ?? null;
}

function rankOf({ market }: Recorded): number {
  return market === 'perp' ? 0 : 1;
}

/** From the hole before the start, or the beginning, to the first hole after it. */
function untilReuse(bars: Bars, start: number, maxGap: number): Bars {
  const starts = segmentStarts(bars, maxGap);
  const first = firstAtOrAfter(bars.time, start);
  const from = starts.findLast((row) => row <= first) ?? 0;
  const to = starts.find((row) => row > first) ?? bars.time.length;
  return rowsOf(bars, from, to);
}

function rowsOf(bars: Bars, from: number, to: number): Bars {
  const { symbol, interval } = bars;
  const cut = (column: Float64Array) => column.slice(from, to);
  return {
    symbol,
    interval,
    time: cut(bars.time),
    open: cut(bars.open),
    high: cut(bars.high),
    low: cut(bars.low),
    close: cut(bars.close),
    volume: cut(bars.volume),
  };
}

function lastEnd({ time, interval }: Bars): number {
  return (time.at(-1) ?? Number.NEGATIVE_INFINITY) + interval;
}

function covers(bars: Bars, start: number, end: number): boolean {
  return (bars.time[0] ?? Number.POSITIVE_INFINITY) < end && lastEnd(bars) > start;
}

function isWhole(bars: Bars, start: number, end: number): boolean {
  return (bars.time[0] ?? Number.POSITIVE_INFINITY) <= start && lastEnd(bars) >= end;
}

/** The part of a window that bars cover. */
export function coveredBy(bars: Bars, { start, end }: Pick<Window, 'start' | 'end'>): Covered {
  return { from: Math.max(start, bars.time[0] ?? end), to: Math.min(end, lastEnd(bars)) };
}

export type Covered = { readonly from: number; readonly to: number };

/** Whether bars hold all that happens in a window: behind them the line of the file stands still, as where trading ended. */
export function holdsAll(
  bars: Bars,
  line: PriceLine,
  { start, end }: Pick<Window, 'start' | 'end'>,
): boolean {
  const { from, to } = coveredBy(bars, { start, end });
  if (from > start) return false;
  const { time, price } = line;
  const still = priceAt(line, to);
  return (
    to === end ||
    (priceAt(line, end) === still &&
      price.every((one, i) => time[i]! <= to || time[i]! > end || one === still))
  );
}

function hasHole(bars: Bars, start: number, end: number): boolean {
  if (!isWhole(bars, start, end)) return true;
  const first = firstAtOrAfter(bars.time, start);
  const last = firstAtOrAfter(bars.time, end);
  return last - first < Math.floor((end - start) / bars.interval);
}

/**
 * The recorded bars of a window, and before and after them bars of the file's line, at the level of the recorded price where they
 * meet: how far the file moves is kept, and no step is made where one market ends and another begins.
 */
export function spliced(bars: Bars, line: PriceLine, { start, end }: Pick<Window, 'start' | 'end'>): Bars {
  const { interval, symbol } = bars;
  const begin = bars.time[0] ?? start;
  const missing = Math.max(0, Math.ceil((begin - Math.min(start, line.time[0] ?? start)) / interval));
  const stop = lastEnd(bars);
  const part = (at: number, price: number, from: number, count: number) => {
    const there = priceAt(line, at);
    const met = mapLine(line, (one) => price * (one / there));
    return barsOfLine(met, symbol, { from, interval, count });
  };
  const before = part(begin, bars.open[0] ?? 1, begin - missing * interval, missing);
  const after = part(stop, bars.close.at(-1) ?? 1, stop, Math.max(0, Math.ceil((end - stop) / interval)));
  const all = [before, bars, after];
  const column = (key: 'time' | 'open' | 'high' | 'low' | 'close' | 'volume') =>
    Float64Array.from(all.flatMap((one) => [...one[key]]));
  return {
    symbol,
    interval,
    time: column('time'),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
  };
}

/** The row of the bar in which a moment lies, or that ended before it: -1 where the bars begin later. */
function rowAt({ time }: Bars, at: number): number {
  const next = firstAtOrAfter(time, at);
  return time[next] === at ? next : next - 1;
}

/** The price at which a path along bars begins: the open of the bar in which the start lies, in a hole the close before. */
export function priceAtStart(bars: Bars, start: number): number {
  const row = Math.max(0, rowAt(bars, start));
  return bars.time[row]! + bars.interval > start ? bars.open[row]! : bars.close[row]!;
}

/**
 * Bars from the start on. A bar in which the start lies is played behind it, from its open: where in it the price was at the start
 * is not known, and what it fell to is not left out.
 */
export function fromStart(bars: Bars, start: number): Bars {
  const row = rowAt(bars, start);
  if (row < 0 || bars.time[row]! + bars.interval <= start) return bars;
  const own = rowsOf(bars, row, bars.time.length);
  own.time[0] = start;
  return own;
}

type BarLevel = {
  readonly start: number;
  /** The price of the bars that becomes `level`. */
  readonly base: number;
  readonly level: number;
  readonly scale: number;
};

/** Bars at another level, their log moves from the start on times `scale`. */
export function levelledBars(bars: Bars, { start, base, level, scale }: BarLevel): Bars {
  const move = (column: Float64Array) =>
    column.map((price, i) =>
      scale === 1 || bars.time[i]! < start
        ? level * (price / base)
        : level * Math.exp(scale * Math.log(price / base)),
    );
  return {
    ...bars,
    open: move(bars.open),
    high: move(bars.high),
    low: move(bars.low),
    close: move(bars.close),
  };
}
