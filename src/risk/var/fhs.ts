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
  /**
   * Where a return is this many times the simple move of one price, as that of a book held as it stands: the price goes on from
   * period to period, and ends at 0 at the lowest. Undefined or 0: returns add up, as log returns do.
   */
  readonly slope?: number;
};

/**
 * The estimate over several periods: historical VaR and ES of the simulated paths. Its one parameter beside those of the model is
 * `pathVar`, the VaR with the standard error of the simulation alone: half of what lies between the order statistics that are a
 * binomial deviation, sqrt(paths tail (1 - tail)), to either side of it.
 *
 * @throws RangeError where an option is outside its range
 */
export function fhsOverPeriods(volatility: Volatility, options: FhsOptions & PathOptions): VarEstimate {
  const { tail, quantile } = options;
  requireTail(tail);
  const sorted = fhsPaths(volatility, options).sort();
  const figures = historicalOfSorted(sorted, tail, quantile);
  const error = { name: 'pathVar', value: figures.varRaw, standardError: quantileError(sorted, tail) };
  const estimate = estimateOf(volatility, figures);
  return { ...estimate, parameters: [...estimate.parameters, error] };
}

function quantileError(sorted: Float64Array, tail: number): number | null {
  const paths = sorted.length;
  const deviation = Math.sqrt(paths * tail * (1 - tail));
  const [low, high] = [Math.floor(paths * tail - deviation), Math.ceil(paths * tail + deviation)];
  return low < 0 || high >= paths ? null : (sorted[high]! - sorted[low]!) / 2;
}

/**
 * Returns over several periods. Each period draws one of the residuals, every one equally likely, and its shock goes into the
 * next variance.
 *
 * @returns one a path: the sum of its returns, which is the return over all periods where these are log returns; with a slope,
 *          slope times the simple move of the price over all periods
 * @throws RangeError where periods or paths are not whole numbers of at least 1
 */
export function fhsPaths(
  { garch, residuals, sigmaNext }: Volatility,
  { periods, paths, seed, slope = 0 }: PathOptions,
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
    let price = 1;
    for (let k = 0; k < periods; k += 1) {
      const shock = Math.sqrt(variance) * residuals[nextBelow(random, residuals.length)]!;
      total += mu + shock;
      if (slope !== 0) price *= Math.max(0, 1 + (mu + shock) / slope);
      variance = omega + alpha * shock * shock + beta * variance;
    }
    totals[path] = slope === 0 ? total : slope * (price - 1);
  }
  return totals;
}

function estimateOf({ valid, reason, parameters }: Volatility, figures: VarEs): VarEstimate {
  return { ...figures, valid, reason, parameters };
}
