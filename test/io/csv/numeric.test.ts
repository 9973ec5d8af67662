import { describe, expect, test } from 'vitest';
import { type FieldKind, type NumericColumns, readNumeric } from '../../../src/io/csv/numeric.ts';
import { sourceOf } from '../../support/source-of.ts';

const three: readonly FieldKind[] = ['time', 'number', 'number'];

function read(
  text: string,
  kinds = three,
  { skip = 0, piece = 1 << 20 } = {},
): Promise<NumericColumns | null> {
  return readNumeric(sourceOf(text, { piece }), { delimiter: ',', skip, kinds });
}

const columnsOf = (read: NumericColumns | null) => read?.columns.map((column) => [...column]) ?? null;

describe('what it reads', () => {
  const wanted = [
    [1609459200000, 1609459260000],
    [1.5, -2.25],
    [100, 0],
  ];

  test.each([
    ['LF', '1609459200000,1.5,100\n1609459260000,-2.25,0\n'],
    ['LF without a final line end', '1609459200000,1.5,100\n1609459260000,-2.25,0'],
    ['CRLF', '1609459200000,1.5,100\r\n1609459260000,-2.25,0\r\n'],
    ['CRLF without a final line end', '1609459200000,1.5,100\r\n1609459260000,-2.25,0'],
    ['both in one file', '1609459200000,1.5,100\r\n1609459260000,-2.25,0\n'],
    ['blank lines behind the last row', '1609459200000,1.5,100\n1609459260000,-2.25,0\n\n\r\n\n'],
    ['exponents, signs and bare points', '1609459200000,+15e-1,1E2\n1609459260000,-2.25,.0\n'],
  ])('%s, in pieces of any size', async (_, text) => {
    for (const piece of [1, 2, 3, 7, 20, 1 << 20]) {
      expect(columnsOf(await read(text, three, { piece }))).toEqual(wanted);
    }
  });

  test('leaves out lines before the first row, whatever they hold', async () => {
    const text = '\ufeff"time",a\nhttps://x\n1609459200000,1.5,100\n';
    for (const piece of [1, 5, 1 << 20]) {
      expect(columnsOf(await read(text, three, { skip: 2, piece }))).toEqual([[1609459200000], [1.5], [100]]);
    }
  });

  test('leaves out columns that are not needed, with whatever text', async () => {
    const text = '1,NULL,2021-01-01,5,x\n2,,,6,\n';
    expect(columnsOf(await read(text, ['number', 'skip', 'skip', 'number', 'skip']))).toEqual([
      [1, 2],
      [5, 6],
    ]);
  });

  test('reads flags as 1 and 0', async () => {
    expect(columnsOf(await read('1,True\n2,false\n', ['number', 'flag']))).toEqual([
      [1, 2],
      [1, 0],
    ]);
  });

  test('reads nothing from an empty file and from one of a header alone', async () => {
    expect((await read(''))?.length).toBe(0);
    expect((await read('time,a,b\n', three, { skip: 1 }))?.length).toBe(0);
    expect((await read('time,a,b', three, { skip: 1 }))?.length).toBe(0);
  });

  test('keeps minus zero, and integers up to the last exact one', async () => {
    const read = await readNumeric(sourceOf('-0,9007199254740991\n-0.0,9007199254740992\n'), {
      delimiter: ',',
      skip: 0,
      kinds: ['number', 'number'],
    });
    expect(Object.is(read?.columns[0]?.[0], -0) && Object.is(read?.columns[0]?.[1], -0)).toBe(true);
    expect([...(read?.columns[1] ?? [])]).toEqual([9007199254740991, 9007199254740992]);
  });

  test('grows beyond a head of long lines, and holds no more room than a file can need behind one of line ends', async () => {
    const long = `1609459200000,${'1.'.padEnd(30, '0')},1\n`.repeat(2000);
    const short = '1609459200000,1,1\n'.repeat(20_000);
    expect((await read(long + short))?.length).toBe(22_000);
    expect(await read(`${'\n'.repeat(1 << 16)}${short}`)).toBeNull();
  });
});

describe('what ends it, so that csv-parse reads the file', () => {
  test.each([
    ['a quote', '1609459200000,"1",2\n'],
    ['a quote in a column that is not needed', '1609459200000,1,"x"\n', ['time', 'number', 'skip'] as const],
    ['a letter in a number', '1609459200000,1x,2\n'],
    ['null', '1609459200000,null,2\n'],
    ['an empty field', '1609459200000,,2\n'],
    ['a blank around a number', '1609459200000, 1,2\n'],
    ['a field too few', '1609459200000,1\n'],
    ['a field too many', '1609459200000,1,2,3\n'],
    ['a blank line between rows', '1609459200000,1,2\n\n1609459260000,1,2\n'],
    ['a line cut off at the end', '1609459200000,1,2\n1609459260000,1'],
    ['a number beyond the doubles', '1609459200000,1e999,2\n'],
    ['two points', '1609459200000,1.2.3,2\n'],
    ['a carriage return inside a line', '1609459200000,1\r,2\n'],
    ['an epoch cut by a spreadsheet', '1.67867E+12,1,2\n'],
    ['a negative time', '-1609459200000,1,2\n'],
    ['a time that is a date without signs', '20210131153000,1,2\n'],
    ['a date', '2021-01-31,1,2\n'],
    ['a byte order mark before the first number', '\ufeff1609459200000,1,2\n'],
    ['another delimiter', '1609459200000;1;2\n'],
    ['a number of 65 bytes', `1609459200000,${'1'.repeat(65)},2\n`],
  ])('%s', async (_, text, kinds: readonly FieldKind[] = three) => {
    for (const piece of [1, 1 << 20]) expect(await read(text, kinds, { piece })).toBeNull();
    const good = '1609459200000,1,2\n';
    expect(await read(good + text, kinds)).toBeNull();
  });

  test('a line of more than a megabyte', async () => {
    expect(await read('1'.repeat((1 << 20) + 1), ['number'], { piece: 1 << 16 })).toBeNull();
  });
});
