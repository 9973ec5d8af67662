import { tableFromArrays, tableToIPC } from '@uwdata/flechette';
import { expect, test } from 'vitest';
import { arrowStream, isArrow, schemaNames } from '../../src/io/arrow-frame.ts';
import { codeOf } from '../support/codes.ts';

const table = tableFromArrays({ time: [1, 2, 3], 'a "name"': ['x', 'y', 'z'], é: [1.5, 2.5, 3.5] });
const file = tableToIPC(table, { format: 'file' }) ?? new Uint8Array();
const stream = tableToIPC(table, { format: 'stream' }) ?? new Uint8Array();

test('tells the names of the columns from the beginning of a file and of a stream', () => {
  expect(schemaNames(file)).toEqual(['time', 'a "name"', 'é']);
  expect(schemaNames(stream)).toEqual(['time', 'a "name"', 'é']);
  expect(schemaNames(tableToIPC(tableFromArrays({}), { format: 'stream' }) ?? new Uint8Array())).toEqual([]);
});

test('knows no text, no other format, and no schema that is not whole', () => {
  for (const text of ['', 'PAR1', 'time,open\n', '[[1,2]]', 'ARROW1', '\xff\xff\xff\xff\xff\xff\xff\xff']) {
    expect(schemaNames(Buffer.from(text, 'latin1'))).toBeNull();
  }
  expect(schemaNames(stream.subarray(0, 40))).toBeNull();
  expect([isArrow(Buffer.from('ARROW1')), isArrow(stream), isArrow(Buffer.from('time,'))]).toEqual([
    true,
    true,
    false,
  ]);
});

test('gives the same messages for a file and for a stream', () => {
  expect(arrowStream(stream, 'a')).toEqual(stream);
  expect(arrowStream(file, 'a')).toEqual(stream);
});

test('a file or a stream cut at any length is an error, also between two messages', async () => {
  for (const whole of [file, stream]) {
    for (let length = 0; length < whole.length; length += 1) {
      expect([length, await codeOf(() => arrowStream(whole.slice(0, length), 'a'))]).toEqual([
        length,
        'ROW_CUT',
      ]);
    }
  }
});

test('two streams or two files in one are refused, which a decoder would read as one of them', async () => {
  expect(await codeOf(() => arrowStream(Buffer.concat([stream, stream]), 'a'))).toBe('FILE_FORMAT');
  expect(await codeOf(() => arrowStream(Buffer.concat([file, file]), 'a'))).toBe('FILE_FORMAT');
});
