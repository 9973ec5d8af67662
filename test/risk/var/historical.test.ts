import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HistoricalQuantile, historical, tailMean } from '../../../src/risk/var/historical.ts';
import small from '../../golden/small-returns.json' with { type: 'json' };
import synthetic from '../../golden/synthetic-returns.json' with { type: 'json' };
import golden from '../../golden/var-es.json' with { type: 'json' };
import { unchanged } from '../../support/unchanged.ts';

const kinds: readonly HistoricalQuantile[] = ['linear', 'lower', 'higher'];
const sets = [
  { name: 'small', returns: Float64Array.from(small.returns), rows: golden.small.historical },
  { name: 'synthetic', returns: Float64Array.from(synthetic.returns), rows: golden.synthetic.historical },
];

describe.each(sets)('historical of the $name returns', ({ returns, rows }) => {
  it.each(rows)('equals numpy and the exact tail mean at $tail', ({ tail, es, ...quantiles }) => {
    for (const quantile of kinds) {
      const estimate = unchanged([returns], () => historical(returns, { tail, quantile }));
      expect(estimate.varRaw).toBeCloseTo(quantiles[quantile], 15);
      expect(estimate.esRaw).toBeCloseTo(es, 15);
      expect(estimate.valid).toBe(true);
    }
    expect(historical(returns, { tail })).toEqual(historical(returns, { tail, quantile: 'linear' }));
  });
});

// By hand: of -5 ... -1 at 0.3, one and a half returns: (-5 - 0.5 * 4) / 1.5; h = 1.2 lies between -4 and -3.
it('takes a part of the last return of the tail', () => {
  const returns = Float64Array.of(-3, -1, -5, -2, -4);
  expect(tailMean(returns.slice().sort(), 0.3)).toBeCloseTo(-14 / 3, 14);
  expect(historical(returns, { tail: 0.3 }).varRaw).toBeCloseTo(3.8, 14);
  expect(historical(returns, { tail: 0.3, quantile: 'lower' }).varRaw).toBe(4);
  expect(historical(returns, { tail: 0.3, quantile: 'higher' }).varRaw).toBe(3);
  // Less than one return in the tail: the worst of all.
  expect(historical(returns, { tail: 0.1 })).toMatchObject({
    esRaw: 5,
    valid: true,
    reason: '0.50 of 5 returns lie beyond the VaR: the ES is the worst of all',
  });
  expect(historical(returns, { tail: 0.2 }).reason).toBe(null);
});

const someReturns = fc
  .array(fc.double({ min: -0.5, max: 0.5, noNaN: true }), { minLength: 1, maxLength: 60 })
  .map((xs) => Float64Array.from(xs));
const someTail = fc.double({ min: 0.001, max: 0.999, noNaN: true });

it('is the worse the smaller the tail, and moves with the returns', () => {
  fc.assert(
    fc.property(someReturns, someTail, someTail, (returns, a, b) => {
      const near = historical(returns, { tail: Math.max(a, b) });
      const far = historical(returns, { tail: Math.min(a, b) });
      expect(far.varRaw).toBeGreaterThanOrEqual((near.varRaw ?? 0) - 1e-15);
      expect(far.esRaw).toBeGreaterThanOrEqual((near.esRaw ?? 0) - 1e-14);
      const moved = historical(
        returns.map((one) => 2 * one + 0.25),
        { tail: a },
      );
      expect(moved.varRaw).toBeCloseTo(2 * (historical(returns, { tail: a }).varRaw ?? 0) - 0.25, 12);
      expect(moved.esRaw).toBeCloseTo(2 * (historical(returns, { tail: a }).esRaw ?? 0) - 0.25, 12);
    }),
  );
});

it('has an ES of at least the VaR of the better order statistic, and that of a sum is no larger than the sum', () => {
  const pairs = fc.array(
    fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true })),
    {
      minLength: 1,
      maxLength: 40,
    },
  );
  fc.assert(
    fc.property(pairs, someTail, (rows, tail) => {
      const x = Float64Array.from(rows, ([a]) => a);
      const y = Float64Array.from(rows, ([, b]) => b);
      const of = (returns: Float64Array) => historical(returns, { tail, quantile: 'higher' });
      expect(of(x).esRaw).toBeGreaterThanOrEqual((of(x).varRaw ?? 0) - 1e-14);
      const both = of(x.map((one, i) => one + y[i]!)).esRaw ?? 0;
      expect(both).toBeLessThanOrEqual((of(x).esRaw ?? 0) + (of(y).esRaw ?? 0) + 1e-12);
    }),
  );
});

it('refuses no returns, returns that are no numbers, and tails outside (0, 1)', () => {
  expect(() => historical(new Float64Array(0), { tail: 0.05 })).toThrow('returns must be at least 1, were 0');
  expect(() => historical(Float64Array.of(Number.NaN), { tail: 0.05 })).toThrow('was NaN in row 0');
  expect(() => historical(Float64Array.of(0), { tail: 0 })).toThrow('strictly between 0 and 1, was 0');
  expect(() => historical(Float64Array.of(0), { tail: 1 })).toThrow('strictly between 0 and 1, was 1');
});
