/**
 * A report as a danfo.js DataFrame, for notebooks: `import { toDataFrame } from 'perp-risk/danfo'`.
 *
 * danfojs-node is an optional peer: install it yourself. Its arithmetic is float32, silently wrong on prices and time
 * stamps; use the frame to look, group and plot, and take numbers from the report.
 */
import { DataFrame } from 'danfojs-node';
import { InputError } from './model/errors.ts';
import { getPath } from './model/path.ts';
import type { Report } from './model/report.ts';

/**
 * One row a record, nested records as `interval.low`, lists left out.
 *
 * @param path  of a list of records below `result`, in the path language: `levels`, `curve`, `breakdowns[by=symbol].rows`
 * @throws InputError USAGE where the path names no list of records
 */
export function toDataFrame(report: Report<unknown>, path: string): DataFrame {
  const rows = getPath(report.result, path).flatMap(({ value }) => (Array.isArray(value) ? value : []));
  if (rows.length > 0 && rows.every(isRecord)) return new DataFrame(rows.map((row) => flat(row, '')));
  throw new InputError({
    code: 'USAGE',
    message: `a path must name a list of records of the result, was "${path}"`,
    remedy: 'Name one such as levels or curve',
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function flat(
  record: Readonly<Record<string, unknown>>,
  prefix: string,
): Record<string, string | number | boolean | null> {
  const row: Record<string, string | number | boolean | null> = {};
  for (const [key, value] of Object.entries(record)) {
    if (isRecord(value)) Object.assign(row, flat(value, `${prefix}${key}.`));
    else if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) {
      row[prefix + key] = value as string | number | boolean | null;
    }
  }
  return row;
}
