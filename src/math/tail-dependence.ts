/** How often two columns have their worst values together. */
import { finiteRows, ranks } from './spearman.ts';

export type TailDependence = {
  /** In [0, 1]: 1 where they fall together always, about share where they are independent. */
  readonly coefficient: number;
  /** Rows that count as the tail of a column. */
  readonly size: number;
  /** Rows in the tail of both. */
  readonly joint: number;
};

/**
 * Lower-tail dependence by the empirical copula at one level:
 *
 *   (1 / k) * number of rows whose rank is at most k in both columns,   k = floor(share * rows)
 *
 * It estimates P(both in their lowest share | one in it), whose limit for a share towards 0 is the coefficient of lower-tail
 * dependence. Equal values share the mean of their ranks. Rows count where both are finite.
 *
 * @param share  of the rows, in (0, 0.5]
 * @returns null where the tail has fewer rows than `least`
 * @throws RangeError where the share is not in (0, 0.5]
 * Source  Schmidt and Stadtmüller 2006, Non-parametric estimation of tail dependence, Scandinavian Journal of Statistics 33
 */
export function lowerTailDependence(
  x: Float64Array,
  y: Float64Array,
  share: number,
  least: number,
): TailDependence | null {
  if (!(share > 0 && share <= 0.5))
    throw new RangeError(`the share of a tail must lie in (0, 0.5], was ${share}`);
  const rows = finiteRows(x, y);
  const size = Math.floor(share * rows.length);
  if (size < Math.max(1, least)) return null;
  const first = ranks(rows.map((row) => x[row]!));
  const second = ranks(rows.map((row) => y[row]!));
  let joint = 0;
  for (let i = 0; i < rows.length; i += 1) {
    if (first[i]! <= size && second[i]! <= size) joint += 1;
  }
  return { coefficient: joint / size, size, joint };
}
