/** Maximum likelihood of a GARCH(1,1) model, under omega > 0, alpha >= 0, beta >= 0, alpha + beta <= 1 and nu >= 2.05. */
import { minimizeBfgs, type Objective } from './bfgs.ts';
import { filterGarch, type Garch, garchLogLikelihood } from './garch.ts';
import { garchObjective, type Innovations } from './garch-likelihood.ts';
import { standardDeviation } from './moments.ts';
import { standardErrors } from './observed-information.ts';
import { mean } from './sum.ts';

export type GarchParameters = Garch & {
  /** Degrees of freedom, > 2; null for normal innovations. */
  readonly nu: number | null;
};

/**
 * Where a fit stands at the edge of what is allowed: shocks that leave no trace, variances that leave none, variance that never
 * comes back, innovations whose own variance hardly exists. The first of these that holds.
 */
export type GarchBound = 'alpha-0' | 'beta-0' | 'alpha-plus-beta-1' | 'nu-2.05';

export type GarchFit = GarchParameters & {
  readonly logLikelihood: number;
  readonly converged: boolean;
  readonly bound: GarchBound | null;
  /** In the order mu, omega, alpha, beta, nu; null at a bound, where the data do not tell the parameters apart, and unasked. */
  readonly errors: Float64Array | null;
  /** The curvature that the search came to know, for the window after this one; null at the edge alpha + beta = 1. */
  readonly inverse: Float64Array | null;
};

/** A fit to begin from, as that of the window before. */
export type GarchStart = GarchParameters & { readonly inverse?: Float64Array | null };

export type GarchFitOptions = {
  readonly innovations: Innovations;
  /** Where to begin, if it is better than a small grid. */
  readonly start?: GarchStart;
  /** Whether standard errors are asked for; default true. */
  readonly errors?: boolean;
  /** Relative gradient that ends the search; default 1e-9. */
  readonly tolerance?: number;
};

/** Persistence from which the edge itself, alpha + beta = 1, is tried. */
const PERSISTENT = 0.999;
/** A step of this size takes a logit from the middle of its range to 0.95: no edge is reached by overshooting. */
const LONGEST = 3;
/** Searches that are made, as short samples have several local maxima: from a start that is given and the best of the grid. */
const STARTS = 3;
/** What counts as 0 of alpha, or of beta. */
const NOTHING = 1e-6;
/** A log-likelihood that the edge may lack. */
const AS_GOOD = 1e-6;
const TOLERANCE = 1e-9;

/**
 * The fit of a sample.
 *
 * The variables of the search are mu, log omega, log(nu - 2.05), and as logits the persistence alpha + beta and the share of it
 * that is alpha: so every constraint holds by itself. Returns are scaled to a deviation of 1.
 *
 * @param returns  in order of time, finite, at least 20, not all the same
 * @throws RangeError where they are fewer or never change
 * Cost    some hundred passes over the returns; from the window before, with its curvature and without errors, some 30
 * Source  Bollerslev 1986; t innovations: Bollerslev 1987, A conditionally heteroskedastic time series model for speculative
 *         prices and rates of return, Review of Economics and Statistics 69
 */
export function fitGarch(returns: Float64Array, options: GarchFitOptions): GarchFit {
  const size = standardDeviation(returns);
  if (!(returns.length >= 20 && size > 0)) {
    throw new RangeError(
      `returns must be at least 20 and change, were ${returns.length} of deviation ${size}`,
    );
  }
  const ys = returns.map((one) => one / size);
  const likelihood = garchObjective(ys, options.innovations);
  const { at, converged, inverse } = search(likelihood, ys, size, options);
  const bound = boundOf(at);
  const asked = options.errors ?? true;
  const errors = asked && bound === null ? standardErrors(likelihood, at, at.with(0, 1)) : null;
  const units = [size, size * size, 1, 1, 1];
  const [mu = 0, omega = 0, alpha = 0, beta = 0, nu = null] = Array.from(at, (one, i) => one * units[i]!);
  return {
    mu,
    omega,
    alpha,
    beta,
    nu,
    logLikelihood: garchLogLikelihood(filterGarch(returns, { mu, omega, alpha, beta }), nu),
    converged,
    bound,
    errors: errors?.map((one, i) => one * units[i]!) ?? null,
    inverse,
  };
}

