/** A volatility model that has run over a sample: what GARCH, filtered historical simulation and conditional EVT share. */
import { filterGarch, type Garch } from '../../math/garch.ts';
import { fitGarch, type GarchBound, type GarchFit, type GarchStart } from '../../math/garch-fit.ts';
import type { Innovations } from '../../math/garch-likelihood.ts';
import { type Parameter, requireReturns } from './estimate.ts';
import { RISKMETRICS_LAMBDA } from './ewma.ts';

export type Volatility = {
  /** The recursion of the variance; EWMA is one with mu and omega 0. */
  readonly garch: Garch;
  /** Degrees of freedom of t innovations; null for normal ones, and for EWMA. */
  readonly nu: number | null;
  /** Standardised: a plain number each, in order of time. */
  readonly residuals: Float64Array;
  /** Mean of the next return. */
  readonly mean: number;
  /** Deviation of the next return, > 0. */
  readonly sigmaNext: number;
  readonly valid: boolean;
  /** What is doubtful about the fit; null where nothing is. */
  readonly reason: string | null;
  readonly parameters: readonly Parameter[];
  /**
   * What the fit of the next window may begin from. None where that is to begin anew: from a bound the search may end at
   * another maximum, whose log-likelihood is lower by as much as 16.
   */
  readonly start?: GarchStart;
};

export type GarchVolatilityOptions = {
  /** Default `normal`. */
  readonly innovations?: Innovations;
  /** Where the search begins, as the fit of the window before. */
  readonly start?: GarchStart;
  /** Whether standard errors are asked for; default true. */
  readonly errors?: boolean;
  /** Relative gradient that ends the search; default 1e-9. */
  readonly tolerance?: number;
};

/**
 * GARCH(1,1) by maximum likelihood, under alpha + beta <= 1; the first variance is the mean of squared shocks.
 *
 * @param returns  fractions in order of time, at least 20, not all the same
 * @throws RangeError for fewer returns, a return that is not finite, or returns that never change
 */
export function garchVolatility(returns: Float64Array, options: GarchVolatilityOptions = {}): Volatility {
  requireReturns(returns, 20);
  const { innovations = 'normal', ...rest } = options;
  const fit = fitGarch(returns, { innovations, ...rest });
  const { residuals, varianceNext } = filterGarch(returns, fit);
  const sigmaNext = Math.sqrt(varianceNext);
  const { mu, omega, alpha, beta, nu, converged, bound } = fit;
  return {
    garch: { mu, omega, alpha, beta },
    nu,
    residuals,
    mean: mu,
    sigmaNext,
    // Without ARCH the variance is a curve from its first value, which says nothing of the next one.
    valid: converged && bound !== 'alpha-0',
    reason: converged ? boundReason(bound) : 'the likelihood of the model has no maximum that was found',
    parameters: [
      ...fittedParameters(fit),
      { name: 'sigmaNext', value: sigmaNext, standardError: null },
      { name: 'logLikelihood', value: fit.logLikelihood, standardError: null },
    ],
    ...(converged && bound === null ? { start: fit } : {}),
  };
}

function fittedParameters({ mu, omega, alpha, beta, nu, errors }: GarchFit): Parameter[] {
  const names = ['mu', 'omega', 'alpha', 'beta', 'nu'];
  const values = nu === null ? [mu, omega, alpha, beta] : [mu, omega, alpha, beta, nu];
  return values.map((value, i) => ({ name: names[i]!, value, standardError: errors?.[i] ?? null }));
}

const boundReasons: { readonly [bound in GarchBound]: string } = {
  'alpha-0': 'alpha is 0: shocks leave no trace in the variance, and beta is not told',
  'beta-0': 'beta is 0: variance remembers the last shock alone',
  'alpha-plus-beta-1':
    'alpha + beta stands at its bound of 1: variance does not come back to a long-run level',
  'nu-2.05': 'nu stands at its bound of 2.05: the innovations have hardly a variance',
};

function boundReason(bound: GarchBound | null): string | null {
  return bound === null ? null : boundReasons[bound];
}

export type EwmaVolatilityOptions = {
  /** Strictly between 0 and 1; default 0.94. */
  readonly lambda?: number;
  /** The variance before the first return, > 0. */
  readonly seedVariance: number;
};

/**
 * EWMA with mean 0: each return is standardised by the variance of the returns before it.
 *
 * @param returns  fractions in order of time, at least 1
 * @throws RangeError for no returns, a return that is not finite, or an option outside its range
 */
export function ewmaVolatility(returns: Float64Array, options: EwmaVolatilityOptions): Volatility {
  requireReturns(returns, 1);
  const { lambda = RISKMETRICS_LAMBDA, seedVariance } = options;
  if (!(lambda > 0 && lambda < 1))
    throw new RangeError(`lambda must lie strictly between 0 and 1, was ${lambda}`);
  const garch = { mu: 0, omega: 0, alpha: 1 - lambda, beta: lambda };
  const { residuals, varianceNext } = filterGarch(returns, garch, seedVariance);
  const sigmaNext = Math.sqrt(varianceNext);
  return {
    garch,
    nu: null,
    residuals,
    mean: 0,
    sigmaNext,
    valid: true,
    reason: null,
    parameters: [
      { name: 'lambda', value: lambda, standardError: null },
      { name: 'seedVariance', value: seedVariance, standardError: null },
      { name: 'sigmaNext', value: sigmaNext, standardError: null },
    ],
  };
}
