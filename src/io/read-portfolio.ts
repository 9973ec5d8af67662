/** A portfolio file, YAML or JSON, as a book; what cannot be is refused with its line. */
import { basename } from 'node:path';
import type { Book } from '../model/book.ts';
import { InputError } from '../model/errors.ts';
import type { ReportInput } from '../model/report.ts';
import { hashFile } from './hash-file.ts';
import { openSources } from './open.ts';
import { portfolioBook } from './portfolio-book.ts';
import { checkBook } from './portfolio-checks.ts';
import { portfolioText } from './portfolio-text.ts';
import { isSample } from './sample.ts';
import { wholeOf } from './source.ts';

export type PortfolioRead = { readonly book: Book; readonly input: ReportInput };

/**
 * Reads a portfolio file.
 *
 * @throws DataError FILE_MISSING, FILE_EMPTY, FILE_COMPRESSION
 * @throws InputError CONFIG_FILE, CONFIG_KEY, CONFIG_VALUE, PORTFOLIO, USAGE
 */
export async function readPortfolioFile(name: string, cwd: string): Promise<PortfolioRead> {
  const [source, ...others] = await openSources([name], cwd);
  if (source === undefined || others.length > 0) {
    throw new InputError({
      code: 'USAGE',
      message: `a portfolio must be one file, was ${others.length + 1} in "${name}"`,
      remedy: 'Name the file itself',
    });
  }
  const book = bookOf(textOf(await wholeOf(source), source.path), source.path);
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

/**
 * The book that a text states.
 *
 * @param file for messages
 * @throws InputError CONFIG_FILE, CONFIG_KEY, CONFIG_VALUE, PORTFOLIO
 */
export function bookOf(text: string, file: string): Book {
  const { content, refuse } = portfolioText(text, file);
  const book = portfolioBook(content, refuse);
  checkBook(book, refuse);
  return book;
}

function textOf(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const message = 'it must be UTF-8 text, was something else';
    throw new InputError({ code: 'CONFIG_FILE', message, place: { file } });
  }
}
