/** From bars, marks and prints to the path that all runs of a comparison share. */
import type { Bars } from '../market/bars.ts';
import type { Ticks } from '../market/ticks.ts';
import { highFirst, type Series } from './extremes-first.ts';
import { type Knots, knotsOf } from './knots.ts';
import type { Exposure, Path, PathPolicy } from './path.ts';

export type PathInput = {
  /** The columns of the path. */
  readonly symbols: readonly string[];
  /** At most one series a symbol; series of other symbols are left out. */
  readonly ohlcv: readonly Bars[];
  readonly mark: readonly Bars[];
  readonly ticks: readonly Ticks[];
  readonly exposures: readonly Exposure[];
  readonly policy: PathPolicy;
  /** The first and the last instant, UTC ms; -Infinity and Infinity for all of the data. */
  readonly from: number;
  readonly to: number;
};

/**
 * The path of some data under a policy (RULES 2.1, 2.3). At a time where one symbol has a point all others are
 * interpolated; their own points are the doubles of the file.
 */
export function buildPath(input: PathInput): Path {
  const { symbols, ohlcv, mark, ticks, exposures, policy } = input;
  const series = [...seriesOf(symbols, ohlcv, 'last'), ...seriesOf(symbols, mark, 'mark')];
  const order = highFirst(series, exposures, policy);
  const lines = series.map(({ symbol, kind, bars }, k): Line => {
    const prints = kind === 'last' ? ticks.find((one) => one.symbol === symbol) : undefined;
    const knots = knotsOf(bars, order[k] ?? new Uint8Array(0), prints ?? null);
    return { symbol: symbols.indexOf(symbol), kind, knots };
  });
  for (const prints of ticks) {
    const symbol = symbols.indexOf(prints.symbol);
    if (symbol < 0 || ohlcv.some((bars) => bars.symbol === prints.symbol)) continue;
    lines.push({ symbol, kind: 'last', knots: knotsOf(emptyBars(prints.symbol), new Uint8Array(0), prints) });
  }
  return mergeLines(input, lines);
}

type Line = { readonly symbol: number; readonly kind: 'last' | 'mark'; readonly knots: Knots };

function seriesOf(symbols: readonly string[], all: readonly Bars[], kind: Series['kind']): Series[] {
  return all
    .filter(({ symbol }) => symbols.includes(symbol))
    .map((bars) => ({ symbol: bars.symbol, kind, bars }));
}

function emptyBars(symbol: string): Bars {
  const none = new Float64Array(0);
  return { symbol, interval: 1, time: none, open: none, high: none, low: none, close: none, volume: none };
}

/** Merges the lines twice: once to count the instants, once to write them. */
function mergeLines({ symbols, from, to }: PathInput, lines: readonly Line[]): Path {
  const instants = walk(lines, { from, to }, () => {});
  const width = symbols.length;
  const time = new Float64Array(instants);
  const jump = new Uint8Array(instants);
  const marked = new Uint8Array(width);
  for (const { symbol, kind } of lines) if (kind === 'mark') marked[symbol] = 1;
  const last = new Float64Array(instants * width).fill(Number.NaN);
  const mark = marked.includes(1) ? new Float64Array(instants * width).fill(Number.NaN) : last;
  const prices = new Float64Array(lines.length);
  walk(lines, { from, to, prices }, (row, at, stepped) => {
    time[row] = at;
    jump[row] = stepped ? 1 : 0;
    for (let k = 0; k < lines.length; k += 1) {
      const { symbol, kind } = lines[k]!;
      const cell = row * width + symbol;
      if (kind === 'mark') mark[cell] = prices[k]!;
      else {
        last[cell] = prices[k]!;
        if (marked[symbol] === 0) mark[cell] = prices[k]!;
      }
    }
  });
  return { symbols, time, jump, last, mark, marked };
}

type Span = { readonly from: number; readonly to: number; readonly prices?: Float64Array };

/**
 * Visits every instant within a span, with the prices of all lines written before each visit.
 *
 * @returns how many there are
 */
function walk(
  lines: readonly Line[],
  { from, to, prices = new Float64Array(lines.length) }: Span,
  visit: (row: number, at: number, stepped: boolean) => void,
): number {
  const next = new Int32Array(lines.length);
  let row = 0;
  let begun = false;
  let reached = Number.NEGATIVE_INFINITY;
  for (let at = earliest(lines, next); at < Number.POSITIVE_INFINITY; at = earliest(lines, next)) {
    if (at > to) {
      // The last leg is cut where the span ends.
      if (!begun || reached === to) return row;
      pricesAt(lines, next, to, prices);
      visit(row, to, false);
      return row + 1;
    }
    if (!begun && at > from && from > Number.NEGATIVE_INFINITY && next.some((k) => k > 0)) {
      pricesAt(lines, next, from, prices);
      visit(row, from, false);
      row += 1;
      begun = true;
    }
    pricesAt(lines, next, at, prices);
    advance(lines, next, at, prices);
    const seen = at >= from;
    reached = at;
    if (seen && hasPrice(prices)) {
      visit(row, at, false);
      row += 1;
      begun = true;
    }
    while (earliest(lines, next) === at) {
      advance(lines, next, at, prices);
      if (!seen) continue;
      visit(row, at, row > 0);
      row += 1;
      begun = true;
    }
  }
  return row;
}

function earliest(lines: readonly Line[], next: Int32Array): number {
  let at = Number.POSITIVE_INFINITY;
  for (let k = 0; k < lines.length; k += 1) {
    const { time } = lines[k]!.knots;
    const own = next[k]! < time.length ? time[next[k]!]! : Number.POSITIVE_INFINITY;
    if (own < at) at = own;
  }
  return at;
}

/** Writes the price of every line at a time that no line has passed: on its way to its next knot, or at its last. */
function pricesAt(lines: readonly Line[], next: Int32Array, at: number, prices: Float64Array): void {
  for (let k = 0; k < lines.length; k += 1) {
    const { time, price } = lines[k]!.knots;
    const to = next[k]!;
    const before = to - 1;
    if (before < 0) prices[k] = Number.NaN;
    else if (to >= time.length || at <= time[before]!) prices[k] = price[before]!;
    else {
      const share = (at - time[before]!) / (time[to]! - time[before]!);
      const start = price[before]!;
      prices[k] = price[to] === start ? start : start + (price[to]! - start) * share;
    }
  }
}

/** Moves every line that has a knot at this time to it; one knot a line. */
function advance(lines: readonly Line[], next: Int32Array, at: number, prices: Float64Array): void {
  for (let k = 0; k < lines.length; k += 1) {
    const { time, price } = lines[k]!.knots;
    const own = next[k]!;
    if (own >= time.length || time[own]! !== at) continue;
    prices[k] = price[own]!;
    next[k] = own + 1;
  }
}

function hasPrice(prices: Float64Array): boolean {
  for (let k = 0; k < prices.length; k += 1) if (prices[k]! > 0) return true;
  return false;
}
