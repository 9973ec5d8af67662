/**
 * What a size does to wealth when its trades are all that is known of them: growth and the probability of a fall, over
 * bootstrap replicates of the trades.
 *
 * A replicate draws as many groups of trades as there are, with replacement, and is one world that the trades may have come from.
 * Its mean logarithm is a growth rate; paths drawn from it, group by group, fall to a level or do not. The share of paths over all
 * replicates is the probability of the fall with the doubt about the trades in it; paths drawn from the trades themselves leave the
 * doubt out. A group is a day, whose trades share a crash (RULES 1.10), or a single trade.
 *
 * A trade that leaves nothing, 1 + size x return <= 0, ends a path: liquidation is absorbing.
 *
 * Cost    O(replicates x (groups + paths x horizon)); holds a column of the length of the trades, and three of the replicates
 * Source  Efron and Tibshirani 1993, An Introduction to the Bootstrap, 13.3 (percentile interval); Field and Welsh 2007 (clusters);
 *         Hanley and Lippman-Hand 1983, If nothing goes wrong, is everything all right? (rule of three)
 */
import { quantileInPlace } from '../../math/quantile.ts';
import { createRandom, nextBelow, type Random } from '../../math/random.ts';
import { addToSum, createRunningSum, sumSoFar } from '../../math/running-sum.ts';
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
  /**
   * The UTC day of each trade, never going back, where those of one day are drawn together: at least two days, and few say
   * little. null draws each by itself.
   */
  readonly day: Int32Array | null;
};

export type Chance = {
  readonly probability: number;
  /** Monte Carlo error, one standard deviation; null where no path fell or all did: their spread of 0 is no certainty. */
  readonly error: number | null;
  /** Where no path fell the probability that is at most likely, at 95 %; where all did the one at least. null elsewhere. */
  readonly bound: number | null;
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
  const groups = groupsOf(logs, options.day);
  const all = Int32Array.from(groups.total.keys());
  const random = createRandom(options.seed);
  const drawn = new Int32Array(all.length);
  const growths = new Float64Array(replicates);
  const doubted = new Float64Array(replicates);
  const sampled = new Float64Array(replicates);
  for (let k = 0; k < replicates; k += 1) {
    for (let i = 0; i < drawn.length; i += 1) drawn[i] = nextBelow(random, all.length);
    growths[k] = meanLog(groups, drawn);
    doubted[k] = shareOfFalls(random, groups, drawn, options);
    sampled[k] = shareOfFalls(random, groups, all, options);
  }
  const growth = meanLog(groups, all);
  const tail = (1 - confidence) / 2;
  return {
    growth: finiteOrNull(growth),
    growthInterval: { low: growthAt(growths, tail), high: growthAt(growths, 1 - tail) },
    shrinks: growths.reduce((count, one) => count + (one > 0 ? 0 : 1), 0) / replicates,
    fall: chanceOf(doubted),
    fallAsSampled: chanceOf(sampled),
  };
}

type Groups = {
  readonly logs: Float64Array;
  /** Group g holds the trades [start[g], start[g + 1]); their sum is total[g]. */
  readonly start: Int32Array;
  readonly total: Float64Array;
};

function groupsOf(logs: Float64Array, day: Int32Array | null): Groups {
  const first: number[] = [];
  for (let i = 0; i < logs.length; i += 1) {
    if (day === null || i === 0 || day[i] !== day[i - 1]) first.push(i);
  }
  const start = Int32Array.from([...first, logs.length]);
  const total = Float64Array.from(first, (from, group) => {
    const own = logs.subarray(from, start[group + 1]);
    // The compensated sum is of finite numbers only.
    return own.includes(Number.NEGATIVE_INFINITY) ? Number.NEGATIVE_INFINITY : sum(own);
  });
  return { logs, start, total };
}

/** Minus infinity where a trade leaves nothing. */
function meanLog({ start, total }: Groups, drawn: Int32Array): number {
  let trades = 0;
  let ruined = false;
  const grown = createRunningSum();
  for (let i = 0; i < drawn.length; i += 1) {
    const group = drawn[i]!;
    const own = total[group]!;
    trades += start[group + 1]! - start[group]!;
    if (own === Number.NEGATIVE_INFINITY) ruined = true;
    else addToSum(grown, own);
  }
  return ruined ? Number.NEGATIVE_INFINITY : sumSoFar(grown) / trades;
}

/** Quantiles between two worlds of which one has no growth rate have none either. */
function growthAt(growths: Float64Array, p: number): number | null {
  return finiteOrNull(quantileInPlace(growths, p));
}

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function shareOfFalls(
  random: Random,
  groups: Groups,
  drawn: Int32Array,
  { paths, horizon, level }: GrowthDoubtOptions,
): number {
  const path = { horizon, bound: Math.log(level) };
  let falls = 0;
  for (let k = 0; k < paths; k += 1) if (isFallen(random, groups, drawn, path)) falls += 1;
  return falls / paths;
}

type Path = {
  /** Trades. */
  readonly horizon: number;
  /** The logarithm of wealth that is a fall. */
  readonly bound: number;
};

function isFallen(
  random: Random,
  { logs, start }: Groups,
  drawn: Int32Array,
  { horizon, bound }: Path,
): boolean {
  let wealth = 0;
  let trades = 0;
  while (trades < horizon) {
    const group = drawn[nextBelow(random, drawn.length)]!;
    const until = Math.min(start[group + 1]!, start[group]! + horizon - trades);
    for (let i = start[group]!; i < until; i += 1) {
      wealth += logs[i]!;
      if (wealth <= bound) return true;
    }
    trades += until - start[group]!;
  }
  return false;
}

/** A probability of as many draws without a hit. */
const NO_HIT = 0.05;

/**
 * Paths of one replicate share its trades: the error is that of a mean over replicates, and so many are the draws of the bound,
 * 1 - 0.05^(1 / n), about 3 / n (rule of three).
 */
function chanceOf(shares: Float64Array): Chance {
  const n = shares.length;
  const none = -Math.expm1(Math.log(NO_HIT) / n);
  if (shares.every((one) => one === 0)) return { probability: 0, error: null, bound: none };
  if (shares.every((one) => one === 1)) return { probability: 1, error: null, bound: 1 - none };
  const probability = sum(shares) / n;
  const squares = sum(shares.map((one) => (one - probability) * (one - probability)));
  return { probability, error: Math.sqrt(squares / (n * (n - 1))), bound: null };
}

function checkDoubt(returns: Float64Array, options: GrowthDoubtOptions): void {
  if (returns.length < 2) throw new RangeError(`doubt needs at least two trades, was ${returns.length}`);
  const wrong = returns.findIndex((one) => !Number.isFinite(one));
  if (wrong >= 0) throw new RangeError(`a return must be finite, was ${returns[wrong]} at ${wrong}`);
  const { size, level, horizon, replicates, paths, confidence, day } = options;
  if (day !== null) checkDays(day, returns.length);
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

function checkDays(day: Int32Array, trades: number): void {
  if (day.length !== trades) throw new RangeError(`${trades} trades need a day each, was ${day.length}`);
  if (day[0] === day[trades - 1]) throw new RangeError('doubt needs trades of at least two days, was one');
  for (let i = 1; i < trades; i += 1) {
    if (day[i]! < day[i - 1]!)
      throw new RangeError(`days must not go back, was ${day[i]} after ${day[i - 1]} at ${i}`);
  }
}
