/**
 * What a size does to wealth when its trades are all that is known of them: growth and the probability of a fall, over
 * bootstrap replicates of the trades.
 *
 * A replicate draws as many trades as there are, with replacement, and is one world that the trades may have come from. Its mean
 * logarithm is a growth rate; paths drawn from it fall to a level or do not. The share of paths over all replicates is the
 * probability of the fall with the doubt about the trades in it; paths drawn from the trades themselves leave the doubt out.
 *
 * A trade that leaves nothing, 1 + size x return <= 0, ends a path: liquidation is absorbing. Trades are drawn one by one: where
 * those of one day share a crash, the truth is worse.
 *
 * Cost    O(replicates x (trades + paths x horizon)); two columns of the length of the trades, three of the replicates
 * Source  Efron and Tibshirani 1993, An Introduction to the Bootstrap, 13.3 (percentile interval)
 */
import { quantileInPlace } from '../../math/quantile.ts';
import { createRandom, nextBelow, type Random } from '../../math/random.ts';
import { sum } from '../../math/sum.ts';

export type GrowthDoubtOptions = {
  /** Notional over equity, >= 0; every trade is taken with it. */
  readonly size: number;
  /** Wealth at or below this share of its start is a fall, in (0, 1). */
  readonly level: number;
  /** Trades a path goes on for, >= 1. */
  readonly horizon: number;
  /** Worlds, >= 2, and paths in each, >= 1. */
  readonly replicates: number;
  readonly paths: number;
  readonly seed: number;
  /** 0.95 for the 2.5 % and 97.5 % quantiles of the replicates. */
  readonly confidence: number;
};

export type Chance = {
  readonly probability: number;
  /** Monte Carlo error, one standard deviation. */
  readonly error: number;
};

export type GrowthDoubt = {
  /** Mean logarithm for each trade; null where one of the trades leaves nothing. */
  readonly growth: number | null;
  /** Ends of the interval; null where that many replicates hold a trade that leaves nothing. */
  readonly growthInterval: { readonly low: number | null; readonly high: number | null };
  /** The share of replicates that do not grow. */
  readonly shrinks: number;
  /** The probability of the fall within the horizon, with the doubt about the trades in it. */
  readonly fall: Chance;
  /** The same with the trades taken for the truth. */
  readonly fallAsSampled: Chance;
};

/**
 * @param returns  of each trade, fractions of notional; at least two, finite
 * @throws RangeError where a return or an option lies outside its range
 */
export function growthDoubt(returns: Float64Array, options: GrowthDoubtOptions): GrowthDoubt {
  checkDoubt(returns, options);
  const { size, replicates, confidence } = options;
  const logs = returns.map((one) => (size * one > -1 ? Math.log1p(size * one) : Number.NEGATIVE_INFINITY));
  const random = createRandom(options.seed);
  const drawn = new Float64Array(logs.length);
  const growths = new Float64Array(replicates);
  const doubted = new Float64Array(replicates);
  const sampled = new Float64Array(replicates);
  for (let k = 0; k < replicates; k += 1) {
    for (let i = 0; i < drawn.length; i += 1) drawn[i] = logs[nextBelow(random, logs.length)]!;
    growths[k] = meanLog(drawn);
    doubted[k] = shareOfFalls(random, drawn, options);
    sampled[k] = shareOfFalls(random, logs, options);
  }
  const growth = meanLog(logs);
  const tail = (1 - confidence) / 2;
  return {
    growth: finiteOrNull(growth),
    growthInterval: { low: growthAt(growths, tail), high: growthAt(growths, 1 - tail) },
    shrinks: growths.reduce((count, one) => count + (one > 0 ? 0 : 1), 0) / replicates,
    fall: chanceOf(doubted),
    fallAsSampled: chanceOf(sampled),
  };
}

/** Minus infinity where a trade leaves nothing; the compensated sum is of finite numbers only. */
function meanLog(logs: Float64Array): number {
  for (let i = 0; i < logs.length; i += 1)
    if (logs[i] === Number.NEGATIVE_INFINITY) return Number.NEGATIVE_INFINITY;
  return sum(logs) / logs.length;
}

/** Quantiles between two worlds of which one has no growth rate have none either. */
function growthAt(growths: Float64Array, p: number): number | null {
  return finiteOrNull(quantileInPlace(growths, p));
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function shareOfFalls(random: Random, logs: Float64Array, options: GrowthDoubtOptions): number {
  const { paths, horizon, level } = options;
  const bound = Math.log(level);
  let falls = 0;
  for (let path = 0; path < paths; path += 1) {
    let wealth = 0;
    for (let trade = 0; trade < horizon; trade += 1) {
      wealth += logs[nextBelow(random, logs.length)]!;
      if (wealth <= bound) {
        falls += 1;
        break;
      }
    }
  }
  return falls / paths;
}

/** Paths of one replicate share its trades: the error is that of a mean over replicates. */
function chanceOf(shares: Float64Array): Chance {
  const n = shares.length;
  const probability = sum(shares) / n;
  const squares = sum(shares.map((one) => (one - probability) * (one - probability)));
  return { probability, error: Math.sqrt(squares / (n * (n - 1))) };
}

function checkDoubt(returns: Float64Array, options: GrowthDoubtOptions): void {
  if (returns.length < 2) throw new RangeError(`doubt needs at least two trades, was ${returns.length}`);
  const wrong = returns.findIndex((one) => !Number.isFinite(one));
  if (wrong >= 0) throw new RangeError(`a return must be finite, was ${returns[wrong]} at ${wrong}`);
  const { size, level, horizon, replicates, paths, confidence } = options;
  if (!(size >= 0 && Number.isFinite(size)))
    throw new RangeError(`a size must be finite and at least 0, was ${size}`);
  if (!(level > 0 && level < 1)) throw new RangeError(`a level must lie in (0, 1), was ${level}`);
  if (!(confidence > 0 && confidence < 1))
    throw new RangeError(`a confidence must lie in (0, 1), was ${confidence}`);
  for (const [name, count, least] of [
    ['horizon', horizon, 1],
    ['replicates', replicates, 2],
    ['paths', paths, 1],
  ] as const) {
    if (!(Number.isSafeInteger(count) && count >= least))
      throw new RangeError(`${name} must be a whole number from ${least}, was ${count}`);
  }
}
