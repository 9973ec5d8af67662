import { describe, expect, it } from 'vitest';
import { conditionalEvt } from '../../../src/risk/var/evt.ts';
import { ewma } from '../../../src/risk/var/ewma.ts';
import { ewmaVolatility, garchVolatility } from '../../../src/risk/var/volatility.ts';
import synthetic from '../../golden/synthetic-returns.json' with { type: 'json' };
import golden from '../../golden/var-es.json' with { type: 'json' };
import { fixedVolatility } from '../../support/fixed-volatility.ts';

const returns = Float64Array.from(synthetic.returns);

describe('garchVolatility', () => {
  it('names every parameter of a t model with its standard error', () => {
    const { parameters, valid, reason } = garchVolatility(returns, { innovations: 'student-t' });
    expect(parameters.map(({ name }) => name)).toEqual([
      'mu',
      'omega',
      'alpha',
      'beta',
      'nu',
      'sigmaNext',
      'logLikelihood',
    ]);
    expect(parameters.slice(0, 5).every(({ standardError }) => (standardError ?? 0) > 0)).toBe(true);
    expect([valid, reason]).toEqual([true, null]);
    const { sigmaNext } = golden.synthetic.garchMleT;
    expect(Math.abs((parameters[5]?.value ?? 0) / sigmaNext - 1)).toBeLessThan(1e-4);
  });

  it('has residuals of mean square near 1', () => {
    const { residuals } = garchVolatility(returns);
    const square = residuals.reduce((total, one) => total + one * one, 0) / 1500;
    expect(Math.abs(square - 1)).toBeLessThan(0.01);
  });

  it('says at which bound the fit stands', () => {
    const turns = Float64Array.from(
      { length: 400 },
      (_, t) => (t % 4 < 2 ? 1 : -1) * (t % 2 === 0 ? 0.02 : 0.01),
    );
    expect(garchVolatility(turns)).toMatchObject({
      valid: false,
      reason: 'alpha is 0: shocks leave no trace in the variance, and beta is not told',
    });
    expect(garchVolatility(turns).start).toBe(undefined);
  });

  it('starts the next window from a fit within its bounds', () => {
    const { start, garch } = garchVolatility(returns, { errors: false });
    expect(start).toMatchObject({ ...garch, nu: null });
    expect(start?.inverse?.length).toBe(16);
  });

  it('refuses fewer than twenty returns', () => {
    expect(() => garchVolatility(returns.subarray(0, 19))).toThrow('at least 20, were 19');
  });
});

describe('ewmaVolatility', () => {
  it('has the deviation of the EWMA estimate, and residuals by the variance before', () => {
    const volatility = ewmaVolatility(returns, { seedVariance: 0.0004 });
    const { parameters } = ewma(returns, { tail: 0.01, seedVariance: 0.0004 });
    expect(volatility.sigmaNext).toBeCloseTo(parameters[3]?.value ?? 0, 15);
    expect(volatility.residuals[0]).toBeCloseTo(returns[0]! / 0.02, 14);
    expect(volatility).toMatchObject({ mean: 0, nu: null, valid: true, reason: null });
  });

  it('refuses a decay outside (0, 1), and a seed of 0', () => {
    expect(() => ewmaVolatility(returns, { lambda: 0, seedVariance: 1 })).toThrow('0 and 1, was 0');
    expect(() => ewmaVolatility(returns, { seedVariance: 0 })).toThrow('above 0, was 0');
  });
});

describe('conditional EVT on the residuals of fixed parameters', () => {
  const { potOnResiduals, garchFixed } = golden.synthetic;

  it.each(garchFixed.conditionalPot)('equals McNeil and Frey at $tail', ({ tail, ...figures }) => {
    const volatility = fixedVolatility(returns, garchFixed.params);
    const estimate = conditionalEvt(volatility, { tail });
    const [xi, beta, threshold, , logLikelihood] = estimate.parameters.map(({ value }) => value);
    expect(threshold).toBeCloseTo(potOnResiduals.threshold, 12);
    expect(Math.abs((xi ?? 0) - potOnResiduals.xi)).toBeLessThan(1e-4);
    expect(Math.abs((beta ?? 0) / potOnResiduals.beta - 1)).toBeLessThan(1e-4);
    expect(Math.abs((logLikelihood ?? 0) + potOnResiduals.negLoglik)).toBeLessThan(1e-6);
    expect(Math.abs((estimate.varRaw ?? 0) / figures.var - 1)).toBeLessThan(1e-4);
    expect(Math.abs((estimate.esRaw ?? 0) / figures.es - 1)).toBeLessThan(1e-4);
  });
});
