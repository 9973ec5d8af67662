import { assert } from '../model/errors.ts';

export type Drawdown = {
  /** Fraction of the peak, >= 0; 0.3 for a fall from 100 to 70. */
  readonly drawdown: number;
  /** Index of the peak that the fall began at: of equal peaks the last one before the trough. */
  readonly peak: number;
  /** Index of the deepest point: of equal falls the first. */
  readonly trough: number;
};

/**
 * The largest fall of a series of prices from the highest price before it.
 *
 *   max over i < j of (xs_i - xs_j) / xs_i
 *
 * A series that never falls has a drawdown of 0, with peak and trough at its first row.
 *
 * @param xs  prices or wealth, each > 0; length >= 1
 */
export function maxDrawdown(xs: Float64Array): Drawdown {
  assert(xs.length > 0, 'a drawdown is taken of at least one price');
  let top = 0;
  let drawdown = 0;
  let peak = 0;
  let trough = 0;
  for (let i = 1; i < xs.length; i += 1) {
    const high = xs[top]!;
    const x = xs[i]!;
    if (x >= high) {
      top = i;
    } else if ((high - x) / high > drawdown) {
      drawdown = (high - x) / high;
      peak = top;
      trough = i;
    }
  }
  return { drawdown, peak, trough };
}
