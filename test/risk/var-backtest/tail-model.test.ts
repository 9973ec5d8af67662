import { describe, expect, it } from 'vitest';
import { normalDensity, normalQuantile } from '../../../src/math/normal.ts';
import { studentQuantile } from '../../../src/math/student-t.ts';
import { normalTail, studentTail } from '../../../src/risk/var-backtest/tail-model.ts';
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
