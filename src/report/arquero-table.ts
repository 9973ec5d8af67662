/** A table of a report as an arquero table: doubles, joins, windows, Arrow. */
import { type ColumnTable, table } from 'arquero';
import type { Report } from '../model/report.ts';
import type { TableColumn } from './column-values.ts';
import { type TableOptions, tableColumns } from './table-columns.ts';

/**
 * One row an entry of the list that a path names; see `tableColumns` for its columns.
 *
 * Numbers without a null lie in a Float64Array. In expressions a name with dots is `d['hitRateInterval.low']`.
 *
 * @throws InputError USAGE where the path names no rows, or an option no column
 */
export function toArquero(report: Report<unknown>, path: string, options: TableOptions = {}): ColumnTable {
  const columns = tableColumns(report, path, options);
  return table(columns.map((column) => [column.name, dataOf(column)] as const));
}

function dataOf({ values }: TableColumn) {
  const isNumeric = values.length > 0 && values.every((value) => typeof value === 'number');
  return isNumeric ? Float64Array.from(values) : values;
}
