/** A book that is held through the path: its symbols, the window that all of them have prices in, its holes. */
import type { Bars } from '../../market/bars.ts';
import { segmentStarts } from '../../market/segments.ts';
import { matchSymbol } from '../../market/symbol.ts';
import type { Book } from '../../model/book.ts';
import { DataError, InputError } from '../../model/errors.ts';
import { money } from '../../model/money.ts';
import { MS_PER_HOUR, parseUtc } from '../../model/time.ts';
import { utcText } from '../../model/utc-text.ts';
import type { Exposure } from '../../replay/path.ts';
import type { ReplayConfig } from '../replay-config.ts';
import type { Plan, PlanTree, ReplayInputs } from './inputs.ts';

export function planBook(inputs: ReplayInputs, held: Book, tree: PlanTree): Plan {
  const config = tree.studies.replay;
  const book = withSeriesNames(held, inputs);
  const named = [...new Set([...book.positions, ...book.orders].map(({ symbol }) => symbol))];
  const symbols = [...named, ...collateralSymbols(book, inputs.ohlcv, named)];
  const whole = windowOf(inputs, symbols, config);
  const series = inputs.ohlcv.filter(({ symbol }) => symbols.includes(symbol));
  const cuts = series.flatMap((bars) => firstSplit(bars, whole, tree.data.maxGap));
  const { from } = whole;
  const to = Math.min(whole.to, ...cuts.map(({ at }) => at));
  const left = inputs.ohlcv.filter(({ symbol }) => !symbols.includes(symbol));
  const holes = series.flatMap((bars) => holesOf(bars, from, to));
  return {
    book,
    symbols,
    from,
    to,
    exposures: book.positions.map(exposureOf),
    known: [],
    entries: [],
    exits: [],
    happenings: [],
    selection: null,
    fidelity: holes.length > 0 ? ['gaps-bridged'] : [],
    warnings: [
      ...left.map(({ symbol }) => `bars of ${symbol} were left aside: the book does not hold it`),
      ...cuts.filter(({ at }) => at === to).map(({ text }) => text),
      ...holes,
      ...unusedMarks(book),
      ...unplacedStops(book),
    ],
  };
}

/** The book with each symbol as its series spells it. */
function withSeriesNames(book: Book, { ohlcv, ticks }: ReplayInputs): Book {
  const names = [...new Set([...ohlcv, ...ticks].map(({ symbol }) => symbol))];
  const nameOf = (symbol: string) => {
    const found = matchSymbol(symbol, names);
    if (found !== null) return found;
    throw new DataError({
      code: 'SYMBOL_UNKNOWN',
      message: `every position must have prices, ${symbol} has none among ${names.join(', ') || 'no series'}`,
      remedy: `Give bars with --ohlcv or prints with --ticks, name a file without a symbol with --symbol ${symbol}, or leave the position out`,
    });
  };
  return {
    ...book,
    positions: book.positions.map((one) => ({ ...one, symbol: nameOf(one.symbol) })),
    orders: book.orders.map((one) => ({ ...one, symbol: nameOf(one.symbol) })),
  };
}

/** Assets that count as margin and whose price the data have. */
function collateralSymbols(book: Book, ohlcv: readonly Bars[], known: readonly string[]): string[] {
  const wanted = book.accounts.flatMap(({ currency, collateral }) =>
    collateral
      .filter(({ asset, price }) => asset !== currency && price === null)
      .map(({ asset }) => `${asset}${currency}`),
  );
  const names = ohlcv.map(({ symbol }) => symbol);
  return [...new Set(wanted)].filter((symbol) => names.includes(symbol) && !known.includes(symbol));
}

