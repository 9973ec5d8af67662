/** Kraken's OHLCVT archive: no header; seconds, open, high, low, close, volume and the number of trades. */
import { headOf } from '../head.ts';
import type { OhlcvReader } from '../reader.ts';
import { readCsvBars } from './csv-bars.ts';
import { headerlessLayout, headerlessRows } from './headerless-bars.ts';

const FIELDS = 7;

export const krakenOhlcvt: OhlcvReader = {
  role: 'ohlcv',
  name: 'kraken-ohlcvt',
  detect: (head) => {
    const found = headerlessRows(head, FIELDS);
    if (found === null || !found.orders.includes('ohlc')) return null;
    const [seconds = 0] = found.first;
    const own = seconds >= 1e8 && seconds < 1e11 && Number.isInteger(found.first[6]);
    return own
      ? '7 columns without a header, seconds first and a count of trades last, as in Kraken OHLCVT'
      : null;
  },
  read: (source, options) => readCsvBars(source, headerlessLayout(headOf(source), FIELDS, 'ohlc'), options),
};
