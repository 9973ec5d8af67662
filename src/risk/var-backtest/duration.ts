/**
 * The duration test of Christoffersen and Pelletier: exceptions of a right VaR come without memory, so the days between them
 * follow an exponential distribution. A Weibull distribution holds that as its shape 1; a shape below 1 says that exceptions
 * cluster, also over more days than two in a row.
 *
 *   density  a^b b d^(b-1) exp(-(a d)^b),   survival  exp(-(a d)^b)
 *
 * Days up to the first exception and after the last are censored: their durations were at least as long.
 *
 * Days are whole, durations of the model are not. So the limit by chi-square rejects a right VaR too often where exceptions are
 * many: at 5 % about 7 % of the time for 1000 days at 99 %, 11 % for 1500 days at 95 %, mostly as too regular. The p-value by
 * permutation is exact.
 *
 * Source  Christoffersen and Pelletier 2004, Backtesting Value-at-Risk: a duration-based approach, Journal of Financial
 *         Econometrics 2; R rugarch 1.5 VaRDurTest (which durations count as censored)
 */
import { createRandom, nextBelow, type Random } from '../../math/random.ts';
import { sum } from '../../math/sum.ts';
import { exceptionsOf } from './hits.ts';
import { type LikelihoodRatio, likelihoodRatio } from './likelihood-ratio.ts';

export type DurationTest = LikelihoodRatio & {
  /** The Weibull shape of largest likelihood; below 1 where exceptions cluster. */
  readonly shape: number;
};

/**
 * The likelihood ratio of shape 1 against any other, chi-square with 1 degree in the limit.
 *
 * @param hits  1 on a day with an exception, else 0
 * @returns null where no shape has the largest likelihood: below two exceptions, or where all days between exceptions are the
 *          same and nothing was censored beyond
 */
export function durationTest(hits: Uint8Array): DurationTest | null {
  const durations = durationsOf(hits);
  if (!(durations.sumEnded < 0)) return null;
  const shape = likeliestShape(durations);
  const ratio = 2 * (logLikelihood(durations, shape) - logLikelihood(durations, 1));
  return { ...likelihoodRatio(Math.max(0, ratio), 1), shape };
}

/**
 * How probable a ratio as large as the observed one is where exceptions come without memory: (1 + count) / (1 + replicates) over
 * seeded draws in which as many exceptions stand on any of the days, every choice of days equally likely. Draws that have no
 * shape do not count.
 *
 * @param observed    the ratio of the test of these hits
 * @param replicates  a whole number >= 1
 * @throws RangeError where it is not
 * Source  Dufour 2006, Monte Carlo tests with nuisance parameters (as Christoffersen and Pelletier use it), here given the count
 */
export function durationPValue(
  hits: Uint8Array,
  observed: number,
  { replicates, seed }: { readonly replicates: number; readonly seed: number },
): number {
  if (!(Number.isSafeInteger(replicates) && replicates >= 1))
    throw new RangeError(`replicates must be a whole number of at least 1, was ${replicates}`);
  const random = createRandom(seed);
  const drawn = new Uint8Array(hits.length);
  const exceptions = exceptionsOf(hits);
  let above = 0;
  let all = 0;
  for (let replicate = 0; replicate < replicates; replicate += 1) {
    drawHits(drawn, exceptions, random);
    const test = durationTest(drawn);
    if (test === null) continue;
    all += 1;
    if (test.ratio >= observed) above += 1;
  }
  return (1 + above) / (1 + all);
}

/** Selection sampling: each day is taken with the share of hits that are left among days that are left. */
function drawHits(drawn: Uint8Array, exceptions: number, random: Random): void {
  let left = exceptions;
  for (let day = 0; day < drawn.length; day += 1) {
    const isHit = nextBelow(random, drawn.length - day) < left;
    drawn[day] = isHit ? 1 : 0;
    if (isHit) left -= 1;
  }
}

type Durations = {
  /** Logarithms of all durations as shares of the longest, so that no power of them overflows; the unit does not count. */
  readonly logs: Float64Array;
  /** How many of them ended with an exception. */
  readonly ended: number;
  /** The sum of the logarithms of those. */
  readonly sumEnded: number;
};

function durationsOf(hits: Uint8Array): Durations {
  const days = Array.from(hits.keys()).filter((day) => hits[day] === 1);
  const between = days.slice(1).map((day, i) => day - days[i]!);
  const first = days[0] ?? 0;
  const afterLast = hits.length - 1 - (days.at(-1) ?? hits.length - 1);
  const censored = [first > 0 ? first + 1 : 0, afterLast].filter((length) => length > 0);
  const all = [...between, ...censored];
  const longest = all.reduce((most, one) => Math.max(most, one), 1);
  const logs = Float64Array.from(all, (length) => Math.log(length / longest));
  return { logs, ended: between.length, sumEnded: sum(logs.subarray(0, between.length)) };
}

/** Of the shape b alone: for each, the scale of largest likelihood has a^b = ended / sum of d^b. */
function logLikelihood({ logs, ended, sumEnded }: Durations, shape: number): number {
  const total = sum(logs.map((one) => Math.exp(shape * one)));
  return ended * (Math.log((shape * ended) / total) - 1) + (shape - 1) * sumEnded;
}

/** The zero of the derivative, which falls from infinity and ends below 0. */
function likeliestShape(durations: Durations): number {
  let low = 1;
  let high = 1;
  while (slope(durations, low) < 0) low /= 2;
  while (slope(durations, high) > 0) high *= 2;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (slope(durations, middle) > 0) low = middle;
    else high = middle;
  }
}

function slope({ logs, ended, sumEnded }: Durations, shape: number): number {
  let total = 0;
  let weighted = 0;
  for (const one of logs) {
    const power = Math.exp(shape * one);
    total += power;
    weighted += power * one;
  }
  return ended / shape - (ended * weighted) / total + sumEnded;
}
