/** Is one forecast better than another by more than chance? */
import { longRunVariance } from './newey-west.ts';
import { normalCdf } from './normal.ts';
import { mean } from './sum.ts';

export type DieboldMariano = {
  /** The mean difference; below 0 where the first forecast had the lower, better scores. */
  readonly mean: number;
  /** mean / standard error, near standard normal where both are equally good; null where differences have no spread. */
  readonly statistic: number | null;
  /** The probability of a statistic this far from 0 or farther, on either side. */
  readonly pValue: number | null;
};

/** Share of the mean below which a standard error is rounding. */
const NO_SPREAD = 1e-13;

/**
 * The test of Diebold and Mariano: d = mean / sqrt(long-run variance / n), two-sided.
 *
 * @param differences  score of the first forecast less that of the second, one a day, at least one
 * @param lags         of the long-run variance: 0 for independent differences
 * @throws RangeError where lags do not fit the differences
 * Source  Diebold and Mariano 1995, Comparing predictive accuracy, Journal of Business & Economic Statistics 13
 */
export function dieboldMariano(differences: Float64Array, lags: number): DieboldMariano {
  const centre = mean(differences);
  const error = Math.sqrt(longRunVariance(differences, lags) / differences.length);
  if (!(error > NO_SPREAD * Math.abs(centre))) return { mean: centre, statistic: null, pValue: null };
  const statistic = centre / error;
  return { mean: centre, statistic, pValue: 2 * normalCdf(-Math.abs(statistic)) };
}
