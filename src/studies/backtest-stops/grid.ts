/**
 * How far a price reaches into a grid of stops.
 *
 * The multipliers of a grid ascend, and `anchor - m * unit` falls with m, in doubles too: multiplication and subtraction
 * round monotonically. So the levels that a price reaches are the first k of the grid, and k is found by bisection with
 * the comparison as written.
 */
import { stopPrice, stopReached, type Trigger } from '../../risk/stop.ts';

/**
 * The number of levels, counted from the first, whose stop a price reaches; never less than `from`.
 *
 * @param price   signed
 * @param anchor  what the stops hang from: the entry, or the running extreme; signed
 */
export function levelsReached(
  price: number,
  stops: { readonly anchor: number; readonly unit: number; readonly multipliers: Float64Array },
  trigger: Trigger,
  from = 0,
): number {
  const { anchor, unit, multipliers } = stops;
  let low = from;
  let high = multipliers.length;
  // Most prices reach nothing new: one comparison settles those.
  if (low === high || !stopReached(price, stopPrice(anchor, unit, multipliers[low]!), trigger)) return low;
  low += 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (stopReached(price, stopPrice(anchor, unit, multipliers[middle]!), trigger)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first level whose stop lies at or beyond a price (the liquidation price); the length where none does. */
export function firstLevelBeyond(
  price: number,
  stops: { readonly anchor: number; readonly unit: number; readonly multipliers: Float64Array },
): number {
  const { anchor, unit, multipliers } = stops;
  let low = 0;
  let high = multipliers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (stopPrice(anchor, unit, multipliers[middle]!) <= price) high = middle;
    else low = middle + 1;
  }
  return low;
}
