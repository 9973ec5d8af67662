/** Bybit's public trades: timestamp in seconds with a fraction, symbol, side, size, price, tickDirection, trdMatchID, ... */
import { fieldsOf } from '../csv/layout.ts';
import { headOf } from '../head.ts';
import type { TicksReader } from '../reader.ts';
import type { Source } from '../source.ts';
import { haveTicks, plainName } from './columns.ts';
import { readCsvTicks, type TickLayout } from './csv-ticks.ts';
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
  read: (source, options) => readCsvTicks(source, layoutOf(source), options),
};

/**
 * `size` is in base units for linear contracts and in contracts of 1 USD for inverse ones, whose `foreignNotional` is
 * size / price: the base quantity. (For linear contracts it is size x price.)
 */
function layoutOf(source: Source): TickLayout {
  const layout = headeredTicks(source);
  const [header = '', first = ''] = headOf(source).lines;
  const foreign = fieldsOf(header).map(plainName).indexOf('foreignnotional');
  const row = fieldsOf(first, layout.delimiter).map(Number);
  const { price, qty } = layout.places;
  const [notional = Number.NaN, size = Number.NaN] = [row[foreign], row[qty]];
  const isInverse = Math.abs(notional * (row[price] ?? Number.NaN) - size) <= 1e-6 * size;
  return isInverse ? { ...layout, places: { ...layout.places, qty: foreign } } : layout;
}
