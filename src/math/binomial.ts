/** The binomial distribution: how many of n independent trials succeed, each with probability p. */
import { betaLower } from './beta.ts';
import { deviance, stirlingError } from './gamma.ts';

const ROOT_2_PI = 2.5066282746310007;

/**
 * The probability of exactly `successes`, to about 1e-13 of itself for any number of trials: no factorial is ever made.
 *
 * @param successes  a whole number in 0..trials
 * @param trials     a whole number >= 1
 * @param p          in [0, 1]
 * @throws RangeError where an argument is out of its range
 * Source  Loader 2000, Fast and accurate computation of binomial probabilities
 */
export function binomialProbability(successes: number, trials: number, p: number): number {
  check(successes, trials, p);
  const failures = trials - successes;
  if (p === 0 || p === 1) return (p === 0 ? successes : failures) === 0 ? 1 : 0;
  if (successes === 0) return Math.exp(trials * Math.log1p(-p));
  if (failures === 0) return Math.exp(trials * Math.log(p));
  const exponent =
    stirlingError(trials) -
    stirlingError(successes) -
    stirlingError(failures) -
    deviance(successes, trials * p) -
    deviance(failures, trials * (1 - p));
  return (Math.exp(exponent) * Math.sqrt(trials / (successes * failures))) / ROOT_2_PI;
}

/**
 * The probability of at most `successes`: I_(1-p)(trials - successes, successes + 1), to about 1e-13 of itself in its tail.
 *
 * @param successes  a whole number in 0..trials
 * @param trials     a whole number >= 1
 * @param p          in [0, 1]
 * @throws RangeError where an argument is out of its range
 */
export function binomialCdf(successes: number, trials: number, p: number): number {
  check(successes, trials, p);
  return successes === trials ? 1 : betaLower(trials - successes, successes + 1, 1 - p, p);
}

/**
 * The probability of at least `successes`: I_p(successes, trials - successes + 1), to about 1e-13 of itself in its tail.
 *
 * @param successes  a whole number in 0..trials
 * @param trials     a whole number >= 1
 * @param p          in [0, 1]
 * @throws RangeError where an argument is out of its range
 */
export function binomialAtLeast(successes: number, trials: number, p: number): number {
  check(successes, trials, p);
  return successes === 0 ? 1 : betaLower(successes, trials - successes + 1, p);
}

function check(successes: number, trials: number, p: number): void {
  const isCount = Number.isSafeInteger(successes) && Number.isSafeInteger(trials);
  if (!(isCount && trials >= 1 && successes >= 0 && successes <= trials))
    throw new RangeError(
      `successes must be a whole number from 0 to that of trials, was ${successes} of ${trials}`,
    );
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability must be in [0, 1], was ${p}`);
}
