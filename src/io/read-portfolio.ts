/** A portfolio file, YAML or JSON, as a book; what cannot be is refused with its line. */
import { basename } from 'node:path';
import type { Book } from '../model/book.ts';
import { InputError } from '../model/errors.ts';
import type { ReportInput } from '../model/report.ts';
import { compiledOf } from './compiled.ts';
import { hashFile } from './hash-file.ts';
import { openSources } from './open.ts';
import type { Emptiness } from './portfolio-text.ts';
import { isSample } from './sample.ts';
import { wholeOf } from './source.ts';
import { textOf } from './utf8-text.ts';

export type PortfolioRead = { readonly book: Book; readonly input: ReportInput };

/**
 * Reads a portfolio file.
 *
 * @throws DataError FILE_MISSING, FILE_EMPTY, FILE_COMPRESSION
 * @throws InputError CONFIG_FILE, CONFIG_KEY, CONFIG_VALUE, PORTFOLIO, USAGE
 */
export async function readPortfolioFile(
  name: string,
  cwd: string,
  emptiness: Emptiness = { mayBeEmpty: false },
): Promise<PortfolioRead> {
  const [source, ...others] = await openSources([name], cwd);
  if (source === undefined || others.length > 0) {
    throw new InputError({
      code: 'USAGE',
      message: `a portfolio must be one file, was ${others.length + 1} in "${name}"`,
      remedy: 'Name the file itself',
    });
  }
  const text = textOf(await wholeOf(source), source.path);
  const ready = compiledOf<Book>(source.file, [text]);
  const book = ready ?? (await import('./portfolio-text.ts')).bookOf(text, source.path, emptiness);
  const sample = isSample(source.file);
  const input: ReportInput = {
    path: `${sample ? 'sample:' : ''}${basename(source.path)}`,
    role: 'portfolio',
    format: 'portfolio',
    why: 'named as the portfolio',
    sha256: await hashFile(source.file),
    rows: book.positions.length,
    rejected: 0,
    from: null,
    to: null,
    symbols: [...new Set(book.positions.map(({ symbol }) => symbol))].sort(),
  };
  return { book, input };
}
