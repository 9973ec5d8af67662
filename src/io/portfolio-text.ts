/** The text of a portfolio file, held against its schema. */
import { amountKeys, type PortfolioFile, portfolioFile, portfolioKeys } from './portfolio-schema.ts';
import { type StatedText, statedText } from './stated-text.ts';

/**
 * @param file for messages
 * @throws InputError CONFIG_FILE, CONFIG_KEY, CONFIG_VALUE
 */
export function portfolioText(text: string, file: string): StatedText<PortfolioFile> {
  const kind = {
    name: 'portfolio',
    schema: portfolioFile,
    code: 'PORTFOLIO',
    amounts: amountKeys,
    keysAt: portfolioKeys,
  } as const;
  return statedText(kind, text, file);
}
