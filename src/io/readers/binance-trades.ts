/**
 * Binance trades: id, price, qty, [quote qty,] time, is_buyer_maker, with the venue's header, without one, or with the
 * names that exporters give them.
 */
import { fieldsOf, isNumeric } from '../csv/layout.ts';
import { type Head, headOf } from '../head.ts';
import type { TicksReader } from '../reader.ts';
import { haveTicks, placesOf, plainName, ticksColumns } from './columns.ts';
import { readCsvTicks, type TickLayout } from './csv-ticks.ts';
import { headeredTicks } from './headered-ticks.ts';

const ids = ['id', 'tradeid'];
const flag = /^(true|false)$/i;

export const binanceTrades: TicksReader = {
  role: 'ticks',
  name: 'binance-trades',
  detect: (head) => {
    const names = fieldsOf(head.lines[0] ?? '');
    const ownNames = ids.includes(plainName(names[0] ?? '')) && placesOf(names, ticksColumns).buyerMaker >= 0;
    if (ownNames && haveTicks(names))
      return 'a trade id first and a buyer-maker flag in the header, as in Binance trades';
    const bare = bareLayout(head);
    return bare === null ? null : 'a row of id, price, qty, time and a buyer-maker flag without a header';
  },
  read: (source, options) =>
    readCsvTicks(source, bareLayout(headOf(source)) ?? headeredTicks(source), options),
};

/**
 * Spot files have a quote quantity before and a best-match flag behind; older futures files have neither. COIN-M files
 * have the base quantity in the place of the quote quantity, and contracts before it.
 */
function bareLayout(head: Head): TickLayout | null {
  const fields = fieldsOf(head.lines[0] ?? '', ',');
  const maker = fields.findIndex((field) => flag.test(field));
  if (maker < 4 || maker > 5 || fields.length > maker + 2 || !isNumeric(fields.slice(0, maker))) return null;
  const [, price = 0, qty = 0, next = 0] = fields.map(Number);
  // The venue rounds the quote quantity to eight places; a base quantity is smaller by the square of the price.
  const isQuoteNext = Math.abs(next - price * qty) <= 1e-3 * price * qty + 1e-8;
  return {
    delimiter: ',',
    skip: 0,
    fields: fields.length,
    places: {
      time: maker - 1,
      price: 1,
      qty: isQuoteNext || maker === 4 ? 2 : 3,
      side: -1,
      buyerMaker: maker,
    },
    symbolPlace: -1,
  };
}
