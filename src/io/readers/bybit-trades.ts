/** Bybit's public trades: timestamp in seconds with a fraction, symbol, side, size, price, tickDirection, trdMatchID, ... */
import { fieldsOf } from '../csv/layout.ts';
import type { TicksReader } from '../reader.ts';
import { haveTicks, plainName } from './columns.ts';
import { readCsvTicks } from './csv-ticks.ts';
import { headeredTicks } from './headered-ticks.ts';

export const bybitTrades: TicksReader = {
  role: 'ticks',
  name: 'bybit-trades',
  detect: (head) => {
    const names = fieldsOf(head.lines[0] ?? '');
    const plain = names.map(plainName);
    const own = haveTicks(names) && plain.includes('tickdirection') && plain.includes('trdmatchid');
    return own ? 'the columns tickDirection and trdMatchID of Bybit public trades' : null;
  },
  read: (source, options) => readCsvTicks(source, headeredTicks(source), options),
};
