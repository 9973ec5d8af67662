/** The bounds of all guards as columns, the tightest of each, and the comparison that the hot loop makes with them. */
import type { MarginView } from '../risk/read-margin.ts';

const NONE_BELOW = Number.NEGATIVE_INFINITY;
const NONE_ABOVE = Number.POSITIVE_INFINITY;

export type Columns = {
  /** By scope, in its settlement asset. */
  readonly equityLow: Float64Array;
  readonly equityHigh: Float64Array;
  /** By scope: multiples of maintenance. */
  readonly levelLow: Float64Array;
  readonly levelHigh: Float64Array;
  /** Of all accounts. */
  totalLow: number;
  totalHigh: number;
  /** Multiples of the peak, and of that of the week. */
  peakLow: number;
  peakHigh: number;
  weekLow: number;
  weekHigh: number;
  /** By symbol. */
  readonly markLow: Float64Array;
  readonly markHigh: Float64Array;
  readonly lastLow: Float64Array;
  readonly lastHigh: Float64Array;
  /** Whether any of the bounds by scope, or by symbol, is one. */
  scopes: boolean;
  prices: boolean;
};

export type EngineWatch = {
  /** For the points of a path: generous, the guard decides. */
  readonly point: Columns;
  /** For crossings along a leg: beyond the bound by what doubles need to decide. */
  readonly leg: Columns;
  /** By symbol: a move from point to point in bar volatilities, and the distance of mark and last, a fraction. */
  readonly move: Float64Array;
  readonly gap: Float64Array;
  feeds: boolean;
  /** By symbol: last prices beyond which a point is a new extreme. */
  readonly newHigh: Float64Array;
  readonly newLow: Float64Array;
  extremes: boolean;
  /** By symbol: volatility24h of a completed bar, and whether every bar is wanted. */
  readonly volatilityHigh: Float64Array;
  readonly volatilityLow: Float64Array;
  readonly everyBar: Uint8Array;
  bars: boolean;
  /** The earliest moment that was asked for; Infinity where none was. */
  wake: number;
};

/** By symbol: a price at or beyond one of them is told of. */
export type PriceBounds = Pick<Columns, 'markLow' | 'markHigh' | 'lastLow' | 'lastHigh'>;

export function createPriceBounds(symbols: number): PriceBounds {
  return {
    markLow: new Float64Array(symbols).fill(NONE_BELOW),
    markHigh: new Float64Array(symbols).fill(NONE_ABOVE),
    lastLow: new Float64Array(symbols).fill(NONE_BELOW),
    lastHigh: new Float64Array(symbols).fill(NONE_ABOVE),
  };
}

function createColumns(scopes: number, symbols: number): Columns {
  return {
    equityLow: new Float64Array(scopes).fill(NONE_BELOW),
    equityHigh: new Float64Array(scopes).fill(NONE_ABOVE),
    levelLow: new Float64Array(scopes).fill(NONE_BELOW),
    levelHigh: new Float64Array(scopes).fill(NONE_ABOVE),
    totalLow: NONE_BELOW,
    totalHigh: NONE_ABOVE,
    peakLow: NONE_BELOW,
    peakHigh: NONE_ABOVE,
    weekLow: NONE_BELOW,
    weekHigh: NONE_ABOVE,
    ...createPriceBounds(symbols),
    scopes: false,
    prices: false,
  };
}

export function createWatch(scopes: number, symbols: number): EngineWatch {
  return {
    point: createColumns(scopes, symbols),
    leg: createColumns(scopes, symbols),
    move: new Float64Array(symbols).fill(NONE_ABOVE),
    gap: new Float64Array(symbols).fill(NONE_ABOVE),
    feeds: false,
    newHigh: new Float64Array(symbols).fill(NONE_ABOVE),
    newLow: new Float64Array(symbols).fill(NONE_BELOW),
    extremes: false,
    volatilityHigh: new Float64Array(symbols).fill(NONE_ABOVE),
    volatilityLow: new Float64Array(symbols).fill(NONE_BELOW),
    everyBar: new Uint8Array(symbols),
    bars: false,
    wake: NONE_ABOVE,
  };
}

/** No bound at all, as at the start. */
export function clearWatch(watch: EngineWatch): void {
  clearColumns(watch.point);
  clearColumns(watch.leg);
  for (const above of [watch.move, watch.gap, watch.newHigh, watch.volatilityHigh]) above.fill(NONE_ABOVE);
  for (const below of [watch.newLow, watch.volatilityLow]) below.fill(NONE_BELOW);
  watch.everyBar.fill(0);
  watch.feeds = false;
  watch.extremes = false;
  watch.bars = false;
  watch.wake = NONE_ABOVE;
}

