/**
 * Bars without a header and without a name: the order of the columns shows in the prices themselves, since the high is
 * the highest and the low the lowest of each row.
 */
import { delimiterOf, fieldsOf, isNumeric } from '../csv/layout.ts';
import type { Head } from '../head.ts';
import type { BarLayout } from './csv-bars.ts';

/** `ohlc`: open, high, low, close; `ochl`: open, close, high, low (Bitfinex). */
export type ColumnOrder = 'ohlc' | 'ochl';

export type Headerless = {
  readonly fields: number;
  readonly first: readonly number[];
  readonly rows: number;
  /** The order that most rows allow, both where they allow both alike, none where a tenth of the rows allow neither. */
  readonly orders: readonly ColumnOrder[];
};

const orders: readonly ColumnOrder[] = ['ohlc', 'ochl'];
const ROWS_MAX = 2000;
/** Rows that cannot be right fit no order; they must not hide the order of all others. */
const FITTING_MIN = 0.9;

/** The numeric rows of a head with `fields` columns; null where the head is something else. */
export function headerlessRows(head: Head, fields: number): Headerless | null {
  if (head.text === null || head.lines.length === 0) return null;
  const delimiter = delimiterOf(head.lines[0] ?? '');
  const lines = head.text.split('\n').slice(0, ROWS_MAX);
  // The last line of a head may be half a line.
  const rows = lines.slice(0, Math.max(1, lines.length - 1)).map((line) => fieldsOf(line, delimiter));
  const first = rows[0] ?? [];
  if (first.length !== fields || !isNumeric(first)) return null;
  const numeric = rows.filter((row) => row.length === fields && isNumeric(row)).map((row) => row.map(Number));
  const counts = orders.map((order) => numeric.filter((row) => fits(row, order)).length);
  const best = Math.max(...counts);
  const isClear = best >= FITTING_MIN * numeric.length;
  const allowed = orders.filter((_, i) => isClear && counts[i] === best);
  return { fields, first: first.map(Number), rows: numeric.length, orders: allowed };
}

function fits(row: readonly number[], order: ColumnOrder): boolean {
  const [, a = 0, b = 0, c = 0, d = 0] = row;
  const [high, low] = order === 'ohlc' ? [b, c] : [c, d];
  return high >= Math.max(a, b, c, d) && low <= Math.min(a, b, c, d);
}

/** Whether a number is an epoch of a time since 1973, in any unit. */
export function isEpoch(value: number): boolean {
  return value >= 1e8;
}

export function headerlessLayout(head: Head, fields: number, order: ColumnOrder): BarLayout {
  const places =
    order === 'ohlc'
      ? { time: 0, open: 1, high: 2, low: 3, close: 4, volume: 5 }
      : { time: 0, open: 1, close: 2, high: 3, low: 4, volume: 5 };
  return {
    delimiter: delimiterOf(head.lines[0] ?? ''),
    skip: 0,
    fields,
    places,
    symbolPlace: -1,
    stampIsEnd: null,
  };
}
