/** What happens to rows that cannot be right: the first is an error, or all are left out and counted (--on-bad-row). */
import { DataError } from '../model/errors.ts';
import type { Finding } from './finding.ts';
import type { Journal } from './journal.ts';
import type { RowFault } from './raw.ts';

export type BadRowOptions = {
  /** For messages. */
  readonly file: string;
  readonly onBadRow: 'error' | 'drop';
};

/**
 * @returns the finding that counts the rows left out, null where there are none
 * @throws  DataError the fault of the earliest line, where `onBadRow` is error
 */
export function dropBadRows(faults: readonly RowFault[], { file, onBadRow }: BadRowOptions): Finding | null {
  const [first] = faults.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
  if (first === undefined) return null;
  const { code, message, line } = first;
  if (onBadRow === 'error') {
    throw new DataError({
      code,
      message,
      place: line === null ? { file } : { file, line },
      remedy: 'Correct the file, or leave such rows out with --on-bad-row drop',
    });
  }
  const consequence = 'these rows were left out';
  return { code: 'dropped-rows', count: faults.length, line, example: message, consequence };
}

/**
 * The journal with the rows that cannot be read counted among its findings; they stay listed in `faults`.
 *
 * @throws DataError the fault of the earliest line, where `onBadRow` is error
 */
export function gateJournal(journal: Journal, options: BadRowOptions): Journal {
  const dropped = dropBadRows(journal.faults, options);
  return dropped === null ? journal : { ...journal, findings: [...journal.findings, dropped] };
}
