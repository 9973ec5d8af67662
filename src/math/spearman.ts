/** Rank correlation of two columns. */
import { correlation } from './correlation.ts';

/**
 * Spearman's rho: Pearson's correlation of the ranks, over the rows where both are finite; equal values share the mean of
 * their ranks.
 *
 * @param least  rows that are needed
 * @returns in [-1, 1]; null with fewer rows, or where one of them never changes
 * Source  Spearman 1904, The proof and measurement of association between two things
 */
export function spearman(x: Float64Array, y: Float64Array, least: number): number | null {
  const rows = finiteRows(x, y);
  return correlation(ranks(rows.map((row) => x[row]!)), ranks(rows.map((row) => y[row]!)), least);
}

/** The rows where both columns are finite, ascending; a Float64Array so that values may take their places. */
export function finiteRows(x: Float64Array, y: Float64Array): Float64Array {
  return Float64Array.from({ length: Math.min(x.length, y.length) }, (_, row) => row).filter(
    (row) => Number.isFinite(x[row]!) && Number.isFinite(y[row]!),
  );
}

/**
 * The rank of each value, 1 for the smallest; equal values share the mean of their ranks.
 *
 * @param xs  finite
 */
export function ranks(xs: Float64Array): Float64Array {
  const order = Uint32Array.from(xs, (_, i) => i).sort((a, b) => xs[a]! - xs[b]!);
  const result = new Float64Array(xs.length);
  for (let first = 0; first < order.length; ) {
    let next = first + 1;
    while (next < order.length && xs[order[next]!] === xs[order[first]!]) next += 1;
    // The ranks first + 1 to next.
    for (let k = first; k < next; k += 1) result[order[k]!] = (first + 1 + next) / 2;
    first = next;
  }
  return result;
}
