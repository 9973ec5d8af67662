/** VaR and ES of a Student t distribution that is fitted by maximum likelihood. */
import { minimizeBfgs, type Objective } from '../../math/bfgs.ts';
import { digamma } from '../../math/digamma.ts';
import { logGamma } from '../../math/gamma.ts';
import { standardErrors } from '../../math/observed-information.ts';
import { quantileSorted } from '../../math/quantile.ts';
import { studentDensity, studentQuantile } from '../../math/student-t.ts';
import {
  type HeavyVarEs,
  refused,
  requireReturns,
  requireTail,
  type TailOptions,
  type VarEstimate,
} from './estimate.ts';

export type Student = {
  /** The centre, and the mean where nu > 1. */
  readonly loc: number;
  /** > 0; the deviation is scale * sqrt(nu / (nu - 2)) where nu > 2. */
  readonly scale: number;
  /** Degrees of freedom, > 0. */
  readonly nu: number;
};

/**
 * The figures of a t distribution, with t its standard quantile and f its standard density at the tail:
 *
 *   VaR = -(loc + scale t),   ES = -loc + scale f(t) / tail (nu + t^2) / (nu - 1)
 *
 * @returns the ES null for nu <= 1, where the mean of the tail does not exist
 * @throws RangeError where the scale or nu is not above 0, or the tail outside (0, 1)
 * Source  McNeil, Frey and Embrechts 2015, Quantitative Risk Management, 2.3.4
 */
export function studentVarEs({ loc, scale, nu }: Student, tail: number): HeavyVarEs {
  requireTail(tail);
  if (!(Number.isFinite(loc) && scale > 0 && nu > 0))
    throw new RangeError(`a location must be finite, scale and nu above 0, were ${loc}, ${scale} and ${nu}`);
  const t = studentQuantile(tail, nu);
  const beyond = (studentDensity(t, nu) / tail) * ((nu + t * t) / (nu - 1));
  return { varRaw: -(loc + scale * t), esRaw: nu > 1 ? scale * beyond - loc : null };
}

/** Degrees of freedom from which a sample of any usual size cannot tell a t from a normal distribution. */
const NEARLY_NORMAL = 200;

/**
 * The Student t estimate: location, scale and degrees of freedom by maximum likelihood, with standard errors of the observed
 * information.
 *
 * @param returns  fractions, at least 5
 * @throws RangeError for fewer returns, a return that is not finite, or a tail outside (0, 1)
 */
export function studentT(returns: Float64Array, { tail }: TailOptions): VarEstimate {
  requireTail(tail);
  requireReturns(returns, 5);
  const sorted = returns.slice().sort();
  const centre = quantileSorted(sorted, 0.5);
  const size = quantileSorted(sorted, 0.75) - quantileSorted(sorted, 0.25);
  if (size === 0) return refused('half of the returns are one value: a t distribution has no scale for them');
  // About the median in quartile ranges, so that the search sees numbers near 1 whatever the unit of the returns.
  const likelihood = negativeLogLikelihood(returns.map((one) => (one - centre) / size));
  const { x, converged, value } = search(inLogarithms(likelihood));
  const at = natural(x);
  const nu = at[2]!;
  const isNormal = nu > NEARLY_NORMAL;
  if (!converged && !isNormal)
    return refused('the likelihood of a t distribution has no maximum that was found');
  const errors = isNormal ? null : standardErrors(likelihood, at, Float64Array.of(at[1]!, at[1]!, nu));
  const student = { loc: centre + size * at[0]!, scale: size * at[1]!, nu };
  const figures = studentVarEs(student, tail);
  return {
    ...figures,
    valid: true,
    reason: reasonOf(nu, figures.esRaw),
    parameters: [
      { name: 'loc', value: student.loc, standardError: errors === null ? null : size * errors[0]! },
      { name: 'scale', value: student.scale, standardError: errors === null ? null : size * errors[1]! },
      { name: 'nu', value: nu, standardError: errors === null ? null : errors[2]! },
      { name: 'logLikelihood', value: -value - returns.length * Math.log(size), standardError: null },
    ],
  };
}

function reasonOf(nu: number, esRaw: number | null): string | null {
  if (esRaw === null)
    return `nu is ${nu.toFixed(2)}: up to 1 the mean of the tail, and so the ES, does not exist`;
  if (nu > NEARLY_NORMAL)
    return `nu is above ${NEARLY_NORMAL}: the returns have no heavier tails than normal ones`;
  return null;
}

/**
 * Where the returns are no heavier than normal ones nu has no end, and each step of the search is spent on the rounding of a flat
 * likelihood: what is nearly normal after the first steps is left there.
 */
function search(objective: Objective): ReturnType<typeof minimizeBfgs> {
  const first = minimizeBfgs(objective, START, { iterations: FIRST_STEPS });
  if (first.converged || natural(first.x)[2]! > NEARLY_NORMAL) return first;
  return minimizeBfgs(objective, first.x);
}

/** A t with a few degrees of freedom is found in about as many. */
const FIRST_STEPS = 16;

/** Location 0, scale and nu as logarithms: of half a quartile range, and of 4. */
const START = Float64Array.of(0, -0.5, Math.log(4));

function natural(x: Float64Array): Float64Array {
  return Float64Array.of(x[0]!, Math.exp(x[1]!), Math.exp(x[2]!));
}

/** The same function with logarithms of scale and nu as its variables, so that both stay above 0. */
function inLogarithms(likelihood: Objective): Objective {
  return (x, gradient) => {
    const at = natural(x);
    if (!(at[1]! > 0 && at[2]! > 0 && at[1]! < Number.POSITIVE_INFINITY && at[2]! < HUGE))
      return Number.POSITIVE_INFINITY;
    const value = likelihood(at, gradient);
    gradient[1] = gradient[1]! * at[1]!;
    gradient[2] = gradient[2]! * at[2]!;
    return value;
  };
}

/** Above it the normalising constant is a difference of numbers too large for its digits. */
const HUGE = 1e5;

/** In location, scale and nu, with its derivatives. */
function negativeLogLikelihood(xs: Float64Array): Objective {
  return (at, gradient) => {
    const [loc, scale, nu] = [at[0]!, at[1]!, at[2]!];
    const n = xs.length;
    let logs = 0;
    let byLoc = 0;
    let byScale = 0;
    for (let i = 0; i < n; i += 1) {
      const z = (xs[i]! - loc) / scale;
      const square = z * z;
      const weight = 1 / (nu + square);
      logs += Math.log1p(square / nu);
      byLoc += z * weight;
      byScale += square * weight;
    }
    const constant = logGamma((nu + 1) / 2) - logGamma(nu / 2) - 0.5 * Math.log(Math.PI * nu);
    const slope = (digamma((nu + 1) / 2) - digamma(nu / 2) - 1 / nu) / 2;
    gradient[0] = (-(nu + 1) / scale) * byLoc;
    gradient[1] = (n - (nu + 1) * byScale) / scale;
    gradient[2] = -n * slope + logs / 2 - (((nu + 1) / nu) * byScale) / 2;
    return n * (Math.log(scale) - constant) + ((nu + 1) / 2) * logs;
  };
}
