import { describe, expect, it } from 'vitest';
import { chiSquareCdf, chiSquareTail } from '../../src/math/chi-square.ts';
import { normalCdf } from '../../src/math/normal.ts';
import golden from '../golden/special-functions.json' with { type: 'json' };
import { relativeError } from '../support/relative-error.ts';

describe('the chi-square distribution', () => {
  it.each(golden.chiSquareCdf)('below $at has $value to 1e-13 of itself', ({ at, value }) => {
    expect(relativeError(chiSquareCdf(at[0]!, at[1]!), value)).toBeLessThanOrEqual(1e-13);
  });

  it.each(golden.chiSquareTail)('above $at has $value to 1e-13 of itself', ({ at, value }) => {
    expect(relativeError(chiSquareTail(at[0]!, at[1]!), value)).toBeLessThanOrEqual(1e-13);
  });

  // The square of a normal value; and with two degrees an exponential of mean 2.
  it('has the closed forms of one and two degrees', () => {
    for (let x = 0.05; x < 700; x *= 1.3) {
      expect(relativeError(chiSquareTail(x, 1), 2 * normalCdf(-Math.sqrt(x)))).toBeLessThanOrEqual(2e-13);
      expect(relativeError(chiSquareTail(x, 2), Math.exp(-x / 2))).toBeLessThanOrEqual(1e-13);
    }
  });

  it.each([
    [-1, 1],
    [1, 0],
    [Number.NaN, 1],
  ])('refuses x = %d with %d degrees', (x, degrees) => {
    expect(() => chiSquareTail(x, degrees)).toThrow(RangeError);
    expect(() => chiSquareCdf(x, degrees)).toThrow(RangeError);
  });
});
