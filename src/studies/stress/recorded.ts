/** Recorded bars in the place of a file's points, where they cover (RULES 4.2). */
import { type Bars, firstAtOrAfter } from '../../market/bars.ts';
import { segmentStarts } from '../../market/segments.ts';
import { matchSymbol } from '../../market/symbol.ts';
import { barsOfLine, type PriceLine } from '../../replay/price-line.ts';
import type { Window } from '../../replay/scenario-market.ts';
import type { Recorded } from './inputs.ts';

export type Chosen = {
  readonly file: string;
  readonly market: Recorded['market'];
  readonly bars: Bars;
  /** Whether it covers the window from end to end. */
  readonly whole: boolean;
};

/**
 * The recorded series of a symbol that a window is played on: perp before spot, then the finest interval without a hole in the
 * window, then the name of the file. A series ends where a hole longer than `maxGap` begins: behind it may be another coin.
 */
export function recordedOf(
  symbol: string,
  recorded: readonly Recorded[],
  { start, end }: Pick<Window, 'start' | 'end'>,
  maxGap: number,
): Chosen | null {
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
  if (best === undefined) return null;
  const { file, market, bars } = best;
  return { file, market, bars, whole: isWhole(bars, start, end) };
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

function hasHole(bars: Bars, start: number, end: number): boolean {
  if (!isWhole(bars, start, end)) return true;
  const first = firstAtOrAfter(bars.time, start);
  const last = firstAtOrAfter(bars.time, end);
  return last - first < Math.floor((end - start) / bars.interval);
}

/** The recorded bars of a window, and before and after them bars of the file's line. */
export function spliced(bars: Bars, line: PriceLine, { start, end }: Pick<Window, 'start' | 'end'>): Bars {
  const { interval, symbol } = bars;
  const begin = bars.time[0] ?? start;
  const missing = Math.max(0, Math.ceil((begin - Math.min(start, line.time[0] ?? start)) / interval));
  const before = barsOfLine(line, symbol, { from: begin - missing * interval, interval, count: missing });
  const stop = lastEnd(bars);
  const after = barsOfLine(line, symbol, {
    from: stop,
    interval,
    count: Math.max(0, Math.ceil((end - stop) / interval)),
  });
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

/** Bars at another level, their log moves from the start on times `scale`. */
export function levelledBars(
  bars: Bars,
  start: number,
  { level, scale }: { readonly level: number; readonly scale: number },
): Bars {
  const row = firstAtOrAfter(bars.time, start);
  const base = bars.time[row] === start ? bars.open[row]! : bars.close[Math.max(0, row - 1)]!;
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
