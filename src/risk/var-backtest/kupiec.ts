/**
 * Kupiec's test of the proportion of failures: is x exceptions in n days what a probability of p gives?
 *
 *   LR = -2 log [ (1 - p)^(n - x) p^x / ((1 - x/n)^(n - x) (x/n)^x) ],   0 log 0 = 0,   chi-square with 1 degree
 *
 * It is computed as the sum of two deviances, so that nothing underflows for many days nor cancels near x = n p, and x = 0 has
 * its finite value -2 n log (1 - p).
 *
 * Source  Kupiec 1995, Techniques for verifying the accuracy of risk measurement models, Journal of Derivatives 3; QUANT 4
 */
import { binomialAtLeast, binomialCdf } from '../../math/binomial.ts';
import { deviance } from '../../math/gamma.ts';
import { type LikelihoodRatio, likelihoodRatio } from './likelihood-ratio.ts';

/**
 * @param exceptions  a whole number in 0..days
 * @param days        a whole number >= 1
 * @param p           the probability of an exception that the VaR claims, strictly between 0 and 1; 0.01 for a VaR at 99 %
 * @throws RangeError where an argument is out of its range
 */
export function kupiec(exceptions: number, days: number, p: number): LikelihoodRatio {
  const areCounts = Number.isSafeInteger(exceptions) && Number.isSafeInteger(days);
  if (!(areCounts && days >= 1 && exceptions >= 0 && exceptions <= days))
    throw new RangeError(
      `exceptions must be a whole number from 0 to that of days, was ${exceptions} of ${days}`,
    );
  checkProbability(p);
  const sum = deviance(exceptions, days * p) + deviance(days - exceptions, days * (1 - p));
  return likelihoodRatio(2 * sum, 1);
}

/**
 * The numbers of exceptions, from `low` to `high`, that the test does not reject.
 *
 * @param significance  0.05 rejects where the p-value is below 0.05; in (0, 0.2], so that the number nearest to n p always stands
 * @throws RangeError where an argument is out of its range
 */
export function kupiecRegion(
  days: number,
  p: number,
  significance: number,
): { readonly low: number; readonly high: number } {
  if (!(significance > 0 && significance <= 0.2))
    throw new RangeError(`significance must be in (0, 0.2], was ${significance}`);
  const isAccepted = (x: number) => kupiec(x, days, p).pValue >= significance;
  let low = Math.round(days * p);
  let high = low;
  // The ratio rises on both sides of n p.
  while (low > 0 && isAccepted(low - 1)) low -= 1;
  while (high < days && isAccepted(high + 1)) high += 1;
  return { low, high };
}

/**
 * The power of the test: how probable it is that it rejects p, where exceptions come independently with probability `truth`.
 * Exact, by the binomial distribution outside the region that is not rejected.
 *
 * @param truth         the probability of an exception that holds, in [0, 1]; 2 p asks whether the test would see twice the
 *                      exceptions
 * @param significance  as of the region
 * @throws RangeError where an argument is out of its range
 */
export function kupiecPower(days: number, p: number, truth: number, significance: number): number {
  const { low, high } = kupiecRegion(days, p, significance);
  const below = low === 0 ? 0 : binomialCdf(low - 1, days, truth);
  const above = high === days ? 0 : binomialAtLeast(high + 1, days, truth);
  return below + above;
}

/**
 * Kupiec's test of the time until the first failure: -2 log [ p (1 - p)^(n - 1) / ((1/n) (1 - 1/n)^(n - 1)) ], chi-square with 1
 * degree, which is the test of one exception in n days.
 *
 * @param firstException  n, the number of the day of the first exception, 1 for the first day
 * @throws RangeError where an argument is out of its range
 */
export function timeUntilFirstFailure(firstException: number, p: number): LikelihoodRatio {
  return kupiec(1, firstException, p);
}

function checkProbability(p: number): void {
  if (!(p > 0 && p < 1))
    throw new RangeError(`the probability of an exception must be strictly between 0 and 1, was ${p}`);
}