type Found = Pick<GarchFit, 'converged' | 'inverse'> & { readonly at: Float64Array };

function search(
  likelihood: Objective,
  ys: Float64Array,
  size: number,
  { innovations, start, tolerance = TOLERANCE }: GarchFitOptions,
): Found {
  const free = inVariables(likelihood, inside);
  const given = start === undefined ? [] : [variablesOf(start, size, innovations)];
  const found = startsOf(free, { given, others: grid(mean(ys), innovations) }, start).map((first) => {
    // The curvature that came with a start says nothing of another place, nor of other innovations.
    const curvature = first === given[0] ? (start?.inverse ?? null) : null;
    const isKnown = curvature !== null && curvature.length === first.length * first.length;
    return minimizeBfgs(free, first, {
      tolerance,
      longest: LONGEST,
      ...(isKnown ? { inverse: curvature } : {}),
    });
  });
  const { x, value, converged, inverse } = found.reduce((best, one) => (one.value < best.value ? one : best));
  const at = inside.natural(x);
  if (at[2]! + at[3]! <= PERSISTENT) return { at, converged, inverse };
  // A logit never arrives at the edge, so the search is done again on it, with one variable less.
  const edge = minimizeBfgs(
    inVariables(likelihood, onEdge),
    x.filter((_, i) => i !== PERSISTENCE),
    { tolerance, longest: LONGEST },
  );
  return edge.value <= value + AS_GOOD
    ? { at: onEdge.natural(edge.x), converged: edge.converged, inverse: null }
    : { at, converged, inverse };
}

/** Place of the logit of persistence among the variables. */
const PERSISTENCE = 2;

function boundOf(at: Float64Array): GarchBound | null {
  const [alpha, beta] = [at[2]!, at[3]!];
  if (alpha < NOTHING) return 'alpha-0';
  if (beta < NOTHING) return 'beta-0';
  if (alpha + beta >= 1) return 'alpha-plus-beta-1';
  return at.length > 4 && at[4]! < LEAST_DEGREES + NEAR_EDGE ? 'nu-2.05' : null;
}

/** How variables without constraints stand for (mu, omega, alpha, beta, nu). */
type Mapping = {
  readonly natural: (x: Float64Array) => Float64Array;
  /** Derivatives by the variables from those by the parameters. */
  readonly chain: (byParameter: Float64Array, at: Float64Array, gradient: Float64Array) => void;
};

/** mu, log omega, logit of alpha + beta, logit of alpha / (alpha + beta), log(nu - 2.05). */
const inside: Mapping = {
  natural: (x) => {
    const persistence = logistic(x[2]!);
    const share = logistic(x[3]!);
    const four = [x[0]!, Math.exp(x[1]!), persistence * share, persistence * (1 - share)];
    return Float64Array.from(x.length > 4 ? [...four, LEAST_DEGREES + Math.exp(x[4]!)] : four);
  },
  chain: (by, at, gradient) => {
    const persistence = at[2]! + at[3]!;
    const share = at[2]! / persistence;
    gradient[0] = by[0]!;
    gradient[1] = by[1]! * at[1]!;
    gradient[2] = (by[2]! * share + by[3]! * (1 - share)) * persistence * (1 - persistence);
    gradient[3] = (by[2]! - by[3]!) * persistence * share * (1 - share);
    if (at.length > 4) gradient[4] = by[4]! * (at[4]! - LEAST_DEGREES);
  },
};

