import { describe, expect, it } from 'vitest';
import { normalCdf, normalDensity, normalQuantile } from '../../src/math/normal.ts';
import golden from '../golden/special-functions.json' with { type: 'json' };

/** By mpmath 1.3 at 40 digits: erfc(-x / sqrt 2) / 2. */
const probabilities = [
  [-37, 5.725571222524577e-300],
  [-10, 7.619853024160525e-24],
  [-3, 0.0013498980316300946],
  [-2, 0.02275013194817921],
  [-1, 0.15865525393145705],
  [0, 0.5],
  [0.5, 0.6914624612740131],
  [1.96, 0.9750021048517795],
] as const;

/** By mpmath 1.3 at 40 digits: sqrt 2 erfinv(2 p - 1); the first four are the z values of every table. */
const quantiles = [
  [0.975, 1.9599639845400543],
  [0.95, 1.6448536269514726],
  [0.995, 2.575829303548901],
  [0.99, 2.326347874040841],
  [0.0005, -3.290526731491895],
  [0.75, 0.6744897501960817],
  [1e-10, -6.361340902404057],
] as const;

const relative = (value: number, exact: number) => Math.abs(value - exact) / Math.abs(exact);

describe('normalCdf', () => {
  it.each(probabilities)('at %d is %d to 1e-15 of itself', (x, p) => {
    expect(relative(normalCdf(x), p)).toBeLessThanOrEqual(1e-15);
  });

  it('adds up to 1 with its mirror, never falls, and ends at 0 and 1', () => {
    let last = 0;
    for (let x = -40; x <= 40; x += 1 / 64) {
      const p = normalCdf(x);
      expect(p).toBeGreaterThanOrEqual(last);
      expect(p + normalCdf(-x)).toBeCloseTo(1, 15);
      last = p;
    }
    expect(normalCdf(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(normalCdf(Number.POSITIVE_INFINITY)).toBe(1);
  });
});

describe('normalDensity', () => {
  it.each(golden.normalDensity)('at $at is $value to 1e-15 of itself', ({ at, value }) => {
    expect(relative(normalDensity(at[0]!), value)).toBeLessThanOrEqual(1e-15);
    expect(normalDensity(-at[0]!)).toBe(normalDensity(at[0]!));
  });

  it('is 0 far out', () => {
    expect(normalDensity(50)).toBe(0);
  });
});

describe('normalQuantile', () => {
  it.each(quantiles)('at %d is %d to 1e-15 of itself', (p, z) => {
    expect(relative(normalQuantile(p), z)).toBeLessThanOrEqual(1e-15);
  });

  it('is 0 at one half and odd about it', () => {
    expect(normalQuantile(0.5)).toBe(0);
    for (const p of [0.25, 0.125, 0.0625]) expect(normalQuantile(1 - p)).toBe(-normalQuantile(p));
  });

  it('undoes the distribution function from the far tail to the middle', () => {
    for (let x = -37; x <= 0; x += 1 / 16) {
      expect(Math.abs(normalQuantile(normalCdf(x)) - x)).toBeLessThanOrEqual(4e-15 * Math.max(1, -x));
    }
  });

  it.each([0, 1, -0.1, 1.1, Number.NaN])('refuses %d', (p) => {
    expect(() => normalQuantile(p)).toThrow('strictly between 0 and 1');
  });
});
