import { describe, expect, it } from 'vitest';
import {
  estimateMethod,
  fitVolatility,
  isModelMethod,
  varMethods,
} from '../../../src/studies/var/methods.ts';
import synthetic from '../../golden/synthetic-returns.json' with { type: 'json' };
import { unchanged } from '../../support/unchanged.ts';

const returns = Float64Array.from(synthetic.returns);
const options = { tail: 0.01, quantile: 'linear', lambda: 0.94, innovations: 'normal' } as const;

describe('estimateMethod', () => {
  it.each(varMethods)('%s is larger in the smaller tail, with an ES beyond the VaR', (method) => {
    const at = (tail: number) =>
      unchanged([returns], () => estimateMethod(method, returns, { ...options, tail }));
    expect(at(0.01).valid).toBe(true);
    expect(at(0.01).varRaw ?? 0).toBeGreaterThan(at(0.05).varRaw ?? 1);
    expect(at(0.05).esRaw ?? 0).toBeGreaterThan(at(0.05).varRaw ?? 1);
  });

  it('takes a fit that was made before', () => {
    const volatility = fitVolatility(returns, { innovations: 'normal' });
    for (const method of varMethods.filter(isModelMethod))
      expect(estimateMethod(method, returns, { ...options, volatility })).toEqual(
        estimateMethod(method, returns, options),
      );
  });

  it('flags a Student t without a variance', () => {
    // Cauchy quantiles: nu is about 1.
    const heavy = Float64Array.from({ length: 401 }, (_, i) => 0.01 * Math.tan((Math.PI * (i - 200)) / 402));
    const { reason, esRaw } = estimateMethod('student-t', heavy, options);
    expect(reason).toMatch(/nu is \d\.\d\d: up to [12]/);
    expect(esRaw === null || esRaw > 0).toBe(true);
  });

  it('refuses GARCH below twenty returns and says why', () => {
    expect(estimateMethod('garch', returns.subarray(0, 19), options)).toMatchObject({
      varRaw: null,
      valid: false,
      reason: expect.stringContaining('a GARCH model needs at least 20 returns, were 19'),
    });
  });

  it('says that returns never change, whatever they are', () => {
    const steady = new Float64Array(50).fill(0.01);
    for (const method of varMethods)
      expect(estimateMethod(method, steady, options)).toMatchObject({
        varRaw: -0.01,
        esRaw: -0.01,
        valid: true,
      });
  });

  it('holds the ES of `lower` to its VaR', () => {
    // 401 returns at 0.5 %: `lower` takes the third worst, the exact ES is the mean of 2.005.
    const ties = Float64Array.from({ length: 401 }, (_, i) => (i < 3 ? -0.1 : 0.001 * (i % 7)));
    ties[2] = -0.05;
    const { varRaw, esRaw } = estimateMethod('historical', ties, {
      ...options,
      tail: 0.005,
      quantile: 'lower',
    });
    expect(esRaw ?? 0).toBeGreaterThanOrEqual(varRaw ?? 1);
  });

  it('throws for returns that are too few or no numbers', () => {
    expect(() => estimateMethod('normal', returns.subarray(0, 4), options)).toThrow('at least 5, were 4');
    expect(() => estimateMethod('normal', Float64Array.of(1, 2, 3, 4, Number.NaN), options)).toThrow(
      'was NaN in row 4',
    );
  });
});
