/**
 * The generalized Pareto distribution, which excesses over a high threshold follow:
 *
 *   P(X > x) = (1 + xi x / beta)^(-1 / xi),   exp(-x / beta) for xi = 0
 *
 * xi > 0 is a heavy tail in which moments from 1 / xi on do not exist, xi < 0 a tail with an end at -beta / xi.
 */
import { quantile } from './quantile.ts';
import { mean } from './sum.ts';

export type ParetoFit = {
  readonly xi: number;
  /** > 0, in the unit of the excesses. */
  readonly beta: number;
  readonly logLikelihood: number;
  /** (1 + xi) / sqrt n, of the expected information. */
  readonly xiError: number;
  readonly betaError: number;
  /** Whether the best fit stands at the least xi that is looked at, -0.5: likelihood is not regular below it. */
  readonly atBound: boolean;
};

const LEAST_XI = -0.5;
/** Places at which the profile is looked at before it is refined, on each side of tau = 0. */
const PLACES = 32;
const NEAR_BOUND = 1e-4;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const NARROW = 1e-10;

/**
 * Maximum likelihood. With tau = xi / beta the best xi is known, xi(tau) = mean of log(1 + tau x), and the likelihood is a
 * function of tau alone: it is looked at on a grid, and refined by golden sections around the best place. No start is needed,
 * and a local maximum is not taken for the largest.
 *
 * @param excesses  >= 0, finite, at least 2; not all 0
 * @throws RangeError where they are not
 * Cost    O(n) some hundred times
 * Source  Grimshaw 1993, Computing maximum likelihood estimates for the generalized Pareto distribution, Technometrics 35;
 *         errors: Smith 1985, Maximum likelihood estimation in a class of nonregular cases, Biometrika 72
 */
export function fitGeneralizedPareto(excesses: Float64Array): ParetoFit {
  const largest = requireExcesses(excesses);
  // In units of the median, which is that of the grid for light and heavy tails alike: tau is 2^xi - 1 there.
  const size = quantile(excesses, 0.5) || mean(excesses);
  const ys = excesses.map((one) => one / size);
  const places = grid(ys, largest / size);
  let best = 0;
  let highest = Number.NEGATIVE_INFINITY;
  for (const [i, tau] of places.entries()) {
    const height = profile(ys, tau);
    if (height <= highest) continue;
    best = i;
    highest = height;
  }
  const low = places[Math.max(0, best - 1)]!;
  const high = places[Math.min(places.length - 1, best + 1)]!;
  const tau = refine((one) => profile(ys, one), low, high);
  const xi = shapeAt(ys, tau);
  const beta = scaleAt(ys, xi, tau) * size;
  const n = excesses.length;
  return {
    xi,
    beta,
    logLikelihood: n * (profile(ys, tau) - Math.log(size)),
    xiError: (1 + xi) / Math.sqrt(n),
    betaError: (beta * Math.sqrt(2 * (1 + xi))) / Math.sqrt(n),
    atBound: xi < LEAST_XI + NEAR_BOUND,
  };
}

function requireExcesses(excesses: Float64Array): number {
  if (excesses.length < 2) throw new RangeError(`excesses must be at least 2, were ${excesses.length}`);
  let largest = 0;
  for (const one of excesses) {
    if (!(one >= 0 && one < Number.POSITIVE_INFINITY))
      throw new RangeError(`an excess must be finite and at least 0, was ${one}`);
    if (one > largest) largest = one;
  }
  if (largest === 0) throw new RangeError('excesses must not all be 0');
  return largest;
}

/** Ascending values of tau: from the one of the least xi, over 0, up to very heavy tails. */
function grid(ys: Float64Array, largest: number): Float64Array {
  const places = new Float64Array(2 * PLACES + 1);
  // 1 + tau * largest goes from its least up to nearly 1, by equal ratios.
  const least = Math.log1p(leastTau(ys, largest) * largest);
  for (let k = 0; k < PLACES; k += 1) {
    places[k] = Math.expm1((1 - k / PLACES) * least) / largest;
    places[PLACES + 1 + k] = Math.exp(Math.log(1e-3) + (k / (PLACES - 1)) * Math.log(1e7));
  }
  return places;
}

/** Where xi is -0.5, between -1 / largest, at which the tail ends with the sample and xi falls without end, and 0. */
function leastTau(ys: Float64Array, largest: number): number {
  let low = -1 / largest;
  let high = 0;
  for (let k = 0; k < HALVINGS; k += 1) {
    const middle = (low + high) / 2;
    if (shapeAt(ys, middle) < LEAST_XI) low = middle;
    else high = middle;
  }
  return high;
}

const HALVINGS = 40;

function shapeAt(ys: Float64Array, tau: number): number {
  let total = 0;
  for (let i = 0; i < ys.length; i += 1) total += Math.log1p(tau * ys[i]!);
  return total / ys.length;
}

/** beta, in units of the median; at tau = 0 the limit, the mean. */
function scaleAt(ys: Float64Array, xi: number, tau: number): number {
  return tau === 0 ? mean(ys) : xi / tau;
}

/** The log-likelihood of one excess at the best xi and beta of a tau: -log beta - xi - 1. */
function profile(ys: Float64Array, tau: number): number {
  const xi = shapeAt(ys, tau);
  return -Math.log(scaleAt(ys, xi, tau)) - xi - 1;
}

/** The place of the maximum of a function with one top between two places. */
function refine(height: (tau: number) => number, low: number, high: number): number {
  let [from, to] = [low, high];
  let a = to - GOLDEN * (to - from);
  let b = from + GOLDEN * (to - from);
  let heightA = height(a);
  let heightB = height(b);
  while (to - from > NARROW * Math.max(1, Math.abs(from))) {
    if (heightA >= heightB) {
      to = b;
      [b, heightB] = [a, heightA];
      a = to - GOLDEN * (to - from);
      heightA = height(a);
    } else {
      from = a;
      [a, heightA] = [b, heightB];
      b = from + GOLDEN * (to - from);
      heightB = height(b);
    }
  }
  return (from + to) / 2;
}
