/** What a file is, by its content: the role of the first reader that knows it. */
import type { FileRole } from '../model/study.ts';
import { headOf } from './head.ts';
import { openSources } from './open.ts';
import { fundingReaders } from './readers/funding.ts';
import { journalReaders } from './readers/journal.ts';
import { ohlcvReaders } from './readers/ohlcv.ts';
import { ticksReaders } from './readers/ticks.ts';

const readersOf = [
  ['ohlcv', ohlcvReaders],
  ['ticks', ticksReaders],
  ['funding', fundingReaders],
  ['journal', journalReaders],
] as const;

/** Of every role, for --reader. */
export const readerNames = readersOf.flatMap(([, readers]) => readers.map(({ name }) => name));

/**
 * The role of the first reader that knows the content, or that `reader` names; null where none does. Dialects of two
 * roles do not overlap.
 *
 * @throws DataError where the file cannot be opened
 */
export async function roleOf(
  file: string,
  { cwd, reader: named }: { readonly cwd: string; readonly reader: string | null },
): Promise<FileRole | null> {
  const [first] = await openSources([file], cwd);
  const head = first === undefined ? null : headOf(first);
  for (const [role, readers] of readersOf) {
    if (readers.some(({ name }) => name === named)) return role;
    if (named === null && head !== null && readers.some((reader) => reader.detect(head) !== null))
      return role;
  }
  return null;
}
