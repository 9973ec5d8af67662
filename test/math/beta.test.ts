import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaLower } from '../../src/math/beta.ts';
import golden from '../golden/special-functions.json' with { type: 'json' };
import { relativeError } from '../support/relative-error.ts';

const shape = fc.double({ min: 0.1, max: 2000, noNaN: true });
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('betaLower', () => {
  it.each(golden.betaLower)('at $at is $value to 1e-13 of itself', ({ at, value }) => {
    expect(relativeError(betaLower(at[0]!, at[1]!, at[2]!), value)).toBeLessThanOrEqual(1e-13);
  });

  it('adds up to 1 with its mirror, and never falls in x', () => {
    fc.assert(
      fc.property(shape, shape, share, (a, b, x) => {
        const lower = betaLower(a, b, x);
        expect(lower + betaLower(b, a, 1 - x, x)).toBeCloseTo(1, 13);
        expect(betaLower(a, b, Math.min(1, x * 1.001))).toBeGreaterThanOrEqual(lower - 1e-13);
      }),
    );
  });

  // By parts: I_x(a, 1) = x^a, and I_x(1, b) = 1 - (1 - x)^b.
  it('is a power where a shape is 1', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 50, noNaN: true }), share, (a, x) => {
        expect(betaLower(a, 1, x)).toBeCloseTo(Math.exp(a * Math.log(x)), 13);
        expect(betaLower(1, a, x)).toBeCloseTo(-Math.expm1(a * Math.log1p(-x)), 13);
      }),
    );
  });

  // I_x(1/2, 1/2) = (2 / pi) asin sqrt x; with x = 1 - 1e-20 only the other argument still tells it from 1.
  it('takes the digits of 1 - x that its caller has', () => {
    const above = betaLower(0.5, 0.5, 1e-20, 1);
    expect(relativeError(above, (2 / Math.PI) * 1e-10)).toBeLessThanOrEqual(1e-14);
    expect(betaLower(0.5, 0.5, 1, 1e-20)).toBe(1 - above);
  });

  it.each([
    [0, 1, 0.5],
    [1, 0, 0.5],
    [1, 1, -0.1],
    [1, 1, 1.1],
    [Number.NaN, 1, 0.5],
    [1, 1, Number.NaN],
    [1, Number.POSITIVE_INFINITY, 0.5],
  ])('refuses a = %d, b = %d, x = %d', (a, b, x) => {
    expect(() => betaLower(a, b, x)).toThrow(RangeError);
  });

  it('refuses arguments that do not add up to 1', () => {
    expect(() => betaLower(1, 1, 0.5, 0.4)).toThrow('1 - x = 0.4');
  });
});
