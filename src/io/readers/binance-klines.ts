/**
 * Binance Vision klines: 12 columns (open time, open, high, low, close, volume, close time, quote volume, count, taker
 * volumes, ignore), with a header or none, times in milliseconds, in microseconds since 2025.
 */
import { fieldsOf, isNumeric } from '../csv/layout.ts';
import type { Head } from '../head.ts';
import { headOf } from '../head.ts';
import type { OhlcvReader } from '../reader.ts';
import { plainName } from './columns.ts';
import { readCsvBars } from './csv-bars.ts';

const FIELDS = 12;
const places = { time: 0, open: 1, high: 2, low: 3, close: 4, volume: 5 };

export const binanceKlines: OhlcvReader = {
  role: 'ohlcv',
  name: 'binance-klines',
  detect: (head) => {
    if (hasHeader(head)) return 'the 12 columns open_time to ignore of Binance klines in the header';
    const fields = fieldsOf(head.lines[0] ?? '', ',');
    // The close time is the last instant before the next open, in the unit of the open time.
    const [open = 0, close = 0] = [Number(fields[0]), Number(fields[6])];
    const own = fields.length === FIELDS && isNumeric(fields) && close > open && close - open < open / 100;
    return own ? '12 numeric columns without a header, the seventh a close time, as in Binance klines' : null;
  },
  read: (source, options) =>
    readCsvBars(
      source,
      {
        delimiter: ',',
        skip: hasHeader(headOf(source)) ? 1 : 0,
        fields: FIELDS,
        places,
        symbolPlace: -1,
        stampIsEnd: false,
      },
      options,
    ),
};

function hasHeader(head: Head): boolean {
  const names = fieldsOf(head.lines[0] ?? '', ',').map(plainName);
  return names.length === FIELDS && names[0] === 'opentime' && names[6] === 'closetime';
}
