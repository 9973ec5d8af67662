import { describe, expect, it } from 'vitest';
import { exceptionsOf, hitsOf, transitionsOf } from '../../../src/risk/var-backtest/hits.ts';
import { unchanged } from '../../support/unchanged.ts';

describe('hitsOf', () => {
  it('counts a loss beyond its VaR, and none that equals it', () => {
    const returns = Float64Array.of(-0.05, -0.05, -0.05, 0.02, 0.01);
    const vars = Float64Array.of(0.05, 0.049999, 0.050001, -0.03, -0.01);
    unchanged([returns, vars], () => {
      expect(Array.from(hitsOf(returns, vars))).toEqual([0, 1, 0, 1, 0]);
    });
  });

  it('refuses columns of two lengths, and what is no number', () => {
    const one = Float64Array.of(0.01);
    expect(() => hitsOf(one, new Float64Array(2))).toThrow('must be equally many, were 1 and 2');
    expect(() => hitsOf(one, Float64Array.of(Number.NaN))).toThrow('day 0 must have a finite return');
    expect(() => hitsOf(Float64Array.of(Number.POSITIVE_INFINITY), one)).toThrow(RangeError);
  });
});

describe('a hit sequence', () => {
  // 0 1 1 1 0 0 1: pairs 01, 11, 11, 10, 00, 01.
  it('has as many pairs as days but one', () => {
    const hits = Uint8Array.of(0, 1, 1, 1, 0, 0, 1);
    expect(exceptionsOf(hits)).toBe(4);
    expect(transitionsOf(hits)).toEqual({ n00: 1, n01: 2, n10: 1, n11: 2 });
    expect(transitionsOf(Uint8Array.of(1))).toEqual({ n00: 0, n01: 0, n10: 0, n11: 0 });
  });
});
