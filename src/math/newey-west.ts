/**
 * The variance of a mean of numbers that depend on those before them.
 *
 * Source  Newey and West 1987, A simple, positive semi-definite, heteroskedasticity and autocorrelation consistent covariance
 *         matrix, Econometrica 55; Newey and West 1994, Automatic lag selection, Review of Economic Studies 61
 */
import { mean, sum } from './sum.ts';

/**
 * The long-run variance with weights of Bartlett, >= 0: n times the variance of the mean.
 *
 *   g_0 + 2 sum over k = 1..lags of (1 - k / (lags + 1)) g_k,   g_k = (1 / n) sum of (x_i - mean)(x_{i+k} - mean)
 *
 * @param lags  a whole number from 0 to length - 1
 * @throws RangeError where it is not
 * Cost         O(length * lags)
 */
export function longRunVariance(xs: Float64Array, lags: number): number {
  const length = xs.length;
  if (!(Number.isSafeInteger(lags) && lags >= 0 && lags < length))
    throw new RangeError(`lags must be a whole number below the length of ${length}, was ${lags}`);
  const centre = mean(xs);
  const centred = xs.map((x) => x - centre);
  const products = new Float64Array(length);
  let total = 0;
  for (let lag = 0; lag <= lags; lag += 1) {
    const count = length - lag;
    for (let i = 0; i < count; i += 1) products[i] = centred[i]! * centred[i + lag]!;
    const weight = lag === 0 ? 1 : 2 * (1 - lag / (lags + 1));
    total += (weight * sum(products.subarray(0, count))) / length;
  }
  return Math.max(0, total);
}

/**
 * How many lags a series of this length is given where nothing else is known: the whole part of 4 (n / 100)^(2/9).
 *
 * @param length  >= 1
 */
export function neweyWestLags(length: number): number {
  return Math.min(length - 1, Math.floor(4 * Math.exp((2 / 9) * Math.log(length / 100))));
}
