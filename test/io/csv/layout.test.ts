import { expect, test } from 'vitest';
import { delimiterOf, fieldsOf, isNumeric } from '../../../src/io/csv/layout.ts';

test.each([
  ['time,open', ','],
  ['time;open;high', ';'],
  ['time\topen', '\t'],
  ['time|open', '|'],
  ['time', ','],
])('delimiterOf finds the delimiter of %s', (line, delimiter) => {
  expect(delimiterOf(line)).toBe(delimiter);
});

test('fieldsOf leaves out quotes and blanks around a field', () => {
  expect(fieldsOf(' "Open Time" , open,, "a""b" ')).toEqual(['Open Time', 'open', '', 'a""b']);
});

test('isNumeric knows a row of plain numbers from a header and from a row with an empty field', () => {
  expect([
    isNumeric(['1609459200000', '-1.5', '.5', '1e-7']),
    isNumeric(['time']),
    isNumeric(['1', '']),
  ]).toEqual([true, false, false]);
});
