/**
 * Quantiles by the R-7 definition (R's default, numpy `linear`): with h = (n - 1) p,
 *
 *   x[floor(h)] + (h - floor(h)) * (x[floor(h) + 1] - x[floor(h)])     over the sorted values
 *
 * The three forms give the same bits.
 *
 * Source  Hyndman and Fan 1996, Sample quantiles in statistical packages, The American Statistician 50, definition 7
 */
import { assert } from '../model/errors.ts';
import { selectInPlace } from './select.ts';

/** @param sorted  ascending, length >= 1   @param p  in [0, 1] */
export function quantileSorted(sorted: Float64Array, p: number): number {
  const h = position(sorted, p);
  const at = Math.floor(h);
  const low = sorted[at]!;
  return at + 1 < sorted.length ? between(low, sorted[at + 1]!, h - at) : low;
}

/** The quantile of at least one value in any order; the input stays as it is. */
export function quantile(xs: Float64Array, p: number): number {
  return quantileInPlace(xs.slice(), p);
}

/** The quantile by selection, in O(n); reorders the values. */
export function quantileInPlace(xs: Float64Array, p: number): number {
  const h = position(xs, p);
  const at = Math.floor(h);
  const low = selectInPlace(xs, at);
  if (at + 1 >= xs.length) return low;
  // After the selection the next larger value is the least of those behind it.
  let next = xs[at + 1]!;
  for (let i = at + 2; i < xs.length; i += 1) {
    const x = xs[i]!;
    if (x < next) next = x;
  }
  return between(low, next, h - at);
}

function position(xs: Float64Array, p: number): number {
  assert(
    xs.length > 0 && p >= 0 && p <= 1,
    'a quantile is taken of at least one value, at p between 0 and 1',
  );
  return (xs.length - 1) * p;
}

function between(low: number, high: number, share: number): number {
  return low + share * (high - low);
}
