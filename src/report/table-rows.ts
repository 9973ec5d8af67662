/** The rows that a path of a report names: entries of lists, or the values themselves, with the place where each was found. */
import { InputError } from '../model/errors.ts';
import { nearestName } from '../model/nearest-name.ts';
import { getPath, type Match, type PathStep, parsePath } from '../model/path.ts';
import { listPaths } from './table-paths.ts';

export type TableRows = {
  /** Plain values, records or lists, as the report holds them. */
  readonly values: readonly unknown[];
  /** The concrete path of the value that each row was found in: of its list, or its own where values are the rows. */
  readonly places: readonly string[];
  /** The steps of the path, before its last, that choose entries of a list: `[*]` or `[field=value]`. */
  readonly passed: readonly number[];
  readonly steps: readonly PathStep[];
};

/**
 * A path of a list gives one row an entry; a path of records, or one that selects values from lists, gives one row a value.
 *
 * @throws InputError USAGE where nothing lies there, where it is one plain value, or where lists and other values are mixed
 */
export function tableRows(result: unknown, path: string): TableRows {
  const steps = parsePath(path);
  const selects = steps.flatMap(({ kind }, i) => (kind === 'all' || kind === 'where' ? [i] : []));
  const passed = selects.filter((at) => at < steps.length - 1);
  const matches = getPath(result, steps).filter(({ value }) => value !== undefined);
  const found = matches.filter(({ value }) => value !== null);
  if (matches.length === 0 && isEmptySelection(result, steps)) return rowsOf([], passed, steps);
  if (matches.length === 0 || (found.length === 0 && selects.length === 0)) {
    throw absent(result, path, matches, steps);
  }
  // What a path selects last are the rows themselves: the entries of `levels[*]`, the pairs of `equity[*]`.
  if (passed.length < selects.length) return rowsOf(matches, passed, steps);
  const lists = found.filter(({ value }) => Array.isArray(value)).length;
  if (lists > 0 && lists < found.length) throw unfit(result, path, 'must name lists or records, not both');
  if (lists > 0) return rowsOf(found.flatMap(entriesOf), passed, steps);
  if (selects.length === 0 && !isRecord(found[0]?.value)) {
    const was = JSON.stringify(found[0]?.value);
    throw unfit(result, path, `must name a list of records, or records, was ${was}`);
  }
  return rowsOf(matches, passed, steps);
}

function rowsOf(matches: readonly Match[], passed: readonly number[], steps: readonly PathStep[]): TableRows {
  return {
    values: matches.map(({ value }) => value),
    places: matches.map(({ path }) => path),
    passed,
    steps,
  };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The entries of a list, in the place of the list. */
function entriesOf({ path, value }: Match): readonly Match[] {
  return Array.isArray(value) ? value.map((entry: unknown) => ({ path, value: entry })) : [];
}

/** Whether every list that `[*]` goes through is there, and at the first place that holds nothing it is an empty one. */
function isEmptySelection(result: unknown, steps: readonly PathStep[]): boolean {
  const [found, next] = deepest(result, steps);
  return next?.kind === 'all' && found.length > 0 && found.every(({ value }) => Array.isArray(value));
}

/** The last places along a path that hold something, and the step that leads from them to nothing. */
function deepest(result: unknown, steps: readonly PathStep[]): [readonly Match[], PathStep | undefined] {
  const count = steps.findLastIndex((_, i) => getPath(result, steps.slice(0, i)).length > 0);
  return [count < 0 ? [] : getPath(result, steps.slice(0, count)), steps[count]];
}

function absent(
  result: unknown,
  path: string,
  matches: readonly Match[],
  steps: readonly PathStep[],
): InputError {
  const [last] = matches.length > 0 ? matches : deepest(result, steps)[0];
  const place = last === undefined || last.path === '' ? 'the result' : last.path;
  const was = last?.value === null ? `${place} is null` : `${place} holds nothing by that name`;
  return unfit(result, path, `must name a list of records of the result, or records, was none: ${was}`);
}

function unfit(result: unknown, path: string, rule: string): InputError {
  const known = listPaths(result).flatMap((table) => (table.path === path ? [] : [table.path]));
  const nearest = known.find((one) => one.endsWith(`.${path}`)) ?? nearestName(path, known);
  const remedy =
    nearest !== null
      ? `Did you mean "${nearest}"?`
      : known.length === 0
        ? 'This report has no lists'
        : `Its lists are ${known.join(', ')}`;
  return new InputError({ code: 'USAGE', message: `a path of a table ${rule}`, place: { path }, remedy });
}
