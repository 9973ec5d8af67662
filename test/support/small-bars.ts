import type { Bars } from '../../src/market/bars.ts';
import type { Ticks } from '../../src/market/ticks.ts';

/** time, open, high, low, close[, volume] */
export type BarRow = readonly [
  time: number,
  open: number,
  high: number,
  low: number,
  close: number,
  volume?: number,
];

/** Bars written out row by row. */
export function barsOf(symbol: string, interval: number, rows: readonly BarRow[]): Bars {
  const column = (at: number): Float64Array => Float64Array.from(rows, (row) => row[at] ?? 0);
  return {
    symbol,
    interval,
    time: column(0),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
  };
}

/** Prints written out as [time, price]. */
export function ticksOf(symbol: string, rows: readonly (readonly [time: number, price: number])[]): Ticks {
  return {
    symbol,
    time: Float64Array.from(rows, ([time]) => time),
    price: Float64Array.from(rows, ([, price]) => price),
    qty: new Float64Array(rows.length).fill(1),
    side: new Int8Array(rows.length),
  };
}
