/**
 * Student's t distribution with a real number of degrees of freedom, of location 0 and scale 1: its variance is
 * degrees / (degrees - 2), not 1, and does not exist for degrees <= 2.
 */
import { betaLower } from './beta.ts';
import { deviance, stirlingError } from './gamma.ts';
import { normalQuantile } from './normal.ts';

const DENSITY_AT_0_OF_NORMAL = 0.3989422804014327;

/**
 * The density, to about 1e-14 of itself.
 *
 * @param x        any finite number
 * @param degrees  > 0, finite
 * @throws RangeError where an argument is out of its range
 * Source  Loader 2000, Fast and accurate computation of binomial probabilities
 */
export function studentDensity(x: number, degrees: number): number {
  check(x, degrees);
  return DENSITY_AT_0_OF_NORMAL * Math.exp(exponentOfDensity(x, degrees));
}

function exponentOfDensity(x: number, degrees: number): number {
  const half = degrees / 2;
  const shape = stirlingError(half + 0.5) - stirlingError(half) - deviance(half, half + 0.5);
  return shape - (half + 0.5) * logOfOnePlusSquare(x / Math.sqrt(degrees));
}

/** log(1 + x^2); the square of a large x would not fit. */
function logOfOnePlusSquare(x: number): number {
  return Math.abs(x) < 1e100 ? Math.log1p(x * x) : 2 * Math.log(Math.abs(x));
}

/**
 * The distribution function: the probability of a value of at most x, to about 1e-13 of itself in the lower tail. The upper
 * tail is the lower one of -x.
 *
 * @param x        |x| <= 1e150
 * @param degrees  > 0, finite
 * @throws RangeError where an argument is out of its range
 */
export function studentCdf(x: number, degrees: number): number {
  check(x, degrees);
  const square = (x / degrees) * x;
  const beyond = betaLower(degrees / 2, 0.5, 1 / (1 + square), 1 / (1 + 1 / square)) / 2;
  return x < 0 ? beyond : 1 - beyond;
}

/** The probability of a value in [0, x] for x >= 0, to about 1e-13 of itself. */
function fromCentre(x: number, degrees: number): number {
  const square = (x / degrees) * x;
  return betaLower(0.5, degrees / 2, 1 / (1 + 1 / square), 1 / (1 + square)) / 2;
}

const STEPS = 200;
const SETTLED = 4e-16;

/**
 * The quantile function (inverse of the distribution function), to about 1e-13 of itself.
 *
 * @param p        strictly between 0 and 1
 * @param degrees  > 0, finite
 * @throws RangeError where an argument is out of its range, or the quantile beyond 1e150
 */
export function studentQuantile(p: number, degrees: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`a probability must be strictly between 0 and 1, was ${p}`);
  check(0, degrees);
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  const size = tail < 0.25 ? fromTail(tail, degrees) : nearCentre(Math.abs(p - 0.5), degrees);
  return p < 0.5 ? -size : size;
}

/** Newton from 0, below the solution: the probability from the centre is concave, so no step goes too far. */
function nearCentre(share: number, degrees: number): number {
  let x = 0;
  for (let k = 0; k < STEPS; k += 1) {
    const step = (share - fromCentre(x, degrees)) / studentDensity(x, degrees);
    x += step;
    checkQuantile(x);
    if (Math.abs(step) <= SETTLED * x) break;
  }
  return x;
}

/**
 * Newton on the logarithm of the tail as a function of log x, which is concave: a step may go too far once, and comes back
 * without passing the solution again. The normal quantile is nearer to 0 than any of Student's.
 */
function fromTail(tail: number, degrees: number): number {
  let x = -normalQuantile(tail);
  for (let k = 0; k < STEPS; k += 1) {
    const beyond = studentCdf(-x, degrees);
    // The density alone would be too small for a double before the tail is.
    const slope = DENSITY_AT_0_OF_NORMAL * Math.exp(exponentOfDensity(x, degrees) + Math.log(x));
    const step = (beyond / slope) * Math.log(beyond / tail);
    x *= Math.exp(step);
    checkQuantile(x);
    if (Math.abs(step) <= SETTLED) break;
  }
  return x;
}

function checkQuantile(x: number): void {
  if (!(Math.abs(x) <= 1e150))
    throw new RangeError(`a quantile of Student's t must be within 1e150 of 0, was ${x}`);
}

function check(x: number, degrees: number): void {
  if (!(degrees > 0 && degrees < Number.POSITIVE_INFINITY))
    throw new RangeError(`degrees of freedom must be a finite number above 0, was ${degrees}`);
  if (!(Math.abs(x) <= 1e150)) throw new RangeError(`a value must be within 1e150 of 0, was ${x}`);
}
