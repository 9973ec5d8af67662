/** CSV bars with a header in any order and the usual names. */
import type { OhlcvReader } from '../reader.ts';
import { readCsvBars } from './csv-bars.ts';
import { headeredLayout, headerLine } from './headered-bars.ts';

export const genericOhlcv: OhlcvReader = {
  role: 'ohlcv',
  name: 'generic-ohlcv',
  detect: (head) => {
    const at = headerLine(head);
    return at === -1 ? null : `a header with time, open, high, low and close in line ${at + 1}`;
  },
  read: (source, options) => readCsvBars(source, headeredLayout(source), options),
};
