/** The files of bars among what a user names, where a folder may hold other things beside them. */
import { basename, resolve } from 'node:path';
import { DataError } from '../model/errors.ts';
import type { FileRole } from '../model/study.ts';
import { expandNames } from './expand-names.ts';
import { roleOf } from './file-role.ts';

export type BarFiles = {
  readonly bars: readonly string[];
  /** Files of a folder or glob that hold no bars, with what they hold; null where no reader knows them. */
  readonly aside: readonly { readonly file: string; readonly role: FileRole | null }[];
};

/**
 * A file that is named itself is always taken for one, and so are all where their reader is named: whoever reads them
 * says what is wrong with them.
 *
 * @throws DataError FILE_MISSING where a name means no file
 * @throws DataError FILE_FORMAT where folders and globs hold files, and none of bars
 */
export async function barFiles(
  names: readonly string[],
  options: { readonly cwd: string; readonly reader: string | null },
): Promise<BarFiles> {
  const named = new Set(names.map((name) => resolve(options.cwd, name)));
  const bars: string[] = [];
  const aside: { file: string; role: FileRole | null }[] = [];
  for (const { path, file } of await expandNames(names, options.cwd)) {
    const isTaken = named.has(file) || options.reader !== null;
    const role = isTaken ? 'ohlcv' : await roleOf(file, options);
    if (role === 'ohlcv') bars.push(path);
    else aside.push({ file: basename(path), role });
  }
  if (bars.length > 0 || names.length === 0) return { bars, aside };
  throw new DataError({
    code: 'FILE_FORMAT',
    message: `a folder must hold a file of bars, ${names.join(', ')} held ${asideText(aside)}`,
    remedy: 'Name folders or files of bars; see with "risk data inspect" what these are',
  });
}

/** `BTCUSDT-funding.csv (funding), notes.csv (in no known format)`, the first few. */
export function asideText(aside: BarFiles['aside']): string {
  const told = aside.slice(0, TOLD_MAX).map(({ file, role }) => `${file} (${role ?? 'in no known format'})`);
  const more = aside.length > TOLD_MAX ? ` and ${aside.length - TOLD_MAX} more` : '';
  return `${told.join(', ')}${more}`;
}

const TOLD_MAX = 5;
