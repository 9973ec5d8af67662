import { describe, expect, it } from 'vitest';
import { mean } from '../../../src/math/sum.ts';
import { normal, normalVarEs } from '../../../src/risk/var/normal.ts';
import small from '../../golden/small-returns.json' with { type: 'json' };
import synthetic from '../../golden/synthetic-returns.json' with { type: 'json' };
import golden from '../../golden/var-es.json' with { type: 'json' };

const sets = [
  { name: 'small', returns: Float64Array.from(small.returns), rows: golden.small.normal },
  { name: 'synthetic', returns: Float64Array.from(synthetic.returns), rows: golden.synthetic.normal },
];

describe.each(sets)('normal of the $name returns', ({ returns, rows }) => {
  it.each(rows)('equals the closed forms at $tail', ({ tail, population, sample, zeroMean }) => {
    const n = returns.length;
    const estimate = normal(returns, { tail });
    expect(estimate.varRaw).toBeCloseTo(sample.VaR, 15);
    expect(estimate.esRaw).toBeCloseTo(sample.ES, 15);
    const sd = estimate.parameters[1]?.value ?? 0;
    const ofPopulation = normalVarEs(mean(returns), sd * Math.sqrt((n - 1) / n), tail);
    expect(ofPopulation.varRaw).toBeCloseTo(population.VaR, 15);
    expect(ofPopulation.esRaw).toBeCloseTo(population.ES, 15);
    expect(normalVarEs(0, sd, tail).varRaw).toBeCloseTo(zeroMean.VaR, 15);
    expect(normalVarEs(0, sd, tail).esRaw).toBeCloseTo(zeroMean.ES, 15);
  });
});

it('says its parameters with the standard errors of normal returns', () => {
  // By hand: mean 2, deviation 1; 1 / sqrt 3, and 1 / sqrt(2 * 2).
  expect(normal(Float64Array.of(1, 2, 3), { tail: 0.01 }).parameters).toEqual([
    { name: 'mean', value: 2, standardError: 1 / Math.sqrt(3) },
    { name: 'sd', value: 1, standardError: 0.5 },
  ]);
});

it('has no loss beyond the mean where nothing varies', () => {
  const { varRaw, esRaw } = normal(Float64Array.of(0.5, 0.5), { tail: 0.01 });
  expect([varRaw, esRaw]).toEqual([-0.5, -0.5]);
});

it('refuses a single return, a deviation below 0 and tails outside (0, 1)', () => {
  expect(() => normal(Float64Array.of(1), { tail: 0.01 })).toThrow('returns must be at least 2, were 1');
  expect(() => normalVarEs(0, -1, 0.01)).toThrow('a deviation at least 0, were 0 and -1');
  expect(() => normalVarEs(Number.NaN, 1, 0.01)).toThrow('a mean must be finite');
  expect(() => normalVarEs(0, 1, 1)).toThrow('strictly between 0 and 1, was 1');
});
