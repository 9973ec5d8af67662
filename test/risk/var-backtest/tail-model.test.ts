import { describe, expect, it } from 'vitest';
import { normalDensity, normalQuantile } from '../../../src/math/normal.ts';
import { studentQuantile } from '../../../src/math/student-t.ts';
import { normalTail, studentTail, tailOfRatio } from '../../../src/risk/var-backtest/tail-model.ts';
import { relativeError } from '../../support/relative-error.ts';

const tails = {
  normal: normalTail(0.01),
  'Student 3': studentTail(0.025, 3),
  'Student 1.5': studentTail(0.05, 1.5),
};

describe.each(Object.entries(tails))('the tail of %s', (_, { p, severity }) => {
  it('falls in u', () => {
    for (let k = 1; k < 500; k += 1)
      expect(severity((p * k) / 500)).toBeGreaterThan(severity((p * (k + 1)) / 500));
  });

  // Midpoints in the logarithm of u, whose weight is u.
  it('has a mean of 1', () => {
    let total = 0;
    const steps = 200;
    for (let k = 0; k < 40 * steps; k += 1) {
      const u = p * Math.exp(-(k + 0.5) / steps);
      total += (severity(u) * u) / steps / p;
    }
    expect(total).toBeCloseTo(1, 4);
  });

  it('ends at a number where u is 0', () => {
    expect(Number.isFinite(severity(0))).toBe(true);
  });
});

describe('the severity of a tail', () => {
  it('is the quantile over expected shortfall', () => {
    const shortfall = normalDensity(normalQuantile(0.01)) / 0.01;
    // The integral of x f(x) below the quantile, over 2.5 %, by quadrature in mpmath 1.3.
    const shortfallOfStudent3 = 5.039583061113471;
    for (const u of [0.0099, 0.005, 0.001, 1e-5, 1e-12]) {
      expect(relativeError(tails.normal.severity(u), -normalQuantile(u) / shortfall)).toBeLessThanOrEqual(
        1e-5,
      );
      const student = tails['Student 3'].severity(u);
      expect(relativeError(student, -studentQuantile(u, 3) / shortfallOfStudent3)).toBeLessThanOrEqual(1e-5);
    }
  });

  it.each([0, 0.5, Number.NaN])('refuses a tail of %d', (p) => {
    expect(() => normalTail(p)).toThrow('the probability of a tail must be in (0, 0.5)');
    expect(() => studentTail(p, 4)).toThrow('the probability of a tail must be in (0, 0.5)');
  });

  it('refuses degrees of freedom without an expected shortfall', () => {
    expect(() => studentTail(0.01, 1)).toThrow('degrees of freedom > 1, was 1');
  });
});

describe('the tail of a ratio of ES to VaR', () => {
  const places = [0.02, 0.01, 1e-3, 1e-6];

  it('is that of the t distribution which has it', () => {
    // ES of t(3) at 2.5 % by quadrature in mpmath 1.3, as above.
    const ratio = -5.039583061113471 / studentQuantile(0.025, 3);
    const found = tailOfRatio(0.025, ratio);
    for (const u of places)
      expect(relativeError(found.severity(u), tails['Student 3'].severity(u))).toBeLessThan(1e-6);
  });

  it('is normal up to the ratio of a normal distribution', () => {
    const ratio = -normalDensity(normalQuantile(0.01)) / 0.01 / normalQuantile(0.01);
    for (const one of [ratio, 1, 0.5, Number.NEGATIVE_INFINITY])
      for (const u of [0.009, 1e-4])
        expect(tailOfRatio(0.01, one).severity(u)).toBe(tails.normal.severity(u));
  });

  it('is the heaviest where no t has as large a ratio', () => {
    // The severity of the VaR itself is one over the ratio: the heavier, the smaller.
    const { severity } = tailOfRatio(0.01, 1e6);
    expect(severity(0.00999)).toBeLessThan(tailOfRatio(0.01, 3).severity(0.00999));
    expect(severity(0.00999)).toBeCloseTo(studentTail(0.01, 1.05).severity(0.00999), 8);
  });

  it('refuses a ratio that is no number, and a tail outside (0, 0.5)', () => {
    expect(() => tailOfRatio(0.01, Number.NaN)).toThrow('must be a number, was NaN');
    expect(() => tailOfRatio(0.5, 1.2)).toThrow('must be in (0, 0.5), was 0.5');
  });
});
