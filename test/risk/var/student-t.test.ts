import { describe, expect, it } from 'vitest';
import { standardDeviation } from '../../../src/math/moments.ts';
import { createRandom, drawNormal } from '../../../src/math/random.ts';
import { mean } from '../../../src/math/sum.ts';
import { normalVarEs } from '../../../src/risk/var/normal.ts';
import { studentT, studentVarEs } from '../../../src/risk/var/student-t.ts';
import small from '../../golden/small-returns.json' with { type: 'json' };
import synthetic from '../../golden/synthetic-returns.json' with { type: 'json' };
import golden from '../../golden/var-es.json' with { type: 'json' };
import { unchanged } from '../../support/unchanged.ts';

const synthetics = Float64Array.from(synthetic.returns);

describe('studentVarEs', () => {
  it.each([
    { name: 'small', returns: Float64Array.from(small.returns), rows: golden.small.studentFixed.rows },
    { name: 'synthetic', returns: synthetics, rows: golden.synthetic.studentFixed.rows },
  ])('equals the closed forms with the deviation of the $name returns', ({ returns, rows }) => {
    for (const { nu, tail, ...figures } of rows) {
      const scale = standardDeviation(returns) * Math.sqrt((nu - 2) / nu);
      const { varRaw, esRaw } = studentVarEs({ loc: mean(returns), scale, nu }, tail);
      expect(varRaw).toBeCloseTo(figures.var, 14);
      expect(esRaw).toBeCloseTo(figures.es, 14);
    }
  });

  it('is near the normal one with many degrees of freedom, and has no ES with one', () => {
    const far = studentVarEs({ loc: 0.001, scale: 0.02, nu: 1e6 }, 0.01);
    const { varRaw, esRaw } = normalVarEs(0.001, 0.02, 0.01);
    expect(far.varRaw).toBeCloseTo(varRaw, 6);
    expect(far.esRaw).toBeCloseTo(esRaw, 6);
    // Cauchy: the quantile at 1/4 is -1.
    expect(studentVarEs({ loc: 0, scale: 2, nu: 1 }, 0.25).varRaw).toBeCloseTo(2, 14);
    expect(studentVarEs({ loc: 0, scale: 2, nu: 1 }, 0.25).esRaw).toBe(null);
  });

  it('refuses a scale of 0', () => {
    expect(() => studentVarEs({ loc: 0, scale: 0, nu: 3 }, 0.01)).toThrow('were 0, 0 and 3');
  });
});

describe('studentT', () => {
  const { rows, loglik, ...fit } = golden.synthetic.studentMle;

  // Fits are compared by likelihood to 1e-3 and by parameters to 1e-3 of themselves.
  it.each(rows)('finds the maximum of the likelihood of the synthetic returns, at $tail', (row) => {
    const estimate = unchanged([synthetics], () => studentT(synthetics, { tail: row.tail }));
    const [loc, scale, nu, logLikelihood] = estimate.parameters.map(({ value }) => value);
    expect(Math.abs((logLikelihood ?? 0) - loglik)).toBeLessThan(1e-6);
    expect(Math.abs((loc ?? 0) / fit.loc - 1)).toBeLessThan(1e-3);
    expect(Math.abs((scale ?? 0) / fit.scale - 1)).toBeLessThan(1e-3);
    expect(Math.abs((nu ?? 0) / fit.nu - 1)).toBeLessThan(1e-3);
    expect(Math.abs((estimate.varRaw ?? 0) / row.var - 1)).toBeLessThan(1e-3);
    expect(Math.abs((estimate.esRaw ?? 0) / row.es - 1)).toBeLessThan(1e-3);
    expect(estimate).toMatchObject({ valid: true, reason: null });
  });

  // numpy: the inverse of the Hessian of the negative log-likelihood of scipy's density, by differences of a thousandth.
  it('has the standard errors of the observed information', () => {
    const { parameters } = studentT(synthetics, { tail: 0.01 });
    const errors = parameters.slice(0, 3).map(({ standardError }) => standardError ?? 0);
    for (const [i, one] of [4.66613342e-4, 4.96247011e-4, 8.38557472e-1].entries())
      expect(Math.abs((errors[i] ?? 0) / one - 1)).toBeLessThan(1e-4);
  });

  it('moves with location and scale', () => {
    const [plain, moved] = [synthetics, synthetics.map((one) => 100 * one - 3)].map((xs) =>
      studentT(xs, { tail: 0.01 }),
    );
    expect((moved?.varRaw ?? 0) / (100 * (plain?.varRaw ?? 0) + 3)).toBeCloseTo(1, 7);
    expect((moved?.parameters[2]?.value ?? 0) / (plain?.parameters[2]?.value ?? 0)).toBeCloseTo(1, 6);
  });

  it('says where the returns are as thin-tailed as normal ones', () => {
    const random = createRandom(3);
    // Sums of twelve uniform draws have thinner tails than the normal distribution.
    const returns = Float64Array.from({ length: 500 }, () => 0.01 * drawNormal(random));
    const estimate = studentT(returns, { tail: 0.01 });
    expect(estimate.valid).toBe(true);
    expect(estimate.reason).toMatch('no heavier tails than normal ones');
    expect(estimate.parameters[2]?.standardError).toBe(null);
    const { varRaw } = normalVarEs(mean(returns), standardDeviation(returns), 0.01);
    expect(Math.abs((estimate.varRaw ?? 0) / varRaw - 1)).toBeLessThan(0.02);
  });

  it('refuses returns of one value, and too few', () => {
    expect(studentT(new Float64Array(10), { tail: 0.01 })).toMatchObject({ valid: false, varRaw: null });
    expect(() => studentT(new Float64Array(4), { tail: 0.01 })).toThrow('at least 5, were 4');
  });
});
