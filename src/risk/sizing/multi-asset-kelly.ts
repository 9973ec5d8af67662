/**
 * Kelly over several assets that move in small steps: the notionals f that make growth largest.
 *
 *   C f = mean,   growth = mean' f / 2
 *
 * Signed, unbounded, and very sensitive to the means: of three coins it goes short in one that rose (QUANT 5). A statement
 * about the sample, not a size to take.
 *
 * Source  Merton 1969, Lifetime portfolio selection under uncertainty; Thorp 2006
 */

export type MultiAssetKelly = {
  /** Fractions of equity, signed, one an asset. */
  readonly fractions: Float64Array;
  /** A logarithm for each period of the means, at those fractions. */
  readonly growth: number;
};

/** Share of its variance that must be left of an asset once the others are known; less is rounding. */
const OWN_VARIANCE_MIN = 1e-12;

/**
 * @param mean        excess returns of one period
 * @param covariance  n x n row by row, of the same period
 * @returns null where one asset is, or combines from, the others: no unique solution
 */
export function multiAssetKelly(mean: Float64Array, covariance: Float64Array): MultiAssetKelly | null {
  const n = mean.length;
  if (n === 0 || covariance.length !== n * n)
    throw new RangeError(`${n} means need a covariance of ${n * n} cells, was ${covariance.length}`);
  const root = choleskyOf(covariance, n);
  if (root === null) return null;
  const fractions = solve(root, mean);
  let growth = 0;
  for (let i = 0; i < n; i += 1) growth += (mean[i]! * fractions[i]!) / 2;
  return { fractions, growth };
}

/** The lower triangle L with L L' = C; null where C is not positive definite. */
function choleskyOf(covariance: Float64Array, n: number): Float64Array | null {
  const root = new Float64Array(n * n);
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let rest = covariance[i * n + j]!;
      for (let k = 0; k < j; k += 1) rest -= root[i * n + k]! * root[j * n + k]!;
      if (i > j) root[i * n + j] = rest / root[j * n + j]!;
      else if (rest > OWN_VARIANCE_MIN * covariance[i * n + i]!) root[i * n + i] = Math.sqrt(rest);
      else return null;
    }
  }
  return root;
}

/** x with L L' x = b. */
function solve(root: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  const x = b.slice();
  for (let i = 0; i < n; i += 1) {
    for (let k = 0; k < i; k += 1) x[i] = x[i]! - root[i * n + k]! * x[k]!;
    x[i] = x[i]! / root[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < n; k += 1) x[i] = x[i]! - root[k * n + i]! * x[k]!;
    x[i] = x[i]! / root[i * n + i]!;
  }
  return x;
}
