import { describe, expect, it } from 'vitest';
import { headOf } from '../../../src/io/head.ts';
import { namesIn, recordsOf } from '../../../src/io/readers/records.ts';
import { sourceOf } from '../../support/source-of.ts';

const names = (content: string) => namesIn(headOf(sourceOf(content)));

describe('namesIn', () => {
  it.each([
    ['a,b,c\n', ['a', 'b', 'c']],
    ['\ufeff"Time";"Rate"\n', ['Time', 'Rate']],
    ['a\tb\n1\t2\n', ['a', 'b']],
    ['[{"a": 1, "b": {"c": 2}}]', ['a', 'b']],
    ['{"code": "0", "data": [{"x": 1}]}', ['x']],
    ['{"result": {"category": "linear", "list": [{"x": 1}]}}', ['x']],
  ])('finds the names in %j', (content, expected) => {
    expect(names(content)).toEqual(expected);
  });

  it.each(['', '[]', '[1]', '[[1, 2]]', '{}', '[{"a": 1'])('finds none in %j', (content) => {
    expect(names(content)).toBeNull();
  });
});

describe('recordsOf', () => {
  it('gives the texts of a CSV file with their lines, in whatever pieces it comes', async () => {
    const content = 'a,b\r\n 1 ,"x, y"\r\n\r\n2,"z"\r\n';
    for (const piece of [1, 2, 7, 1000]) {
      expect(await recordsOf(sourceOf(content, { piece }))).toEqual({
        names: ['a', 'b'],
        records: [
          { id: 1, line: 2, values: ['1', 'x, y'] },
          { id: 2, line: 4, values: ['2', 'z'] },
        ],
        faults: [],
      });
    }
  });

  it('counts rows that cannot be read among the records', async () => {
    const { records, faults } = await recordsOf(sourceOf('a,b\n1\n2,3\n4,5,6\n'));
    expect(records).toEqual([{ id: 2, line: 3, values: ['2', '3'] }]);
    expect(faults).toEqual([
      {
        line: 2,
        code: 'ROW_RAGGED',
        message: 'a row must have as many fields as the header, was 1 of 2 fields',
      },
      {
        line: 4,
        code: 'ROW_RAGGED',
        message: 'a row must have as many fields as the header, was 3 of 2 fields',
      },
    ]);
  });

  it('tells a last line that is cut off from one that is merely short', async () => {
    expect((await recordsOf(sourceOf('a,b\n1,2\n3'))).faults).toMatchObject([{ line: 3, code: 'ROW_CUT' }]);
    expect((await recordsOf(sourceOf('a,b\n1,2\n3\n'))).faults).toMatchObject([
      { line: 3, code: 'ROW_RAGGED' },
    ]);
  });

  it('gives the values of JSON objects as texts under all names that occur', async () => {
    expect(await recordsOf(sourceOf('[{"a": 1.5, "b": null}, {"c": true, "a": " x ", "d": {}}]'))).toEqual({
      names: ['a', 'b', 'c', 'd'],
      records: [
        { id: 1, line: null, values: ['1.5', '', '', ''] },
        { id: 2, line: null, values: ['x', '', 'true', ''] },
      ],
      faults: [],
    });
  });

  it('refuses JSON that holds no list of objects', async () => {
    await expect(recordsOf(sourceOf('{"a": 1}'))).rejects.toThrow(/FILE_FORMAT: a JSON file of records/);
  });
});
