/**
 * A table of a report as columns, for notebooks: one row an entry of the list that a path names.
 *
 * Nested records become columns by their path (`hitRateInterval.low`); a list inside a row becomes its length
 * (`decisions.length`), its own rows are the table of its own path (`scenarios[*].decisions`). What a row does not have is
 * null. Nothing else changes: money stays text, times stay UTC ms.
 */
import { InputError } from '../model/errors.ts';
import type { PathStep } from '../model/path.ts';
import type { Report } from '../model/report.ts';
import {
  cellOf,
  dateColumns,
  numberColumns,
  refused,
  type TableColumn,
  unknownColumn,
} from './column-values.ts';
import { parentColumns } from './parent-columns.ts';
import { isRecord, type TableRows, tableRows } from './table-rows.ts';

export type TableOptions = {
  /**
   * Of records: the columns that are wanted, in this order. Of pairs (`equity`) and plain values: their names. A list
   * without rows has no columns but these.
   */
  readonly columns?: readonly string[];
  /**
   * Columns of decimal texts that become the doubles nearest to them: `endEquity`, or `protected.endEquity` where one of
   * several is meant. Money in a report is exact; from here on it is not.
   */
  readonly numbers?: readonly string[];
  /** Columns of UTC ms that become `Date`s, named likewise. */
  readonly dates?: readonly string[];
  /** Fields of the records that the path passes through by `[*]` or `[field=value]`: `scenarios.id`. */
  readonly parents?: readonly string[];
};

/**
 * @param path  below `result`, in the path language: `levels`, `levels[multiplier=2]`, `scenarios[*].decisions`
 * @returns     where the path passes through lists, `scenarios.row` (from 0) says which entry of that list a row is of
 * @throws InputError USAGE where the path names no rows, where they are of different kinds, or an option names no column
 */
export function tableColumns(
  report: Report<unknown>,
  path: string,
  options: TableOptions = {},
): readonly TableColumn[] {
  if (report?.schema !== 'risk-report/1') {
    const message = `a report must have the schema "risk-report/1", was ${JSON.stringify(report?.schema) ?? 'nothing'}`;
    throw new InputError({ code: 'USAGE', message, remedy: 'Write one with --out FILE, and parse it' });
  }
  const rows = tableRows(report.result, path);
  const parents = parentColumns(report.result, rows, options.parents ?? [], path);
  const own = ownColumns(rows, options.columns, path);
  const columns = [...parents, ...own];
  const names = columns.map(({ name }) => name);
  const double = names.find((name, i) => names.indexOf(name) < i);
  if (double !== undefined) throw refused(`must have one column of a name, was two of "${double}"`, path);
  return dateColumns(numberColumns(columns, options.numbers ?? [], path), options.dates ?? [], path);
}

function ownColumns(
  { values, steps }: TableRows,
  wanted: readonly string[] | undefined,
  path: string,
): readonly TableColumn[] {
  if (values.length === 0) return (wanted ?? []).map((name) => ({ name, values: [] }));
  const pairs = values.filter(Array.isArray).length;
  const records = values.filter(isRecord).length;
  // A null among them is a row without anything: the first liquidation of a scenario that has none.
  const told = values.filter((value) => value !== null).length;
  const mixed = [pairs, records].some((count) => count > 0 && count < told);
  if (mixed) throw refused('must have rows of one kind, was records, lists and plain values together', path);
  if (records > 0) return select(flatten('', values), wanted, path);
  const cells = pairs > 0 ? pairColumns(values, path) : [values];
  const plain = pairs > 0 ? cells.map((_, i) => `[${i}]`) : [lastKey(steps)];
  if (wanted !== undefined && wanted.length !== cells.length) {
    throw refused(`has ${cells.length} columns and wants as many names, was ${wanted.length}`, path);
  }
  return cells.flatMap((column, i) => flatten(wanted?.[i] ?? plain[i]!, column));
}

/** Turns `[time, equity]` pairs by their side. */
function pairColumns(rows: readonly unknown[], path: string): readonly unknown[][] {
  const lists = rows.map((row): readonly unknown[] | null => (Array.isArray(row) ? row : null));
  const width = lists.find((row) => row !== null)?.length ?? 0;
  if (lists.some((row) => row !== null && row.length !== width)) {
    throw refused('must have lists of one length as its rows, was several', path);
  }
  return Array.from({ length: width }, (_, i) => lists.map((row) => row?.[i] ?? null));
}

/** One column where the values are plain, one for each field where they are records, the length where they are lists. */
function flatten(name: string, values: readonly unknown[]): readonly TableColumn[] {
  const records = values.filter(isRecord);
  const isListed = values.some(Array.isArray);
  const isPlain = values.some((value) => cellOf(value) !== null);
  const own = isPlain || (records.length === 0 && !isListed) ? [{ name, values: values.map(cellOf) }] : [];
  const lengths = values.map((value) => (Array.isArray(value) ? value.length : null));
  const keys = new Set(records.flatMap(Object.keys));
  return [
    ...own,
    ...(isListed ? [{ name: `${name}.length`, values: lengths }] : []),
    ...[...keys].flatMap((key) =>
      flatten(
        name === '' ? key : `${name}.${key}`,
        values.map((value) => (isRecord(value) ? value[key] : null)),
      ),
    ),
  ];
}

function select(columns: readonly TableColumn[], wanted: readonly string[] | undefined, path: string) {
  if (wanted === undefined) return columns;
  return wanted.map((name) => {
    const column = columns.find((one) => one.name === name);
    if (column === undefined) throw unknownColumn(name, columns, path);
    return column;
  });
}

/** What plain values are called: by the last key of their path. */
function lastKey(steps: readonly PathStep[]): string {
  const last = steps.findLast(({ kind }) => kind === 'key' || kind === 'length');
  return last?.kind === 'key' ? last.key : 'length';
}
