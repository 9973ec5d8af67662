/** Columns from the rows of a JSON array, be they lists or objects; what is no finite number becomes a trouble. */
import { readRows } from '../json-rows.ts';
import type { Source } from '../source.ts';
import { breach, type Cells, numberRule, type Rule, type Trouble } from './cells.ts';

export type JsonField = {
  /** The position in a list, or the key of an object. */
  readonly key: number | string;
  /** For fields that are not written as numbers; null where the value has no meaning. */
  readonly read?: (value: unknown) => number | null;
  /** What the value must be, where that is not a finite number. */
  readonly rule?: Rule;
};

export type JsonForm<F extends string> = {
  /** By the name that messages call them. */
  readonly fields: Readonly<Record<F, JsonField>>;
  /** How many values a row that is a list must have; null for rows that are objects. */
  readonly width: number | null;
  /** The key of a text that names the symbol. */
  readonly symbolKey?: string;
};

export type JsonCells<F extends string> = {
  readonly columns: Readonly<Record<F, Cells>>;
  readonly symbols: readonly (string | null)[];
};

type Column = JsonField & {
  readonly name: string;
  values: Float64Array;
  readonly troubles: Map<number, Trouble>;
};

/** Reads all rows; a row that is none of this form is a trouble of the first field. */
export async function jsonCells<F extends string>(source: Source, form: JsonForm<F>): Promise<JsonCells<F>> {
  const columns: Column[] = Object.entries<JsonField>(form.fields).map(([name, field]) => {
    return { ...field, name, values: new Float64Array(1024), troubles: new Map() };
  });
  const symbols: (string | null)[] = [];
  const rows = await readRows(source, (text, row) => {
    const content = rowOf(text, form.width);
    if (isRow(content)) for (const column of columns) put(column, row, content.row[column.key]);
    else columns[0]?.troubles.set(row, content);
    const symbol = isRow(content) && form.symbolKey !== undefined ? content.row[form.symbolKey] : null;
    symbols.push(typeof symbol === 'string' ? symbol : null);
  });
  const named = columns.map(({ name, values, troubles }) => {
    return [name, { values: sized(values, rows), troubles }];
  });
  return { columns: Object.fromEntries(named), symbols };
}

function put(column: Column, row: number, value: unknown): void {
  const number = column.read === undefined ? value : column.read(value);
  if (typeof number === 'number' && Number.isFinite(number)) {
    if (row >= column.values.length) column.values = sized(column.values, 2 * row);
    column.values[row] = number;
  } else column.troubles.set(row, breach(column.name, value, column.rule ?? numberRule));
}

type Row = { readonly row: Readonly<Record<number | string, unknown>> };

function isRow(value: Row | Trouble): value is Row {
  return 'row' in value;
}

/** The values of a row by position or key; a trouble where it is no row of this form. */
function rowOf(text: string, width: number | null): Row | Trouble {
  let row: unknown;
  try {
    row = JSON.parse(text);
  } catch {
    const word = /-?(?:NaN|Infinity)\b/.exec(text);
    if (word !== null) return breach('a JSON value', word[0], numberRule);
    return { code: 'ROW_VALUE', message: `a row must be JSON, was ${text.slice(0, 60)}`, isNull: false };
  }
  if (width === null) {
    if (typeof row === 'object' && row !== null && !Array.isArray(row)) return { row: { ...row } };
    return {
      code: 'ROW_RAGGED',
      message: `a row must be an object, was ${text.slice(0, 60)}`,
      isNull: false,
    };
  }
  if (Array.isArray(row) && row.length === width) return { row: { ...row } };
  const was = Array.isArray(row) ? `a list of ${row.length}` : text.slice(0, 60);
  return {
    code: 'ROW_RAGGED',
    message: `a row must be a list of ${width} values, was ${was}`,
    isNull: false,
  };
}

function sized(values: Float64Array, length: number): Float64Array {
  const other = new Float64Array(length);
  other.set(values.subarray(0, length));
  return other;
}
