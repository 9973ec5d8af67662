/** Files that run from new to old. */
import { utcText } from '../../model/utc-text.ts';
import type { Finding } from '../finding.ts';

/** The finding `newest-first`: more of the steps of a file go back than forward. Stamps that are NaN make no step. */
export function newestFirstOf(time: Float64Array, line: (row: number) => number | null): Finding | null {
  let balance = 0;
  let first = -1;
  for (let i = 1; i < time.length; i += 1) {
    const step = time[i]! - time[i - 1]!;
    if (step > 0) balance += 1;
    else if (step < 0) {
      balance -= 1;
      if (first < 0) first = i;
    }
  }
  if (balance >= 0) return null;
  return {
    code: 'newest-first',
    count: time.length,
    line: line(first - 1),
    example: `${utcText(time[first - 1]!)}, then ${utcText(time[first]!)}`,
    consequence: 'the rows were turned round',
  };
}
