import { describe, expect, it } from 'vitest';
import * as field from '../../../src/io/readers/journal-fields.ts';

function codeOf(run: () => unknown): string | null {
  const read = field.rowOrFault(7, () => ({ value: run() }));
  return 'code' in read ? read.code : null;
}

describe('rowOrFault', () => {
  it('gives the value, or the fault with its line', () => {
    expect(field.rowOrFault(7, () => ({ a: 1 }))).toEqual({ a: 1 });
    expect(field.rowOrFault(7, () => field.priceOf('entry price', '0'))).toEqual({
      line: 7,
      code: 'ROW_PRICE',
      message: 'entry price must be above 0, was 0',
    });
  });

  it('hides no other error', () => {
    expect(() =>
      field.rowOrFault(7, () => {
        throw new TypeError('ours');
      }),
    ).toThrow('ours');
  });
});

describe('isBlank', () => {
  it.each(['', '-', '--', 'NaN', 'NaT', 'null', 'None', 'n/a'])('takes %j for no value', (text) => {
    expect(field.isBlank(text)).toBe(true);
  });

  it.each(['0', '-1', 'no', 'x'])('takes %j for a value', (text) => {
    expect(field.isBlank(text)).toBe(false);
  });
});

describe('numberOf', () => {
  it.each([
    ['1', 1],
    ['-1.50', -1.5],
    ['.5', 0.5],
    ['1e-3', 0.001],
    ['+7.', 7],
  ])('reads %s', (text, value) => {
    expect(field.numberOf('x', text)).toBe(value);
  });

  it.each(['', '1,000', '0x10', 'Infinity', '1e999', '1 2', '$5', '5%'])(
    'reads no number from %j',
    (text) => {
      expect(codeOf(() => field.numberOf('x', text))).toBe('ROW_NUMBER');
    },
  );
});

describe('directionOf', () => {
  it('takes the flag only where there is no word', () => {
    expect(field.directionOf('', 'true')).toBe('short');
    expect(field.directionOf('-', '0')).toBe('long');
    expect(field.directionOf('long', 'true')).toBe('long');
    expect(codeOf(() => field.directionOf('', ''))).toBe('ROW_VALUE');
    expect(codeOf(() => field.directionOf('limit', 'true'))).toBe('ROW_VALUE');
  });
});

describe('optional', () => {
  it('is undefined where the field is blank, and includes the ends of a closed range', () => {
    expect(field.optional('c', '', { from: 0, to: 1 })).toBeUndefined();
    expect(field.optional('c', '0', { from: 0, to: 1 })).toBe(0);
    expect(field.optional('c', '1', { from: 0, to: 1 })).toBe(1);
    expect(codeOf(() => field.optional('c', '1.0001', { from: 0, to: 1 }))).toBe('ROW_VALUE');
  });

  it('excludes the end of an open one', () => {
    expect(codeOf(() => field.optional('q', '0', { above: 0 }))).toBe('ROW_VALUE');
    expect(field.optional('q', '1e-9', { above: 0 })).toBe(1e-9);
  });
});
