/** Which reader a file asks for: the first whose dialect its content is, or the one that the user names. */
import { DataError, InputError } from '../model/errors.ts';
import { nearestName } from '../model/nearest-name.ts';
import type { Head } from './head.ts';

type AnyReader = { readonly name: string; readonly detect: (head: Head) => string | null };

export type Picked<R> = { readonly reader: R /** In words, for the report. */; readonly why: string };

/**
 * @param named  what --reader says; null for detection
 * @throws InputError USAGE where no reader has that name, DataError FILE_FORMAT where no reader knows the content
 */
export function pickReader<R extends AnyReader>(
  readers: readonly R[],
  head: Head,
  { named, file, role }: { readonly named: string | null; readonly file: string; readonly role: string },
): Picked<R> {
  if (named !== null) return { reader: readerNamed(readers, named, role), why: `named by --reader ${named}` };
  for (const reader of readers) {
    const why = reader.detect(head);
    if (why !== null) return { reader, why };
  }
  const names = readers.map(({ name }) => name).join(', ');
  throw new DataError({
    code: 'FILE_FORMAT',
    message: `a file of ${role} must be in a known format, was in none of them`,
    place: { file },
    remedy: `Give it a header, or name its reader with --reader: ${names}`,
  });
}

function readerNamed<R extends AnyReader>(readers: readonly R[], named: string, role: string): R {
  const reader = readers.find(({ name }) => name === named);
  if (reader !== undefined) return reader;
  const names = readers.map(({ name }) => name);
  const near = nearestName(named, names);
  throw new InputError({
    code: 'USAGE',
    message: `--reader must name a reader of ${role}, was "${named}"`,
    remedy: near === null ? `They are ${names.join(', ')}` : `Did you mean ${near}?`,
  });
}
