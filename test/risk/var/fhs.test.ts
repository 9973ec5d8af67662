import { describe, expect, it } from 'vitest';
import { forecastVariances } from '../../../src/math/garch.ts';
import { variance } from '../../../src/math/moments.ts';
import { mean, sum } from '../../../src/math/sum.ts';
import { fhs, fhsOverPeriods, fhsPaths } from '../../../src/risk/var/fhs.ts';
import { historical } from '../../../src/risk/var/historical.ts';
import synthetic from '../../golden/synthetic-returns.json' with { type: 'json' };
import golden from '../../golden/var-es.json' with { type: 'json' };
import { fixedVolatility } from '../../support/fixed-volatility.ts';
import { unchanged } from '../../support/unchanged.ts';

const returns = Float64Array.from(synthetic.returns);
const { garchFixed } = golden.synthetic;
const volatility = fixedVolatility(returns, garchFixed.params);

it.each(garchFixed.fhs)('equals the quantile of residuals, scaled, at $tail', ({ tail, z, ...figures }) => {
  const estimate = unchanged([volatility.residuals], () => fhs(volatility, { tail }));
  expect(historical(volatility.residuals, { tail }).varRaw).toBeCloseTo(-z, 13);
  expect(estimate.varRaw).toBeCloseTo(figures.var, 15);
  expect(estimate.esRaw).toBeCloseTo(figures.es, 15);
});

describe('fhsPaths', () => {
  it('draws the residuals of one period, scaled', () => {
    const one = fhsPaths(volatility, { periods: 1, paths: 500, seed: 1 });
    const possible = new Set(
      volatility.residuals.map(
        (z) => volatility.mean + Math.sqrt(volatility.sigmaNext * volatility.sigmaNext) * z,
      ),
    );
    expect(one.every((path) => possible.has(path))).toBe(true);
  });

  // Over 50,000 paths the error of a mean is sd / 224, that of a variance about sd^2 sqrt(kurtosis) / 224.
  it('has the mean and the variance that the model forecasts', () => {
    const z = volatility.residuals;
    const centre = mean(z);
    const spread = Math.sqrt(variance(z));
    const residuals = z.map((one) => (one - centre) / spread);
    const totals = fhsPaths({ ...volatility, residuals }, { periods: 10, paths: 50_000, seed: 2 });
    const expected = sum(forecastVariances(garchFixed.params, garchFixed.hNext, 10));
    expect(Math.abs(mean(totals) - 10 * garchFixed.params.mu)).toBeLessThan(3 * Math.sqrt(expected / 50_000));
    expect(Math.abs(variance(totals) / expected - 1)).toBeLessThan(0.04);
  });

  it('is the same again from the same seed, and another from another', () => {
    const options = { periods: 3, paths: 20, seed: 5 };
    expect(fhsPaths(volatility, options)).toEqual(fhsPaths(volatility, options));
    expect(fhsPaths(volatility, { ...options, seed: 6 })).not.toEqual(fhsPaths(volatility, options));
  });

  it('refuses no periods and parts of a path', () => {
    expect(() => fhsPaths(volatility, { periods: 0, paths: 1, seed: 1 })).toThrow('were 0 and 1');
    expect(() => fhsPaths(volatility, { periods: 1, paths: 1.5, seed: 1 })).toThrow('were 1 and 1.5');
  });
});

describe('fhsOverPeriods', () => {
  it('takes VaR and ES of the paths', () => {
    const options = { tail: 0.05, periods: 4, paths: 300, seed: 9, quantile: 'higher' as const };
    const { varRaw, esRaw } = historical(fhsPaths(volatility, options), options);
    expect(fhsOverPeriods(volatility, options)).toMatchObject({ varRaw, esRaw, valid: true });
  });

  it('comes near the closed form over one period', () => {
    const closed = fhs(volatility, { tail: 0.05 });
    const drawn = fhsOverPeriods(volatility, { tail: 0.05, periods: 1, paths: 40_000, seed: 3 });
    expect(Math.abs((drawn.varRaw ?? 0) / (closed.varRaw ?? 1) - 1)).toBeLessThan(0.05);
  });
});
