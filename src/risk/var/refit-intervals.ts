/** Intervals of forecasts by a volatility model: the model is fitted again to histories that it simulates itself. */
import { filterGarch, type Garch } from '../../math/garch.ts';
import { fitGarch, type GarchParameters } from '../../math/garch-fit.ts';
import { createRandom, nextBelow, type Random } from '../../math/random.ts';
import { requireReturns } from './estimate.ts';
import { type Figures, percentileIntervals, type Resampling, type VarIntervals } from './intervals.ts';
import type { Volatility } from './volatility.ts';

/**
 * The model as other histories would have fitted it. For each replicate a history of the same length is simulated with the fitted
 * parameters and with residuals that are drawn anew; the model is fitted to it; the next deviation comes from the true history
 * under those parameters, the residuals from the simulated one. So what has happened stays, and what was estimated varies.
 *
 * @param returns  fractions in order of time, those that the model was fitted to
 * @param fitted   by `garchVolatility`; EWMA has nothing to fit
 * @returns one a replicate; null where its fit found no maximum
 * @throws RangeError where residuals and returns are not equally many, or replicates are not a whole number of at least 1
 * Cost    replicates times a fit that starts from the parameters
 * Source  Christoffersen and Gonçalves 2005, Estimation risk in financial risk management, Journal of Risk 7; Pascual, Romo and
 *         Ruiz 2006, Bootstrap prediction for returns and volatilities in GARCH models, CSDA 50
 */
export function refitModels(
  returns: Float64Array,
  fitted: Volatility,
  { replicates, seed }: Pick<Resampling, 'replicates' | 'seed'>,
): (Volatility | null)[] {
  requireReturns(returns, 20);
  if (fitted.residuals.length !== returns.length) {
    throw new RangeError(
      `a model must have one residual a return, were ${fitted.residuals.length} of ${returns.length}`,
    );
  }
  if (!(Number.isSafeInteger(replicates) && replicates >= 1))
    throw new RangeError(`replicates must be a whole number of at least 1, were ${replicates}`);
  const random = createRandom(seed);
  const first = filterGarch(returns, fitted.garch).variances[0]!;
  const start: GarchParameters = { ...fitted.garch, nu: fitted.nu };
  const innovations = fitted.nu === null ? 'normal' : 'student-t';
  return Array.from({ length: replicates }, () => {
    const history = simulate(fitted, first, random);
    const { mu, omega, alpha, beta, nu, converged } = fitGarch(history, {
      innovations,
      start,
      errors: false,
    });
    if (!converged) return null;
    const garch: Garch = { mu, omega, alpha, beta };
    return {
      garch,
      nu,
      residuals: filterGarch(history, garch).residuals,
      mean: mu,
      sigmaNext: Math.sqrt(filterGarch(returns, garch).varianceNext),
      valid: true,
      reason: null,
      parameters: [],
    };
  });
}

/**
 * Percentile intervals of a forecast from refitted models, which several forecasts may share.
 *
 * @param refitted   by `refitModels`
 * @param estimator  the figures of a model: `modelVarEs`, `fhs` or `conditionalEvt`
 * @throws RangeError where there is no model, or the level is outside (0, 1)
 */
export function refitIntervals(
  refitted: readonly (Volatility | null)[],
  estimator: (refitted: Volatility) => Figures,
  level: number,
): VarIntervals {
  const models = refitted.values();
  const draw = () => {
    const model = models.next().value ?? null;
    return model === null ? NO_FIGURES : estimator(model);
  };
  return percentileIntervals(draw, { replicates: refitted.length, level });
}

const NO_FIGURES: Figures = { varRaw: null, esRaw: null };

/** A history that the model could have made, its shocks drawn from the residuals. */
function simulate({ garch, residuals }: Volatility, first: number, random: Random): Float64Array {
  const { mu, omega, alpha, beta } = garch;
  const history = new Float64Array(residuals.length);
  let variance = first;
  for (let t = 0; t < history.length; t += 1) {
    const shock = Math.sqrt(variance) * residuals[nextBelow(random, residuals.length)]!;
    history[t] = mu + shock;
    variance = omega + alpha * shock * shock + beta * variance;
  }
  return history;
}
