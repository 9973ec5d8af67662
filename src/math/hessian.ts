/**
 * Second derivatives by differences, where a function has no derivatives of its own.
 *
 *   H_ij(h) = (f(++) - f(+-) - f(-+) + f(--)) / (4 h_i h_j),   H_ii(h) = (f(+) - 2 f + f(-)) / h_i^2
 *   H = (4 H(h) - H(2 h)) / 3
 *
 * The last line takes off the error of second order (Richardson), so that steps can be large and rounding stays small: about eight
 * digits.
 *
 * Source  Abramowitz and Stegun 1964, 25.3.23, 25.3.26; Richardson 1911
 */

/** Step as a share of the size of a variable. */
const STEP = 1e-3;

/**
 * The matrix of second derivatives at a point; of a negative log-likelihood at its minimum it is the observed information, whose
 * inverse is the covariance of the estimates.
 *
 * @param objective  x is reused, and must not be kept
 * @param at         two steps inside the domain in every variable
 * @param scale      the size of each variable, > 0: steps are 1e-3 and 2e-3 of it
 * @returns          n x n, row by row, symmetric
 * @throws RangeError where a scale is not above 0, or a value near the point is not finite
 * Cost  4 n^2 + 1 values
 */
export function numericalHessian(
  objective: (x: Float64Array) => number,
  at: Float64Array,
  scale: Float64Array,
): Float64Array {
  const n = at.length;
  if (!(scale.length === n && scale.every((one) => one > 0 && one < Number.POSITIVE_INFINITY)))
    throw new RangeError(`each of ${n} variables must have a scale > 0, was ${scale.join(', ')}`);
  const x = at.slice();
  const valueAt = (i: number, a: number, j: number, b: number) => {
    x[i] = x[i]! + a;
    x[j] = x[j]! + b;
    const value = objective(x);
    x[i] = at[i]!;
    x[j] = at[j]!;
    if (!Number.isFinite(value))
      throw new RangeError(`values near a Hessian must be finite, one was ${value} near ${at.join(', ')}`);
    return value;
  };
  const centre = valueAt(0, 0, 0, 0);
  const difference = (i: number, j: number, step: number) => {
    const h = step * scale[i]!;
    if (i === j) return (valueAt(i, h, i, 0) - 2 * centre + valueAt(i, -h, i, 0)) / (h * h);
    const k = step * scale[j]!;
    const same = valueAt(i, h, j, k) + valueAt(i, -h, j, -k);
    const opposite = valueAt(i, h, j, -k) + valueAt(i, -h, j, k);
    return (same - opposite) / (4 * h * k);
  };
  const hessian = new Float64Array(n * n);
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      const value = (4 * difference(i, j, STEP) - difference(i, j, 2 * STEP)) / 3;
      hessian[i * n + j] = value;
      hessian[j * n + i] = value;
    }
  }
  return hessian;
}
