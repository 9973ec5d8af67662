import { describe, expect, it } from 'vitest';
import { cornishFisher } from '../../../src/risk/var/cornish-fisher.ts';
import { refused, requireReturns, tailOf, type VarEstimate } from '../../../src/risk/var/estimate.ts';
import { conditionalEvt, evt } from '../../../src/risk/var/evt.ts';
import { ewma } from '../../../src/risk/var/ewma.ts';
import { fhs } from '../../../src/risk/var/fhs.ts';
import { garch } from '../../../src/risk/var/garch.ts';
import { historical } from '../../../src/risk/var/historical.ts';
import { normal } from '../../../src/risk/var/normal.ts';
import { studentT } from '../../../src/risk/var/student-t.ts';
import { ewmaVolatility, garchVolatility } from '../../../src/risk/var/volatility.ts';
import synthetic from '../../golden/synthetic-returns.json' with { type: 'json' };
import { unchanged } from '../../support/unchanged.ts';

describe('tailOf', () => {
  it.each([
    [0.99, 0.01],
    [0.975, 0.025],
    [0.95, 0.05],
    [0.999, 0.001],
    [0.9, 0.1],
  ])('of %d is exactly %d', (confidence, tail) => {
    expect(tailOf(confidence)).toBe(tail);
  });

  it.each([0, 1, 99, -0.5, Number.NaN])('refuses %d', (confidence) => {
    expect(() => tailOf(confidence)).toThrow(
      new RangeError(`a confidence must lie strictly between 0 and 1, was ${confidence}`),
    );
  });
});

it('names the count or the row that is wrong', () => {
  expect(() => requireReturns(Float64Array.of(0.1), 2)).toThrow('returns must be at least 2, were 1');
  expect(() => requireReturns(Float64Array.of(0.1, Number.NaN), 2)).toThrow(
    'returns must be finite numbers, was NaN in row 1',
  );
});

it('has no number where a method refuses', () => {
  expect(refused('why')).toEqual({
    varRaw: null,
    esRaw: null,
    valid: false,
    reason: 'why',
    parameters: [],
  });
});

type Method = (returns: Float64Array, tail: number) => VarEstimate;

/** The variance before the first return, in the unit of the returns. */
const seedOf = (returns: Float64Array) => returns[0]! * returns[0]!;

describe.each<[string, Method]>([
  ['historical', (returns, tail) => historical(returns, { tail, quantile: 'higher' })],
  ['normal', (returns, tail) => normal(returns, { tail })],
  ['student-t', (returns, tail) => studentT(returns, { tail })],
  ['cornish-fisher', (returns, tail) => cornishFisher(returns, { tail })],
  ['ewma', (returns, tail) => ewma(returns, { tail, seedVariance: seedOf(returns) })],
  ['garch', (returns, tail) => garch(returns, { tail })],
  ['garch with t', (returns, tail) => garch(returns, { tail, innovations: 'student-t' })],
  ['fhs on garch', (returns, tail) => fhs(garchVolatility(returns), { tail, quantile: 'higher' })],
  [
    'fhs on ewma',
    (returns, tail) => fhs(ewmaVolatility(returns, { seedVariance: seedOf(returns) }), { tail }),
  ],
  ['evt', (returns, tail) => evt(returns, { tail })],
  ['conditional evt', (returns, tail) => conditionalEvt(garchVolatility(returns), { tail })],
])('the estimate by %s', (_, method) => {
  const returns = Float64Array.from(synthetic.returns);
  const figures = (tail: number) => {
    const { varRaw, esRaw } = method(returns, tail);
    return { varRaw: varRaw ?? Number.NaN, esRaw: esRaw ?? Number.NaN };
  };

  it('is valid, has an ES beyond its VaR, and leaves the returns as they are', () => {
    const estimate = unchanged([returns], () => method(returns, 0.01));
    expect(estimate).toMatchObject({ valid: true, reason: null });
    expect(figures(0.01).esRaw).toBeGreaterThan(figures(0.01).varRaw);
    expect(estimate.parameters.every(({ value }) => Number.isFinite(value))).toBe(true);
  });

  it('is the larger the smaller the tail', () => {
    const [near, middle, far] = [figures(0.05), figures(0.025), figures(0.01)];
    expect(near.varRaw < middle.varRaw && middle.varRaw < far.varRaw).toBe(true);
    expect(near.esRaw < middle.esRaw && middle.esRaw < far.esRaw).toBe(true);
  });

  it('doubles with the returns', () => {
    const twice = method(
      returns.map((one) => 2 * one),
      0.025,
    );
    expect((twice.varRaw ?? 0) / figures(0.025).varRaw).toBeCloseTo(2, 4);
    expect((twice.esRaw ?? 0) / figures(0.025).esRaw).toBeCloseTo(2, 4);
  });
});
