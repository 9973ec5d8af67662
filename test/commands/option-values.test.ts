import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import {
  momentValue,
  numberAsList,
  numberList,
  numbersOrRange,
  numberValue,
  textList,
  wholeValue,
} from '../../src/commands/option-values.ts';

describe('numberValue', () => {
  it.each([
    ['2', 2],
    ['-0.5', -0.5],
    ['.5', 0.5],
    ['2.', 2],
    ['1e-3', 0.001],
    ['+7', 7],
  ])('reads %s', (text, value) => {
    expect(numberValue(text)).toBe(value);
  });

  it.each(['', ' ', 'abc', '2x', '0x10', '1_000', '1,5', 'NaN', 'Infinity', '1e999', '.', ' 2'])(
    'refuses "%s"',
    (text) => {
      expect(() => numberValue(text)).toThrow(InvalidArgumentError);
    },
  );
});

describe('wholeValue', () => {
  it('reads whole numbers from its least on', () => {
    expect(wholeValue()('0')).toBe(0);
    expect(wholeValue(2)('2')).toBe(2);
  });

  it.each(['1', '2.0', '-3', '', '9007199254740993', 'x'])(
    'refuses "%s" where it must be at least 2',
    (text) => {
      expect(() => wholeValue(2)(text)).toThrow('at least 2');
    },
  );
});

describe('lists', () => {
  it('are one number, numbers with commas, or a range that stays text', () => {
    expect(numberAsList('2')).toEqual([2]);
    expect(numbersOrRange('1, 2.5,3')).toEqual([1, 2.5, 3]);
    expect(numberList('1, 2.5,3')).toEqual([1, 2.5, 3]);
    expect(() => numberList('1:3:1')).toThrow(InvalidArgumentError);
    expect(numbersOrRange('0.5:6:0.1')).toBe('0.5:6:0.1');
    expect(textList('symbol, direction')).toEqual(['symbol', 'direction']);
  });

  it.each(['', '1,', ',1', '1,,2', '1:2', '1;2'])('are not "%s"', (text) => {
    expect(() => numbersOrRange(text)).toThrow(InvalidArgumentError);
  });
});

describe('a moment', () => {
  it('is a day, or a time of one, in UTC', () => {
    expect(momentValue('2022-05-04')).toBe(1_651_622_400_000);
    expect(momentValue('2022-05-04T12:30:00Z')).toBe(1_651_667_400_000);
  });

  it.each(['', '2022-02-30', '2022-05-04 12:30', '2022-05-04T12:30:00', '1651622400000'])(
    'is not "%s"',
    (text) => {
      expect(() => momentValue(text)).toThrow(InvalidArgumentError);
    },
  );
});
