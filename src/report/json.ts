/** The one writer of JSON reports: fixed key order, finite numbers only, -0 as 0; same value, same bytes. */
import { InvariantError } from '../model/errors.ts';

/**
 * A value as JSON text with two spaces of indent and a final newline; keys in the order in which they stand.
 *
 * @throws InvariantError where a value is no JSON (NaN, Infinity, undefined, a function), with its path
 */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(checked(value, 'report'), null, 2)}\n`;
}

function checked(value: unknown, path: string): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (!Number.isFinite(value))
      throw new InvariantError(`invariant: ${path} is a finite number, was ${value}`);
    return value === 0 ? 0 : value;
  }
  if (Array.isArray(value)) return value.map((item, i) => checked(item, `${path}[${i}]`));
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, checked(item, `${path}.${key}`)]),
    );
  }
  throw new InvariantError(`invariant: ${path} is plain JSON, was ${typeof value}`);
}
