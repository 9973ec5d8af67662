/** Yahoo Finance's history: an `Adj Close` beside the close that traded; rows of a day without data hold `null`. */
import { fieldsOf } from '../csv/layout.ts';
import type { OhlcvReader } from '../reader.ts';
import { plainName } from './columns.ts';
import { readCsvBars } from './csv-bars.ts';
import { headeredLayout, headerLine } from './headered-bars.ts';

export const yahoo: OhlcvReader = {
  role: 'ohlcv',
  name: 'yahoo',
  detect: (head) => {
    const at = headerLine(head);
    const names = fieldsOf(head.lines[at] ?? '').map(plainName);
    return at >= 0 && names.includes('adjclose') ? 'an Adj Close column, as Yahoo Finance writes it' : null;
  },
  read: (source, options) => readCsvBars(source, headeredLayout(source), options),
};