function clearColumns(columns: Columns): void {
  const { equityLow, levelLow, markLow, lastLow, equityHigh, levelHigh, markHigh, lastHigh } = columns;
  for (const low of [equityLow, levelLow, markLow, lastLow]) low.fill(NONE_BELOW);
  for (const high of [equityHigh, levelHigh, markHigh, lastHigh]) high.fill(NONE_ABOVE);
  columns.totalLow = columns.peakLow = columns.weekLow = NONE_BELOW;
  columns.totalHigh = columns.peakHigh = columns.weekHigh = NONE_ABOVE;
  columns.scopes = false;
  columns.prices = false;
}

/**
 * The equity of all accounts, its peaks, and between which equities nothing is reached, in cells: a double that is handed to
 * a function as it is may be boxed, and the hot loop must allocate nothing.
 */
export const TOTAL = 0;
export const PEAK = 1;
export const WEEK_PEAK = 2;
const LOW = 3;
const HIGH = 4;

/** How many cells there are. */
export const TOTALS = 5;

/** Writes an equity into cells, with the peaks that were made before, and what bounds it there. */
export function setTotals(
  totals: Float64Array,
  columns: Columns,
  total: number,
  { peak, weekPeak }: { readonly peak: number; readonly weekPeak: number },
): Float64Array {
  totals[TOTAL] = total;
  totals[PEAK] = peak;
  totals[WEEK_PEAK] = weekPeak;
  boundTotals(columns, totals);
  return totals;
}

/** Every bound of the total as one equity on either side, at the peaks of the cells. */
function boundTotals(columns: Columns, totals: Float64Array): void {
  const peak = totals[PEAK]!;
  const weekPeak = totals[WEEK_PEAK]!;
  let low = columns.totalLow;
  let high = columns.totalHigh;
  // A fall from nothing is all of it, whatever the equity: no equity bounds it.
  if (peak > 0) {
    low = Math.max(low, peak * columns.peakLow);
    high = Math.min(high, peak * columns.peakHigh);
  }
  if (weekPeak > 0) {
    low = Math.max(low, weekPeak * columns.weekLow);
    high = Math.min(high, weekPeak * columns.weekHigh);
  }
  totals[LOW] = low;
  totals[HIGH] = high;
}

/** Whether the equity of all accounts reaches a bound. Part of the hot loop. */
export function totalReached(totals: Float64Array): boolean {
  const total = totals[TOTAL]!;
  return total <= totals[LOW]! || total >= totals[HIGH]!;
}

/** Keeps the peaks that an equity makes, and moves the bounds that hang on them. Part of the hot loop. */
function keepPeaks(columns: Columns, totals: Float64Array): void {
  const total = totals[TOTAL]!;
  if (total <= totals[WEEK_PEAK]! && total <= totals[PEAK]!) return;
  if (total > totals[PEAK]!) totals[PEAK] = total;
  if (total > totals[WEEK_PEAK]!) totals[WEEK_PEAK] = total;
  boundTotals(columns, totals);
}

/** Whether a margin scope reaches a bound, as `readMargin` wrote them. Part of the hot loop. */
export function scopeReached(columns: Columns, { scopes, equity, maintenance }: MarginView): boolean {
  const { equityLow, equityHigh, levelLow, levelHigh } = columns;
  for (let k = 0; k < scopes; k += 1) {
    const own = equity[k]!;
    if (own <= equityLow[k]! || own >= equityHigh[k]!) return true;
    const kept = maintenance[k]!;
    if (kept > 0 && (own <= kept * levelLow[k]! || own >= kept * levelHigh[k]!)) return true;
  }
  return false;
}

type Prices = { readonly mark: Float64Array; readonly last: Float64Array };

/** Whether a price of the moment, by symbol, reaches a bound. */
export function priceReached(bounds: PriceBounds, { mark, last }: Prices): boolean {
  const { markLow, markHigh, lastLow, lastHigh } = bounds;
  for (let s = 0; s < markLow.length; s += 1) {
    const seen = mark[s]!;
    if (seen <= markLow[s]! || seen >= markHigh[s]!) return true;
    const traded = last[s]!;
    if (traded <= lastLow[s]! || traded >= lastHigh[s]!) return true;
  }
  return false;
}

/**
 * Whether a bound of margins or of the total is reached, as `readMargin` wrote them and as it stands in `totals`; peaks that
 * it makes are kept there. The part of the hot loop that belongs to the engine.
 */
export function marginReached({ point }: EngineWatch, view: MarginView, totals: Float64Array): boolean {
  if (totalReached(totals)) return true;
  if (point.scopes && scopeReached(point, view)) return true;
  keepPeaks(point, totals);
  return false;
}
