/** VaR and ES by an exponentially weighted variance: RiskMetrics, zero mean, normal. */

import { requireReturns, type TailOptions, type VarEstimate } from './estimate.ts';
import { normalVarEs } from './normal.ts';

/** RiskMetrics' decay of daily returns. */
export const RISKMETRICS_LAMBDA = 0.94;

export type EwmaOptions = TailOptions & {
  /** Strictly between 0 and 1; default 0.94. */
  readonly lambda?: number;
  /** The variance before the first return, >= 0. It weighs lambda^n in the result: a short sample rests on it. */
  readonly seedVariance: number;
};

/**
 * The variance of the period after each return:
 *
 *   s2[i] = lambda s2[i - 1] + (1 - lambda) r[i]^2,   s2[-1] the seed
 *
 * @returns  in the square of the returns; the last one is the forecast
 * @throws RangeError where lambda is not strictly between 0 and 1, or the seed is negative or not finite
 * Source  J.P. Morgan and Reuters 1996, RiskMetrics Technical Document, 4th edition, 5.2
 */
export function ewmaVariances(returns: Float64Array, lambda: number, seedVariance: number): Float64Array {
  if (!(lambda > 0 && lambda < 1))
    throw new RangeError(`lambda must lie strictly between 0 and 1, was ${lambda}`);
  if (!(seedVariance >= 0 && seedVariance < Number.POSITIVE_INFINITY))
    throw new RangeError(`a variance must be finite and at least 0, was ${seedVariance}`);
  const variances = new Float64Array(returns.length);
  let variance = seedVariance;
  for (let i = 0; i < returns.length; i += 1) {
    const one = returns[i]!;
    variance = lambda * variance + (1 - lambda) * one * one;
    variances[i] = variance;
  }
  return variances;
}

/**
 * The EWMA estimate for the period after the last return. Parameters say the seed and the weight that is left of it.
 *
 * @param returns  fractions in order of time, at least 1
 * @throws RangeError for no returns, a return that is not finite, or an option outside its range
 */
export function ewma(returns: Float64Array, options: EwmaOptions): VarEstimate {
  requireReturns(returns, 1);
  const { tail, lambda = RISKMETRICS_LAMBDA, seedVariance } = options;
  const variances = ewmaVariances(returns, lambda, seedVariance);
  const sigmaNext = Math.sqrt(variances[variances.length - 1]!);
  return {
    ...normalVarEs(0, sigmaNext, tail),
    valid: true,
    reason: null,
    parameters: [
      { name: 'lambda', value: lambda, standardError: null },
      { name: 'seedVariance', value: seedVariance, standardError: null },
      { name: 'seedWeight', value: Math.exp(returns.length * Math.log(lambda)), standardError: null },
      { name: 'sigmaNext', value: sigmaNext, standardError: null },
    ],
  };
}
