import { describe, expect, it } from 'vitest';
import { isObject, jsonOf } from '../../src/io/json-file.ts';
import { sourceOf } from '../support/source-of.ts';

describe('jsonOf', () => {
  it('reads a file whole, whatever pieces it comes in', async () => {
    const content = '{"name": "\u00e9\u20ac", "list": [1, 2]}';
    expect(await jsonOf(sourceOf(content, { piece: 3 }))).toEqual({ name: '\u00e9\u20ac', list: [1, 2] });
  });

  it.each([
    ['a file that ends early', '{"a": [1, 2'],
    ['NaN, which JSON does not have', '{"a": NaN}'],
    ['nothing', ''],
  ])('refuses %s with the name of the file', async (_, content) => {
    await expect(jsonOf(sourceOf(content))).rejects.toThrow(
      /^FILE_FORMAT: a JSON file must be readable.*\(a\.csv\)/,
    );
  });

  it('refuses bytes that are no UTF-8', async () => {
    await expect(jsonOf(sourceOf(new Uint8Array([0x22, 0xff, 0x22])))).rejects.toThrow(/FILE_FORMAT/);
  });
});

describe('isObject', () => {
  it('tells objects with names from everything else', () => {
    expect([{}, { a: 1 }].every(isObject)).toBe(true);
    expect([null, [], 'a', 1, undefined].some(isObject)).toBe(false);
  });
});
