/** Gains of a book as it stands today in the moves of the past: one column a leg, and their sum, per unit of gross exposure. */
import { type Leg, legGain } from './legs.ts';
import type { Moves } from './periods.ts';

export type Gains = {
  /** By leg, then by row; a fraction of the gross exposure. */
  readonly legs: readonly Float64Array[];
  /** Their sum, row by row: the returns of the book. */
  readonly book: Float64Array;
};

/** @param gross  sum of the sizes of all exposures, > 0 */
export function gainsOf(
  legs: readonly Leg[],
  { ratios, time }: Moves,
  { gross, returns }: { readonly gross: number; readonly returns: 'simple' | 'log' },
): Gains {
  const columns = legs.map((leg) => {
    const ratio = ratios[leg.factor]!;
    return ratio.map((one) => legGain(leg, one, returns) / gross);
  });
  return { legs: columns, book: totalGain(columns, time.length, -1) };
}

/** The gains of all legs but one; of all with -1. */
export function totalGain(columns: readonly Float64Array[], rows: number, without: number): Float64Array {
  const total = new Float64Array(rows);
  for (const [i, column] of columns.entries()) {
    if (i === without) continue;
    for (let row = 0; row < rows; row += 1) total[row] = total[row]! + column[row]!;
  }
  return total;
}
