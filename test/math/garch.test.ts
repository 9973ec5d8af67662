import { describe, expect, it } from 'vitest';
import { filterGarch, forecastVariances, garchLogLikelihood, longRunVariance } from '../../src/math/garch.ts';
import { sum } from '../../src/math/sum.ts';
import { ewmaVariances } from '../../src/risk/var/ewma.ts';
import synthetic from '../golden/synthetic-returns.json' with { type: 'json' };
import golden from '../golden/var-es.json' with { type: 'json' };
import { unchanged } from '../support/unchanged.ts';

const returns = Float64Array.from(synthetic.returns);
const { params, ...fixed } = golden.synthetic.garchFixed;

describe('filterGarch', () => {
  it('follows the recursion from the mean of squared shocks', () => {
    const { variances, varianceNext } = unchanged([returns], () => filterGarch(returns, params));
    expect(variances[0]).toBeCloseTo(fixed.h0, 17);
    fixed.hFirst5.forEach((one, t) => {
      expect(variances[t]).toBeCloseTo(one, 16);
    });
    expect(variances.at(-1)).toBeCloseTo(fixed.hLast, 16);
    expect(varianceNext).toBeCloseTo(fixed.hNext, 16);
  });

  it('is EWMA with mu and omega 0, from its seed', () => {
    const ewma = ewmaVariances(returns, 0.94, 0.25);
    const garch = filterGarch(returns, { mu: 0, omega: 0, alpha: 1 - 0.94, beta: 0.94 }, 0.25);
    for (let t = 1; t < 1500; t += 1) expect(garch.variances[t]! / ewma[t - 1]!).toBeCloseTo(1, 12);
    expect(garch.varianceNext).toBeCloseTo(ewma[1499]!, 15);
  });

  // By hand: mu 1, omega 1, alpha 1/2, beta 1/4 on 3, 1 from 4: shocks 2, 0; h = 4, 1 + 2 + 1 = 4, then 1 + 0 + 1.
  it('gives shocks, variances, residuals and the next variance', () => {
    const filtered = filterGarch(Float64Array.of(3, 1), { mu: 1, omega: 1, alpha: 0.5, beta: 0.25 }, 4);
    expect(filtered).toEqual({
      shocks: Float64Array.of(2, 0),
      variances: Float64Array.of(4, 4),
      residuals: Float64Array.of(1, 0),
      varianceNext: 2,
    });
  });

  it('refuses parameters below 0 and a first variance of 0', () => {
    const bad = { ...params, alpha: -0.1 };
    expect(() => filterGarch(returns, bad)).toThrow('omega, alpha and beta at least 0');
    expect(() => filterGarch(new Float64Array(3), { ...params, mu: 0 })).toThrow('above 0, was 0');
    expect(() => filterGarch(returns, params, Number.NaN)).toThrow('above 0, was NaN');
  });
});

describe('garchLogLikelihood', () => {
  it('equals that of the fixed parameters, for normal and for t innovations', () => {
    const filtered = filterGarch(returns, params);
    expect(garchLogLikelihood(filtered, null)).toBeCloseTo(fixed.loglikNormal, 9);
    expect(garchLogLikelihood(filtered, 6)).toBeCloseTo(fixed.loglikT6, 9);
    expect(garchLogLikelihood(filtered, 1e5)).toBeCloseTo(fixed.loglikNormal, 1);
    expect(() => garchLogLikelihood(filtered, 2)).toThrow('nu must be above 2, was 2');
  });
});

describe('forecastVariances', () => {
  it('come back to the long-run variance', () => {
    const forecasts = forecastVariances(params, fixed.hNext, 30);
    for (const { k, variance } of fixed.forecast) expect(forecasts[k - 1]).toBeCloseTo(variance, 16);
    expect(sum(forecasts.subarray(0, 10))).toBeCloseTo(fixed.cumulative10, 15);
    // 1e-5 / 0.02.
    expect(longRunVariance(params)).toBeCloseTo(5e-4, 16);
    expect(forecastVariances(params, fixed.hNext, 2000).at(-1)).toBeCloseTo(5e-4, 15);
  });

  it('never come back where alpha and beta sum to 1', () => {
    const forever = { mu: 0, omega: 1, alpha: 0.25, beta: 0.75 };
    expect([...forecastVariances(forever, 2, 3)]).toEqual([2, 3, 4]);
    expect(longRunVariance(forever)).toBe(null);
  });
});
