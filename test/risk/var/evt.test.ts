import { describe, expect, it } from 'vitest';
import { conditionalEvt, evt, paretoVarEs } from '../../../src/risk/var/evt.ts';
import type { Volatility } from '../../../src/risk/var/volatility.ts';
import synthetic from '../../golden/synthetic-returns.json' with { type: 'json' };
import golden from '../../golden/var-es.json' with { type: 'json' };
import { unchanged } from '../../support/unchanged.ts';

const returns = Float64Array.from(synthetic.returns);

describe.each(golden.synthetic.pot)('peaks over threshold with $excesses excesses', (golden) => {
  const share = golden.excesses / 1500;

  it.each(golden.rows)('equals McNeil and Frey at $tail', ({ tail, ...figures }) => {
    const closed = paretoVarEs({ ...golden, count: 1500 }, tail);
    expect(closed.varRaw).toBeCloseTo(figures.var, 14);
    expect(closed.esRaw).toBeCloseTo(figures.es, 14);
    const estimate = unchanged([returns], () => evt(returns, { tail, share }));
    const [xi, , threshold, excesses, logLikelihood] = estimate.parameters.map(({ value }) => value);
    expect(threshold).toBeCloseTo(golden.threshold, 15);
    expect(excesses).toBe(golden.excesses);
    expect(Math.abs((logLikelihood ?? 0) + golden.negLoglik)).toBeLessThan(1e-6);
    expect(Math.abs((xi ?? 0) - golden.xi)).toBeLessThan(1e-4);
    expect(Math.abs((estimate.varRaw ?? 0) / figures.var - 1)).toBeLessThan(1e-4);
    expect(Math.abs((estimate.esRaw ?? 0) / figures.es - 1)).toBeLessThan(1e-4);
    expect(estimate).toMatchObject({ valid: true, reason: null });
  });
});

describe('evt', () => {
  it('takes a tenth of the returns as the tail', () => {
    expect(evt(returns, { tail: 0.01 })).toEqual(evt(returns, { tail: 0.01, share: 0.1 }));
  });

  it('flags too few excesses, and gives the numbers', () => {
    const few = evt(returns.subarray(0, 250), { tail: 0.01 });
    expect(few.valid).toBe(false);
    expect(few.reason).toBe('25 excesses over the threshold are too few, 50 are needed');
    expect(few.varRaw).toBeGreaterThan(0);
    expect(evt(returns.subarray(500, 750), { tail: 0.01, least: 25 }).valid).toBe(true);
  });

  it('has no ES from xi 1 on', () => {
    const n = 1000;
    // Losses of a Pareto tail with xi 1.5, the rest small gains.
    const heavy = Float64Array.from({ length: n }, (_, i) =>
      i < 200 ? -0.01 * Math.expm1(-1.5 * Math.log((i + 0.5) / 200)) : 0.001,
    );
    const estimate = evt(heavy, { tail: 0.01 });
    expect(estimate.valid).toBe(true);
    expect(estimate.varRaw).toBeGreaterThan(0);
    expect(estimate.esRaw).toBe(null);
    expect(estimate.reason).toMatch(/^xi is 1\.\d\d: from 1 on the mean of the tail/);
  });

  it('refuses a tail that begins below its threshold, and losses without excess', () => {
    expect(evt(returns, { tail: 0.2 }).reason).toBe(
      'a tail of 0.2 begins below the threshold of the 150 largest losses of 1500',
    );
    expect(() => paretoVarEs({ threshold: 0, excesses: 10, count: 100, xi: 0, beta: 1 }, 0.2)).toThrow(
      'at most the share of excesses 0.1, was 0.2',
    );
    expect(evt(new Float64Array(600), { tail: 0.01 }).reason).toMatch('have no excess to fit');
    expect(evt(Float64Array.of(1, 2), { tail: 0.01 }).valid).toBe(false);
    expect(() => evt(returns, { tail: 0.01, share: 1 })).toThrow('a share must lie in (0, 1), was 1');
  });

  // By hand: with xi 0 the tail is exponential, VaR = u + beta log(k / (n tail)), ES = VaR + beta.
  it('has an exponential tail with xi 0', () => {
    const tail = { threshold: 2, excesses: 100, count: 1000, xi: 0, beta: 0.5 };
    expect(paretoVarEs(tail, 0.01).varRaw).toBeCloseTo(2 + 0.5 * Math.log(10), 14);
    expect(paretoVarEs(tail, 0.01).esRaw).toBeCloseTo(2.5 + 0.5 * Math.log(10), 14);
    expect(paretoVarEs({ ...tail, xi: 1e-9 }, 0.01).varRaw).toBeCloseTo(2 + 0.5 * Math.log(10), 8);
  });
});

describe('conditionalEvt', () => {
  const volatility: Volatility = {
    garch: { mu: 0.25, omega: 0, alpha: 0, beta: 1 },
    nu: null,
    residuals: returns,
    mean: 0.25,
    sigmaNext: 3,
    valid: true,
    reason: null,
    parameters: [{ name: 'mu', value: 0.25, standardError: null }],
  };

  it('scales the tail of residuals to the next period', () => {
    const standard = evt(returns, { tail: 0.01 });
    const next = conditionalEvt(volatility, { tail: 0.01 });
    expect(next.varRaw).toBe(3 * (standard.varRaw ?? 0) - 0.25);
    expect(next.esRaw).toBe(3 * (standard.esRaw ?? 0) - 0.25);
    expect(next.parameters).toEqual([...volatility.parameters, ...standard.parameters]);
    expect(next).toMatchObject({ valid: true, reason: null });
  });

  it('says what is doubtful of the model and of its tail', () => {
    const doubtful = { ...volatility, valid: false, reason: 'why' };
    expect(conditionalEvt(doubtful, { tail: 0.01 })).toMatchObject({ valid: false, reason: 'why' });
    expect(conditionalEvt(doubtful, { tail: 0.01, least: 1000 }).reason).toBe(
      'why; 150 excesses over the threshold are too few, 1000 are needed',
    );
    expect(conditionalEvt(volatility, { tail: 0.2 })).toMatchObject({
      varRaw: null,
      esRaw: null,
      valid: false,
    });
  });
});