/** With alpha + beta = 1: mu, log omega, logit of alpha, log(nu - 2.05). */
const onEdge: Mapping = {
  natural: (x) => {
    const alpha = logistic(x[2]!);
    const four = [x[0]!, Math.exp(x[1]!), alpha, 1 - alpha];
    return Float64Array.from(x.length > 3 ? [...four, LEAST_DEGREES + Math.exp(x[3]!)] : four);
  },
  chain: (by, at, gradient) => {
    gradient[0] = by[0]!;
    gradient[1] = by[1]! * at[1]!;
    gradient[2] = (by[2]! - by[3]!) * at[2]! * at[3]!;
    if (at.length > 4) gradient[3] = by[4]! * (at[4]! - LEAST_DEGREES);
  },
};

function inVariables(likelihood: Objective, { natural, chain }: Mapping): Objective {
  return (x, gradient) => {
    const at = natural(x);
    if (!at.every(Number.isFinite) || (at[4] ?? 0) > MOST_DEGREES) return Number.POSITIVE_INFINITY;
    const by = new Float64Array(at.length);
    const value = likelihood(at, by);
    chain(by, at, gradient);
    return value;
  };
}

/** Above it the normalising constant of a t is a difference of numbers too large for its digits. */
const MOST_DEGREES = 1e5;
/**
 * At 2 a t of variance 1 has no width, and a variance without end makes up for it: the bound of the Python package arch.
 */
const LEAST_DEGREES = 2.05;
const FIRST_DEGREES = 6;

/** Of the variance of the sample. */
const LEAST_OMEGA = 1e-6;
/** Persistence and share of a start near the edges would hold the search there. */
const NEAR_EDGE = 1e-3;

function variablesOf(
  { mu, omega, alpha, beta, nu }: GarchParameters,
  size: number,
  innovations: Innovations,
) {
  const persistence = within(alpha + beta);
  const four = [
    mu / size,
    Math.log(Math.max(omega / (size * size), LEAST_OMEGA)),
    logit(persistence),
    logit(within(alpha / (alpha + beta || 1))),
  ];
  return Float64Array.from(
    innovations === 'normal'
      ? four
      : [...four, Math.log(Math.max((nu ?? FIRST_DEGREES) - LEAST_DEGREES, NEAR_EDGE))],
  );
}

/** A few usual persistences and shares, each with the variance of the sample, 1, as its long-run variance. */
function grid(mu: number, innovations: Innovations): Float64Array[] {
  return [0.5, 0.9, 0.97, 0.99].flatMap((persistence) =>
    [0.05, 0.1, 0.25].map((share) => {
      const [alpha, beta] = [persistence * share, persistence * (1 - share)];
      return variablesOf({ mu, omega: 1 - persistence, alpha, beta, nu: null }, 1, innovations);
    }),
  );
}

/**
 * Where searches begin. A start that came with its curvature is that of the window before, and one search goes on from there,
 * unless the grid has a better place; else there are several.
 */
function startsOf(
  objective: Objective,
  { given, others }: { readonly given: readonly Float64Array[]; readonly others: readonly Float64Array[] },
  start: GarchStart | undefined,
): readonly Float64Array[] {
  if (start?.inverse !== undefined && start.inverse !== null)
    return bestOf(objective, [...given, ...others], 1);
  return [...given, ...bestOf(objective, others, STARTS - given.length)];
}

/** The few of some starts at which the value is least. */
function bestOf(objective: Objective, starts: readonly Float64Array[], count: number): Float64Array[] {
  return starts
    .map((x) => ({ x, value: objective(x, new Float64Array(x.length)) }))
    .sort((a, b) => a.value - b.value)
    .slice(0, count)
    .map(({ x }) => x);
}

function within(share: number): number {
  return Math.min(1 - NEAR_EDGE, Math.max(NEAR_EDGE, share));
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function logit(p: number): number {
  return Math.log(p / (1 - p));
}
