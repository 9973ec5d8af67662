/** Bars and trades from the table of an Arrow or Parquet file; columns go by name, lines are row numbers, 1-based. */
import type { RawBars, RawTicks } from '../../market/raw.ts';
import { DataError } from '../../model/errors.ts';
import type { BinaryColumn, BinaryTable } from '../binary-table.ts';
import type { ReadOptions } from '../reader.ts';
import type { Source } from '../source.ts';
import {
  breach,
  type Cells,
  makerRule,
  numberRule,
  rawBarsOf,
  rawTicksOf,
  sideRule,
  type Trouble,
  timeRule,
} from './cells.ts';
import { ohlcvColumns, placesOf, ticksColumns } from './columns.ts';
import { sideOf, sideOfBuyerMaker } from './side.ts';
import { stampOf } from './stamp.ts';
import { beforeOffset } from './time-offset.ts';

type Open = (source: Source) => Promise<BinaryTable>;

/** Reads a table of bars. @throws DataError FILE_FORMAT where a column is missing */
export async function readBars(open: Open, source: Source, { timeOffset }: ReadOptions): Promise<RawBars[]> {
  const table = await open(source);
  const places = placesOf(table.names, ohlcvColumns);
  refuseMissing(places, ['time', 'open', 'high', 'low', 'close'], { table, source });
  const columns = await columnsAt(table, places);
  return rawBarsOf({
    time: beforeOffset(cellsOf(columns.time, stampIn, timeRule), timeOffset),
    open: cellsOf(columns.open, numberOf),
    high: cellsOf(columns.high, numberOf),
    low: cellsOf(columns.low, numberOf),
    close: cellsOf(columns.close, numberOf),
    volume: columns.volume === undefined ? null : cellsOf(columns.volume, numberOf),
    symbols: textsOf(columns.symbol),
  });
}

/** Reads a table of trades. @throws DataError FILE_FORMAT where a column is missing */
export async function readTicks(
  open: Open,
  source: Source,
  { timeOffset }: ReadOptions,
): Promise<RawTicks[]> {
  const table = await open(source);
  const places = placesOf(table.names, ticksColumns);
  refuseMissing(places, ['time', 'price', 'qty'], { table, source });
  const columns = await columnsAt(table, places);
  const maker = columns.buyerMaker;
  const side =
    columns.side === undefined ? null : cellsOf(columns.side, (value) => sideIn(value, sideOf), sideRule);
  return rawTicksOf({
    time: beforeOffset(cellsOf(columns.time, stampIn, timeRule), timeOffset),
    price: cellsOf(columns.price, numberOf),
    qty: cellsOf(columns.qty, numberOf),
    side: maker === undefined ? side : cellsOf(maker, (value) => sideIn(value, sideOfBuyerMaker), makerRule),
    symbols: textsOf(columns.symbol),
  });
}

type Places<C extends string> = Readonly<Record<C, number>>;

function refuseMissing<C extends string>(
  places: Places<C>,
  needed: readonly C[],
  { table, source }: { readonly table: BinaryTable; readonly source: Source },
): void {
  const place = { file: source.path };
  if (!needed.every((column) => places[column] >= 0)) {
    const had = table.names.map((name) => `"${name}"`).join(', ');
    const message = `a table must have columns for ${needed.join(', ')}, had ${had || 'none'}`;
    throw new DataError({ code: 'FILE_FORMAT', message, place });
  }
  if (table.rows > 0) return;
  throw new DataError({ code: 'FILE_EMPTY', message: 'a table must hold rows, held none', place });
}

/** The columns by what they mean; undefined where the table has no such column. */
async function columnsAt<C extends string>(
  table: BinaryTable,
  places: Places<C>,
): Promise<Readonly<Record<C, BinaryColumn | undefined>>> {
  const found = Object.entries<number>(places).filter(([, place]) => place >= 0);
  const columns = await table.read(found.map(([, place]) => place));
  return Object.fromEntries(found.map(([name], i) => [name, columns[i]])) as Record<
    C,
    BinaryColumn | undefined
  >;
}

/** A value as a number, or null where it is none. */
type ReadCell = (value: unknown, column: BinaryColumn) => number | null;

function cellsOf(column: BinaryColumn | undefined, read: ReadCell, rule = numberRule): Cells {
  if (column === undefined) return { values: new Float64Array(), troubles: new Map() };
  // Doubles without nulls, the usual case by far, are taken as they are.
  if (column.values instanceof Float64Array && column.toMs === null) {
    return { values: column.values, troubles: new Map() };
  }
  const numbers: number[] = [];
  const troubles = new Map<number, Trouble>();
  for (const value of column.values) {
    const number = read(value, column);
    if (number === null) troubles.set(numbers.length, breach(column.name, value, rule));
    numbers.push(number ?? Number.NaN);
  }
  return { values: Float64Array.from(numbers), troubles };
}

function numberOf(value: unknown, { scale }: BinaryColumn): number | null {
  if (scale !== null) return decimalOf(value, scale);
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  const text = textIn(value)?.trim() ?? '';
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : null;
}

/** The double nearest to a decimal: written out and read once, so that it is rounded once. */
function decimalOf(value: unknown, scale: number): number | null {
  const unscaled = value instanceof Uint8Array ? signedOf(value) : value;
  if (typeof unscaled !== 'bigint' && typeof unscaled !== 'number') return null;
  return Number(`${unscaled}e${-scale}`);
}

/** A whole number in two's complement, the first byte the highest. */
function signedOf(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = value * 256n + BigInt(byte);
  return BigInt.asIntN(bytes.length * 8, value);
}

/** A stamp with its own unit in ms; a bare number as it is, but ns in ms, because a double does not hold them. */
function stampIn(value: unknown, column: BinaryColumn): number | null {
  const { toMs } = column;
  if (typeof value === 'bigint' && toMs === null) {
    const isNanos = value > BigInt(Number.MAX_SAFE_INTEGER);
    return isNanos ? Number(value / 1_000_000n) + Number(value % 1_000_000n) / 1e6 : Number(value);
  }
  if (typeof value === 'number' || typeof value === 'bigint')
    return toMs === null ? Number(value) : toMs(value);
  const text = textIn(value);
  if (text === null) return null;
  const stamp = stampOf(text);
  return Number.isNaN(stamp) ? null : stamp;
}

function sideIn(value: unknown, read: (text: string) => number | null): number | null {
  if (value === null || value === undefined) return 0;
  return read(textIn(value) ?? String(value));
}

function textsOf(column: BinaryColumn | undefined): (string | null)[] | null {
  return column === undefined ? null : Array.from(column.values, textIn);
}

function textIn(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : null;
}
