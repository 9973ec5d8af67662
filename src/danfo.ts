/**
 * The tables of a report for notebooks: `import { toArquero, toDataFrame } from 'perp-risk/danfo'`.
 *
 * danfojs-node is an optional peer, looked for when a frame is asked for: arquero tables do without it. Its arithmetic is
 * float32, silently wrong on prices and time stamps; use the frame to look, group and plot, and take numbers from the
 * report.
 */
import { createRequire } from 'node:module';
import type { DataFrame } from 'danfojs-node';
import { InputError } from './model/errors.ts';
import type { Report } from './model/report.ts';
import type { Cell, TableColumn } from './report/column-values.ts';
import { type TableOptions, tableColumns } from './report/table-columns.ts';

export type { Report } from './model/report.ts';
export { toArquero } from './report/arquero-table.ts';
export type { Cell, TableColumn } from './report/column-values.ts';
export { type TableOptions, tableColumns } from './report/table-columns.ts';
export { type TablePath, tablePaths } from './report/table-paths.ts';

/** The one part of the package that is used. */
type Danfo = {
  readonly DataFrame: new (
    rows: readonly (readonly Cell[])[],
    options?: { columns: readonly string[]; dtypes?: readonly string[] },
  ) => DataFrame;
};

/**
 * One row an entry of the list that a path names; see `tableColumns` for its columns. A name that every frame has itself
 * (`count`, `index`, `shape`, ...) gets a `_` behind it: the frame would lose its own.
 *
 * @throws InputError USAGE where the path names no rows, or an option no column
 * @throws InputError PACKAGE_MISSING where danfojs-node is not installed, or does not load
 */
export function toDataFrame(report: Report<unknown>, path: string, options: TableOptions = {}): DataFrame {
  const columns = tableColumns(report, path, options);
  const danfo = loadDanfo();
  const blank = new danfo.DataFrame([]);
  const names = columns.map(({ name }) => (name in blank ? `${name}_` : name));
  const count = columns[0]?.values.length ?? 0;
  if (count === 0) return columns.length === 0 ? blank : new danfo.DataFrame([], { columns: names });
  const rows = Array.from({ length: count }, (_, i) => columns.map(({ values }) => values[i] ?? null));
  return new danfo.DataFrame(rows, { columns: names, dtypes: columns.map(dtypeOf) });
}

function loadDanfo(): Danfo {
  try {
    return createRequire(import.meta.url)('danfojs-node') as Danfo;
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    const isAbsent = why.includes("'danfojs-node'");
    throw new InputError({
      code: 'PACKAGE_MISSING',
      message: isAbsent
        ? 'toDataFrame must find the optional package danfojs-node, was not installed'
        : `toDataFrame must be able to load danfojs-node, was: ${why}`,
      remedy:
        'Run npm install danfojs-node@1.2.0, with the overrides that the README of perp-risk names; toArquero does without it',
    });
  }
}

/**
 * danfo looks at the first rows alone, and takes a column of nulls for numbers. float32 is a label: values stay doubles.
 * Dates and nulls are `string`: its `dt` asks for that, and its `describe` leaves them out.
 */
function dtypeOf({ values }: TableColumn): string {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return 'string';
  if (known.every((value) => typeof value === 'boolean')) return 'boolean';
  if (!known.every((value) => typeof value === 'number')) return 'string';
  return known.every((value) => Number.isInteger(value)) ? 'int32' : 'float32';
}
