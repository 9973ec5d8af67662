import { describe, expect, it } from 'vitest';
import { conditionalEvt } from '../../../src/risk/var/evt.ts';
import { fhs } from '../../../src/risk/var/fhs.ts';
import { modelVarEs } from '../../../src/risk/var/garch.ts';
import { refitIntervals, refitModels } from '../../../src/risk/var/refit-intervals.ts';
import { garchVolatility, type Volatility } from '../../../src/risk/var/volatility.ts';
import synthetic from '../../golden/synthetic-returns.json' with { type: 'json' };
import { unchanged } from '../../support/unchanged.ts';

const returns = Float64Array.from(synthetic.returns);
const fitted = garchVolatility(returns);
const resampling = { replicates: 100, seed: 3 };
const level = 0.9;

describe('refitIntervals', () => {
  it.each<[string, (volatility: Volatility) => { varRaw: number | null; esRaw: number | null }]>([
    ['garch', (one) => modelVarEs(one, 0.05)],
    ['fhs', (one) => fhs(one, { tail: 0.05 })],
    ['conditional evt', (one) => conditionalEvt(one, { tail: 0.05 })],
  ])('hold the estimate of %s between them', (_, estimator) => {
    const estimate = estimator(fitted);
    const { varInterval, esInterval } = unchanged([returns, fitted.residuals], () =>
      refitIntervals(refitModels(returns, fitted, resampling), estimator, level),
    );
    for (const [one, { low, high, reason }] of [
      [estimate.varRaw, varInterval],
      [estimate.esRaw, esInterval],
    ] as const) {
      expect(reason).toBe(null);
      expect(low ?? 1).toBeLessThan(one ?? 0);
      expect(high ?? 0).toBeGreaterThan(one ?? 1);
      // Six years of days tell tomorrow's VaR to some tenths of itself.
      expect(((high ?? 0) - (low ?? 0)) / (one ?? 1)).toBeLessThan(0.5);
      expect(((high ?? 0) - (low ?? 0)) / (one ?? 1)).toBeGreaterThan(0.05);
    }
  });

  // The parameters vary from history to history about as their standard errors say.
  it('vary the parameters by their standard errors', () => {
    const betas = refitModels(returns, fitted, resampling).map((one) => one?.garch.beta ?? Number.NaN);
    const centre = betas.reduce((total, one) => total + one, 0) / betas.length;
    const spread = Math.sqrt(betas.reduce((total, one) => total + (one - centre) * (one - centre), 0) / 99);
    const error = fitted.parameters[3]?.standardError ?? 0;
    expect(spread / error).toBeGreaterThan(0.6);
    expect(spread / error).toBeLessThan(2.5);
  });

  it('are the same again from the same seed', () => {
    const of = (seed: number) =>
      refitIntervals(
        refitModels(returns, fitted, { replicates: 10, seed }),
        (one) => modelVarEs(one, 0.01),
        level,
      );
    expect(of(1)).toEqual(of(1));
    expect(of(2)).not.toEqual(of(1));
  });

  it('have a reason where too many histories have no fit', () => {
    const models = [...refitModels(returns, fitted, { replicates: 9, seed: 1 }), null];
    const { varInterval } = refitIntervals(models, (one) => modelVarEs(one, 0.01), level);
    expect(varInterval).toMatchObject({ low: null, high: null });
    expect(varInterval.reason).toContain('1 of 10');
  });

  it('refuse a model of other returns', () => {
    expect(() => refitModels(returns.subarray(1), fitted, resampling)).toThrow('were 1500 of 1499');
  });
});
