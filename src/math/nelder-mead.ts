/** Minima of functions of a few variables that have no derivatives, or bounds of their domain near the minimum. */

export type SimplexMinimum = {
  readonly x: Float64Array;
  readonly value: number;
  /** Whether the simplex shrank to the tolerance, and one that began anew at its best point found nothing better. */
  readonly converged: boolean;
  /** Of all simplexes together. */
  readonly iterations: number;
};

export type SimplexOptions = {
  /**
   * Spread of the values, as a share of max(|value|, 1), that ends a search; its root is the same for the width in each variable,
   * as a share of max(|x_i|, scale_i). Default 1e-12.
   */
  readonly tolerance?: number;
  /** Of all simplexes together; default 1000 for each variable. */
  readonly iterations?: number;
  /** How often the search begins anew at its best point, at most; default 5. */
  readonly restarts?: number;
};

/**
 * A local minimum by the simplex of Nelder and Mead, begun anew at its end until that finds nothing better: a simplex may collapse
 * before it reaches a minimum. Deterministic.
 *
 * @param objective  a value that is not finite says that x is outside the domain; x is reused, and must not be kept
 * @param start      inside the domain: the value there is finite
 * @param scale      the size of each variable's first step, > 0
 * @throws RangeError where the value at the start is not finite, or a scale is not above 0
 * Source  Nelder and Mead 1965, A simplex method for function minimization, The Computer Journal 7; Gao and Han 2012, Implementing
 *         the Nelder-Mead simplex algorithm with adaptive parameters (the lengths of its moves)
 */
export function minimizeNelderMead(
  objective: (x: Float64Array) => number,
  start: Float64Array,
  scale: Float64Array,
  { tolerance = 1e-12, iterations = 1000 * start.length, restarts = 5 }: SimplexOptions = {},
): SimplexMinimum {
  if (!(scale.length === start.length && scale.every((one) => one > 0 && one < Number.POSITIVE_INFINITY)))
    throw new RangeError(`each of ${start.length} variables must have a scale > 0, was ${scale.join(', ')}`);
  const simplex = createSimplex(objective, start.slice());
  if (!Number.isFinite(simplex.values[0]!))
    throw new RangeError(`a search must start where the value is finite, was ${objective(start)}`);
  let used = 0;
  for (let restart = 0; ; restart += 1) {
    const before = simplex.values[0]!;
    // The other way each time, so that no direction is left out.
    spread(simplex, scale, restart % 2 === 0 ? 1 : -1);
    let settled = isSettled(simplex, scale, tolerance);
    for (; !settled && used < iterations; used += 1) {
      move(simplex);
      settled = isSettled(simplex, scale, tolerance);
    }
    bestFirst(simplex);
    const value = simplex.values[0]!;
    const isLast = restart > 0 && before - value <= tolerance * Math.max(1, Math.abs(value));
    if (!settled || isLast || restart === restarts) {
      const converged = settled && (isLast || restarts === 0);
      return { x: simplex.points.slice(0, start.length), value, converged, iterations: used };
    }
  }
}

type Simplex = {
  readonly size: number;
  /** Its size + 1 corners, row by row, and their values; infinite outside the domain. */
  readonly points: Float64Array;
  readonly values: Float64Array;
  readonly valueAt: (x: Float64Array) => number;
  readonly centre: Float64Array;
  readonly trial: Float64Array;
  readonly other: Float64Array;
};

function createSimplex(objective: (x: Float64Array) => number, start: Float64Array): Simplex {
  const size = start.length;
  const valueAt = (x: Float64Array) => {
    const value = objective(x);
    return Number.isFinite(value) ? value : Number.POSITIVE_INFINITY;
  };
  const points = new Float64Array((size + 1) * size);
  const values = new Float64Array(size + 1);
  points.set(start);
  values[0] = valueAt(start);
  const [centre, trial, other] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  return { size, points, values, valueAt, centre, trial, other };
}

