/**
 * Bars as ccxt's fetchOHLCV returns them and freqtrade's JSON store keeps them, one form for both: a JSON array of
 * `[time in ms, open, high, low, close, volume]`. Lines are row numbers, 1-based.
 */
import type { Head } from '../head.ts';
import { firstRows } from '../json-rows.ts';
import type { OhlcvReader } from '../reader.ts';
import { rawBarsOf } from './cells.ts';
import { jsonCells } from './json-cells.ts';
import { beforeOffset } from './time-offset.ts';

const fields = {
  time: { key: 0 },
  open: { key: 1 },
  high: { key: 2 },
  low: { key: 3 },
  close: { key: 4 },
  volume: { key: 5 },
};
const WIDTH = 6;

export const ccxtOhlcv: OhlcvReader = {
  role: 'ohlcv',
  name: 'ccxt-ohlcv',
  detect: (head: Head) =>
    head.text !== null && firstRows(head.text, 20).some(isCandle)
      ? 'a JSON array of [ms, open, high, low, close, volume] rows, as ccxt and freqtrade write them'
      : null,
  read: async (source, { timeOffset }) => {
    const { columns } = await jsonCells(source, { fields, width: WIDTH });
    return rawBarsOf({ ...columns, time: beforeOffset(columns.time, timeOffset), symbols: null });
  },
};

/** A row of the right length with prices in it: freqtrade keeps funding rates in this form, with zeros behind the rate. */
function isCandle(text: string): boolean {
  try {
    const row: unknown = JSON.parse(text);
    if (!Array.isArray(row) || row.length !== WIDTH) return false;
    return (
      typeof row[0] === 'number' && row.slice(2, 5).some((price) => typeof price === 'number' && price !== 0)
    );
  } catch {
    return false;
  }
}
