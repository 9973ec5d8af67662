/** Hashes of texts and of plain values; the same on every platform. */
import { createHash } from 'node:crypto';

/** SHA-256 of a text in UTF-8, in lower-case hex. */
export function hashText(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/**
 * The one JSON text of a plain value: no spaces, keys in the order of their code units, -0 as 0.
 *
 * @throws RangeError where a number is not finite, or where the value holds what JSON cannot say (undefined, a function)
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((entry) => canonicalJson(entry)).join(',')}]`;
  if (typeof value !== 'object')
    throw new RangeError(`JSON must hold finite numbers and plain values, was ${value}`);
  const pairs = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${pairs.map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`).join(',')}}`;
}
