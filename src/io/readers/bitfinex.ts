/** Bitfinex candles: no header, and the order time, open, close, high, low, volume. */
import { headOf } from '../head.ts';
import type { OhlcvReader } from '../reader.ts';
import { readCsvBars } from './csv-bars.ts';
import { headerlessLayout, headerlessRows, isEpoch } from './headerless-bars.ts';

const FIELDS = 6;

export const bitfinex: OhlcvReader = {
  role: 'ohlcv',
  name: 'bitfinex',
  detect: (head) => {
    const found = headerlessRows(head, FIELDS);
    if (found === null || !isEpoch(found.first[0] ?? 0)) return null;
    const only = found.orders.includes('ochl') && !found.orders.includes('ohlc');
    return only
      ? `6 columns without a header; in ${found.rows} rows only time,open,close,high,low,volume keeps the high highest and the low lowest`
      : null;
  },
  read: (source, options) => readCsvBars(source, headerlessLayout(headOf(source), FIELDS, 'ochl'), options),
};
