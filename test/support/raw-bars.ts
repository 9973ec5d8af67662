import type { RawBars, RowFault } from '../../src/market/raw.ts';

/** [time, open, high, low, close, volume] */
export type BarRow = readonly [
  time: number,
  open: number,
  high: number,
  low: number,
  close: number,
  volume: number,
];

export const HOUR = 3_600_000;
/** 2024-01-01 00:00 UTC, a Monday. */
export const START = 1_704_067_200_000;

/** What a reader would hand over: the first row stands on line 2, below a header. */
export function rawBars(rows: readonly BarRow[], more: Partial<RawBars> = {}): RawBars {
  const column = (at: number): Float64Array => Float64Array.from(rows, (row) => row[at] ?? Number.NaN);
  return {
    symbol: null,
    length: rows.length,
    time: column(0),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
    line: (row) => row + 2,
    faults: [] as RowFault[],
    findings: [],
    stampIsEnd: null,
    ...more,
  };
}

/**
 * Clean bars of `interval`: a market that walks up and down within a few percent of 100, each bar with a body and
 * two wicks, and no open that equals the close before it.
 */
export function cleanRows(count: number, interval = HOUR, from = START): BarRow[] {
  return Array.from({ length: count }, (_, i): BarRow => {
    const middle = 100 + 3 * Math.sin(i / 5) + Math.cos(i * 1.7);
    const open = middle - 0.25;
    const close = middle + (i % 3 === 0 ? -0.5 : 0.5);
    return [from + i * interval, open, middle + 1, middle - 1, close, 10 + (i % 7)];
  });
}

/** The same rows with one of them changed. */
export function withRow(rows: readonly BarRow[], at: number, change: (row: BarRow) => BarRow): BarRow[] {
  return rows.map((row, i) => (i === at ? change(row) : row));
}
