import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalCdf, normalQuantile } from '../../src/math/normal.ts';
import { studentCdf, studentDensity, studentQuantile } from '../../src/math/student-t.ts';
import golden from '../golden/special-functions.json' with { type: 'json' };
import { relativeError } from '../support/relative-error.ts';

const kernels = { studentDensity, studentCdf, studentQuantile };

describe.each(Object.entries(kernels))('%s', (name, kernel) => {
  it.each(golden[name as keyof typeof kernels])('at $at is $value to 1e-13 of itself', ({ at, value }) => {
    expect(relativeError(kernel(at[0]!, at[1]!), value)).toBeLessThanOrEqual(1e-13);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d degrees of freedom', (degrees) => {
    expect(() => kernel(0.3, degrees)).toThrow('degrees of freedom must be a finite number above 0');
  });
});

describe("Student's t", () => {
  // The Cauchy distribution; and t / sqrt(2 + t^2) / 2 + 1/2 for two degrees.
  it('has the closed forms of one and two degrees', () => {
    for (let x = -50; x <= 50; x += 0.7) {
      expect(studentCdf(x, 1)).toBeCloseTo(0.5 + Math.atan(x) / Math.PI, 14);
      expect(studentCdf(x, 2)).toBeCloseTo(0.5 + x / (2 * Math.sqrt(2 + x * x)), 14);
      expect(studentDensity(x, 1)).toBeCloseTo(1 / (Math.PI * (1 + x * x)), 15);
    }
    expect(studentQuantile(0.75, 1)).toBeCloseTo(1, 14);
  });

  // t of every table, to its printed digits (Fisher and Yates 1938, table III).
  it.each([
    [0.975, 10, 2.228],
    [0.975, 30, 2.042],
    [0.995, 5, 4.032],
    [0.95, 1, 6.314],
  ])('has the printed quantile at %d with %d degrees: %d', (p, degrees, quantile) => {
    expect(studentQuantile(p, degrees)).toBeCloseTo(quantile, 3);
  });

  it('mirrors, and the quantile undoes the distribution function', () => {
    const degrees = fc.double({ min: 0.5, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(degrees, fc.double({ min: 1e-12, max: 0.4999, noNaN: true }), (nu, p) => {
        const x = studentQuantile(p, nu);
        expect(relativeError(studentCdf(x, nu), p)).toBeLessThanOrEqual(1e-12);
        expect(studentCdf(-x, nu)).toBe(1 - studentCdf(x, nu));
      }),
    );
  });

  it('goes over into the normal distribution', () => {
    for (const x of [-8, -2, -0.1, 0.4, 3]) {
      expect(relativeError(studentCdf(x, 1e17), normalCdf(x))).toBeLessThanOrEqual(1e-12);
    }
    expect(relativeError(studentQuantile(0.001, 1e17), normalQuantile(0.001))).toBeLessThanOrEqual(1e-12);
  });

  // For large x the tail of four degrees is 3 / x^4: the integral of its density (3 / 8) (1 + x^2 / 4)^-2.5, or 12 / x^5.
  it('reaches tails whose density is too small for a double', () => {
    const x = studentQuantile(1e-300, 4);
    expect(relativeError(x, -Math.sqrt(Math.sqrt(3)) * 1e75)).toBeLessThanOrEqual(1e-12);
    expect(relativeError(studentCdf(x, 4), 1e-300)).toBeLessThanOrEqual(1e-12);
  });

  it('is 0 at one half', () => {
    expect(studentQuantile(0.5, 3.3)).toBe(0);
    expect(studentCdf(0, 3.3)).toBe(0.5);
  });

  it.each([0, 1, Number.NaN])('refuses a quantile at %d', (p) => {
    expect(() => studentQuantile(p, 4)).toThrow('strictly between 0 and 1');
  });

  it('refuses what does not fit into a double', () => {
    expect(() => studentQuantile(1e-12, 0.05)).toThrow('must be within 1e150 of 0');
    expect(() => studentQuantile(0.3, 1e-5)).toThrow('must be within 1e150 of 0');
    expect(() => studentCdf(1e160, 4)).toThrow('within 1e150 of 0');
    expect(() => studentDensity(Number.NaN, 4)).toThrow('within 1e150 of 0');
  });
});
