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
  if (!(variance > NO_VARIANCE * size)) return null;
  return {
    point: pulled.map((one) => (-offset / variance) * one),
    distance: Math.abs(offset) / Math.sqrt(variance),
  };
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
