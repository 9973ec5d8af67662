/** From bars, marks and prints to the path that all runs of a comparison share. */
import type { Bars } from '../market/bars.ts';
import type { Ticks } from '../market/ticks.ts';
import { assert } from '../model/errors.ts';
import { highFirst, type Series } from './extremes-first.ts';
import { fillColumn } from './fill-column.ts';
import { type Knots, knotsOf } from './knots.ts';
import { type KnownPrice, passKnown } from './known-prices.ts';
import { mergeInstants } from './merge-instants.ts';
import type { Exposure, Path, PathPolicy } from './path.ts';

export type PathInput = {
  /** The columns of the path. */
  readonly symbols: readonly string[];
  /** At most one series a symbol; series of other symbols are left out. So are marks and prints. */
  readonly ohlcv: readonly Bars[];
  readonly mark: readonly Bars[];
  readonly ticks: readonly Ticks[];
  readonly exposures: readonly Exposure[];
  readonly policy: PathPolicy;
  /** Prices of one's own trades that the path has to pass; none where left out. */
  readonly known?: readonly KnownPrice[];
  /** The first and the last instant, UTC ms; -Infinity and Infinity for all of the data. */
  readonly from: number;
  readonly to: number;
};

/**
 * The path of some data under a policy (RULES 2.1, 2.3). At a time where one symbol has a point all others are
 * interpolated; their own points are the doubles of the file.
 *
 * A symbol that begins later than the first steps out of NaN: an instant without its price, then one with it. At `from` and
 * `to` both sides of a step are kept.
 *
 * Cost  O(instants * series); columns only, no object for a row
 */
export function buildPath(input: PathInput): Path {
  const lines = linesOf(input);
  const begin = Math.min(...lines.map(({ knots }) => knots.time[0] ?? Number.POSITIVE_INFINITY));
  // Where all begins there is nothing to step out of.
  for (const line of lines) if (line.knots.time[0] === begin) line.knots = withoutFirst(line.knots);
  return pathOfKnots(input.symbols, lines, input);
}

/**
 * The path of series that are knots already; at most one series of a kind a symbol.
 *
 * Cost  O(instants * series)
 */
export function pathOfKnots(
  symbols: readonly string[],
  lines: readonly Line[],
  { from, to }: { readonly from: number; readonly to: number },
): Path {
  const { time, jump } = mergeInstants(
    lines.map(({ knots }) => knots.time),
    from,
    to,
  );
  const width = symbols.length;
  const last = new Float64Array(time.length * width).fill(Number.NaN);
  for (const { symbol, kind, knots } of lines) {
    if (kind === 'last') fillColumn(knots, time, { into: last, width, at: symbol });
  }
  const marked = new Uint8Array(width);
  const marks = lines.filter(({ kind }) => kind === 'mark');
  if (marks.length === 0) return { symbols, time, jump, last, mark: last, marked };
  const mark = last.slice();
  for (const { symbol, knots } of marks) {
    marked[symbol] = 1;
    fillColumn(knots, time, { into: mark, width, at: symbol });
  }
  return { symbols, time, jump, last, mark, marked };
}

/** One price series of a path: the column of its symbol, and its knots. */
export type Line = { readonly symbol: number; readonly kind: Series['kind']; knots: Knots };

function linesOf({ symbols, ohlcv, mark, ticks, exposures, policy, known = [] }: PathInput): Line[] {
  const traded = oneEach(symbols, ohlcv);
  const prints = oneEach(symbols, ticks);
  const unbarred = prints.filter(({ symbol }) => traded.every((bars) => bars.symbol !== symbol));
  const series: Series[] = [
    ...[...traded, ...unbarred.map(({ symbol }) => noBars(symbol))].map(
      (bars) => ({ kind: 'last', bars }) as const,
    ),
    ...oneEach(symbols, mark).map((bars) => ({ kind: 'mark', bars }) as const),
  ];
  const order = highFirst(series, exposures, policy);
  return series.map(({ kind, bars }, k) => {
    const own = kind === 'last' ? prints.find(({ symbol }) => symbol === bars.symbol) : undefined;
    const knots = knotsOf(bars, order[k]!, own ?? null);
    const passed = known.filter(({ symbol }) => kind === 'last' && symbol === bars.symbol);
    return { symbol: symbols.indexOf(bars.symbol), kind, knots: passKnown(knots, bars, passed) };
  });
}

/** The series of the symbols that the path has. */
function oneEach<T extends { readonly symbol: string }>(symbols: readonly string[], all: readonly T[]): T[] {
  const own = all.filter(({ symbol }) => symbols.includes(symbol));
  assert(new Set(own.map(({ symbol }) => symbol)).size === own.length, 'a path has one series a symbol');
  return own;
}

function noBars(symbol: string): Bars {
  const none = new Float64Array(0);
  return { symbol, interval: 1, time: none, open: none, high: none, low: none, close: none, volume: none };
}

function withoutFirst({ time, price }: Knots): Knots {
  return { time: time.subarray(1), price: price.subarray(1) };
}
