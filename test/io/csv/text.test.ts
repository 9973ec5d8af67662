import { describe, expect, test } from 'vitest';
import { eachRecord, type TextRecord } from '../../../src/io/csv/text.ts';
import { codeOf } from '../../support/codes.ts';
import { sourceOf } from '../../support/source-of.ts';

async function read(text: string, { delimiter = ',', skip = 0, piece = 1 << 20 } = {}) {
  const records: TextRecord[] = [];
  const { closed } = await eachRecord(sourceOf(text, { piece }), { delimiter, skip }, (record) =>
    records.push(record),
  );
  return { records: records.map(({ line, fields }) => [line, ...fields]), closed };
}

describe('records', () => {
  test('have the number of their line, and blank lines are none', async () => {
    const text = 'a,b\n1,2\n\n   \n3,4\n\n\n';
    for (const piece of [1, 3, 1 << 20]) {
      expect((await read(text, { piece })).records).toEqual([
        [1, 'a', 'b'],
        [2, '1', '2'],
        [5, '3', '4'],
      ]);
    }
  });

  test('begin behind the lines to skip, whose quotes and line ends do not matter', async () => {
    expect((await read('http://x,"\r\na,b\r\n1,2\n3,4\r\n', { skip: 2 })).records).toEqual([
      [3, '1', '2'],
      [4, '3', '4'],
    ]);
  });

  test.each([
    ['comma', ',', 'a,,c'],
    ['semicolon', ';', 'a;;c'],
    ['tab', '\t', 'a\t\tc'],
    ['bar', '|', 'a||c'],
  ])('are split at a %s, empty fields included', async (_, delimiter, text) => {
    expect((await read(`${text}\n`, { delimiter })).records).toEqual([[1, 'a', '', 'c']]);
  });

  test('lose quotes, blanks around fields and a byte order mark', async () => {
    expect((await read('\ufeff"a","b ""c"""\r\n 1 , "2,5" \r\n')).records).toEqual([
      [1, 'a', 'b "c"'],
      [2, '1', '2,5'],
    ]);
  });

  test('keep every length, and the text of bytes that are no UTF-8', async () => {
    expect((await read('1\n1,2,3\n')).records).toEqual([
      [1, '1'],
      [2, '1', '2', '3'],
    ]);
    const records: TextRecord[] = [];
    await eachRecord(sourceOf(Uint8Array.of(49, 44, 255, 10)), { delimiter: ',', skip: 0 }, (record) =>
      records.push(record),
    );
    expect(records).toEqual([{ line: 1, fields: ['1', '\ufffd'] }]);
  });
});

describe('the end of a file', () => {
  test('is closed by a line end only', async () => {
    expect([(await read('1,2\n')).closed, (await read('1,2')).closed, (await read('')).closed]).toEqual([
      true,
      false,
      true,
    ]);
  });

  test.each(['1,2\n3,"4', '1,2\n3,"4\n', '1,2\n"3,4\r\n'])(
    'inside quotes makes the last line a record without fields: %j',
    async (text) => {
      for (const piece of [1, 1 << 20]) {
        expect(await read(text, { piece })).toEqual({ records: [[1, '1', '2'], [2]], closed: false });
      }
    },
  );

  test.each([
    ['quotes opened many lines before the end', '1,"2\n3,4\n5,6\n', /quotes must be closed.*\(a\.csv:1\)/],
    ['a quote inside a field', '1,2\n3,4"5\n', /a quote must begin and end a field.*\(a\.csv:2\)/],
    ['a text behind a closing quote', '1,2\n"3"x,4\n', /a quote must begin and end a field.*\(a\.csv:2\)/],
    ['a record of more than a megabyte', `1,"${'2\n'.repeat(600_000)}`, /a row must be shorter than 1 MB/],
  ])('is not reached behind %s', async (_, text, message) => {
    await expect(read(text)).rejects.toThrow(message);
    expect(await codeOf(() => read(text))).toBe('FILE_FORMAT');
  });

  test('an error of the source comes through as it is', async () => {
    const source = {
      ...sourceOf('1,2\n'),
      chunks: async function* () {
        yield new TextEncoder().encode('1,2\n');
        throw new RangeError('the disk is gone');
      },
    };
    await expect(eachRecord(source, { delimiter: ',', skip: 0 }, () => undefined)).rejects.toThrow(
      new RangeError('the disk is gone'),
    );
  });
});
