import { expect, test } from 'vitest';
import { decimalOf, flagOf } from '../../../src/io/csv/cell-text.ts';

test.each([
  ['12', 12],
  ['-0.5', -0.5],
  ['+3', 3],
  ['.5', 0.5],
  ['5.', 5],
  ['1.5e-7', 1.5e-7],
  ['2E3', 2000],
  ['0.1234567890123456789', 0.12345678901234568],
])('decimalOf reads %s', (text, value) => {
  expect(decimalOf(text)).toBe(value);
});

test.each([
  '',
  ' ',
  '-',
  '.',
  '1,5',
  '1_000',
  '0x10',
  '1e',
  'NaN',
  'Infinity',
  'null',
  '1 2',
  '1e999',
  '--1',
])('decimalOf gives NaN for "%s", of which Number would make something at times', (text) => {
  expect(decimalOf(text)).toBeNaN();
});

test('flagOf reads true and false in any case of letters, and 1 and 0', () => {
  expect(['true', 'True', 'TRUE', '1', 'false', 'False', '0'].map(flagOf)).toEqual([1, 1, 1, 1, 0, 0, 0]);
});

test.each(['', 'yes', 't', '2', 'constructor', '__proto__'])('flagOf gives NaN for "%s"', (text) => {
  expect(flagOf(text)).toBeNaN();
});
