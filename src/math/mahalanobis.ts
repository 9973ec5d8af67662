/**
 * The point of least Mahalanobis distance sqrt(x' C^-1 x) at which a limit function g(x) is 0: the most plausible of all
 * moves that reach it. Every solution has the form C w times a number, so that no matrix is inverted: a covariance in
 * which two variables move as one, or one does not move at all, is served as well, and moves that it gives no probability
 * are never a solution.
 */

export type Nearest = {
  readonly point: Float64Array;
  /** >= 0, in standard deviations. */
  readonly distance: number;
};

/** Share of the sum of absolute terms below which a variance is rounding. */
const NO_VARIANCE = 1e-12;

/**
 * The nearest point of the plane offset + slope' x = 0:
 *
 *   x = -offset * C w / (w' C w),   distance = |offset| / sqrt(w' C w)
 *
 * @param covariance  n x n, row by row, positive semidefinite
 * @returns null where the plane lies across no move that the covariance gives a probability
 */
export function nearestOnPlane(
  offset: number,
  slope: Float64Array,
  covariance: Float64Array,
): Nearest | null {
  const pull = pullOf(slope, covariance);
  if (pull === null) return null;
  const { pulled, variance } = pull;
  return {
    point: pulled.map((one) => (-offset / variance) * one),
    distance: Math.abs(offset) / Math.sqrt(variance),
  };
}

type Pull = {
  /** C w. */
  readonly pulled: Float64Array;
  /** w' C w, > 0. */
  readonly variance: number;
};

/** null where w lies across no move that the covariance gives a probability. */
function pullOf(slope: Float64Array, covariance: Float64Array): Pull | null {
  const n = slope.length;
  const pulled = new Float64Array(n);
  let variance = 0;
  let size = 0;
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j < n; j += 1) {
      const term = covariance[i * n + j]! * slope[j]!;
      pulled[i] = pulled[i]! + term;
      size += Math.abs(term * slope[i]!);
    }
    variance += slope[i]! * pulled[i]!;
  }
  return variance > NO_VARIANCE * size ? { pulled, variance } : null;
}

export type Limit = {
  /** g(x); the limit is reached where it is 0. */
  readonly value: (x: Float64Array) => number;
  /** Its derivatives at x. */
  readonly slope: (x: Float64Array) => Float64Array;
};

const STEPS = 120;
/** Steps at one length; a path that runs in circles ends where its steps are halved. */
const STEPS_OF_A_LENGTH = 20;
/** Relative change of a point that ends the search. */
const SETTLED = 1e-9;

/**
 * The nearest point of a curved limit by the iteration of Hasofer, Lind, Rackwitz and Fiessler: linearise at a point, go to
 * the nearest point of that plane, repeat. A local minimum: where there may be several, start at several points.
 *
 * @param start  where it is linearised first
 * @returns null where it does not settle, or meets a plane across no possible move
 * Source  Rackwitz, Fiessler 1978, Structural reliability under combined random load sequences (first-order reliability)
 */
export function nearestReached(
  { value, slope }: Limit,
  covariance: Float64Array,
  start: Float64Array,
): Nearest | null {
  let x = start;
  let length = 1;
  for (let k = 0; k < STEPS; k += 1) {
    const w = slope(x);
    const offset = value(x) - w.reduce((sum, one, i) => sum + one * x[i]!, 0);
    const next = nearestOnPlane(offset, w, covariance);
    if (next === null || !next.point.every(Number.isFinite)) return null;
    const moved = next.point.reduce((most, one, i) => Math.max(most, Math.abs(one - x[i]!)), 0);
    const far = next.point.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
    if (moved <= SETTLED * far) return next;
    if (k % STEPS_OF_A_LENGTH === STEPS_OF_A_LENGTH - 1) length /= 2;
    const from = x;
    x = next.point.map((one, i) => from[i]! + length * (one - from[i]!));
  }
  return null;
}

type Plane = { readonly offset: number; readonly slope: Float64Array };

/**
 * The nearest point of a convex limit, with no variable below its lowest. A tangent of a convex function lies nowhere above it:
 * the nearest point within all tangents that are known is no farther than the solution, and is the solution once it reaches the
 * limit. Of lines that bend there are finitely many tangents.
 *
 * @param limit   above 0 where nothing moves
 * @param lowest  of each variable, below 0
 * @returns null where no possible move reaches it
 * Source  Kelley 1960, The cutting-plane method for solving convex programs
 */
export function nearestConvex(
  { value, slope }: Limit,
  covariance: Float64Array,
  lowest: Float64Array,
): Nearest | null {
  const rest = new Float64Array(lowest.length);
  const near = SETTLED * value(rest);
  const planes = Array.from(lowest, (offset, i): Plane => ({ offset, slope: rest.with(i, -1) }));
  let nearest: Nearest = { point: rest, distance: 0 };
  for (let k = 0; k < STEPS; k += 1) {
    const { point } = nearest;
    const height = value(point);
    if (height <= near) return nearest;
    const w = slope(point);
    planes.push({ offset: height - w.reduce((sum, one, i) => sum + one * point[i]!, 0), slope: w });
    const next = nearestWithin(planes, covariance);
    if (next === null) return null;
    nearest = next;
  }
  return null;
}

const SWEEPS = 20_000;
/** Relative change of a point in a sweep that ends the search. */
const STILL = 1e-13;

/**
 * The nearest point at which offset + slope' x <= 0 for every plane, by Hildreth's method: x = -C (sum of l w), where each
 * multiplier l >= 0 in turn is moved as far as its plane asks.
 *
 * @returns null where no possible move is within all of them
 * Source  Hildreth 1957, A quadratic programming procedure
 */
function nearestWithin(planes: readonly Plane[], covariance: Float64Array): Nearest | null {
  const n = planes[0]?.slope.length ?? 0;
  const pulls = planes.map(({ slope }) => pullOf(slope, covariance));
  const multipliers = new Float64Array(planes.length);
  const x = new Float64Array(n);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    let moved = 0;
    for (const [k, { offset, slope }] of planes.entries()) {
      const pull = pulls[k];
      if (pull === undefined || pull === null) {
        if (offset > 0) return null;
        continue;
      }
      const beyond = slope.reduce((sum, one, i) => sum + one * x[i]!, offset);
      const before = multipliers[k]!;
      const after = Math.max(0, before + beyond / pull.variance);
      multipliers[k] = after;
      for (let i = 0; i < n; i += 1) {
        const by = (after - before) * pull.pulled[i]!;
        x[i] = x[i]! - by;
        moved = Math.max(moved, Math.abs(by));
      }
    }
    const far = x.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
    if (moved <= STILL * far) return { point: x, distance: distanceOf(planes, multipliers, x) };
  }
  return null;
}

/** With x = -C u, sqrt(x' C^-1 x) = sqrt(-u' x). */
function distanceOf(planes: readonly Plane[], multipliers: Float64Array, x: Float64Array): number {
  let square = 0;
  for (const [k, { slope }] of planes.entries()) {
    for (const [i, one] of slope.entries()) square -= multipliers[k]! * one * x[i]!;
  }
  return Math.sqrt(Math.max(0, square));
}
