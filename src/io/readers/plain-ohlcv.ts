/** Six columns without a header in the usual order: time, open, high, low, close, volume. */
import { headOf } from '../head.ts';
import type { OhlcvReader } from '../reader.ts';
import { readCsvBars } from './csv-bars.ts';
import { headerlessLayout, headerlessRows, isEpoch } from './headerless-bars.ts';

const FIELDS = 6;

export const plainOhlcv: OhlcvReader = {
  role: 'ohlcv',
  name: 'plain-ohlcv',
  detect: (head) => {
    const found = headerlessRows(head, FIELDS);
    if (found === null || !isEpoch(found.first[0] ?? 0) || !found.orders.includes('ohlc')) return null;
    const told = '6 columns without a header, read as time,open,high,low,close,volume';
    return found.orders.includes('ochl')
      ? `${told}; the ${found.rows} rows looked at would allow Bitfinex's order too: name --reader bitfinex if it is`
      : `${told}: only that order keeps the high highest and the low lowest`;
  },
  read: (source, options) => readCsvBars(source, headerlessLayout(headOf(source), FIELDS, 'ohlc'), options),
};
