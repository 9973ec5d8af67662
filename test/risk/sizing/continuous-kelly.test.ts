import { describe, expect, test } from 'vitest';
import { standardDeviation, variance } from '../../../src/math/moments.ts';
import { mean } from '../../../src/math/sum.ts';
import { continuousGrowth, continuousKelly } from '../../../src/risk/sizing/continuous-kelly.ts';
import kelly from '../../golden/kelly.json' with { type: 'json' };
import small from '../../golden/small-returns.json' with { type: 'json' };
import synthetic from '../../golden/synthetic-returns.json' with { type: 'json' };

const drift = ({ mu, sigma, r }: { mu: number; sigma: number; r: number }) => ({
  mean: mu,
  volatility: sigma,
  riskFree: r,
});

describe.each(kelly.continuous)('mean $mu, volatility $sigma, interest $r', (row) => {
  test('stakes the golden fraction', () => {
    expect(continuousKelly(drift(row))).toBeCloseTo(row.f, 14);
  });

  test('grows by the golden rates at multiples of it', () => {
    expect(continuousGrowth(drift(row), 1)).toBeCloseTo(row.growth, 15);
    for (const [multiple, growth] of Object.entries(row.growth_c)) {
      expect(continuousGrowth(drift(row), Number(multiple))).toBeCloseTo(growth, 15);
    }
  });
});

test.each([
  ['synthetic', synthetic.returns, kelly.empirical.syntheticReturns],
  ['small', small.returns, kelly.empirical.smallReturns],
] as const)('of the %s returns by three variances', (_, sample, golden) => {
  const returns = Float64Array.from(sample);
  const centre = mean(returns);
  const n = returns.length;
  const by = (volatility: number) => continuousKelly({ mean: centre, volatility, riskFree: 0 });
  const population = (variance(returns) * (n - 1)) / n;
  expect(variance(returns)).toBeCloseTo(golden.var_sample, 17);
  expect(population).toBeCloseTo(golden.var_pop, 17);
  expect(by(standardDeviation(returns))).toBeCloseTo(golden.f_mu_over_sample_var, 12);
  expect(by(Math.sqrt(population))).toBeCloseTo(golden.f_mu_over_pop_var, 12);
  expect(by(Math.sqrt(population + centre * centre))).toBeCloseTo(golden.f_mu_over_m2, 12);
});

test('has no bound without volatility', () => {
  for (const mu of [0.1, 0, -0.1]) {
    expect(continuousKelly({ mean: mu, volatility: 0, riskFree: 0 })).toBeNull();
    expect(continuousGrowth({ mean: mu, volatility: 0, riskFree: 0 }, 1)).toBeNull();
  }
});

test('takes the rounding of equal returns for no volatility', () => {
  // Prices that grow by 1 % each: their returns are 0.01, but for the last bits of doubles.
  const prices = Array.from({ length: 41 }, (_, i) => 100 * 1.01 ** i);
  const returns = Float64Array.from(prices.slice(1), (price, i) => price / prices[i]! - 1);
  const volatility = standardDeviation(returns);
  expect(volatility).toBeGreaterThan(0);
  const rounded = { mean: mean(returns), volatility, riskFree: 0 };
  expect(continuousKelly(rounded)).toBeNull();
  expect(continuousGrowth(rounded, 1)).toBeNull();
  // A peg that moves by a millionth is not rounding.
  expect(continuousKelly({ mean: 1e-4, volatility: 1e-6, riskFree: 0 })).toBeCloseTo(1e8, 0);
});

test.each([
  [{ mean: Number.NaN, volatility: 1, riskFree: 0 }, 'mean and interest must be finite'],
  [{ mean: 0.1, volatility: -1, riskFree: 0 }, 'a volatility must be finite and at least 0, was -1'],
])('refuses %j', (wrong, message) => {
  expect(() => continuousKelly(wrong)).toThrow(message);
  expect(() => continuousGrowth(wrong, 1)).toThrow(message);
});

test('refuses a multiple that is not finite', () => {
  expect(() => continuousGrowth({ mean: 0.1, volatility: 0.2, riskFree: 0 }, Number.NaN)).toThrow(
    'a multiple must be finite, was NaN',
  );
});
