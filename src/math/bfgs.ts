/** Minima of smooth functions of a few variables, by the quasi-Newton method of Broyden, Fletcher, Goldfarb and Shanno. */

/**
 * The value at x; writes the derivatives into `gradient`. A value that is not finite says that x is outside the domain: the
 * step is cut until it is inside.
 */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

export type Minimum = {
  readonly x: Float64Array;
  readonly value: number;
  /** Whether the relative gradient fell to the tolerance, or what a step could gain to the rounding of the value. */
  readonly converged: boolean;
  readonly iterations: number;
  /** The inverse of the second derivatives as the search came to know it, n x n. */
  readonly inverse: Float64Array;
};

export type BfgsOptions = {
  /** Largest |gradient_i| max(|x_i|, 1) / max(|value|, 1) that ends the search; default 1e-9. */
  readonly tolerance?: number;
  /** Default 200. */
  readonly iterations?: number;
  /** How far one step may move a variable; default without limit. For functions that are flat far away. */
  readonly longest?: number;
  /** An inverse of the second derivatives to begin with, n x n, as the search for a minimum near this one left it. */
  readonly inverse?: Float64Array;
};

/** Share of the predicted descent that a step must keep (Armijo). */
const ENOUGH_DESCENT = 1e-4;
const HALVINGS = 40;
/** Of the value: gains below it are not seen. */
const ROUNDING = 1e-13;

/**
 * A local minimum by BFGS with a backtracking line search. Variables should be scaled so that a change of 1 matters alike in
 * each.
 *
 * @param start  inside the domain: the value there is finite
 * @throws RangeError where the value at the start is not finite
 * Source  Nocedal and Wright 2006, Numerical Optimization, 6.1 (BFGS), 3.1 (backtracking); Dennis and Schnabel 1983, 7.2
 *         (relative gradient)
 */
export function minimizeBfgs(
  objective: Objective,
  start: Float64Array,
  {
    tolerance = 1e-9,
    iterations = 200,
    longest = Number.POSITIVE_INFINITY,
    inverse: known,
  }: BfgsOptions = {},
): Minimum {
  const n = start.length;
  let at: Point = { x: start.slice(), value: 0, gradient: new Float64Array(n) };
  at.value = objective(at.x, at.gradient);
  if (!Number.isFinite(at.value))
    throw new RangeError(`a search must start where the value is finite, was ${at.value}`);
  let next: Point = { x: new Float64Array(n), value: 0, gradient: new Float64Array(n) };
  const inverse = known?.slice() ?? identity(n);
  const direction = new Float64Array(n);
  let fresh = known === undefined;
  for (let k = 0; k < iterations; k += 1) {
    if (relativeGradient(at) <= tolerance)
      return { x: at.x, value: at.value, converged: true, iterations: k, inverse };
    descend(inverse, at.gradient, direction);
    let slope = dot(direction, at.gradient);
    // Rounding has spoilt the approximation: begin anew with the steepest descent.
    if (!(slope < 0)) {
      inverse.set(identity(n));
      fresh = true;
      descend(inverse, at.gradient, direction);
      slope = dot(direction, at.gradient);
    }
    // What a step could still gain, half of it in theory, is lost in the rounding of the value.
    if (-slope <= ROUNDING * Math.abs(at.value))
      return { x: at.x, value: at.value, converged: true, iterations: k, inverse };
    const full = fresh ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
    const length = Math.min(full, longest / largest(direction));
    if (!search(objective, at, next, { direction, slope, length })) {
      if (fresh) return { x: at.x, value: at.value, converged: false, iterations: k, inverse };
      inverse.set(identity(n));
      fresh = true;
      continue;
    }
    update(inverse, at, next, fresh);
    fresh = false;
    [at, next] = [next, at];
  }
  return { x: at.x, value: at.value, converged: relativeGradient(at) <= tolerance, iterations, inverse };
}

type Point = { readonly x: Float64Array; value: number; readonly gradient: Float64Array };

type Line = { readonly direction: Float64Array; readonly slope: number; readonly length: number };

/** Goes along a line until the value falls enough; false where it never does. */
function search(objective: Objective, at: Point, next: Point, { direction, slope, length }: Line): boolean {
  let step = length;
  for (let k = 0; k < HALVINGS; k += 1) {
    for (let i = 0; i < direction.length; i += 1) next.x[i] = at.x[i]! + step * direction[i]!;
    next.value = objective(next.x, next.gradient);
    if (next.value <= at.value + ENOUGH_DESCENT * step * slope) return true;
    // The minimum of the parabola through both values and the slope, within a tenth and a half of the step.
    const fit = (-slope * step * step) / (2 * (next.value - at.value - slope * step));
    step = Number.isFinite(fit) ? Math.min(step / 2, Math.max(step / 10, fit)) : step / 10;
  }
  return false;
}

/** H <- (I - r s y') H (I - r y s') + r s s' with r = 1 / y's; left as it is where the curvature is not above 0. */
function update(inverse: Float64Array, from: Point, to: Point, fresh: boolean): void {
  const n = from.x.length;
  const s = to.x.map((one, i) => one - from.x[i]!);
  const y = to.gradient.map((one, i) => one - from.gradient[i]!);
  const curvature = dot(s, y);
  if (!(curvature > 1e-12 * Math.sqrt(dot(s, s) * dot(y, y)))) return;
  // The first approximation gets the size of the curvature that was seen.
  if (fresh) for (let i = 0; i < n; i += 1) inverse[i * n + i] = curvature / dot(y, y);
  const pulled = y.map((_, i) => dot(inverse.subarray(i * n, (i + 1) * n), y));
  const stretch = (1 + dot(y, pulled) / curvature) / curvature;
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j < n; j += 1) {
      inverse[i * n + j] =
        inverse[i * n + j]! + stretch * s[i]! * s[j]! - (pulled[i]! * s[j]! + s[i]! * pulled[j]!) / curvature;
    }
  }
}

function descend(inverse: Float64Array, gradient: Float64Array, direction: Float64Array): void {
  const n = gradient.length;
  for (let i = 0; i < n; i += 1) direction[i] = -dot(inverse.subarray(i * n, (i + 1) * n), gradient);
}

function relativeGradient({ x, value, gradient }: Point): number {
  const size = Math.max(Math.abs(value), 1);
  return gradient.reduce(
    (most, one, i) => Math.max(most, (Math.abs(one) * Math.max(Math.abs(x[i]!), 1)) / size),
    0,
  );
}

function largest(xs: Float64Array): number {
  return xs.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
}

function identity(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, cell) => (cell % (n + 1) === 0 ? 1 : 0));
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i += 1) total += a[i]! * b[i]!;
  return total;
}
