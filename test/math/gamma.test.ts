import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deviance, gammaLower, gammaUpper, logGamma, stirlingError } from '../../src/math/gamma.ts';
import golden from '../golden/special-functions.json' with { type: 'json' };
import { relativeError } from '../support/relative-error.ts';

describe('logGamma', () => {
  it.each(golden.logGamma)('at $at is $value to 1e-15 of itself', ({ at, value }) => {
    expect(relativeError(logGamma(at[0]!), value)).toBeLessThanOrEqual(1e-15);
  });

  it('is the logarithm of factorials', () => {
    let factorial = 1;
    for (let n = 1; n <= 20; n += 1) {
      factorial *= n;
      expect(relativeError(logGamma(n + 1), Math.log(factorial))).toBeLessThanOrEqual(1e-14);
    }
  });

  it('rises by log x from x to x + 1', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1e4, noNaN: true }), (x) => {
        expect(logGamma(x + 1) - logGamma(x) - Math.log(x)).toBeCloseTo(0, 9);
      }),
    );
  });

  it.each([0, -1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d', (x) => {
    expect(() => logGamma(x)).toThrow(RangeError);
  });
});

describe('stirlingError', () => {
  it.each(golden.stirlingError)('at $at is $value', ({ at, value }) => {
    expect(Math.abs(stirlingError(at[0]!) - value)).toBeLessThanOrEqual(4e-15);
  });
});

describe('deviance', () => {
  // By hand: x = mean (1 + e), x log(1 + e) - mean e = mean (e^2 / 2 - e^3 / 6 + e^4 / 12 - ...).
  it('keeps its digits where both are near each other', () => {
    const e = 1 / 65536;
    const exact = 1000 * e * e * (1 / 2 - e / 6 + (e * e) / 12);
    expect(relativeError(deviance(1000 * (1 + e), 1000), exact)).toBeLessThanOrEqual(1e-15);
    expect(deviance(7, 7)).toBe(0);
  });

  it('is the mean where nothing was seen', () => {
    expect([deviance(0, 2.5), deviance(0, 0)]).toEqual([2.5, 0]);
  });

  it('is the same on both sides of the bound between its two forms', () => {
    for (const ratio of [0.818, 0.8182, 1.222, 1.2223])
      expect(relativeError(deviance(ratio, 1), ratio * Math.log(ratio) + 1 - ratio)).toBeLessThanOrEqual(
        1e-13,
      );
  });
});

describe('the incomplete gamma function', () => {
  it.each(golden.gammaLower)('below $at is $value to 1e-13 of itself', ({ at, value }) => {
    expect(relativeError(gammaLower(at[0]!, at[1]!), value)).toBeLessThanOrEqual(1e-13);
  });

  it.each(golden.gammaUpper)('above $at is $value to 1e-13 of itself', ({ at, value }) => {
    expect(relativeError(gammaUpper(at[0]!, at[1]!), value)).toBeLessThanOrEqual(1e-13);
  });

  it('adds up to 1, and the lower share never falls in x', () => {
    const shape = fc.double({ min: 1e-3, max: 1e4, noNaN: true });
    fc.assert(
      fc.property(shape, fc.double({ min: 0, max: 3, noNaN: true }), (a, share) => {
        const lower = gammaLower(a, a * share);
        expect(lower + gammaUpper(a, a * share)).toBeCloseTo(1, 14);
        expect(gammaLower(a, a * share * 1.001)).toBeGreaterThanOrEqual(lower - 1e-14);
      }),
    );
  });

  it('is 0 and 1 at the ends', () => {
    expect([gammaLower(2.5, 0), gammaUpper(2.5, 0)]).toEqual([0, 1]);
    const infinity = Number.POSITIVE_INFINITY;
    expect([gammaLower(2.5, infinity), gammaUpper(2.5, infinity)]).toEqual([1, 0]);
  });

  it.each([
    [0, 1],
    [-1, 1],
    [1, -1e-9],
    [Number.NaN, 1],
    [1, Number.NaN],
    [Number.POSITIVE_INFINITY, 1],
  ])('refuses a = %d, x = %d', (a, x) => {
    expect(() => gammaLower(a, x)).toThrow(RangeError);
    expect(() => gammaUpper(a, x)).toThrow(RangeError);
  });
});