/** Corners one step from the first corner, each in one variable. */
function spread({ size, points, values, valueAt, trial }: Simplex, scale: Float64Array, sign: 1 | -1): void {
  for (let corner = 1; corner <= size; corner += 1) {
    trial.set(points.subarray(0, size));
    trial[corner - 1] = trial[corner - 1]! + sign * scale[corner - 1]!;
    points.set(trial, corner * size);
    values[corner] = valueAt(trial);
  }
}

/** One step: the worst corner is reflected, or moved farther or nearer; where nothing helps all shrink towards the best. */
function move(simplex: Simplex): void {
  const { size, points, values, valueAt, centre, trial, other } = simplex;
  const { best, second, worst } = rank(values);
  centre.fill(0);
  for (let corner = 0; corner <= size; corner += 1) {
    if (corner === worst) continue;
    for (let i = 0; i < size; i += 1) centre[i] = centre[i]! + points[corner * size + i]! / size;
  }
  const n = Math.max(2, size);
  const reach = (factor: number, target: Float64Array) => {
    for (let i = 0; i < size; i += 1)
      target[i] = centre[i]! + factor * (points[worst * size + i]! - centre[i]!);
    return valueAt(target);
  };
  const put = (x: Float64Array, value: number) => {
    points.set(x, worst * size);
    values[worst] = value;
  };
  const reflected = reach(-1, trial);
  if (reflected < values[best]!) {
    const expanded = reach(-1 - 2 / n, other);
    if (expanded < reflected) put(other, expanded);
    else put(trial, reflected);
    return;
  }
  if (reflected < values[second]!) {
    put(trial, reflected);
    return;
  }
  const isOutside = reflected < values[worst]!;
  const nearer = 0.75 - 1 / (2 * n);
  const contracted = reach(isOutside ? -nearer : nearer, other);
  if (contracted < (isOutside ? reflected : values[worst]!)) put(other, contracted);
  else shrink(simplex, best, 1 - 1 / n);
}

function shrink({ size, points, values, valueAt, trial }: Simplex, best: number, factor: number): void {
  for (let corner = 0; corner <= size; corner += 1) {
    if (corner === best) continue;
    for (let i = 0; i < size; i += 1) {
      const from = points[best * size + i]!;
      trial[i] = from + factor * (points[corner * size + i]! - from);
    }
    points.set(trial, corner * size);
    values[corner] = valueAt(trial);
  }
}

/** The best, the worst and the second worst corner; of equal ones the earliest is best, the latest worst. */
function rank(values: Float64Array): {
  readonly best: number;
  readonly second: number;
  readonly worst: number;
} {
  let best = 0;
  let worst = 0;
  for (let corner = 1; corner < values.length; corner += 1) {
    if (values[corner]! < values[best]!) best = corner;
    if (values[corner]! >= values[worst]!) worst = corner;
  }
  let second = best;
  for (let corner = 0; corner < values.length; corner += 1) {
    if (corner !== worst && values[corner]! >= values[second]!) second = corner;
  }
  return { best, second, worst };
}

function isSettled({ size, points, values }: Simplex, scale: Float64Array, tolerance: number): boolean {
  const { best, worst } = rank(values);
  const value = values[best]!;
  if (!(values[worst]! - value <= tolerance * Math.max(1, Math.abs(value)))) return false;
  const width = Math.sqrt(tolerance);
  for (let i = 0; i < size; i += 1) {
    const from = points[best * size + i]!;
    const widest = width * Math.max(Math.abs(from), scale[i]!);
    for (let corner = 0; corner <= size; corner += 1) {
      if (Math.abs(points[corner * size + i]! - from) > widest) return false;
    }
  }
  return true;
}

function bestFirst({ size, points, values, trial }: Simplex): void {
  const { best } = rank(values);
  if (best === 0) return;
  trial.set(points.subarray(best * size, (best + 1) * size));
  points.copyWithin(best * size, 0, size);
  points.set(trial);
  const value = values[best]!;
  values[best] = values[0]!;
  values[0] = value;
}
