import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalsOf, decimalText, plainText, rounded, shifted } from '../../src/report/decimal-text.ts';

const fixed = (value: number | string, decimals: number) =>
  plainText(rounded(decimalText(value), decimals), decimals);

describe('decimal text', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [5e-5, '0.00005'],
    [1e-7, '0.0000001'],
    [1.25e-9, '0.00000000125'],
    [1e21, '1,000,000,000,000,000,000,000'],
    [1.5e22, '15,000,000,000,000,000,000,000'],
    [999, '999'],
    [1000, '1,000'],
    [-1234567.25, '-1,234,567.25'],
    [100, '100'],
    [0.30000000000000004, '0.30000000000000004'],
  ])('writes %s without an exponent', (value, text) => {
    expect(plainText(decimalText(value))).toBe(text);
  });

  // 0.145, 1.005 and 2.675 lie below their decimal text in binary, so toFixed(2) gives 0.14, 1.00 and 2.67.
  it.each([
    [0.145, 2, '0.15'],
    [-0.145, 2, '-0.15'],
    [1.005, 2, '1.01'],
    [2.675, 2, '2.68'],
    [8.345, 2, '8.35'],
    [0.5, 0, '1'],
    [-0.5, 0, '-1'],
    [0.4999, 0, '0'],
    [-0.004, 2, '0.00'],
    [0.006, 2, '0.01'],
    [0.05, 1, '0.1'],
    [9.995, 2, '10.00'],
    [999.995, 2, '1,000.00'],
    [0.999, 0, '1'],
    [0.0999, 1, '0.1'],
    [0.0009, 2, '0.00'],
    [1e-300, 4, '0.0000'],
    [123456789012345680000, 2, '123,456,789,012,345,680,000.00'],
    [12, 3, '12.000'],
  ])('rounds %s to %i places half away from zero on the decimal text', (value, decimals, text) => {
    expect(fixed(value, decimals)).toBe(text);
  });

  it('reads a decimal text exactly, beyond the digits of a double', () => {
    expect(fixed('123456789012345678.905', 2)).toBe('123,456,789,012,345,678.91');
    expect(plainText(decimalText('-0010.500'))).toBe('-10.5');
    expect(plainText(decimalText('0.000'))).toBe('0');
  });

  it('shifts exactly where a product in binary would not', () => {
    expect(0.07 * 100).not.toBe(7);
    expect(plainText(shifted(decimalText(0.07), 2))).toBe('7');
    expect(plainText(shifted(decimalText(1.1), 2))).toBe('110');
  });

  it('counts the digits behind the point', () => {
    expect([1, 0.5, 0.125, 1200, 1e-7, 0].map((value) => decimalsOf(decimalText(value)))).toEqual([
      0, 1, 3, 0, 7, 0,
    ]);
  });

  it('reads back to the same double, for every finite double', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(plainText(decimalText(value)).replaceAll(',', ''))).toBe(value === 0 ? 0 : value);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it('never rounds by more than half of the last place, and equals its mirror below zero', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 0, max: 5 }), (ticks, decimals) => {
        // A number of millionths is exact as an integer, so that the distance can be counted without binary dust.
        const text = fixed(`${Math.floor(ticks / 1e6)}.${String(ticks % 1e6).padStart(6, '0')}`, decimals);
        const [whole = '', fraction = ''] = text.replaceAll(',', '').split('.');
        const back = Number(whole) * 1e6 + Number(fraction.padEnd(6, '0'));
        const unit = Number(`1e${6 - decimals}`);
        expect(2 * Math.abs(back - ticks)).toBeLessThanOrEqual(unit);
        if (2 * Math.abs(back - ticks) === unit) expect(back).toBeGreaterThan(ticks);
      }),
      { seed: 2, numRuns: 2000 },
    );
  });
});
