/** The cells of a table's columns, and what they become where that is asked for. */
import { InputError } from '../model/errors.ts';
import { nearestName } from '../model/nearest-name.ts';

export type Cell = string | number | boolean | Date | null;

export type TableColumn = { readonly name: string; readonly values: readonly Cell[] };

const DECIMAL = /^-?\d+(?:\.\d+)?$/;

/** The largest distance from 1970 that a Date can hold, in ms. */
const DATE_MAX = 8.64e15;

/** A plain value; null for what is none. */
export function cellOf(value: unknown): string | number | boolean | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** The doubles nearest to decimal texts, in the columns that are named. */
export function numberColumns(
  columns: readonly TableColumn[],
  names: readonly string[],
  path: string,
): readonly TableColumn[] {
  return changed(columns, names, path, (value) => {
    if (typeof value === 'number') return value;
    return typeof value === 'string' && DECIMAL.test(value) ? Number(value) : 'decimals';
  });
}

/** Dates of UTC ms, in the columns that are named. */
export function dateColumns(
  columns: readonly TableColumn[],
  names: readonly string[],
  path: string,
): readonly TableColumn[] {
  return changed(columns, names, path, (value) =>
    typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= DATE_MAX
      ? new Date(value)
      : 'times in UTC ms',
  );
}

/** A name is that of a column, or the last key of several. What `change` answers with a text is what it asks for. */
function changed(
  columns: readonly TableColumn[],
  names: readonly string[],
  path: string,
  change: (value: Cell) => number | Date | string,
): readonly TableColumn[] {
  const isMeant = (column: string, name: string) => column === name || column.endsWith(`.${name}`);
  const isEmpty = columns.every(({ values }) => values.length === 0);
  const lost = names.find((name) => !columns.some((column) => isMeant(column.name, name)));
  if (lost !== undefined && !isEmpty) throw unknownColumn(lost, columns, path);
  return columns.map((column) => {
    if (!names.some((name) => isMeant(column.name, name))) return column;
    const values = column.values.map((value, row) => {
      if (value === null) return null;
      const next = change(value);
      if (typeof next !== 'string') return next;
      throw refused(
        `must hold ${next} in "${column.name}", was ${JSON.stringify(value)} in row ${row}`,
        path,
      );
    });
    return { name: column.name, values };
  });
}

/** The error of a column that a table does not have, with the nearest that it has. */
export function unknownColumn(name: string, columns: readonly TableColumn[], path: string): InputError {
  const known = columns.map((one) => one.name);
  const nearest = nearestName(name, known);
  const remedy = nearest === null ? `Its columns are ${known.join(', ')}` : `Did you mean "${nearest}"?`;
  return refused(`must have the column that is named, was "${name}"`, path, remedy);
}

/** The error of a table that cannot be made: what must hold and what was. */
export function refused(rule: string, path: string, remedy?: string): InputError {
  const fault = { code: 'USAGE', message: `a table ${rule}`, place: { path } } as const;
  return new InputError(remedy === undefined ? fault : { ...fault, remedy });
}
