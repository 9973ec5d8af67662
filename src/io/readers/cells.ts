/**
 * From columns of cells, some of which are no numbers, to the raw columns of the house: rows with such a cell become
 * faults and stand in no column, all others stay as they are.
 */
import type { RawBars, RawTicks, RowFault } from '../../market/raw.ts';
import type { ErrorCode } from '../../model/errors.ts';

/** What is wrong with a cell, or with its whole row. */
export type Trouble = {
  readonly code: ErrorCode;
  readonly message: string;
  /** The cell holds nothing at all, as every cell does in a column that a source carries along without having it. */
  readonly isNull: boolean;
};

/** What a cell must hold, and the code of a cell that does not. */
export type Rule = { readonly code: ErrorCode; readonly must: string };

export const numberRule: Rule = { code: 'ROW_NUMBER', must: 'a finite number' };
export const timeRule: Rule = { code: 'ROW_TIME', must: 'a time stamp' };
export const sideRule: Rule = { code: 'ROW_VALUE', must: 'buy or sell' };
export const makerRule: Rule = { code: 'ROW_VALUE', must: 'true or false' };

/** A cell that does not hold what it must. */
export function breach(column: string, value: unknown, { code, must }: Rule): Trouble {
  const isNull = value === null || value === undefined;
  const isPlain = typeof value === 'number' || typeof value === 'boolean';
  const text =
    typeof value === 'string' ? `"${value.slice(0, 40)}"` : isPlain ? `${value}` : `a ${typeof value}`;
  return { code, message: `${column} must be ${must}, was ${isNull ? 'null' : text}`, isNull };
}

/** One column; where `troubles` names a row (0-based), the value there means nothing. */
export type Cells = { readonly values: Float64Array; readonly troubles: ReadonlyMap<number, Trouble> };

export type BarCells = {
  readonly time: Cells;
  readonly open: Cells;
  readonly high: Cells;
  readonly low: Cells;
  readonly close: Cells;
  /** Null where the source has none, which makes it 0. */
  readonly volume: Cells | null;
  /** One for each row; null where the source has no such column. */
  readonly symbols: readonly (string | null)[] | null;
};

export type TickCells = {
  readonly time: Cells;
  readonly price: Cells;
  readonly qty: Cells;
  /** +1, -1, or 0 where the source does not say. */
  readonly side: Cells | null;
  readonly symbols: readonly (string | null)[] | null;
};

const PRICES = ['open', 'high', 'low', 'close'] as const;

/** Bars, one entry a symbol in the order in which the symbols first come. Lines are row numbers, 1-based. */
export function rawBarsOf(cells: BarCells): RawBars[] {
  const volume = cells.volume === null || isAbsent(cells.volume) ? null : cells.volume;
  const needed = [cells.time, ...PRICES.map((price) => cells[price]), ...(volume === null ? [] : [volume])];
  return bySymbol(cells.time.values.length, needed, cells.symbols).map(({ symbol, rows, faults }) => ({
    ...common(cells.time, { symbol, rows, faults }),
    open: taken(cells.open, rows),
    high: taken(cells.high, rows),
    low: taken(cells.low, rows),
    close: taken(cells.close, rows),
    volume: volume === null ? new Float64Array(rows.length) : taken(volume, rows),
    stampIsEnd: null,
  }));
}

/** Trades, one entry a symbol in the order in which the symbols first come. Lines are row numbers, 1-based. */
export function rawTicksOf(cells: TickCells): RawTicks[] {
  const { time, price, qty, side } = cells;
  const needed = [time, price, qty, ...(side === null ? [] : [side])];
  return bySymbol(time.values.length, needed, cells.symbols).map(({ symbol, rows, faults }) => ({
    ...common(time, { symbol, rows, faults }),
    price: taken(price, rows),
    qty: taken(qty, rows),
    side: side === null ? new Int8Array(rows.length) : Int8Array.from(taken(side, rows)),
  }));
}

type Part = {
  readonly symbol: string | null;
  /** The rows without trouble, 0-based, ascending. */
  readonly rows: Uint32Array;
  readonly faults: readonly RowFault[];
};

function common(time: Cells, { symbol, rows, faults }: Part) {
  const line = (row: number): number | null => {
    const at = rows[row];
    return at === undefined ? null : at + 1;
  };
  return { symbol, length: rows.length, time: taken(time, rows), line, faults, findings: [] };
}

/** A column in which every single cell is null is one that the source does not have. */
function isAbsent(cells: Cells): boolean {
  const { troubles, values } = cells;
  return troubles.size === values.length && [...troubles.values()].every((trouble) => trouble.isNull);
}

function taken({ values }: Cells, rows: Uint32Array): Float64Array {
  if (rows.length === values.length) return values;
  const kept = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i += 1) kept[i] = values[rows[i]!]!;
  return kept;
}

function bySymbol(length: number, needed: readonly Cells[], symbols: BarCells['symbols']): Part[] {
  const troubles = new Map<number, Trouble>();
  for (const cells of needed) {
    for (const [row, trouble] of cells.troubles) if (!troubles.has(row)) troubles.set(row, trouble);
  }
  if (symbols === null) return [partOf(null, rowsWithout(length, troubles), troubles)];
  const missing: Trouble = {
    code: 'SYMBOL_UNKNOWN',
    message: 'the symbol must be a text, was null',
    isNull: true,
  };
  const rowsOf = new Map<string, number[]>();
  const troublesOf = new Map<string, Map<number, Trouble>>();
  // A row without a symbol is a fault of the symbol before it, so that it is told once and lost nowhere.
  let last = symbols.find((symbol) => symbol !== null) ?? '';
  for (let row = 0; row < length; row += 1) {
    const symbol = symbols[row] ?? null;
    last = symbol ?? last;
    const trouble = symbol === null ? missing : troubles.get(row);
    if (!rowsOf.has(last)) rowsOf.set(last, []);
    if (trouble === undefined) rowsOf.get(last)?.push(row);
    else troublesOf.set(last, (troublesOf.get(last) ?? new Map()).set(row, trouble));
  }
  return [...rowsOf].map(([symbol, rows]) =>
    partOf(symbol === '' ? null : symbol, Uint32Array.from(rows), troublesOf.get(symbol) ?? new Map()),
  );
}

function rowsWithout(length: number, troubles: ReadonlyMap<number, Trouble>): Uint32Array {
  const rows = new Uint32Array(length - troubles.size);
  let count = 0;
  for (let row = 0; row < length; row += 1) if (!troubles.has(row)) rows[count++] = row;
  return rows;
}

function partOf(symbol: string | null, rows: Uint32Array, troubles: ReadonlyMap<number, Trouble>): Part {
  const faults = [...troubles]
    .sort(([a], [b]) => a - b)
    .map(([row, { code, message }]) => ({ line: row + 1, code, message }));
  return { symbol, rows, faults };
}
