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
  const logs = new Float64Array(exceptionsOf(hits) + 1);
  let longest = 1;
  let ended = 0;
  let before = -1;
  // The first duration has no exception before it: it is censored, and waits until those that ended are written.
  let first = 0;
  for (let day = 0; day < hits.length; day += 1) {
    if (hits[day] === 0) continue;
    const duration = day - before;
    if (before >= 0) logs[ended++] = duration;
    else if (day > 0) first = duration;
    longest = Math.max(longest, duration);
    before = day;
  }
  const last = before < 0 ? 0 : hits.length - 1 - before;
  longest = Math.max(longest, last);
  let all = ended;
  for (const censored of [first, last]) if (censored > 0) logs[all++] = censored;
  for (let i = 0; i < all; i += 1) logs[i] = Math.log(logs[i]! / longest);
  return { logs: logs.subarray(0, all), ended, sumEnded: sum(logs.subarray(0, ended)) };
}

/** Of the shape b alone: for each, the scale of largest likelihood has a^b = ended / sum of d^b. */
function logLikelihood({ logs, ended, sumEnded }: Durations, shape: number): number {
  const total = sum(logs.map((one) => Math.exp(shape * one)));
  return ended * (Math.log((shape * ended) / total) - 1) + (shape - 1) * sumEnded;
}

/** Relative step of the shape below which the search ends. */
const NARROW = 1e-12;

/** The zero of the derivative, which falls from infinity and ends below 0: by Newton's steps, halved or doubled where one leaves it. */
function likeliestShape(durations: Durations): number {
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let shape = 1;
  for (;;) {
    const { slope, curvature } = derivatives(durations, shape);
    if (slope > 0) low = shape;
    else high = shape;
    const next = shape - slope / curvature;
    if (Math.abs(next - shape) <= NARROW * shape) return next;
    if (next > low && next < high) shape = next;
    else shape = high === Number.POSITIVE_INFINITY ? 2 * low : (low + high) / 2;
  }
}

/** First and second derivative of the log-likelihood by the shape; the second is below 0. */
function derivatives({ logs, ended, sumEnded }: Durations, shape: number) {
  let total = 0;
  let weighted = 0;
  let squares = 0;
  for (let i = 0; i < logs.length; i += 1) {
    const one = logs[i]!;
    const power = Math.exp(shape * one);
    total += power;
    weighted += power * one;
    squares += power * one * one;
  }
  const centre = weighted / total;
  return {
    slope: ended / shape - ended * centre + sumEnded,
    curvature: -ended * (1 / (shape * shape) + Math.max(0, squares / total - centre * centre)),
  };
}
