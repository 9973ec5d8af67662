/** Standard errors of a maximum-likelihood estimate. */
import type { Objective } from './bfgs.ts';

/** Step of a central difference, as a share of a parameter's size. */
const STEP = 1e-5;

/**
 * The roots of the diagonal of the inverse of the observed information, which is the Hessian of the negative log-likelihood
 * at its minimum, by central differences of its gradient.
 *
 * @param objective  the negative log-likelihood and its gradient, in the parameters whose errors are asked for
 * @param at         its minimum, inside the domain
 * @param scale      the size of each parameter, > 0: a step is 1e-5 of it
 * @returns null where the Hessian is not positive definite: no interior maximum, or one that the data do not tell
 * Source  Efron and Hinkley 1978, Assessing the accuracy of the maximum likelihood estimator, Biometrika 65
 */
export function standardErrors(
  objective: Objective,
  at: Float64Array,
  scale: Float64Array,
): Float64Array | null {
  const n = at.length;
  const hessian = new Float64Array(n * n);
  const up = new Float64Array(n);
  const down = new Float64Array(n);
  for (let i = 0; i < n; i += 1) {
    const step = STEP * scale[i]!;
    objective(at.with(i, at[i]! + step), up);
    objective(at.with(i, at[i]! - step), down);
    for (let j = 0; j < n; j += 1) {
      const half = (up[j]! - down[j]!) / (4 * step);
      hessian[i * n + j] = hessian[i * n + j]! + half;
      hessian[j * n + i] = hessian[j * n + i]! + half;
    }
  }
  return rootsOfInverseDiagonal(hessian, n);
}

/** By Cholesky: C = L L', so cell (i, i) of the inverse is the sum of squares of column i of the inverse of L. */
function rootsOfInverseDiagonal(matrix: Float64Array, n: number): Float64Array | null {
  // Unit diagonal first: parameters differ in size by powers of ten.
  const size = Float64Array.from({ length: n }, (_, i) => Math.sqrt(matrix[i * n + i]!));
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let rest = matrix[i * n + j]! / (size[i]! * size[j]!);
      for (let k = 0; k < j; k += 1) rest -= lower[i * n + k]! * lower[j * n + k]!;
      if (i === j && !(rest > SINGULAR)) return null;
      lower[i * n + j] = i === j ? Math.sqrt(rest) : rest / lower[j * n + j]!;
    }
  }
  return size.map((one, i) => Math.sqrt(columnOfInverse(lower, n, i)) / one);
}

/** A pivot of the matrix of unit diagonal below which it is singular for all that rounding tells. */
const SINGULAR = 1e-9;

/** The sum of squares of one column of the inverse of a lower triangular matrix. */
function columnOfInverse(lower: Float64Array, n: number, column: number): number {
  const solved = new Float64Array(n);
  let squares = 0;
  for (let i = column; i < n; i += 1) {
    let rest = i === column ? 1 : 0;
    for (let k = column; k < i; k += 1) rest -= lower[i * n + k]! * solved[k]!;
    const one = rest / lower[i * n + i]!;
    solved[i] = one;
    squares += one * one;
  }
  return squares;
}
