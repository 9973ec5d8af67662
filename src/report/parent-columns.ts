/** Whose rows the rows of a table are, where its path passes through lists. */
import { formatPath, getPath, type PathStep, parsePath } from '../model/path.ts';
import { cellOf, refused, type TableColumn } from './column-values.ts';
import type { TableRows } from './table-rows.ts';

/** A list that a path passes through, by its keys alone, and the step that chooses among its entries. */
type PassedList = { readonly name: string; readonly at: number };

/** `scenarios.row`, the place from 0 in each list that is passed through; then the fields that are asked for. */
export function parentColumns(
  result: unknown,
  { places, passed, steps }: TableRows,
  fields: readonly string[],
  path: string,
): readonly TableColumn[] {
  const lists = passed.map((at): PassedList => ({ name: keysOf(steps.slice(0, at)), at }));
  const concrete = places.map((place) => parsePath(place));
  return [
    ...lists.map(({ name, at }) => ({
      name: `${name}.row`,
      values: concrete.map((one) => indexAt(one, at)),
    })),
    ...fields.map((name) => ({
      name,
      values: fieldValues(result, concrete, fieldOf(name, lists, path), path),
    })),
  ];
}

/** The steps from a row's place to a field of its parent. */
function fieldOf(name: string, lists: readonly PassedList[], path: string) {
  const list = lists.findLast((one) => name.startsWith(`${one.name}.`));
  if (list !== undefined) return { name, at: list.at, inner: parsePath(name.slice(list.name.length + 1)) };
  const known = lists.map((one) => `${one.name}.id`).join(' or ');
  const remedy = known === '' ? 'Its path passes through no list' : `Name a field as in ${known}`;
  throw refused(
    `must pass through the list of a parent by [*] or [field=value], was "${name}"`,
    path,
    remedy,
  );
}

function fieldValues(
  result: unknown,
  places: readonly (readonly PathStep[])[],
  { name, at, inner }: { name: string; at: number; inner: readonly PathStep[] },
  path: string,
) {
  const found = places.map((place) => getPath(result, [...place.slice(0, at + 1), ...inner])[0]?.value);
  const strange = found.find((value) => typeof value === 'object' && value !== null);
  if (strange !== undefined || (found.length > 0 && found.every((value) => value === undefined))) {
    const was = strange === undefined ? 'nothing' : Array.isArray(strange) ? 'a list' : 'a record';
    throw refused(`must find a plain value in its parent, was ${was} at "${name}"`, path);
  }
  return found.map(cellOf);
}

function indexAt(place: readonly PathStep[], at: number): number | null {
  const step = place[at];
  return step?.kind === 'index' ? step.index : null;
}

function keysOf(steps: readonly PathStep[]): string {
  return formatPath(steps.filter(({ kind }) => kind === 'key'));
}
