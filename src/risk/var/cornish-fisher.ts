/**
 * VaR and ES of a normal distribution that is bent by skewness and kurtosis.
 *
 * Skewness S and excess kurtosis K are parameters of the expansion: those of the distribution that it makes are larger.
 */
import { excessKurtosis, skewness, variance } from '../../math/moments.ts';
import { normalDensity, normalQuantile } from '../../math/normal.ts';
import { mean as meanOf } from '../../math/sum.ts';
import {
  type Parameter,
  refused,
  requireReturns,
  requireTail,
  type TailOptions,
  type VarEs,
  type VarEstimate,
} from './estimate.ts';

export type Shape = {
  readonly skewness: number;
  /** 0 for a normal distribution. */
  readonly excessKurtosis: number;
};

/**
 * The quantile of the standardised variable, from the normal quantile z:
 *
 *   z + (z^2 - 1) S / 6 + (z^3 - 3 z) K / 24 - (2 z^3 - 5 z) S^2 / 36
 *
 * Source  Cornish and Fisher 1937, Moments and cumulants in the specification of distributions
 */
export function cornishFisherQuantile(z: number, { skewness: s, excessKurtosis: k }: Shape): number {
  const square = z * z;
  return z + ((square - 1) * s) / 6 + (z * (square - 3) * k) / 24 - (z * (2 * square - 5) * s * s) / 36;
}

/** The largest |S| of the domain, 6 (sqrt 2 - 1). */
const MOST_SKEWNESS = 6 * (Math.SQRT2 - 1);

/**
 * The discriminant of the derivative of the quantile; the quantile rises everywhere, and is one, where this is <= 0 and
 * |S| <= 6 (sqrt 2 - 1):
 *
 *   S^2 / 9 - 4 (K / 8 - S^2 / 6) (1 - K / 8 + 5 S^2 / 36)
 *
 * Source  Maillard 2012, A user's guide to the Cornish Fisher expansion, SSRN 1997178
 */
export function cornishFisherDiscriminant({ skewness: s, excessKurtosis: k }: Shape): number {
  const square = s * s;
  return square / 9 - 4 * (k / 8 - square / 6) * (1 - k / 8 + (5 * square) / 36);
}

/** Whether the expansion is the quantile function of some distribution. */
export function inCornishFisherDomain(shape: Shape): boolean {
  return cornishFisherDiscriminant(shape) <= 0 && Math.abs(shape.skewness) <= MOST_SKEWNESS;
}

export type CornishFisherVarEs = VarEs & {
  /** The Edgeworth ES before it is held to the VaR; it may be below the VaR, or a gain. */
  readonly edgeworthEs: number;
};

/**
 * The figures of the expansion, whether or not it is inside its domain. With h its quantile at the tail:
 *
 *   VaR = -(mean + h sd)
 *   Edgeworth ES = -mean + sd / tail phi(h) (1 + h^3 S / 6 + (h^4 - 2 h^2 - 1) K / 24 + (h^6 - 9 h^4 + 9 h^2 + 3) S^2 / 72)
 *   ES = max(VaR, Edgeworth ES), the `operational` one
 *
 * @param sd  the population deviation (n), as skewness and kurtosis are population moments
 * Source  Boudt, Peterson and Croux 2008, Estimation and decomposition of downside risk for portfolios with non-normal
 *         returns, Journal of Risk 11; PerformanceAnalytics, ES(method = "modified")
 */
export function cornishFisherVarEs(mean: number, sd: number, shape: Shape, tail: number): CornishFisherVarEs {
  requireTail(tail);
  const h = cornishFisherQuantile(normalQuantile(tail), shape);
  const { skewness: s, excessKurtosis: k } = shape;
  const h2 = h * h;
  const h4 = h2 * h2;
  const expansion =
    1 + (h * h2 * s) / 6 + ((h4 - 2 * h2 - 1) * k) / 24 + ((h4 * h2 - 9 * h4 + 9 * h2 + 3) * s * s) / 72;
  const varRaw = -(mean + h * sd);
  const edgeworthEs = (sd * normalDensity(h) * expansion) / tail - mean;
  return { varRaw, esRaw: Math.max(varRaw, edgeworthEs), edgeworthEs };
}

/**
 * The Cornish-Fisher estimate, by population moments. Outside the domain the expansion is no quantile function (a higher
 * confidence may give a smaller loss), and the estimate is refused.
 *
 * @param returns  fractions, at least 4
 * @throws RangeError for fewer returns, a return that is not finite, or a tail outside (0, 1)
 */
export function cornishFisher(returns: Float64Array, { tail }: TailOptions): VarEstimate {
  requireTail(tail);
  requireReturns(returns, 4);
  const n = returns.length;
  const mean = meanOf(returns);
  const sd = Math.sqrt((variance(returns) * (n - 1)) / n);
  if (sd === 0) return refused('returns that never change have no skewness and no kurtosis');
  const shape = { skewness: skewness(returns), excessKurtosis: excessKurtosis(returns) };
  const parameters: Parameter[] = [
    { name: 'mean', value: mean, standardError: sd / Math.sqrt(n) },
    { name: 'sd', value: sd, standardError: null },
    { name: 'skewness', value: shape.skewness, standardError: null },
    { name: 'excessKurtosis', value: shape.excessKurtosis, standardError: null },
    { name: 'discriminant', value: cornishFisherDiscriminant(shape), standardError: null },
  ];
  if (!inCornishFisherDomain(shape)) {
    return refused(
      `skewness ${shape.skewness.toFixed(2)} and excess kurtosis ${shape.excessKurtosis.toFixed(2)} lie outside the domain in which the expansion is a quantile`,
      parameters,
    );
  }
  const { varRaw, esRaw, edgeworthEs } = cornishFisherVarEs(mean, sd, shape, tail);
  const reason = edgeworthEs < varRaw ? 'the Edgeworth ES lies below the VaR, which takes its place' : null;
  return { varRaw, esRaw, valid: true, reason, parameters };
}
