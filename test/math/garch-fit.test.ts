import { describe, expect, it } from 'vitest';
import { filterGarch } from '../../src/math/garch.ts';
import { fitGarch } from '../../src/math/garch-fit.ts';
import { createRandom, drawNormal } from '../../src/math/random.ts';
import synthetic from '../golden/synthetic-returns.json' with { type: 'json' };
import golden from '../golden/var-es.json' with { type: 'json' };
import { unchanged } from '../support/unchanged.ts';

const returns = Float64Array.from(synthetic.returns);

/** A simulated sample, from a variance of its own. */
function simulated(n: number, alpha: number, beta: number, seed: number): Float64Array {
  const random = createRandom(seed);
  let variance = 1;
  return Float64Array.from({ length: n }, () => {
    const e = Math.sqrt(variance) * drawNormal(random);
    variance = 0.1 + alpha * e * e + beta * variance;
    return 0.01 * e;
  });
}

// Fits are compared by likelihood to 1e-3 and by parameters to 1e-3 of themselves.
describe('fitGarch', () => {
  it.each([
    ['normal' as const, golden.synthetic.garchMleNormal],
    ['student-t' as const, golden.synthetic.garchMleT],
  ])('finds the maximum of the likelihood with %s innovations', (innovations, row) => {
    const fit = unchanged([returns], () => fitGarch(returns, { innovations }));
    expect(Math.abs(fit.logLikelihood - row.loglik)).toBeLessThan(1e-6);
    for (const key of ['mu', 'omega', 'alpha', 'beta'] as const)
      expect(Math.abs(fit[key] / row[key] - 1)).toBeLessThan(1e-3);
    if ('nu' in row) expect(Math.abs((fit.nu ?? 0) / row.nu - 1)).toBeLessThan(1e-3);
    else expect(fit.nu).toBe(null);
    const { varianceNext } = filterGarch(returns, fit);
    expect(Math.abs(Math.sqrt(varianceNext) / row.sigmaNext - 1)).toBeLessThan(1e-4);
    expect(fit).toMatchObject({ converged: true, bound: null });
  });

  it('comes back from the fit of another window', () => {
    const cold = fitGarch(returns, { innovations: 'student-t' });
    const other = fitGarch(returns.subarray(0, 1000), { innovations: 'student-t' });
    const warm = fitGarch(returns, { innovations: 'student-t', start: other });
    expect(warm.logLikelihood).toBeCloseTo(cold.logLikelihood, 7);
    expect(warm.alpha / cold.alpha).toBeCloseTo(1, 4);
    // From normal to t, and from an edge.
    const edge = { mu: 0, omega: 0, alpha: 1, beta: 0, nu: null };
    expect(fitGarch(returns, { innovations: 'student-t', start: edge }).logLikelihood).toBeCloseTo(
      cold.logLikelihood,
      6,
    );
  });

  it('goes on with the curvature of the window before, and without errors where none are asked for', () => {
    const before = fitGarch(returns.subarray(0, 1499), { innovations: 'normal' });
    const cold = fitGarch(returns, { innovations: 'normal' });
    const options = { innovations: 'normal' as const, start: before, errors: false, tolerance: 1e-6 };
    const { inverse } = before;
    const warm = unchanged([inverse ?? returns], () => fitGarch(returns, options));
    expect(warm.errors).toBe(null);
    expect(warm.logLikelihood).toBeCloseTo(cold.logLikelihood, 6);
    expect(warm.beta / cold.beta).toBeCloseTo(1, 4);
    // The curvature of a normal fit has no place for nu.
    const other = fitGarch(returns, { innovations: 'student-t', start: before });
    expect(other.logLikelihood).toBeCloseTo(golden.synthetic.garchMleT.loglik, 6);
  });

  it('moves with the unit of the returns', () => {
    const plain = fitGarch(returns, { innovations: 'normal' });
    const scaled = fitGarch(
      returns.map((one) => 100 * one),
      { innovations: 'normal' },
    );
    expect(scaled.mu / plain.mu / 100).toBeCloseTo(1, 6);
    expect(scaled.omega / plain.omega / 10_000).toBeCloseTo(1, 6);
    expect(scaled.alpha / plain.alpha).toBeCloseTo(1, 6);
    expect(scaled.logLikelihood).toBeCloseTo(plain.logLikelihood - 1500 * Math.log(100), 7);
    expect((scaled.errors?.[1] ?? 0) / (plain.errors?.[1] ?? 0) / 10_000).toBeCloseTo(1, 4);
  });

  it('holds the parameters of a simulation within three of its standard errors', () => {
    const fit = fitGarch(simulated(6000, 0.1, 0.8, 4), { innovations: 'normal' });
    const truth = [0, 1e-5, 0.1, 0.8];
    [fit.mu, fit.omega, fit.alpha, fit.beta].forEach((one, i) => {
      const error = fit.errors?.[i] ?? 0;
      expect(error).toBeGreaterThan(0);
      expect(Math.abs(one - truth[i]!)).toBeLessThan(3 * error);
    });
  });

  it('flags variance that never comes back', () => {
    // Variance that grows without end: alpha + beta of 1.02.
    const fit = fitGarch(simulated(1500, 0.25, 0.77, 2), { innovations: 'normal' });
    expect(fit.bound).toBe('alpha-plus-beta-1');
    expect(fit.alpha + fit.beta).toBe(1);
    expect(fit.errors).toBe(null);
    expect(fit.inverse).toBe(null);
    expect(fit.converged).toBe(true);
  });

  it('flags shocks that leave no trace', () => {
    // Two sizes in turn: a large shock is always followed by a small one.
    const turns = Float64Array.from(
      { length: 400 },
      (_, t) => (t % 4 < 2 ? 1 : -1) * (t % 2 === 0 ? 0.02 : 0.01),
    );
    const fit = fitGarch(turns, { innovations: 'normal' });
    expect(fit.bound).toBe('alpha-0');
    expect(fit.errors).toBe(null);
  });

  // A likelihood of t innovations rises towards 2 degrees where the variance may grow without end for it.
  it('flags innovations that have hardly a variance', () => {
    const jumps = Float64Array.from({ length: 500 }, (_, t) => {
      const sign = t % 2 === 0 ? 1 : -1;
      return sign * (t % 25 === 0 ? 0.5 : 0.0001 * (1 + (t % 7)));
    });
    const fit = fitGarch(jumps, { innovations: 'student-t' });
    expect(fit.nu).toBeLessThan(2.051);
    expect(fit.nu).toBeGreaterThanOrEqual(2.05);
    expect(fit.bound).not.toBe(null);
  });

  it('refuses too few returns, and returns that never change', () => {
    expect(() => fitGarch(returns.subarray(0, 19), { innovations: 'normal' })).toThrow(
      'were 19 of deviation',
    );
    expect(() => fitGarch(new Float64Array(50), { innovations: 'normal' })).toThrow('were 50 of deviation 0');
  });
});
