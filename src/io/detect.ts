/** Which reader a file asks for: the first whose dialect its content is, or the one that the user names. */
import { DataError, InputError } from '../model/errors.ts';
import { nearestName } from '../model/nearest-name.ts';
import type { Head } from './head.ts';
import { noText } from './utf8-text.ts';

type AnyReader = { readonly name: string; readonly detect: (head: Head) => string | null };

export type Picked<R> = { readonly reader: R /** In words, for the report. */; readonly why: string };

/**
 * The reader of one file. A name given for the run counts for the role that has a reader of that name; files of other
 * roles are detected all the same (`checkReaderName` has refused a name that no role has).
 *
 * @param named  what --reader says; null for detection
 * @throws DataError FILE_FORMAT where no reader knows the content
 */
export function pickReader<R extends AnyReader>(
  readers: readonly R[],
  head: Head,
  { named, file, role }: { readonly named: string | null; readonly file: string; readonly role: string },
): Picked<R> {
  const chosen = named === null ? undefined : readers.find(({ name }) => name === named);
  if (chosen !== undefined) return { reader: chosen, why: `named by --reader ${chosen.name}` };
  for (const reader of readers) {
    const why = reader.detect(head);
    if (why !== null) return { reader, why };
  }
  const names = readers.map(({ name }) => name).join(', ');
  const other = head.text === null ? noText(head.bytes) : null;
  throw new DataError({
    code: 'FILE_FORMAT',
    message: `a file of ${role} must be in a format that a reader of ${role} knows, was ${other?.was ?? 'in none of those'}`,
    place: { file },
    remedy: `${other?.remedy ?? 'See with "risk data inspect" what it is; give it a header'}, or name its reader with --reader: ${names}`,
  });
}

/** @throws InputError USAGE where no reader of any role has the name */
export function checkReaderName(named: string, names: readonly string[]): void {
  if (names.includes(named)) return;
  const near = nearestName(named, names);
  throw new InputError({
    code: 'USAGE',
    message: `--reader must name a reader, was "${named}"`,
    remedy: near === null ? `They are ${names.join(', ')}` : `Did you mean ${near}?`,
  });
}
