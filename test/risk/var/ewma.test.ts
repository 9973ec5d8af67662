import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ewma, ewmaVariances } from '../../../src/risk/var/ewma.ts';
import small from '../../golden/small-returns.json' with { type: 'json' };
import synthetic from '../../golden/synthetic-returns.json' with { type: 'json' };
import golden from '../../golden/var-es.json' with { type: 'json' };
import { unchanged } from '../../support/unchanged.ts';

const sets = [
  { name: 'small', returns: Float64Array.from(small.returns), seeds: golden.small.ewma },
  { name: 'synthetic', returns: Float64Array.from(synthetic.returns), seeds: golden.synthetic.ewma },
];

describe.each(sets)('ewma of the $name returns', ({ returns, seeds }) => {
  it.each(seeds)('equals RiskMetrics from the seed $seed', ({ init, sigmaNext, rows }) => {
    for (const { tail, ...figures } of rows) {
      const estimate = unchanged([returns], () => ewma(returns, { tail, seedVariance: init }));
      expect(estimate.parameters.at(-1)?.value).toBeCloseTo(sigmaNext, 15);
      expect(estimate.varRaw).toBeCloseTo(figures.var, 15);
      expect(estimate.esRaw).toBeCloseTo(figures.es, 15);
    }
  });
});

it('forgets its seed, and says what weight is left of it', () => {
  const [, { value: seed = 0 } = {}, { value: weight = 0 } = {}] = ewma(Float64Array.from(small.returns), {
    tail: 0.01,
    seedVariance: 0.25,
  }).parameters;
  expect(seed).toBe(0.25);
  // 0.94^20.
  expect(weight).toBeCloseTo(0.2901062411314618, 14);
});

it('is a step over its own result', () => {
  const someReturns = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 2, maxLength: 30 });
  fc.assert(
    fc.property(someReturns, fc.nat(28), (xs, k) => {
      const returns = Float64Array.from(xs);
      const cut = 1 + (k % (returns.length - 1));
      const whole = ewmaVariances(returns, 0.94, 0.01);
      const first = ewmaVariances(returns.subarray(0, cut), 0.94, 0.01);
      const rest = ewmaVariances(returns.subarray(cut), 0.94, first.at(-1) ?? 0);
      expect([...first, ...rest]).toEqual([...whole]);
    }),
  );
});

it('refuses a decay outside (0, 1) and a seed that is no variance', () => {
  const returns = Float64Array.of(0.1);
  expect(() => ewma(returns, { tail: 0.01, seedVariance: -1 })).toThrow('at least 0, was -1');
  expect(() => ewma(returns, { tail: 0.01, seedVariance: Number.NaN })).toThrow('at least 0, was NaN');
  expect(() => ewma(returns, { tail: 0.01, lambda: 1, seedVariance: 0 })).toThrow('0 and 1, was 1');
  expect(() => ewma(new Float64Array(0), { tail: 0.01, seedVariance: 0 })).toThrow('at least 1, were 0');
});
