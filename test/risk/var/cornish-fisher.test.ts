import { describe, expect, it } from 'vitest';
import { excessKurtosis, skewness, standardDeviation } from '../../../src/math/moments.ts';
import { normalQuantile } from '../../../src/math/normal.ts';
import { mean } from '../../../src/math/sum.ts';
import {
  cornishFisher,
  cornishFisherDiscriminant,
  cornishFisherQuantile,
  cornishFisherVarEs,
  inCornishFisherDomain,
} from '../../../src/risk/var/cornish-fisher.ts';
import { normalVarEs } from '../../../src/risk/var/normal.ts';
import small from '../../golden/small-returns.json' with { type: 'json' };
import synthetic from '../../golden/synthetic-returns.json' with { type: 'json' };
import golden from '../../golden/var-es.json' with { type: 'json' };

const sets = [
  { name: 'small', returns: Float64Array.from(small.returns), rows: golden.small.cornishFisher },
  { name: 'synthetic', returns: Float64Array.from(synthetic.returns), rows: golden.synthetic.cornishFisher },
];

describe('cornishFisherQuantile', () => {
  // Seven digits are published.
  it.each(golden.cornishFisherPublished.rows)(
    'at $p with skewness $skewness and excess kurtosis $excessKurtosis is $z',
    ({ p, z, ...shape }) => {
      expect(Math.abs(cornishFisherQuantile(normalQuantile(p), shape) - z)).toBeLessThanOrEqual(5.1e-7);
    },
  );

  it.each(golden.cornishFisherDomain.points)(
    'rises everywhere or not with skewness $skewness and excess kurtosis $excessKurtosis',
    ({ discriminant, monotone, z01, ...shape }) => {
      expect(cornishFisherQuantile(normalQuantile(0.01), shape)).toBeCloseTo(z01, 13);
      expect(cornishFisherDiscriminant(shape)).toBeCloseTo(discriminant, 13);
      expect(inCornishFisherDomain(shape)).toBe(monotone);
    },
  );

  // Beyond 6 (sqrt 2 - 1) = 2.4853 no kurtosis makes it rise, though the discriminant may be below 0 far away.
  it('has a largest skewness', () => {
    expect(golden.cornishFisherDomain.maxSkewness).toBeCloseTo(6 * (Math.SQRT2 - 1), 15);
    const far = { skewness: 40, excessKurtosis: 8 * 240 };
    expect(cornishFisherDiscriminant(far)).toBeLessThan(0);
    expect(inCornishFisherDomain(far)).toBe(false);
  });
});

describe.each(sets)('the figures of the $name returns', ({ returns, rows }) => {
  it.each(rows)('equal PerformanceAnalytics at $tail', ({ tail, z, ...figures }) => {
    const n = returns.length;
    const shape = { skewness: skewness(returns), excessKurtosis: excessKurtosis(returns) };
    const sd = standardDeviation(returns) * Math.sqrt((n - 1) / n);
    const figure = cornishFisherVarEs(mean(returns), sd, shape, tail);
    expect(cornishFisherQuantile(normalQuantile(tail), shape)).toBeCloseTo(z, 12);
    expect(figure.varRaw).toBeCloseTo(figures.var, 14);
    expect(figure.edgeworthEs).toBeCloseTo(figures.edgeworth, 14);
    expect(figure.esRaw).toBeCloseTo(figures.operational, 14);
    expect(inCornishFisherDomain(shape)).toBe(figures.monotone);
    const estimate = cornishFisher(returns, { tail });
    expect(estimate.valid).toBe(figures.monotone);
    if (figures.monotone) {
      expect(estimate.varRaw).toBeCloseTo(figure.varRaw, 15);
      expect(estimate.esRaw).toBeCloseTo(figure.esRaw, 15);
      expect(estimate.reason).toBe(null);
    } else {
      expect(estimate.varRaw).toBe(null);
      expect(estimate.esRaw).toBe(null);
    }
  });
});

describe('cornishFisher', () => {
  it('says why it refuses, with what it measured', () => {
    const { reason, parameters } = cornishFisher(Float64Array.from(small.returns), { tail: 0.01 });
    expect(reason).toBe(
      'skewness -0.99 and excess kurtosis 0.60 lie outside the domain in which the expansion is a quantile',
    );
    expect(parameters.map(({ name }) => name)).toEqual([
      'mean',
      'sd',
      'skewness',
      'excessKurtosis',
      'discriminant',
    ]);
    expect(cornishFisher(new Float64Array(9).fill(0.1), { tail: 0.01 }).reason).toMatch('never change');
  });

  it('is the normal estimate without skewness and excess kurtosis', () => {
    const straight = cornishFisherVarEs(0.001, 0.02, { skewness: 0, excessKurtosis: 0 }, 0.025);
    const { varRaw, esRaw } = normalVarEs(0.001, 0.02, 0.025);
    expect(straight.varRaw).toBe(varRaw);
    expect(straight.esRaw).toBeCloseTo(esRaw, 16);
  });

  it('takes the VaR where the Edgeworth ES lies below it', () => {
    // Bitcoin's moments, outside of the domain: QUANT's warning example, an ES that is a gain.
    const bitcoin = cornishFisherVarEs(0.0011, 0.037, { skewness: -0.964, excessKurtosis: 14.99 }, 0.01);
    expect(bitcoin.edgeworthEs).toBeLessThan(0);
    expect(bitcoin.esRaw).toBe(bitcoin.varRaw);
  });

  it('refuses fewer than four returns', () => {
    expect(() => cornishFisher(Float64Array.of(1, 2, 3), { tail: 0.01 })).toThrow('at least 4, were 3');
  });
});
