/**
 * Christoffersen's tests: does an exception make another one on the next day more or less likely (independence), and is that
 * probability p on every day (conditional coverage)?
 *
 * Source  Christoffersen 1998, Evaluating interval forecasts, International Economic Review 39; QUANT 4
 */
import { deviance } from '../../math/gamma.ts';
import { exceptionsOf, type Transitions, transitionsOf } from './hits.ts';
import { kupiec } from './kupiec.ts';
import { type LikelihoodRatio, likelihoodRatio } from './likelihood-ratio.ts';

/**
 * The test that the probability of an exception does not depend on the day before. With p_ij = n_ij / (n_i0 + n_i1) and
 * q_j = (n_0j + n_1j) / sum of all,
 *
 *   LR = 2 sum of n_ij log(p_ij / q_j),   0 log 0 = 0,   chi-square with 1 degree
 *
 * @throws RangeError where a count is no whole number >= 0, or all are 0
 */
export function independence({ n00, n01, n10, n11 }: Transitions): LikelihoodRatio {
  const after0 = n00 + n01;
  const after1 = n10 + n11;
  const pairs = after0 + after1;
  const areCounts = [n00, n01, n10, n11].every((n) => Number.isSafeInteger(n) && n >= 0);
  if (!(areCounts && pairs > 0))
    throw new RangeError(
      `transitions must be whole numbers of at least one pair of days, were ${[n00, n01, n10, n11].join(', ')}`,
    );
  const hit = (n01 + n11) / pairs;
  const calm = (n00 + n10) / pairs;
  const sum =
    deviance(n00, after0 * calm) +
    deviance(n01, after0 * hit) +
    deviance(n10, after1 * calm) +
    deviance(n11, after1 * hit);
  return likelihoodRatio(2 * sum, 1);
}

/**
 * The joint test of coverage and independence: LR = Kupiec's over all n days + that of independence over the n - 1 pairs,
 * chi-square with 2 degrees, as MATLAB and rugarch do it. (Some take coverage over n - 1 days, which differs slightly.)
 *
 * @param hits  1 on a day with an exception, else 0; at least 2 days
 * @param p     the probability of an exception that the VaR claims, strictly between 0 and 1
 * @throws RangeError where an argument is out of its range
 */
export function conditionalCoverage(hits: Uint8Array, p: number): LikelihoodRatio {
  const coverage = kupiec(exceptionsOf(hits), hits.length, p);
  return likelihoodRatio(coverage.ratio + independence(transitionsOf(hits)).ratio, 2);
}
