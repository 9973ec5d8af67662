/** Which tables a report has. */
import type { Report } from '../model/report.ts';

export type TablePath = {
  /** In the path language, below `result`; `[*]` stands for all entries of a list that it passes through. */
  readonly path: string;
  /** Rows of all the lists that the path names. */
  readonly rows: number;
};

/** Every list of a report, however deep, in its order; a list of pairs (`equity`) is one table. */
export function tablePaths(report: Report<unknown>): readonly TablePath[] {
  return listPaths(report.result);
}

/** The same of its result alone. */
export function listPaths(result: unknown): readonly TablePath[] {
  const seen: Seen = { rows: new Map(), others: new Set() };
  collect(result, '', seen);
  return [...seen.rows].flatMap(([path, rows]) => (seen.others.has(path) ? [] : [{ path, rows }]));
}

/** The rows of lists by their paths, and the paths of what is no list: one that is both names no table. */
type Seen = { readonly rows: Map<string, number>; readonly others: Set<string> };

function collect(value: unknown, path: string, seen: Seen): void {
  if (Array.isArray(value)) {
    seen.rows.set(path, (seen.rows.get(path) ?? 0) + value.length);
    for (const entry of value) if (!Array.isArray(entry)) collect(entry, `${path}[*]`, seen);
    return;
  }
  if (value === null) return;
  seen.others.add(path);
  if (typeof value !== 'object') return;
  for (const [key, inner] of Object.entries(value))
    collect(inner, path === '' ? key : `${path}.${key}`, seen);
}
