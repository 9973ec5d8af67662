import { expect, test } from 'vitest';
import { firstRows, readRows } from '../../src/io/json-rows.ts';
import { codeOf } from '../support/codes.ts';
import { sourceOf } from '../support/source-of.ts';

async function rowsOf(text: string, piece = 1 << 20): Promise<string[]> {
  const rows: string[] = [];
  await readRows(sourceOf(text, { piece }), (row, index) => {
    expect(index).toBe(rows.length);
    rows.push(row);
  });
  return rows;
}

const tricky = '\uFEFF \n[ [1, "]"] ,\n{"a": "\\"}, [", "é": [2, {}]},3 , "x,y"]\n ';

test('cuts an array into its elements, whatever stands in their texts and however the file is cut into pieces', async () => {
  const expected = ['[1, "]"]', '{"a": "\\"}, [", "é": [2, {}]}', '3', '"x,y"'];
  for (const piece of [1, 2, 3, 5, 1000]) expect(await rowsOf(tricky, piece)).toEqual(expected);
});

test('a file cut at any length is an error with its row, never a part of its rows', async () => {
  const text = '[[1,2],[3,4],[5,6]]';
  for (let length = 1; length < text.length; length += 1) {
    expect([length, await codeOf(() => rowsOf(text.slice(0, length)))]).toEqual([length, 'ROW_CUT']);
  }
  await expect(rowsOf('[[1,2],[3,')).rejects.toThrow(
    'a JSON array must be closed, the file ended in row 2 (a.csv)',
  );
});

test('anything before or behind the array is refused, so that two files in one are told', async () => {
  expect(await codeOf(() => rowsOf('[[1]][[2]]'))).toBe('FILE_FORMAT');
  await expect(rowsOf('[[1]] x')).rejects.toThrow('something else was behind it');
  await expect(rowsOf('{"a":[]}')).rejects.toThrow('something else was before it');
});

test('an empty array is FILE_EMPTY and an element that is left out is an empty text', async () => {
  expect(await codeOf(() => rowsOf('[ ]'))).toBe('FILE_EMPTY');
  expect(await rowsOf('[[1],]')).toEqual(['[1]', '']);
  expect(await rowsOf('[,[1]]')).toEqual(['', '[1]']);
});

test('bytes that are no UTF-8 are refused', async () => {
  const source = sourceOf(Uint8Array.of(0x5b, 0x22, 0xff, 0x22, 0x5d));
  expect(await codeOf(() => readRows(source, () => {}))).toBe('FILE_FORMAT');
  await expect(readRows(source, () => {})).rejects.toThrow('encoding UTF-8');
});

test('the first rows of a text are those that are whole in it', () => {
  expect(firstRows('[[1],[2],[3', 5)).toEqual(['[1]', '[2]']);
  expect(firstRows('[[1],[2],[3', 1)).toEqual(['[1]']);
  expect(firstRows('time,open\n1,2\n', 5)).toEqual([]);
});
