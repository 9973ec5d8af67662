import { describe, expect, it } from 'vitest';
import { fitGeneralizedPareto } from '../../src/math/generalized-pareto.ts';
import synthetic from '../golden/synthetic-returns.json' with { type: 'json' };
import golden from '../golden/var-es.json' with { type: 'json' };
import { unchanged } from '../support/unchanged.ts';

const losses = Float64Array.from(synthetic.returns, (one) => -one).sort();

describe('fitGeneralizedPareto', () => {
  it.each(golden.synthetic.pot)('finds the maximum for $excesses excesses', (row) => {
    const over = losses.subarray(losses.length - row.excesses).map((one) => one - row.threshold);
    const fit = unchanged([over], () => fitGeneralizedPareto(over));
    expect(Math.abs(fit.logLikelihood + row.negLoglik)).toBeLessThan(1e-6);
    expect(Math.abs(fit.xi - row.xi)).toBeLessThan(1e-4);
    expect(Math.abs(fit.beta / row.beta - 1)).toBeLessThan(1e-4);
    expect(fit.atBound).toBe(false);
    expect(fit.xiError).toBeCloseTo((1 + fit.xi) / Math.sqrt(row.excesses), 15);
  });

  // Quantiles at (i - 1/2) / n of a known distribution are the sample that is most like it.
  it.each([-0.4, -0.1, 0, 0.3, 0.9, 2])('comes back to xi %d', (xi) => {
    const n = 4000;
    const over = Float64Array.from({ length: n }, (_, i) => {
      const log = Math.log((n - i - 0.5) / n);
      return 0.02 * (xi === 0 ? -log : Math.expm1(-xi * log) / xi);
    });
    const fit = fitGeneralizedPareto(over);
    expect(Math.abs(fit.xi - xi)).toBeLessThan(0.01);
    expect(Math.abs(fit.beta / 0.02 - 1)).toBeLessThan(0.01);
  });

  it('is unmoved by the unit', () => {
    const over = losses.subarray(1400).map((one) => one - losses[1399]!);
    const [plain, scaled] = [over, over.map((one) => one * 1e6)].map((one) => fitGeneralizedPareto(one));
    expect(scaled?.xi).toBeCloseTo(plain?.xi ?? 0, 6);
    expect((scaled?.beta ?? 0) / 1e6).toBeCloseTo(plain?.beta ?? 0, 8);
  });

  it('stops at xi -0.5 where the sample ends abruptly', () => {
    // Uniform: xi is -1.
    const fit = fitGeneralizedPareto(Float64Array.from({ length: 200 }, (_, i) => (i + 0.5) / 200));
    expect(fit.atBound).toBe(true);
    expect(fit.xi).toBeCloseTo(-0.5, 4);
  });

  it('refuses what has no tail', () => {
    expect(() => fitGeneralizedPareto(Float64Array.of(1))).toThrow('at least 2, were 1');
    expect(fitGeneralizedPareto(Float64Array.of(0, 0, 0, 1)).beta).toBeGreaterThan(0);
    expect(() => fitGeneralizedPareto(Float64Array.of(0, 0))).toThrow('must not all be 0');
    expect(() => fitGeneralizedPareto(Float64Array.of(1, -1))).toThrow('at least 0, was -1');
  });
});
