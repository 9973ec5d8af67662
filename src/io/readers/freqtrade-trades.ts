/**
 * Trades as freqtrade's JSON store keeps them: a JSON array of `[time in ms, id, type, side, price, amount, cost]`,
 * the side being the taker's. Lines are row numbers, 1-based.
 */
import { firstRows } from '../json-rows.ts';
import type { TicksReader } from '../reader.ts';
import { rawTicksOf, sideRule } from './cells.ts';
import { jsonCells } from './json-cells.ts';
import { jsonSide } from './side.ts';
import { beforeOffset } from './time-offset.ts';

const fields = {
  time: { key: 0 },
  price: { key: 4 },
  amount: { key: 5 },
  side: { key: 3, read: jsonSide, rule: sideRule },
};
const WIDTH = 7;

export const freqtradeTrades: TicksReader = {
  role: 'ticks',
  name: 'freqtrade-trades',
  detect: ({ text }) =>
    text !== null && firstRows(text, 20).some(isTrade)
      ? 'a JSON array of [ms, id, type, side, price, amount, cost] rows, as freqtrade writes them'
      : null,
  read: async (source, { timeOffset }) => {
    const { time, price, amount, side } = (await jsonCells(source, { fields, width: WIDTH })).columns;
    return rawTicksOf({ time: beforeOffset(time, timeOffset), price, qty: amount, side, symbols: null });
  },
};

function isTrade(text: string): boolean {
  try {
    const row: unknown = JSON.parse(text);
    return Array.isArray(row) && row.length === WIDTH && (row[3] === 'buy' || row[3] === 'sell');
  } catch {
    return false;
  }
}
