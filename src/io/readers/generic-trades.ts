/** CSV trades with a header in any order and the usual names, or `time,price,amount,side` without one. */
import { fieldsOf, isNumeric } from '../csv/layout.ts';
import { type Head, headOf } from '../head.ts';
import type { TicksReader } from '../reader.ts';
import { haveTicks } from './columns.ts';
import { readCsvTicks, type TickLayout } from './csv-ticks.ts';
import { headeredTicks } from './headered-ticks.ts';

export const genericTrades: TicksReader = {
  role: 'ticks',
  name: 'generic-trades',
  detect: (head) => {
    if (haveTicks(fieldsOf(head.lines[0] ?? ''))) return 'a header with time, price and quantity';
    return bareLayout(head) === null
      ? null
      : '4 columns without a header: a time, a price, an amount and a side';
  },
  read: (source, options) =>
    readCsvTicks(source, bareLayout(headOf(source)) ?? headeredTicks(source), options),
};

function bareLayout(head: Head): TickLayout | null {
  const fields = fieldsOf(head.lines[0] ?? '', ',');
  if (fields.length !== 4 || !isNumeric(fields.slice(0, 3)) || Number(fields[0]) < 1e8) return null;
  if (!/^(any|buy|sell|b|s|bid|ask)$/i.test(fields[3] ?? '')) return null;
  return {
    delimiter: ',',
    skip: 0,
    fields: 4,
    places: { time: 0, price: 1, qty: 2, side: 3, buyerMaker: -1 },
    symbolPlace: -1,
  };
}
