/** VaR and ES of the returns as they were, without any model of their distribution. */
import { quantileSorted } from '../../math/quantile.ts';
import { sum } from '../../math/sum.ts';
import { requireReturns, requireTail, type TailOptions, type VarEs, type VarEstimate } from './estimate.ts';

/**
 * Which value stands for a quantile that falls between two order statistics, at h = (n - 1) tail of the ascending returns:
 * `linear` interpolates (R-7, numpy `linear`), `lower` takes the worse of the two, `higher` the better.
 */
export type HistoricalQuantile = 'linear' | 'lower' | 'higher';

export type HistoricalOptions = TailOptions & {
  /** Default `linear`. */
  readonly quantile?: HistoricalQuantile;
};

/**
 * The historical estimate. ES is that of Acerbi and Tasche: the mean of the worst n * tail returns, the last of them in
 * part, which is coherent at every tail. It is never below the VaR of `higher`; it may be below that of `lower`, where the
 * tail cuts between two returns.
 *
 * @param returns  fractions, at least 1, in any order
 * @throws RangeError for no returns, a return that is not finite, or a tail outside (0, 1)
 * Source  Hyndman and Fan 1996 (quantiles); Acerbi and Tasche 2002, On the coherence of expected shortfall, Journal of
 *         Banking & Finance 26
 */
export function historical(returns: Float64Array, { tail, quantile }: HistoricalOptions): VarEstimate {
  requireTail(tail);
  requireReturns(returns, 1);
  const beyond = returns.length * tail;
  return {
    ...historicalOfSorted(returns.slice().sort(), tail, quantile),
    valid: true,
    reason:
      beyond < 1 - ROUNDING
        ? `${beyond.toFixed(2)} of ${returns.length} returns lie beyond the VaR: the ES is the worst of all`
        : null,
    parameters: [],
  };
}

/** Of a product such as 100 * 0.01. */
const ROUNDING = 1e-12;

/** The same of returns that are sorted, worst first; nothing is checked. */
export function historicalOfSorted(
  sorted: Float64Array,
  tail: number,
  quantile: HistoricalQuantile = 'linear',
): VarEs {
  return { varRaw: -quantileOf(sorted, tail, quantile), esRaw: -tailMean(sorted, tail) };
}

function quantileOf(sorted: Float64Array, tail: number, quantile: HistoricalQuantile): number {
  const at = (sorted.length - 1) * tail;
  switch (quantile) {
    case 'linear':
      return quantileSorted(sorted, tail);
    case 'lower':
      return sorted[Math.floor(at)]!;
    case 'higher':
      return sorted[Math.ceil(at)]!;
  }
}

/**
 * The mean of the lowest n * tail of ascending values:
 *
 *   (sum of the floor(n tail) lowest + (n tail - floor(n tail)) * the next) / (n tail)
 */
export function tailMean(sorted: Float64Array, tail: number): number {
  const size = sorted.length * tail;
  const whole = Math.floor(size);
  const part = size - whole;
  const next = part > 0 ? part * sorted[whole]! : 0;
  return (sum(sorted.subarray(0, whole)) + next) / size;
}
