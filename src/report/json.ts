/** The one writer of JSON reports: keys in the order given, finite numbers only, -0 as 0; same value, same bytes. */
import { assert } from '../model/errors.ts';

/**
 * A value as JSON text with two spaces of indent and a final newline; keys in the order in which they stand.
 *
 * Only plain JSON passes: null, booleans, texts, finite numbers, arrays without holes, plain objects. Nothing is converted
 * or left out on the way (a typed array, a Date, a key whose value is undefined), because a reader could not tell.
 *
 * @throws InvariantError where a value is no plain JSON, with its path
 */
export function jsonText(value: unknown): string {
  check(value, 'report');
  // JSON.stringify writes -0 as 0 and a number in its shortest text, by the language standard.
  return `${JSON.stringify(value, null, 2)}\n`;
}

function check(value: unknown, path: string): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number') {
    assert(Number.isFinite(value), `${path} is a finite number, was ${value}`);
    return;
  }
  if (Array.isArray(value)) {
    // A loop by index also sees holes, which are undefined.
    for (let i = 0; i < value.length; i += 1) check(value[i], `${path}[${i}]`);
    return;
  }
  assert(isPlainObject(value), `${path} is plain JSON, was ${nameOf(value)}`);
  for (const [key, item] of Object.entries(value)) check(item, `${path}.${key}`);
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype &&
    !('toJSON' in value)
  );
}

function nameOf(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? (value.constructor?.name ?? 'a bare object')
    : typeof value;
}
