/** Binance aggTrades: id, price, quantity, first and last trade id, time, is_buyer_maker, with a header or none. */
import { fieldsOf, isNumeric } from '../csv/layout.ts';
import { type Head, headOf } from '../head.ts';
import type { TicksReader } from '../reader.ts';
import { plainName } from './columns.ts';
import { readCsvTicks, type TickLayout } from './csv-ticks.ts';
import { headeredTicks } from './headered-ticks.ts';

export const binanceAggTrades: TicksReader = {
  role: 'ticks',
  name: 'binance-agg-trades',
  detect: (head) => {
    const names = fieldsOf(head.lines[0] ?? '', ',').map(plainName);
    if (names[0] === 'aggtradeid') return 'an agg_trade_id column, as in Binance aggTrades';
    return bareLayout(head) === null
      ? null
      : 'a row of Binance aggTrades without a header: first and last trade id before the time';
  },
  read: (source, options) =>
    readCsvTicks(source, bareLayout(headOf(source)) ?? headeredTicks(source), options),
};

function bareLayout(head: Head): TickLayout | null {
  const fields = fieldsOf(head.lines[0] ?? '', ',');
  if (fields.length < 7 || fields.length > 8 || !isNumeric(fields.slice(0, 6))) return null;
  const [first = 0, last = 0] = [Number(fields[3]), Number(fields[4])];
  if (!/^(true|false)$/i.test(fields[6] ?? '') || last < first) return null;
  return {
    delimiter: ',',
    skip: 0,
    fields: fields.length,
    places: { time: 5, price: 1, qty: 2, side: -1, buyerMaker: 6 },
    symbolPlace: -1,
  };
}
