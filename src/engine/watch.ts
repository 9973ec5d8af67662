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
    markLow: new Float64Array(symbols).fill(NONE_BELOW),
    markHigh: new Float64Array(symbols).fill(NONE_ABOVE),
    lastLow: new Float64Array(symbols).fill(NONE_BELOW),
    lastHigh: new Float64Array(symbols).fill(NONE_ABOVE),
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

/**
 * The equity of all accounts and its peaks, in cells: a double that is handed to a function as it is may be boxed, and the hot
 * loop must allocate nothing.
 */
export const TOTAL = 0;
export const PEAK = 1;
export const WEEK_PEAK = 2;

/** Whether the equity of all accounts reaches a bound. Part of the hot loop. */
export function totalReached(columns: Columns, totals: Float64Array): boolean {
  const total = totals[TOTAL]!;
  const peak = totals[PEAK]!;
  const weekPeak = totals[WEEK_PEAK]!;
  return (
    total <= columns.totalLow ||
    total >= columns.totalHigh ||
    total <= peak * columns.peakLow ||
    total >= peak * columns.peakHigh ||
    total <= weekPeak * columns.weekLow ||
    total >= weekPeak * columns.weekHigh
  );
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

/** Whether a price reaches a bound. Part of the hot loop. */
export function priceReached(columns: Columns, { mark, last, width }: Rows, row: number): boolean {
  const { markLow, markHigh, lastLow, lastHigh } = columns;
  const offset = row * width;
  for (let s = 0; s < width; s += 1) {
    const seen = mark[offset + s]!;
    if (seen <= markLow[s]! || seen >= markHigh[s]!) return true;
    const traded = last[offset + s]!;
    if (traded <= lastLow[s]! || traded >= lastHigh[s]!) return true;
  }
  return false;
}

/** Whether a point is a new extreme for somebody who follows one. Part of the hot loop. */
export function extremeReached(
  { newHigh, newLow }: EngineWatch,
  { last, width }: Rows,
  row: number,
): boolean {
  const offset = row * width;
  for (let s = 0; s < width; s += 1) {
    const traded = last[offset + s]!;
    if (traded > newHigh[s]! || traded < newLow[s]!) return true;
  }
  return false;
}

/** Prices by row and symbol, and how far each last price moved to its row in bar volatilities. */
export type Rows = {
  readonly mark: Float64Array;
  readonly last: Float64Array;
  readonly moves: Float64Array;
  readonly width: number;
};

/** Whether the feed of some symbol moves too far from one point to the next, or mark and last part. Hot loop. */
export function feedReached(
  { move, gap }: EngineWatch,
  { mark, last, moves, width }: Rows,
  row: number,
): boolean {
  const offset = row * width;
  for (let s = 0; s < width; s += 1) {
    const traded = last[offset + s]!;
    if (moves[offset + s]! > move[s]!) return true;
    if (Math.abs(mark[offset + s]! - traded) > gap[s]! * traded) return true;
  }
  return false;
}

/**
 * Whether any bound is reached at a row, whose margins are read and whose equity stands in `totals`; peaks that it makes are
 * kept there. The part of the hot loop that belongs to the engine.
 */
export function pointReached(
  watch: EngineWatch,
  view: MarginView,
  rows: Rows,
  { row, totals }: Point,
): boolean {
  const { point } = watch;
  if (totalReached(point, totals)) return true;
  if (point.scopes && scopeReached(point, view)) return true;
  if (point.prices && priceReached(point, rows, row)) return true;
  if (watch.extremes && extremeReached(watch, rows, row)) return true;
  if (watch.feeds && feedReached(watch, rows, row)) return true;
  const total = totals[TOTAL]!;
  if (total > totals[PEAK]!) totals[PEAK] = total;
  if (total > totals[WEEK_PEAK]!) totals[WEEK_PEAK] = total;
  return false;
}

/** Where the hot loop stands: one object, whose row it moves. */
export type Point = { row: number; readonly totals: Float64Array };
