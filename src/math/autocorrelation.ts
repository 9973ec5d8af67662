import { assert } from '../model/errors.ts';
import { mean, sum } from './sum.ts';

/**
 * The sample autocorrelation of a series at lags 0 to `lags`.
 *
 *   r_k = sum over i of (x_i - mean) (x_{i+k} - mean) / sum over i of (x_i - mean)^2
 *
 * One mean and one denominator for all lags, so that every |r_k| <= 1 and r_0 = 1. NaN throughout where the series has
 * no spread.
 *
 * @param lags  the largest lag, 0..length - 1
 * @returns     result[k] belongs to lag k; length lags + 1
 * Cost         O(length * lags)
 * Source       Box and Jenkins 1976, Time Series Analysis, 2.1.5
 */
export function autocorrelation(xs: Float64Array, lags: number): Float64Array {
  const length = xs.length;
  assert(Number.isSafeInteger(lags) && lags >= 0 && lags < length, 'a lag is shorter than its series');
  const centre = mean(xs);
  const centred = xs.map((x) => x - centre);
  const result = new Float64Array(lags + 1);
  const products = new Float64Array(length);
  for (let lag = 0; lag <= lags; lag += 1) {
    const count = length - lag;
    for (let i = 0; i < count; i += 1) products[i] = centred[i]! * centred[i + lag]!;
    result[lag] = sum(products.subarray(0, count));
  }
  const spread = result[0]!;
  for (let lag = 0; lag <= lags; lag += 1) result[lag] = result[lag]! / spread;
  return result;
}
