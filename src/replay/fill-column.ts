/** One series of a path, written at every instant into its column of a matrix. */
import type { Knots } from './knots.ts';

/** Column `at` of a matrix of rows of `width`. */
export type Column = { readonly into: Float64Array; readonly width: number; readonly at: number };

/**
 * Writes the price of a series at each instant: the knot's own double where it has one, else the straight line between its
 * neighbours; NaN before the first knot, and the last price after the last. At the k-th instant of one time a series
 * stands at its k-th knot of that time, or at its last one there.
 *
 * @param times  of the instants, never decreasing; holds every time of the knots that lies between its ends
 */
export function fillColumn({ time, price }: Knots, times: Float64Array, { into, width, at }: Column): void {
  const count = time.length;
  let knot = 0;
  let value = Number.NaN;
  let before = Number.NaN;
  for (let i = 0, cell = at; i < times.length; i += 1, cell += width) {
    const now = times[i]!;
    if (now === before) {
      if (knot + 1 < count && time[knot + 1] === now) {
        knot += 1;
        value = price[knot]!;
      }
    } else {
      while (knot < count && time[knot]! < now) knot += 1;
      if (knot < count && time[knot] === now) value = price[knot]!;
      else if (knot > 0) value = knot === count ? price[count - 1]! : between(time, price, knot, now);
    }
    into[cell] = value;
    before = now;
  }
}

/**
 * The price on the leg that ends with a knot. It never leaves the leg: stamps of milliseconds lie so far apart that the share
 * is further below 1 than all rounding together.
 */
function between(time: Float64Array, price: Float64Array, knot: number, now: number): number {
  const start = price[knot - 1]!;
  const since = time[knot - 1]!;
  return start + (price[knot]! - start) * ((now - since) / (time[knot]! - since));
}
