/**
 * Funding settlements under the usual names, as CSV or as JSON objects (ccxt's funding history, the answers of Binance,
 * Bybit and OKX): a time, a rate as a fraction or as percent with its sign, and perhaps a symbol.
 */
import type { FundingReader } from '../reader.ts';
import { fundingByName, haveFunding } from './funding-records.ts';
import { namesIn } from './records.ts';

export const genericFunding: FundingReader = {
  role: 'funding',
  name: 'generic-funding',
  detect: (head) => {
    const names = namesIn(head);
    return names !== null && haveFunding(names) ? 'columns for a time and a funding rate' : null;
  },
  read: (source, options) => fundingByName(source, options),
};
