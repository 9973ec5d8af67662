/** Reads a whole file as JSON. */
import { DataError } from '../model/errors.ts';
import { type Source, wholeOf } from './source.ts';

/** @throws DataError FILE_FORMAT where the content is not UTF-8 text or not JSON */
export async function jsonOf(source: Source): Promise<unknown> {
  const bytes = await wholeOf(source);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new DataError({
      code: 'FILE_FORMAT',
      message: `a JSON file must be readable to its end, was not: ${error instanceof Error ? error.message : error}`,
      place: { file: source.path },
      remedy: 'Export the file again; a file that ends early was cut off',
    });
  }
}

/** Whether a value of a JSON file is an object with names, not null and not an array. */
export function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
