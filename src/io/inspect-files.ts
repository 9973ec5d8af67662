/** Files whose role nobody has named: each is read as what its content is, and one that cannot be read hides no other. */
import { basename } from 'node:path';
import type { Bars } from '../market/bars.ts';
import { DataError, type Fault } from '../model/errors.ts';
import type { FileRole } from '../model/study.ts';
import { checkReaderName } from './detect.ts';
import { expandNames } from './expand-names.ts';
import { readerNames, roleOf } from './file-role.ts';
import {
  type FileOptions,
  type FileRead,
  readFundingFiles,
  readJournalFiles,
  readOhlcvFiles,
  readTicksFiles,
} from './read-files.ts';

export type InspectedFile = {
  readonly role: FileRole;
  readonly read: FileRead<unknown>;
  /** Null where the role is not bars. */
  readonly bars: Bars | null;
};

export type Inspection = {
  readonly series: readonly InspectedFile[];
  readonly refused: readonly { readonly file: string; readonly fault: Fault }[];
};

/** Of a file that does not name its symbol: it can be looked at all the same. */
export const UNKNOWN_SYMBOL = '?';

/**
 * @throws InputError USAGE where no reader has the name of --reader
 * @throws DataError FILE_MISSING where a name means no file; what else is wrong with a file is in `refused`
 */
export async function inspectFiles(names: readonly string[], options: FileOptions): Promise<Inspection> {
  if (options.reader !== null) checkReaderName(options.reader, readerNames);
  const series: InspectedFile[] = [];
  const refused: { file: string; fault: Fault }[] = [];
  for (const { path, file } of await expandNames(names, options.cwd)) {
    try {
      series.push(...(await inspectFile(file, options)));
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      refused.push({ file: basename(path), fault: error.fault });
    }
  }
  return { series, refused };
}

async function inspectFile(file: string, given: FileOptions): Promise<InspectedFile[]> {
  const role = await knownRole(file, given);
  // Only a journal may have a symbol in each row and none for all.
  const options = role === 'journal' ? given : { ...given, symbol: given.symbol ?? UNKNOWN_SYMBOL };
  switch (role) {
    case 'ohlcv':
      return (await readOhlcvFiles([file], options)).map((read) => ({ role, read, bars: read.data }));
    case 'ticks':
      return withoutBars(role, await readTicksFiles([file], options));
    case 'funding':
      return withoutBars(role, await readFundingFiles([file], options));
    case 'journal':
      return withoutBars(role, await readJournalFiles([file], options));
  }
}

function withoutBars(role: FileRole, reads: readonly FileRead<unknown>[]): InspectedFile[] {
  return reads.map((read) => ({ role, read, bars: null }));
}

async function knownRole(file: string, options: FileOptions): Promise<FileRole> {
  const role = await roleOf(file, options);
  if (role !== null) return role;
  throw new DataError({
    code: 'FILE_FORMAT',
    message: 'a file must be of bars, trades, funding or a journal in a known format, was in none of them',
    place: { file: basename(file) },
    remedy: `Give it a header, or name its reader with --reader: ${readerNames.join(', ')}`,
  });
}
