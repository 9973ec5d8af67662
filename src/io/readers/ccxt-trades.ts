/**
 * Trades as ccxt's fetchTrades returns them: a JSON array of objects with `timestamp` (ms), `price`, `amount`, `side`
 * (the taker's) and `symbol`. Lines are row numbers, 1-based.
 */
import { firstRows } from '../json-rows.ts';
import type { TicksReader } from '../reader.ts';
import { rawTicksOf, sideRule } from './cells.ts';
import { jsonCells } from './json-cells.ts';
import { jsonSide } from './side.ts';
import { beforeOffset } from './time-offset.ts';

const fields = {
  timestamp: { key: 'timestamp' },
  price: { key: 'price' },
  amount: { key: 'amount' },
  side: { key: 'side', read: jsonSide, rule: sideRule },
};

export const ccxtTrades: TicksReader = {
  role: 'ticks',
  name: 'ccxt-trades',
  detect: ({ text }) =>
    text !== null && firstRows(text, 20).some(isTrade)
      ? 'a JSON array of objects with timestamp, price and amount, as ccxt writes them'
      : null,
  read: async (source, { timeOffset }) => {
    const { columns, symbols } = await jsonCells(source, { fields, width: null, symbolKey: 'symbol' });
    const { timestamp, price, amount, side } = columns;
    const named = symbols.some((symbol) => symbol !== null) ? symbols : null;
    return rawTicksOf({
      time: beforeOffset(timestamp, timeOffset),
      price,
      qty: amount,
      side,
      symbols: named,
    });
  },
};

function isTrade(text: string): boolean {
  try {
    const row: unknown = JSON.parse(text);
    return typeof row === 'object' && row !== null && 'timestamp' in row && 'price' in row && 'amount' in row;
  } catch {
    return false;
  }
}
