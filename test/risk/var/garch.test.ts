import { describe, expect, it } from 'vitest';
import { garch, modelVarEs } from '../../../src/risk/var/garch.ts';
import { normalVarEs } from '../../../src/risk/var/normal.ts';
import { studentVarEs } from '../../../src/risk/var/student-t.ts';
import synthetic from '../../golden/synthetic-returns.json' with { type: 'json' };
import golden from '../../golden/var-es.json' with { type: 'json' };
import { fixedVolatility } from '../../support/fixed-volatility.ts';
import { unchanged } from '../../support/unchanged.ts';

const returns = Float64Array.from(synthetic.returns);
const { garchFixed, garchMleNormal, garchMleT } = golden.synthetic;

it.each(garchFixed.normal)('equals the closed form of fixed parameters at $tail', ({ tail, ...figures }) => {
  const { varRaw, esRaw } = modelVarEs(fixedVolatility(returns, garchFixed.params), tail);
  expect(varRaw).toBeCloseTo(figures.var, 14);
  expect(esRaw).toBeCloseTo(figures.es, 14);
});

describe('garch', () => {
  it('takes the next deviation of the normal fit', () => {
    const estimate = unchanged([returns], () => garch(returns, { tail: 0.01 }));
    const { varRaw, esRaw } = normalVarEs(garchMleNormal.mu, garchMleNormal.sigmaNext, 0.01);
    expect(Math.abs((estimate.varRaw ?? 0) / varRaw - 1)).toBeLessThan(1e-4);
    expect(Math.abs((estimate.esRaw ?? 0) / esRaw - 1)).toBeLessThan(1e-4);
    expect(estimate).toMatchObject({ valid: true, reason: null });
  });

  it('scales t innovations to variance 1', () => {
    const estimate = garch(returns, { tail: 0.01, innovations: 'student-t' });
    const { mu, sigmaNext, nu } = garchMleT;
    const scale = sigmaNext * Math.sqrt((nu - 2) / nu);
    const { varRaw, esRaw } = studentVarEs({ loc: mu, scale, nu }, 0.01);
    expect(Math.abs((estimate.varRaw ?? 0) / varRaw - 1)).toBeLessThan(1e-3);
    expect(Math.abs((estimate.esRaw ?? 0) / (esRaw ?? 0) - 1)).toBeLessThan(1e-3);
  });

  it('refuses returns that never change', () => {
    expect(garch(new Float64Array(50), { tail: 0.01 })).toMatchObject({
      varRaw: null,
      valid: false,
      reason: 'returns that never change have no variance to model',
    });
    expect(() => garch(returns, { tail: 0 })).toThrow('strictly between 0 and 1, was 0');
  });
});
