/** The text of a portfolio file as a book: held against its schema, then its parts against each other. */
import type { Book } from '../model/book.ts';
import { portfolioBook } from './portfolio-book.ts';
import { checkBook } from './portfolio-checks.ts';
import { amountKeys, type PortfolioFile, portfolioFile, portfolioKeys } from './portfolio-schema.ts';
import { type StatedText, statedText } from './stated-text.ts';

/** Whether a book without a position is one: an order may be its first, but there is nothing to hold through a path. */
export type Emptiness = { readonly mayBeEmpty: boolean };

/**
 * The book that a text states.
 *
 * @param file for messages
 * @throws InputError CONFIG_FILE, CONFIG_KEY, CONFIG_VALUE, PORTFOLIO
 */
export function bookOf(text: string, file: string, { mayBeEmpty }: Emptiness = { mayBeEmpty: false }): Book {
  const { content, refuse } = portfolioText(text, file);
  const book = portfolioBook(content, refuse);
  if (book.positions.length === 0 && !mayBeEmpty)
    refuse('positions', 'a portfolio must hold at least one position, was none', 'Add what is held');
  checkBook(book, refuse);
  return book;
}

function portfolioText(text: string, file: string): StatedText<PortfolioFile> {
  const kind = {
    name: 'portfolio',
    schema: portfolioFile,
    code: 'PORTFOLIO',
    amounts: amountKeys,
    keysAt: portfolioKeys,
  } as const;
  return statedText(kind, text, file);
}
