import { describe, expect, it } from 'vitest';
import { normalDensity, normalQuantile } from '../../../src/math/normal.ts';
import { mean } from '../../../src/math/sum.ts';
import { fzScores } from '../../../src/risk/var-backtest/fz-score.ts';
import { unchanged } from '../../support/unchanged.ts';

const column = (...xs: readonly number[]) => Float64Array.from(xs);

describe('fzScores', () => {
  // By hand: 0.01 / (0.05 x 0.045) = 40/9, VaR / ES = 8/9, log 0.045 = -3.101092789211817, less 1.
  it('follows its definition with a hit, without one, and at the VaR itself', () => {
    const returns = column(-0.05, 0.01, -0.04);
    const vars = column(0.04, 0.04, 0.04);
    const shortfalls = column(0.045, 0.045, 0.045);
    const scores = unchanged([returns, vars, shortfalls], () => fzScores(returns, vars, shortfalls, 0.05));
    const calm = 8 / 9 - 3.101092789211817 - 1;
    expect(scores[0]).toBeCloseTo(40 / 9 + calm, 13);
    expect(scores[1]).toBeCloseTo(calm, 13);
    expect(scores[2]).toBeCloseTo(calm, 13);
  });

  // A sample of normal quantiles, in which the right pair is the normal one but for the steps of the sample.
  it('is lowest for the right pair', () => {
    const n = 20_000;
    const returns = Float64Array.from({ length: n }, (_, i) => normalQuantile((i + 0.5) / n));
    const p = 0.05;
    const right = { v: -normalQuantile(p), e: normalDensity(normalQuantile(p)) / p };
    const scoreOf = (v: number, e: number) =>
      mean(
        fzScores(
          returns,
          returns.map(() => v),
          returns.map(() => e),
          p,
        ),
      );
    const best = scoreOf(right.v, right.e);
    for (const [v, e] of [
      [1.05, 1],
      [0.95, 1],
      [1, 1.05],
      [1, 0.95],
      [1.1, 1.1],
      [0.9, 0.9],
    ] as const)
      expect(scoreOf(right.v * v, right.e * e)).toBeGreaterThan(best + 1e-4);
  });

  it('differs between forecasts by the same in any unit', () => {
    const returns = column(-0.06, 0.02, -0.01);
    const one = [column(0.03, 0.03, 0.03), column(0.05, 0.05, 0.05)] as const;
    const other = [column(0.04, 0.02, 0.03), column(0.06, 0.03, 0.04)] as const;
    const differences = (unit: number) => {
      const scaled = (xs: Float64Array) => xs.map((x) => unit * x);
      const score = ([v, e]: readonly [Float64Array, Float64Array]) =>
        fzScores(scaled(returns), scaled(v), scaled(e), 0.05);
      const second = score(other);
      return score(one).map((x, day) => x - second[day]!);
    };
    differences(100).forEach((difference, day) => {
      expect(difference).toBeCloseTo(differences(1)[day]!, 12);
    });
  });

  it('refuses what is no pair of VaR and ES', () => {
    const r = column(0.01);
    expect(() => fzScores(r, column(0.04), column(0), 0.05)).toThrow('ES 0, VaR 0.04');
    expect(() => fzScores(r, column(0.05), column(0.04), 0.05)).toThrow('0 < ES >= VaR');
    expect(() => fzScores(r, column(Number.NaN), column(0.04), 0.05)).toThrow('day 0');
    expect(() => fzScores(r, column(0.01, 0.02), column(0.04), 0.05)).toThrow('were 1, 2 and 1');
    expect(() => fzScores(r, column(0.04), column(0.04), 0)).toThrow('must be in (0, 1)');
  });
});
