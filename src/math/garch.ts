/**
 * The GARCH(1,1) model of returns whose variance comes in clusters:
 *
 *   r[t] = mu + e[t],   e[t] = sqrt(h[t]) z[t],   h[t] = omega + alpha e[t-1]^2 + beta h[t-1]
 *
 * with z independent, of mean 0 and variance 1. The recursion starts at a given variance, by default the mean of e^2 over the
 * sample. EWMA is the same recursion with mu = omega = 0, alpha = 1 - lambda, beta = lambda.
 *
 * Source  Bollerslev 1986, Generalized autoregressive conditional heteroskedasticity, Journal of Econometrics 31
 */
import { logGamma } from './gamma.ts';
import { sum } from './sum.ts';

export type Garch = {
  /** Mean return, a fraction. */
  readonly mu: number;
  /** >= 0, in the square of the returns. */
  readonly omega: number;
  /** >= 0: how much of a squared shock goes into the next variance. */
  readonly alpha: number;
  /** >= 0: how much of a variance does. */
  readonly beta: number;
};

export type FilteredGarch = {
  /** e: returns less mu. */
  readonly shocks: Float64Array;
  /** h, each known before its return. */
  readonly variances: Float64Array;
  /** z = e / sqrt(h). */
  readonly residuals: Float64Array;
  /** h of the period after the last return. */
  readonly varianceNext: number;
};

/**
 * The variances of a sample under given parameters.
 *
 * @param returns  in order of time, at least 1
 * @param first    variance of the first return, > 0; default the mean of squared shocks
 * @throws RangeError where a parameter is not finite, omega, alpha or beta is below 0, or the first variance is not above 0
 */
export function filterGarch(returns: Float64Array, garch: Garch, first?: number): FilteredGarch {
  const { mu, omega, alpha, beta } = garch;
  if (!(Number.isFinite(mu) && omega >= 0 && alpha >= 0 && beta >= 0 && omega + alpha + beta < Infinity)) {
    throw new RangeError(
      `mu must be finite, omega, alpha and beta at least 0, were ${mu}, ${omega}, ${alpha} and ${beta}`,
    );
  }
  const shocks = returns.map((one) => one - mu);
  const variances = new Float64Array(returns.length);
  let variance = first ?? sum(shocks.map((one) => one * one)) / shocks.length;
  if (!(variance > 0 && variance < Infinity))
    throw new RangeError(`the first variance must be finite and above 0, was ${variance}`);
  for (let t = 0; t < shocks.length; t += 1) {
    variances[t] = variance;
    const e = shocks[t]!;
    variance = omega + alpha * e * e + beta * variance;
  }
  const residuals = shocks.map((e, t) => e / Math.sqrt(variances[t]!));
  return { shocks, variances, residuals, varianceNext: variance };
}

/**
 * The expected variance of each of the next periods, from the one that is known:
 *
 *   h[k] = omega + (alpha + beta) h[k-1],   which is vl + (alpha + beta)^(k-1) (h[1] - vl) about the long-run variance vl
 *
 * Their sum is the variance of the return over all of them, as shocks are uncorrelated.
 *
 * @returns one a period, the first being varianceNext
 */
export function forecastVariances(garch: Garch, varianceNext: number, periods: number): Float64Array {
  const forecasts = new Float64Array(periods);
  let variance = varianceNext;
  for (let k = 0; k < periods; k += 1) {
    forecasts[k] = variance;
    variance = garch.omega + (garch.alpha + garch.beta) * variance;
  }
  return forecasts;
}

/** The long-run variance omega / (1 - alpha - beta); null where variance does not come back to any, alpha + beta >= 1. */
export function longRunVariance({ omega, alpha, beta }: Garch): number | null {
  const back = 1 - alpha - beta;
  return back > 0 ? omega / back : null;
}

/**
 * The log-likelihood of a filtered sample, all constants included, for normal innovations or for those of a Student t with nu
 * degrees of freedom that is scaled to variance 1.
 *
 * @param nu  > 2; null for normal innovations
 * @throws RangeError where nu is not above 2
 */
export function garchLogLikelihood({ shocks, variances }: FilteredGarch, nu: number | null): number {
  if (nu !== null && !(nu > 2)) throw new RangeError(`nu must be above 2, was ${nu}`);
  const constant = nu === null ? -0.5 * Math.log(2 * Math.PI) : studentConstant(nu);
  const terms = shocks.map((e, t) => {
    const h = variances[t]!;
    const square = (e * e) / h;
    const density = nu === null ? square : (nu + 1) * Math.log1p(square / (nu - 2));
    return constant - 0.5 * (Math.log(h) + density);
  });
  return sum(terms);
}

/** The logarithm of the density at 0 of a t of variance 1. */
export function studentConstant(nu: number): number {
  return logGamma((nu + 1) / 2) - logGamma(nu / 2) - 0.5 * Math.log(Math.PI * (nu - 2));
}
