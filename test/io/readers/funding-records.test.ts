import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fractionOf } from '../../../src/io/readers/funding-records.ts';

describe('fractionOf', () => {
  it.each([
    ['0.0001', 0.0001],
    ['-3.5e-05', -0.000035],
    ['+.5%', 0.005],
    ['0.004013%', 0.00004013],
    ['1e-2%', 0.0001],
    ['0', 0],
    ['0.01 %', 0.0001],
  ])('reads %s', (text, fraction) => {
    expect(fractionOf(text)).toBe(fraction);
  });

  it.each(['', '%', 'nan', '1,5', '0.01%%', '--1', '1e', 'Infinity', '0x1'])(
    'reads no rate from %j',
    (text) => {
      expect(fractionOf(text)).toBeNaN();
    },
  );

  it('gives every percent string the double nearest to its hundredth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_999_999 }), (millionths) => {
        const digits = String(millionths).padStart(7, '0');
        const percent = `${digits.slice(0, 1)}.${digits.slice(1)}%`;
        expect(fractionOf(percent)).toBe(Number(`0.0${digits}`));
      }),
      { seed: 11, numRuns: 500 },
    );
  });
});
