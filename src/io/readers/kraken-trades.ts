/** Kraken's trade archive: no header; seconds, price, volume. */
import { fieldsOf, isNumeric } from '../csv/layout.ts';
import type { TicksReader } from '../reader.ts';
import { readCsvTicks } from './csv-ticks.ts';

export const krakenTrades: TicksReader = {
  role: 'ticks',
  name: 'kraken-trades',
  detect: (head) => {
    const fields = fieldsOf(head.lines[0] ?? '', ',');
    const seconds = Number(fields[0]);
    const own = fields.length === 3 && isNumeric(fields) && seconds >= 1e8 && seconds < 1e11;
    return own ? '3 columns without a header: seconds, price and volume, as in Kraken trades' : null;
  },
  read: (source, options) =>
    readCsvTicks(
      source,
      {
        delimiter: ',',
        skip: 0,
        fields: 3,
        places: { time: 0, price: 1, qty: 2, side: -1, buyerMaker: -1 },
        symbolPlace: -1,
      },
      options,
    ),
};
