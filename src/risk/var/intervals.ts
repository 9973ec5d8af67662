/** How far a VaR and an ES may be from the truth: intervals by resampling, and by order statistics where data are few. */
import { binomialAtLeast, binomialCdf } from '../../math/binomial.ts';
import { quantileInPlace } from '../../math/quantile.ts';
import { createRandom } from '../../math/random.ts';
import { resampleBlocks, seededBlocks } from '../../math/stationary-bootstrap.ts';
import { requireReturns, requireTail, type VarEstimate } from './estimate.ts';
import { type HistoricalOptions, historicalOfSorted } from './historical.ts';

/** Losses as VaR and ES are; a side that does not exist is null, and the reason says why. */
export type Interval = {
  readonly low: number | null;
  readonly high: number | null;
  readonly reason: string | null;
};

export type VarIntervals = { readonly varInterval: Interval; readonly esInterval: Interval };

export type Resampling = {
  /** Samples that are drawn, >= 1. */
  readonly replicates: number;
  /** A whole number from 0 to 2^53 - 1. */
  readonly seed: number;
  /** 0.95 for the 2.5 % and 97.5 % quantiles of the replicates. */
  readonly level: number;
};

export type BlockResampling = Resampling & {
  /** Mean length of the blocks in periods, >= 1: as long as volatility remembers. */
  readonly meanBlock: number;
};

/** What an estimator says of a sample; null where its method does not hold for it. */
export type Figures = Pick<VarEstimate, 'varRaw' | 'esRaw'>;

/** Share of replicates without a figure from which the rest says nothing of all. */
const MOST_FAILED = 0.05;
/** Returns beyond the VaR from which resampling them tells its spread. */
const ENOUGH_BEYOND = 10;

/**
 * Percentile intervals by the stationary bootstrap: blocks keep days of like volatility together.
 *
 * @param returns    fractions in order of time, at least 2
 * @param estimator  the figures of a sample, which is used again: it must not be kept
 * @throws RangeError for fewer returns, a return that is not finite, or an option outside its range
 * Cost    replicates times that of the estimator
 * Source  Politis and Romano 1994, The stationary bootstrap, JASA 89; Efron and Tibshirani 1993, 13.3 (percentiles)
 */
export function blockIntervals(
  returns: Float64Array,
  estimator: (sample: Float64Array) => Figures,
  { meanBlock, ...resampling }: BlockResampling,
): VarIntervals {
  requireReturns(returns, 2);
  const random = createRandom(resampling.seed);
  const draws = seededBlocks(random, returns.length, meanBlock);
  const rows = new Int32Array(returns.length);
  const sample = new Float64Array(returns.length);
  return percentileIntervals(() => {
    resampleBlocks(rows, draws);
    for (let i = 0; i < rows.length; i += 1) sample[i] = returns[rows[i]!]!;
    return estimator(sample);
  }, resampling);
}

/**
 * Percentile intervals of figures that are drawn again and again, in the order of one generator.
 *
 * @throws RangeError where there is no replicate, or the level is not strictly between 0 and 1
 */
export function percentileIntervals(
  draw: () => Figures,
  { replicates, level }: Pick<Resampling, 'replicates' | 'level'>,
): VarIntervals {
  requireLevel(level);
  if (!(Number.isSafeInteger(replicates) && replicates >= 1))
    throw new RangeError(`replicates must be a whole number of at least 1, were ${replicates}`);
  const vars = new Float64Array(replicates);
  const shortfalls = new Float64Array(replicates);
  let varCount = 0;
  let esCount = 0;
  for (let k = 0; k < replicates; k += 1) {
    const { varRaw, esRaw } = draw();
    if (varRaw !== null) vars[varCount++] = varRaw;
    if (esRaw !== null) shortfalls[esCount++] = esRaw;
  }
  return {
    varInterval: percentiles(vars.subarray(0, varCount), replicates, level),
    esInterval: percentiles(shortfalls.subarray(0, esCount), replicates, level),
  };
}

function percentiles(values: Float64Array, replicates: number, level: number): Interval {
  const failed = replicates - values.length;
  if (failed > MOST_FAILED * replicates || values.length === 0)
    return absent(`the method has no figure for ${failed} of ${replicates} resampled histories`);
  const half = (1 - level) / 2;
  return { low: quantileInPlace(values, half), high: quantileInPlace(values, 1 - half), reason: null };
}

function absent(reason: string): Interval {
  return { low: null, high: null, reason };
}

/**
 * The interval of a historical VaR by order statistics, without any model. Of n independent returns, a binomial number lies at
 * or below their true quantile: the low end is the loss of the lowest rank that this number reaches with a probability of at
 * most (1 - level) / 2, the high end that of the highest rank which it misses with at most that.
 *
 * @param tail   probability beyond the VaR, in (0, 1)
 * @param level  probability that the interval holds the truth, at least
 * @returns a high end of null where even the worst return may lie short of the quantile: (1 - tail)^n > (1 - level) / 2; a low
 *          end of null where even the best may lie beyond it
 * @throws RangeError for no returns, a return that is not finite, or a tail or level outside (0, 1)
 * Source  David and Nagaraja 2003, Order Statistics
 */
export function orderStatisticInterval(returns: Float64Array, tail: number, level: number): Interval {
  requireReturns(returns, 1);
  requireTail(tail);
  requireLevel(level);
  const n = returns.length;
  const half = (1 - level) / 2;
  const sorted = returns.slice().sort();
  let worse = 0;
  while (worse < n && binomialCdf(worse, n, tail) <= half) worse += 1;
  let better = Math.max(1, worse);
  while (better <= n && binomialAtLeast(better, n, tail) > half) better += 1;
  const low = better <= n ? -sorted[better - 1]! : null;
  const high = worse >= 1 ? -sorted[worse - 1]! : null;
  return { low, high, reason: sideReason(low, high, n, tail) };
}

function sideReason(low: number | null, high: number | null, n: number, tail: number): string | null {
  if (low !== null && high !== null) return null;
  const side = high === null ? 'worst' : 'best';
  return `${n} returns are too few for both ends at a tail of ${tail}: the VaR may lie beyond the ${side} of them`;
}

/**
 * Intervals of the historical estimate: by resampling where at least ten returns lie beyond the VaR, else by order statistics
 * for the VaR and none for the ES.
 *
 * @throws RangeError as the two
 * Source  RULES 4.5
 */
export function historicalIntervals(
  returns: Float64Array,
  { tail, quantile }: HistoricalOptions,
  resampling: BlockResampling,
): VarIntervals {
  requireTail(tail);
  const beyond = returns.length * tail;
  if (beyond < ENOUGH_BEYOND * (1 - ROUNDING)) {
    return {
      varInterval: orderStatisticInterval(returns, tail, resampling.level),
      esInterval: absent(
        `${beyond.toFixed(2)} returns lie beyond the VaR, ${ENOUGH_BEYOND} are needed to tell the spread of their mean`,
      ),
    };
  }
  return blockIntervals(returns, (sample) => historicalOfSorted(sample.sort(), tail, quantile), resampling);
}

/** Of a product such as 1000 * 0.01. */
const ROUNDING = 1e-12;

function requireLevel(level: number): void {
  if (!(level > 0 && level < 1))
    throw new RangeError(`a level must lie strictly between 0 and 1, was ${level}`);
}
