/**
 * Filtered historical simulation: a volatility model says how large the next return is, past residuals say its shape.
 *
 * Source  Barone-Adesi, Giannopoulos and Vosper 1999, VaR without correlations for portfolios of derivative securities,
 *         Journal of Futures Markets 19; on EWMA: Hull and White 1998, Incorporating volatility updating into the historical
 *         simulation method for value-at-risk, Journal of Risk 1
 */
import { createRandom, nextBelow } from '../../math/random.ts';
import { requireTail, type TailOptions, type VarEs, type VarEstimate } from './estimate.ts';
import { type HistoricalQuantile, historicalOfSorted } from './historical.ts';
import type { Volatility } from './volatility.ts';

export type FhsOptions = TailOptions & {
  /** Of the residuals, or of the simulated returns; default `linear`. */
  readonly quantile?: HistoricalQuantile;
};

/**
 * The estimate for the next period, in closed form: with the historical VaR and ES of the residuals,
 *
 *   VaR = -mean + sigmaNext VaR of the residuals,   the ES alike
 *
 * @throws RangeError where the tail is outside (0, 1)
 */
export function fhs(volatility: Volatility, { tail, quantile }: FhsOptions): VarEstimate {
  requireTail(tail);
  const { mean, sigmaNext, residuals } = volatility;
  const standard = historicalOfSorted(residuals.slice().sort(), tail, quantile);
  return estimateOf(volatility, {
    varRaw: sigmaNext * standard.varRaw - mean,
    esRaw: sigmaNext * standard.esRaw - mean,
  });
}

export type PathOptions = {
  /** Periods that a path goes on for, >= 1. */
  readonly periods: number;
  /** How many are drawn, >= 1. */
  readonly paths: number;
  /** A whole number from 0 to 2^53 - 1. */
  readonly seed: number;
};

/**
 * The estimate over several periods: historical VaR and ES of the simulated paths.
 *
 * @throws RangeError where an option is outside its range
 */
export function fhsOverPeriods(volatility: Volatility, options: FhsOptions & PathOptions): VarEstimate {
  const { tail, quantile } = options;
  requireTail(tail);
  return estimateOf(volatility, historicalOfSorted(fhsPaths(volatility, options).sort(), tail, quantile));
}

/**
 * Returns over several periods. Each period draws one of the residuals, every one equally likely, and its shock goes into the
 * next variance.
 *
 * @returns one a path: the sum of its returns, which is the return over all periods where these are log returns
 * @throws RangeError where periods or paths are not whole numbers of at least 1
 */
export function fhsPaths(
  { garch, residuals, sigmaNext }: Volatility,
  { periods, paths, seed }: PathOptions,
): Float64Array {
  if (!(Number.isSafeInteger(periods) && periods >= 1 && Number.isSafeInteger(paths) && paths >= 1))
    throw new RangeError(
      `periods and paths must be whole numbers of at least 1, were ${periods} and ${paths}`,
    );
  const { mu, omega, alpha, beta } = garch;
  const random = createRandom(seed);
  const totals = new Float64Array(paths);
  for (let path = 0; path < paths; path += 1) {
    let variance = sigmaNext * sigmaNext;
    let total = 0;
    for (let k = 0; k < periods; k += 1) {
      const shock = Math.sqrt(variance) * residuals[nextBelow(random, residuals.length)]!;
      total += mu + shock;
      variance = omega + alpha * shock * shock + beta * variance;
    }
    totals[path] = total;
  }
  return totals;
}

function estimateOf({ valid, reason, parameters }: Volatility, figures: VarEs): VarEstimate {
  return { ...figures, valid, reason, parameters };
}
