/** BitMEX trade buckets: stamped by their end, each open the close before it; told by the columns vwap and turnover. */
import { fieldsOf } from '../csv/layout.ts';
import type { OhlcvReader } from '../reader.ts';
import { plainName } from './columns.ts';
import { readCsvBars } from './csv-bars.ts';
import { headeredLayout, headerLine } from './headered-bars.ts';

export const bitmex: OhlcvReader = {
  role: 'ohlcv',
  name: 'bitmex',
  detect: (head) => {
    const at = headerLine(head);
    const names = fieldsOf(head.lines[at] ?? '').map(plainName);
    const own = at >= 0 && ['trades', 'vwap', 'turnover'].every((name) => names.includes(name));
    return own ? 'the columns trades, vwap and turnover of BitMEX buckets' : null;
  },
  read: (source, options) => readCsvBars(source, headeredLayout(source, true), options),
};
