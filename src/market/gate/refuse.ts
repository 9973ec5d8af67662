/** Impossible rows: the first ends the run, or all are left out and said. */
import { DataError, type ErrorCode } from '../../model/errors.ts';
import type { Finding } from '../finding.ts';
import type { RowFault } from '../raw.ts';

const REMEDY = 'Correct the file, or leave such rows out with --on-bad-row drop';

/**
 * @param faults  in the order of the file
 * @returns the finding `dropped-rows`, null where there is no fault
 * @throws DataError of the first fault, with the number and kinds of the others, unless `onBadRow` is drop
 */
export function refuse(
  faults: readonly RowFault[],
  file: string,
  onBadRow: 'error' | 'drop',
): Finding | null {
  const [first, ...others] = faults;
  if (first === undefined) return null;
  if (onBadRow === 'error') {
    const place = first.line === null ? { file } : { file, line: first.line };
    throw new DataError({ code: first.code, message: first.message + moreOf(others), place, remedy: REMEDY });
  }
  return {
    code: 'dropped-rows',
    count: faults.length,
    line: first.line,
    example: first.message,
    consequence: `these rows were left out: ${kindsOf(faults)}`,
  };
}

/** The error of a file of which no row is left, with the first impossible row where there is one. */
export function noRowLeft(what: string, faults: readonly RowFault[], file: string): DataError {
  const [first] = faults;
  const was =
    first === undefined
      ? 'none'
      : `${faults.length} impossible ${faults.length === 1 ? 'row' : 'rows'}, first: ${first.message}`;
  const line = first?.line ?? null;
  return new DataError({
    code: 'FILE_EMPTY',
    message: `a file of ${what} must hold at least one possible row, was ${was}`,
    place: line === null ? { file } : { file, line },
  });
}

function moreOf(others: readonly RowFault[]): string {
  if (others.length === 0) return '';
  return `; ${others.length} more impossible ${others.length === 1 ? 'row' : 'rows'}: ${kindsOf(others)}`;
}

/** `12 ROW_RANGE, 3 ROW_PRICE`, the most frequent first. */
function kindsOf(faults: readonly RowFault[]): string {
  const counts = new Map<ErrorCode, number>();
  for (const { code } of faults) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([code, count]) => `${count} ${code}`)
    .join(', ');
}
