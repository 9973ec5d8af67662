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
  /** In the order mu, omega, alpha, beta, nu; null at a bound, and where the data do not tell the parameters apart. */
  readonly errors: Float64Array | null;
};

export type GarchFitOptions = {
  readonly innovations: Innovations;
  /** Parameters to begin from, as those of the window before, where they are better than a small grid. */
  readonly start?: GarchParameters;
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

/**
 * The fit of a sample.
 *
 * The variables of the search are mu, log omega, log(nu - 2.05), and as logits the persistence alpha + beta and the share of it
 * that is alpha: so every constraint holds by itself. Returns are scaled to a deviation of 1.
 *
 * @param returns  in order of time, finite, at least 20, not all the same
 * @throws RangeError where they are fewer or never change
 * Cost    some hundred passes over the returns
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
  const { at, converged } = search(likelihood, ys, size, options);
  const bound = boundOf(at);
  const errors = bound === null ? standardErrors(likelihood, at, at.with(0, 1)) : null;
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
  };
}

type Found = { readonly at: Float64Array; readonly converged: boolean };

function search(
  likelihood: Objective,
  ys: Float64Array,
  size: number,
  { innovations, start }: GarchFitOptions,
): Found {
  const free = inVariables(likelihood, inside);
  const given = start === undefined ? [] : [variablesOf(start, size, innovations)];
  const others = bestOf(free, grid(mean(ys), innovations), STARTS - given.length);
  const found = [...given, ...others].map((one) => minimizeBfgs(free, one, { longest: LONGEST }));
  const { x, value, converged } = found.reduce((best, one) => (one.value < best.value ? one : best));
  const at = inside.natural(x);
  if (at[2]! + at[3]! <= PERSISTENT) return { at, converged };
  // A logit never arrives at the edge, so the search is done again on it, with one variable less.
  const edge = minimizeBfgs(
    inVariables(likelihood, onEdge),
    x.filter((_, i) => i !== PERSISTENCE),
    { longest: LONGEST },
  );
  return edge.value <= value + AS_GOOD
    ? { at: onEdge.natural(edge.x), converged: edge.converged }
    : { at, converged };
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
