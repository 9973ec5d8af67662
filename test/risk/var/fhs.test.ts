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

  it('lets a price go on from period to period where it is told how the book goes by it', () => {
    // Without memory and without a spread of the variance: each day moves the short book by +0.1 or -0.1, the price the other way.
    const coin = {
      ...volatility,
      garch: { mu: 0, omega: 0.01, alpha: 0, beta: 0 },
      sigmaNext: 0.1,
      residuals: Float64Array.of(1, -1),
    };
    const drawn = fhsPaths(coin, { periods: 2, paths: 200, seed: 1, slope: -1 });
    const seen = [...new Set(Array.from(drawn, (one) => one.toFixed(12)))].sort();
    // 1 - 0.9^2, 1 - 1.1 x 0.9, 1 - 1.1^2.
    expect(seen).toEqual(['-0.210000000000', '0.010000000000', '0.190000000000']);
    // Half of the gross goes by it: a day of 0.1 is a move of a fifth.
    const half = fhsPaths(coin, { periods: 2, paths: 200, seed: 1, slope: 0.5 });
    expect(Math.min(...half)).toBeCloseTo(0.5 * (0.8 * 0.8 - 1), 12);
    // A price ends at 0, and stays.
    const steep = fhsPaths(coin, { periods: 9, paths: 200, seed: 1, slope: 0.05 });
    expect(Math.min(...steep)).toBe(-0.05);
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

  it('tells the error of the simulation alone', () => {
    const errors = Array.from({ length: 40 }, (_, seed) => {
      const told = fhsOverPeriods(volatility, { tail: 0.05, periods: 4, paths: 4_000, seed });
      const own = told.parameters.find(({ name }) => name === 'pathVar');
      expect(own?.value).toBe(told.varRaw);
      return { value: own?.value ?? 0, error: own?.standardError ?? 0 };
    });
    const spread = Math.sqrt(variance(Float64Array.from(errors, ({ value }) => value)));
    const told = mean(Float64Array.from(errors, ({ error }) => error));
    // A deviation of 40 is known to a ninth.
    expect(Math.abs(told / spread - 1)).toBeLessThan(0.35);
    const few = fhsOverPeriods(volatility, { tail: 0.01, periods: 4, paths: 50, seed: 1 });
    expect(few.parameters.at(-1)?.standardError).toBe(null);
  });

  it('comes near the closed form over one period', () => {
    const closed = fhs(volatility, { tail: 0.05 });
    const drawn = fhsOverPeriods(volatility, { tail: 0.05, periods: 1, paths: 40_000, seed: 3 });
    expect(Math.abs((drawn.varRaw ?? 0) / (closed.varRaw ?? 1) - 1)).toBeLessThan(0.05);
  });
});
