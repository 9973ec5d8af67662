/** How far a path can be read before a price alone wakes the venue or a guard. */
import type { EngineWatch, PriceBounds } from '../engine/watch.ts';

/** Rows of one look: few enough that looking again after an interruption costs nothing, many enough to be a loop. */
const LOOK = 512;

/** Prices by row and symbol, and how far each last price moved to its row in bar volatilities. */
export type Rows = {
  readonly mark: Float64Array;
  readonly last: Float64Array;
  readonly moves: Float64Array;
  readonly width: number;
};

/** Rows from one, up to and without another. */
type Stretch = { readonly from: number; readonly stop: number };

/**
 * The first row from `from` on whose prices reach a bound, or where the look ends: at `stop`, or after some hundred rows. Prices
 * and their bounds do not hang on the account, so columns are read here before the loop over rows that reads margins.
 *
 * @param bounds  of the venue's orders and the guards together; null where there are none
 * @param guards  null where nobody guards
 */
export function calmUntil(
  bounds: PriceBounds | null,
  guards: EngineWatch | null,
  rows: Rows,
  { from, stop }: Stretch,
): number {
  let end = Math.min(stop, from + LOOK);
  for (let s = 0; s < rows.width; s += 1) {
    if (bounds !== null) end = calmPrices(bounds, rows, s, { from, stop: end });
    if (guards?.extremes === true) end = calmExtremes(guards, rows, s, { from, stop: end });
    if (guards?.feeds === true) end = calmFeeds(guards, rows, s, { from, stop: end });
  }
  return end;
}

/** The first row at which a price of a symbol is at its bound or beyond. Part of the hot loop, as what follows. */
function calmPrices(
  bounds: PriceBounds,
  { mark, last, width }: Rows,
  s: number,
  { from, stop }: Stretch,
): number {
  const markLow = bounds.markLow[s]!;
  const markHigh = bounds.markHigh[s]!;
  const lastLow = bounds.lastLow[s]!;
  const lastHigh = bounds.lastHigh[s]!;
  for (let row = from, at = from * width + s; row < stop; row += 1, at += width) {
    const seen = mark[at]!;
    const traded = last[at]!;
    if (seen <= markLow || seen >= markHigh || traded <= lastLow || traded >= lastHigh) return row;
  }
  return stop;
}

/** The first row that is a new extreme for somebody who follows one. */
function calmExtremes(
  { newHigh, newLow }: EngineWatch,
  { last, width }: Rows,
  s: number,
  { from, stop }: Stretch,
): number {
  const high = newHigh[s]!;
  const low = newLow[s]!;
  for (let row = from, at = from * width + s; row < stop; row += 1, at += width) {
    const traded = last[at]!;
    if (traded > high || traded < low) return row;
  }
  return stop;
}

/** The first row to which a feed moves too far from the one before, or at which mark and last part. */
function calmFeeds(
  { move, gap }: EngineWatch,
  { mark, last, moves, width }: Rows,
  s: number,
  { from, stop }: Stretch,
): number {
  const far = move[s]!;
  const apart = gap[s]!;
  for (let row = from, at = from * width + s; row < stop; row += 1, at += width) {
    const traded = last[at]!;
    if (moves[at]! > far || Math.abs(mark[at]! - traded) > apart * traded) return row;
  }
  return stop;
}

/** The prices at which an order fires or a guard wants to be told, the tighter of the two, written to `bounds`. */
export function gatherBounds(bounds: PriceBounds, orders: PriceBounds, guards: PriceBounds | null): void {
  for (let s = 0; s < bounds.markLow.length; s += 1) {
    bounds.markLow[s] = Math.max(orders.markLow[s]!, guards?.markLow[s] ?? Number.NEGATIVE_INFINITY);
    bounds.markHigh[s] = Math.min(orders.markHigh[s]!, guards?.markHigh[s] ?? Number.POSITIVE_INFINITY);
    bounds.lastLow[s] = Math.max(orders.lastLow[s]!, guards?.lastLow[s] ?? Number.NEGATIVE_INFINITY);
    bounds.lastHigh[s] = Math.min(orders.lastHigh[s]!, guards?.lastHigh[s] ?? Number.POSITIVE_INFINITY);
  }
}
