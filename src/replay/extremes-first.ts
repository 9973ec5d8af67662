/**
 * Which extreme of a bar comes first: the one choice by which a path differs from another of the same data.
 *
 * All bars of one [t, t + d) move together. The pessimistic path goes first where the whole intended book is worth less
 * (RULES 2.1, 2.3); a tie, and a bar that nobody intends to hold, goes low first.
 */
import { type Bars, firstAtOrAfter } from '../market/bars.ts';
import type { Exposure, PathPolicy } from './path.ts';

/** One price series of a path: the trades or the marks of a symbol. */
export type Series = { readonly kind: 'last' | 'mark'; readonly bars: Bars };

/** Per series, per bar: 1 where the high comes first. */
export function highFirst(
  series: readonly Series[],
  exposures: readonly Exposure[],
  policy: PathPolicy,
): Uint8Array[] {
  const order = series.map(({ bars }) => new Uint8Array(bars.time.length));
  if (policy === 'olhc') return order;
  if (policy === 'ohlc') return order.map((column) => column.fill(1));
  const traded = series.map(({ bars }) => tradedBeside(series, bars.symbol));
  if (policy === 'nearest-extreme') {
    forEachGroup(series, (rows) => {
      for (let k = 0; k < rows.length; k += 1) {
        // Marks move as the trades of their symbol do, where both have the bar.
        const leader = isBeside(traded[k]!, rows) ? traded[k]! : k;
        if (rows[k]! >= 0) order[k]![rows[k]!] = isHighNearer(series[leader]!.bars, rows[leader]!);
      }
    });
    return order;
  }
  const nets = series.map(({ bars }) =>
    netOf(
      bars,
      exposures.filter((one) => one.symbol === bars.symbol),
    ),
  );
  if (policy === 'each-worst') {
    return nets.map(({ held, inside }) =>
      Uint8Array.from(held, (net, row) => ((net === 0 ? inside[row]! : net) < 0 ? 1 : 0)),
    );
  }
  forEachGroup(series, (rows) => {
    const lowFirst = isLowWorse({ series, traded, nets }, rows) === (policy === 'pessimistic');
    for (let k = 0; k < rows.length; k += 1) {
      const row = rows[k]!;
      if (row >= 0) order[k]![row] = lowFirst ? 0 : 1;
    }
  });
  return order;
}

/** Where the trades of a symbol are among the series; -1 where it has marks alone. */
function tradedBeside(series: readonly Series[], symbol: string): number {
  return series.findIndex(({ kind, bars }) => kind === 'last' && bars.symbol === symbol);
}

/** Whether a series has a bar in a group. */
function isBeside(k: number, rows: Int32Array): boolean {
  return k >= 0 && rows[k]! >= 0;
}

/** 1 where the open is nearer the high: O-H-L-C. */
function isHighNearer({ open, high, low }: Bars, row: number): number {
  return high[row]! - open[row]! < open[row]! - low[row]! ? 1 : 0;
}

type Net = {
  /** Net quantity intended at the open of each bar. */
  readonly held: Float64Array;
  /** Net quantity that comes in strictly inside of it, as `seen`. */
  readonly inside: Float64Array;
};

function netOf({ time, interval }: Bars, exposures: readonly Exposure[]): Net {
  const held = new Float64Array(time.length + 1);
  const inside = new Float64Array(time.length);
  for (const { from, to, qty } of exposures) {
    const first = firstAtOrAfter(time, from);
    const end = firstAtOrAfter(time, to);
    if (end > first) {
      held[first] = held[first]! + qty;
      held[end] = held[end]! - qty;
    }
    const before = first - 1;
    if (before >= 0) inside[before] = inside[before]! + seen((from - time[before]!) / interval) * qty;
  }
  // A sum of differences of many quantities leaves dust where they cancel; dust is no position.
  let net = 0;
  let size = 0;
  for (let i = 0; i < time.length; i += 1) {
    net += held[i]!;
    size = Math.max(size, Math.abs(net));
    held[i] = Math.abs(net) <= DUST * size ? 0 : net;
  }
  return { held: held.subarray(0, time.length), inside };
}

/**
 * How a quantity that comes in after a share of its bar counts: before the second point as it is; after it the extreme
 * against it has to come third, where it is still to be met; after the third point it meets neither.
 */
function seen(share: number): number {
  if (share < 1 / 3) return 1;
  return share < 2 / 3 ? -1 : 0;
}

const DUST = 1e-12;

type Book = {
  readonly series: readonly Series[];
  /** Of each series, the one with the trades of its symbol. */
  readonly traded: readonly number[];
  readonly nets: readonly Net[];
};

/**
 * Whether the intended book is worth less, or no more, at the lows of a group than at its highs: by the trades of a symbol,
 * by its marks where only they have this bar.
 */
function isLowWorse({ series, traded, nets }: Book, rows: Int32Array): boolean {
  let held = false;
  for (let k = 0; k < rows.length; k += 1) {
    const row = rows[k]!;
    if (row >= 0 && nets[k]!.held[row] !== 0) held = true;
  }
  let atLow = 0;
  let atHigh = 0;
  for (let k = 0; k < rows.length; k += 1) {
    const row = rows[k]!;
    if (row < 0 || (traded[k] !== k && isBeside(traded[k]!, rows))) continue;
    const { bars } = series[k]!;
    const net = held ? nets[k]!.held[row]! : nets[k]!.inside[row]!;
    atLow += net * bars.low[row]!;
    atHigh += net * bars.high[row]!;
  }
  return atLow <= atHigh;
}

/** Calls back for every [t, t + d) that some series has: the row of each series in it, -1 where it has none. */
function forEachGroup(series: readonly Series[], visit: (rows: Int32Array) => void): void {
  const next = new Int32Array(series.length);
  const rows = new Int32Array(series.length);
  for (;;) {
    let time = Number.POSITIVE_INFINITY;
    let interval = Number.POSITIVE_INFINITY;
    for (let k = 0; k < series.length; k += 1) {
      const { bars } = series[k]!;
      const at = next[k]! < bars.time.length ? bars.time[next[k]!]! : Number.POSITIVE_INFINITY;
      if (at < time || (at === time && bars.interval < interval)) {
        time = at;
        interval = bars.interval;
      }
    }
    if (time === Number.POSITIVE_INFINITY) return;
    for (let k = 0; k < series.length; k += 1) {
      const { bars } = series[k]!;
      const own = next[k]! < bars.time.length && bars.time[next[k]!]! === time && bars.interval === interval;
      rows[k] = own ? next[k]! : -1;
      if (own) next[k] = next[k]! + 1;
    }
    visit(rows);
  }
}