/** The time in which every symbol has prices, cut to what is asked for. */
function windowOf(
  { ohlcv, ticks }: ReplayInputs,
  symbols: readonly string[],
  config: ReplayConfig,
): { readonly from: number; readonly to: number } {
  const spans = symbols.map((symbol) => {
    const bars = ohlcv.find((one) => one.symbol === symbol);
    if (bars !== undefined && bars.time.length > 0)
      return { symbol, from: bars.time[0]!, to: bars.time[bars.time.length - 1]! + bars.interval };
    const prints = ticks.find((one) => one.symbol === symbol);
    return { symbol, from: prints?.time[0] ?? Number.NaN, to: prints?.time.at(-1) ?? Number.NaN };
  });
  const asked = askedWindow(config);
  const from = Math.max(asked.from, ...spans.map((span) => span.from));
  const to = Math.min(asked.to, ...spans.map((span) => span.to));
  if (from < to) return { from, to };
  const told = spans.map((span) => `${span.symbol} ${utcText(span.from)} to ${utcText(span.to)}`).join(', ');
  throw new DataError({
    code: 'SERIES_SHORT',
    message: `the series of a book must have a time in common${config.from === null && config.to === null ? '' : ' within --from and --to'}, was ${told}`,
    remedy: 'Give series of one time, or leave a position out',
  });
}

/** The window that --from and --to ask for; without them, all of time. */
export function askedWindow({ from, to }: ReplayConfig): { readonly from: number; readonly to: number } {
  return {
    from: from === null ? Number.NEGATIVE_INFINITY : momentOf(from, 'from'),
    to: to === null ? Number.POSITIVE_INFINITY : momentOf(to, 'to'),
  };
}

function momentOf(text: string, key: string): number {
  const time = parseUtc(text);
  if (!Number.isNaN(time)) return time;
  throw new InputError({
    code: 'CONFIG_VALUE',
    message: `studies.replay.${key} must be a moment of the calendar, was ${text}`,
    remedy: 'Write 2022-05-04 or 2022-05-04T12:00:00Z',
  });
}

/**
 * Where a hole longer than --max-gap splits the series after `from`: what comes behind it may be another asset under the
 * same name, so a held book ends there (RULES 1.3).
 */
function firstSplit(
  bars: Bars,
  { from, to }: { readonly from: number; readonly to: number },
  maxGap: number,
): { readonly at: number; readonly text: string }[] {
  const starts = segmentStarts(bars, maxGap).subarray(1);
  const start = starts.find((row) => bars.time[row]! > from && bars.time[row]! < to);
  if (start === undefined) return [];
  const at = bars.time[start - 1]! + bars.interval;
  const next = bars.time[start]!;
  const text = `${bars.symbol} has a hole from ${utcText(at)} to ${utcText(next)}, longer than --max-gap: the replay ends before it; begin behind it with --from, or bridge it with a larger --max-gap`;
  return [{ at, text }];
}

/** A held book goes through a hole: its price jumps there, unseen in between. */
function holesOf({ symbol, time, interval }: Bars, from: number, to: number): string[] {
  let count = 0;
  let longest = 0;
  let at = 0;
  for (let i = 1; i < time.length; i += 1) {
    const gap = time[i]! - time[i - 1]! - interval;
    if (gap < interval / 2 || time[i]! < from || time[i]! >= to) continue;
    count += 1;
    if (gap > longest) {
      longest = gap;
      at = time[i - 1]! + interval;
    }
  }
  if (count === 0) return [];
  const hours = (longest / MS_PER_HOUR).toFixed(1);
  return [
    `${symbol} has ${count === 1 ? 'a hole' : `${count} holes, the longest`} of ${hours} h from ${utcText(at)}: its price jumps there`,
  ];
}

function exposureOf({ symbol, contract, qty, entry }: Book['positions'][number]): Exposure {
  const base = contract === 'linear' ? money(qty) : money(qty).div(entry);
  return { symbol, from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, qty: base.toNumber() };
}

function unusedMarks({ positions }: Book): string[] {
  const named = positions.filter(({ mark }) => mark !== null).map(({ symbol }) => symbol);
  if (named.length === 0) return [];
  return [
    `the mark that the book states of ${named.join(', ')} is left aside: a replay takes its prices from the data`,
  ];
}

function unplacedStops({ positions }: Book): string[] {
  const count = positions.filter(({ stop }) => stop !== null).length;
  if (count === 0) return [];
  return [
    `${count} ${count === 1 ? 'position states a stop' : 'positions state stops'}: protection places them, an unprotected run does not; orders that rest at the venue stand under orders`,
  ];
}
