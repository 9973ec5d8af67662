/** Files whose columns go by name, whatever their form: a CSV file with a header, or JSON objects. */
import { DataError } from '../../model/errors.ts';
import { fieldsOf } from '../csv/layout.ts';
import type { Head } from '../head.ts';
import { isObject, jsonOf } from '../json-file.ts';
import { firstRows } from '../json-rows.ts';
import type { Source } from '../source.ts';
import { csvRecords } from './csv-records.ts';
import type { Records } from './named-records.ts';

/** The names of the columns, as the head of a file shows them; null where it is neither CSV nor JSON objects. */
export function namesIn(head: Head): readonly string[] | null {
  const text = head.text?.trimStart() ?? '';
  if (!/^[[{]/.test(text)) return head.lines[0] === undefined ? null : fieldsOf(head.lines[0]);
  // An object that wraps its list (`{"code": "0", "data": [...]}`) is looked into.
  const list = text.startsWith('[') ? text : text.slice(Math.max(0, text.search(/\[\s*\{/)));
  const [first] = firstRows(list, 1);
  if (first === undefined) return null;
  try {
    const value: unknown = JSON.parse(first);
    return isObject(value) ? Object.keys(value) : null;
  } catch {
    return null;
  }
}

/** Reads the whole file. @throws DataError FILE_FORMAT where it is neither CSV nor a list of JSON objects */
export async function recordsOf(source: Source): Promise<Records> {
  const start = new TextDecoder().decode(source.head.subarray(0, 1024)).trimStart();
  return /^[[{]/.test(start) ? jsonRecords(await jsonOf(source), source.path) : csvRecords(source);
}

function jsonRecords(root: unknown, path: string): Records {
  const list = listIn(root);
  if (list === null || !list.every(isObject)) {
    throw new DataError({
      code: 'FILE_FORMAT',
      message: 'a JSON file of records must be an array of objects, was something else',
      place: { file: path },
    });
  }
  const names = [...new Set(list.flatMap((item) => Object.keys(item)))];
  const records = list.map((item, i) => ({
    id: i + 1,
    line: null,
    values: names.map((name) => textOf(item[name])),
  }));
  return { names, records, faults: [] };
}

/** The list itself, or the one that an answer of a venue wraps (`data`, `result.list`, `trades`). */
function listIn(root: unknown): readonly unknown[] | null {
  if (Array.isArray(root)) return root;
  if (!isObject(root)) return null;
  const inner = isObject(root['result']) ? root['result']['list'] : (root['data'] ?? root['trades']);
  return Array.isArray(inner) ? inner : null;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
