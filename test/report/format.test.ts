import { describe, expect, it } from 'vitest';
import { InvariantError } from '../../src/model/errors.ts';
import type { Cell, Unit } from '../../src/model/page.ts';
import { formatCell, formatColumn, formatTick } from '../../src/report/format.ts';

const units: readonly Unit[] = [
  ...(['time', 'price', 'money', 'qty', 'fraction', 'rate'] as const),
  ...(['ratio', 'bps', 'count', 'duration', 'text', 'r'] as const),
];

describe('formatCell', () => {
  const hour = 3_600_000;
  it.each<[Unit, Cell, string]>([
    // 1,652,328,000 s after 1970 is 2022-05-12 04:00 UTC (date -u -d @1652328000).
    ['time', 1_652_328_000_000, '2022-05-12 04:00'],
    ['time', 1_652_328_007_250, '2022-05-12 04:00:07.250'],
    ['time', 0, '1970-01-01 00:00'],
    ['time', -1, '1969-12-31 23:59:59.999'],
    ['fraction', 0.1534, '15.34 %'],
    ['fraction', 0.00145, '0.15 %'],
    ['fraction', 0.0029, '0.29 %'],
    ['fraction', -0.5, '-50.00 %'],
    ['fraction', 12.5, '1,250.00 %'],
    ['fraction', 0.00004, '0.004 %'],
    ['fraction', 1, '100.00 %'],
    ['fraction', 0, '0.00 %'],
    ['fraction', -0, '0.00 %'],
    ['rate', 0.0001, '0.0100 %'],
    ['rate', -0.000123456, '-0.0123 %'],
    ['rate', 2.5e-7, '0.000025 %'],
    ['price', 87.71, '87.71'],
    ['price', 0.00005, '0.00005'],
    ['price', 0.0000012345, '0.0000012345'],
    ['price', 62_000.5, '62,000.5'],
    ['price', 62_000, '62,000'],
    ['price', 9999.99, '9,999.99'],
    ['price', 155_123_456.78, '155,123,457'],
    ['price', 0.1 + 0.2, '0.3'],
    ['price', 61_234.567891234, '61,234.568'],
    ['money', 1234.5, '1,234.50'],
    ['money', -0.004, '0.00'],
    ['money', 1.005, '1.01'],
    ['money', '123456789012345678.905', '123,456,789,012,345,678.91'],
    ['money', '-0.00000001', '0.00'],
    ['qty', -1.5, '-1.5'],
    ['qty', 0.00000001, '0.00000001'],
    ['ratio', 0.125, '0.125'],
    ['ratio', 2, '2'],
    ['ratio', 1 / 3, '0.333333'],
    ['bps', 12.5, '12.5 bps'],
    ['bps', 0.05, '0.1 bps'],
    ['count', 2080, '2,080'],
    ['count', 999, '999'],
    ['count', 2.5, '2.50'],
    ['r', 1.953421, '1.95'],
    ['r', -0, '0.00'],
    ['duration', hour, '1h'],
    ['duration', 24 * hour, '24h'],
    ['duration', 52 * hour, '2d 4h'],
    ['duration', 48 * hour, '2d'],
    ['duration', 15 * 60_000, '15m'],
    ['duration', 90 * 60_000, '1h 30m'],
    ['duration', 350, '350ms'],
    ['duration', 1500, '1s 500ms'],
    ['duration', 3_599_999, '1h'],
    ['duration', 2 * 24 * hour - 1, '2d'],
    ['duration', -30_000, '-30s'],
    ['duration', 0, '0s'],
    ['duration', 1500 * 24 * hour, '1,500d'],
    ['text', 'as it is', 'as it is'],
    ['text', '1000', '1000'],
    ['text', 1000.25, '1000.25'],
    ['text', -0, '0'],
    ['fraction', 'no loss at this confidence', 'no loss at this confidence'],
  ])('writes %s %s as %s', (unit, value, text) => {
    expect(formatCell(unit, value)).toBe(text);
  });

  it.each(units)('writes a dash where there is no %s, and refuses what is not finite', (unit) => {
    expect(formatCell(unit, null)).toBe('–');
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(() => formatCell(unit, value)).toThrow(InvariantError);
      expect(() => formatCell(unit, value)).toThrow(`a value on a page is a finite number, was ${value}`);
    }
  });

  it.each(units)('never writes an exponent or a signed zero for %s', (unit) => {
    for (const value of [1e21, 1e-7, 5e-324, -1e-12, 1.7e15, -0]) {
      // Times reach as far as a calendar with four digits of a year; plain text keeps the shortest text of a number.
      if (unit === 'time' || unit === 'text') continue;
      const text = formatCell(unit, value);
      expect(text).not.toMatch(/e[+-]?\d/);
      expect(text).not.toMatch(/^-0(?:\.0+)?(?: |s|$)/);
    }
  });
});

describe('formatColumn', () => {
  it('sets the points of prices and ratios below each other', () => {
    expect(formatColumn('price', [62_000.5, 61_999.25, 62_000, null])).toEqual([
      '62,000.50',
      '61,999.25',
      '62,000.00',
      '–',
    ]);
    expect(formatColumn('ratio', [0.125, 2, 'none'])).toEqual(['0.125', '2.000', 'none']);
    expect(formatColumn('ratio', [1, 2])).toEqual(['1', '2']);
  });

  it('leaves each price its own digits where a column holds very different ones', () => {
    expect(formatColumn('price', [62_000.5, 0.00005])).toEqual(['62,000.5', '0.00005']);
  });

  it('has a fixed number of decimals in the other units by their rule', () => {
    expect(formatColumn('fraction', [0.5, 0.125])).toEqual(['50.00 %', '12.50 %']);
  });
});

describe('formatTick', () => {
  const day = 86_400_000;
  it.each<[Unit, number, number, string]>([
    ['fraction', 0.15, 0.05, '15 %'],
    ['fraction', 0.025, 0.005, '2.5 %'],
    ['fraction', -0.2, 0.1, '-20 %'],
    ['rate', 0.0002, 0.0001, '0.02 %'],
    ['r', 2, 0.5, '2.0'],
    ['r', 2, 1, '2'],
    ['count', 2000, 500, '2,000'],
    ['price', 60_000, 2000, '60,000'],
    ['money', -5000, 5000, '-5,000'],
    ['bps', 2.5, 0.5, '2.5 bps'],
    ['time', 1_652_328_000_000, day / 6, '05-12 04:00'],
    ['time', 1_652_313_600_000, day, '2022-05-12'],
    ['duration', 7_200_000, 3_600_000, '2h'],
  ])('writes the tick %s %d at steps of %d as %s', (unit, value, step, text) => {
    expect(formatTick(unit, value, step)).toBe(text);
  });
});
