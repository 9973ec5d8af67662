/** VaR and ES of a normal distribution. */

import { standardDeviation } from '../../math/moments.ts';
import { normalDensity, normalQuantile } from '../../math/normal.ts';
import { mean as meanOf } from '../../math/sum.ts';
import { requireReturns, requireTail, type TailOptions, type VarEs, type VarEstimate } from './estimate.ts';

/**
 * With z the normal quantile at the tail, phi the density:
 *
 *   VaR = -(mean + z sd),   ES = -mean + sd phi(z) / tail
 *
 * @param mean  of the returns, a fraction
 * @param sd    their standard deviation, >= 0, in the same unit
 * @throws RangeError where the mean is not finite, sd is negative or not finite, or the tail is outside (0, 1)
 * Source  McNeil, Frey and Embrechts 2015, Quantitative Risk Management
 */
export function normalVarEs(mean: number, sd: number, tail: number): VarEs {
  requireTail(tail);
  if (!(Number.isFinite(mean) && sd >= 0 && sd < Number.POSITIVE_INFINITY))
    throw new RangeError(`a mean must be finite and a deviation at least 0, were ${mean} and ${sd}`);
  const z = normalQuantile(tail);
  return { varRaw: -(mean + z * sd), esRaw: (sd * normalDensity(z)) / tail - mean };
}

/**
 * The normal estimate: sample mean and unbiased (n - 1) deviation. Standard errors are those of normal returns.
 *
 * @param returns  fractions, at least 2
 * @throws RangeError for fewer returns, a return that is not finite, or a tail outside (0, 1)
 */
export function normal(returns: Float64Array, { tail }: TailOptions): VarEstimate {
  requireReturns(returns, 2);
  const mean = meanOf(returns);
  const sd = standardDeviation(returns);
  const n = returns.length;
  return {
    ...normalVarEs(mean, sd, tail),
    valid: true,
    reason: null,
    parameters: [
      { name: 'mean', value: mean, standardError: sd / Math.sqrt(n) },
      { name: 'sd', value: sd, standardError: sd / Math.sqrt(2 * (n - 1)) },
    ],
  };
}
