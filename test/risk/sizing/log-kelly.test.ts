import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { growthRate } from '../../../src/risk/sizing/growth.ts';
import { logKelly } from '../../../src/risk/sizing/log-kelly.ts';
import { outcomesOfBet, outcomesOfSample, ruinBound } from '../../../src/risk/sizing/outcomes.ts';
import kelly from '../../golden/kelly.json' with { type: 'json' };
import small from '../../golden/small-returns.json' with { type: 'json' };
import synthetic from '../../golden/synthetic-returns.json' with { type: 'json' };
import { unchanged } from '../../support/unchanged.ts';

describe('logKelly', () => {
  test('of the synthetic returns', () => {
    const outcomes = outcomesOfSample(Float64Array.from(synthetic.returns));
    const { f_log } = kelly.empirical.syntheticReturns;
    const columns = [outcomes.returns, outcomes.probability];
    expect(unchanged(columns, () => logKelly(outcomes))).toBeCloseTo(f_log, 12);
  });

  test('is 0 where the mean return is below 0', () => {
    expect(logKelly(outcomesOfSample(Float64Array.from(small.returns)))).toBe(
      kelly.empirical.smallReturns.f_log,
    );
  });

  test.each(kelly.binary)('is the closed form at p $p, b $b, loss $loss', (row) => {
    const bet = { winRate: row.p, win: row.b, loss: row.loss };
    expect(logKelly(outcomesOfBet(bet))).toBeCloseTo(row.f, 14);
  });

  test('has no bound where nothing loses, and none of what cannot happen', () => {
    expect(logKelly(outcomesOfSample(Float64Array.of(0.1, 0)))).toBeNull();
    expect(logKelly(outcomesOfBet({ winRate: 1, win: 1, loss: 1 }))).toBeNull();
    const outcomes = {
      returns: Float64Array.of(1, -1, -50),
      probability: Float64Array.of(0.6, 0.4, 0),
    };
    expect(logKelly(outcomes)).toBeCloseTo(0.2, 14);
    // Half of a fortune on what loses twice the stake is met on the way, and has no logarithm.
    const met = { returns: Float64Array.of(1, -1, -2), probability: Float64Array.of(0.9, 0.1, 0) };
    expect(logKelly(met)).toBeCloseTo(0.8, 14);
  });

  test('stays below the ruin of the worst, and no other fraction grows faster', () => {
    const one = fc.double({ min: -0.9, max: 1.5, noNaN: true });
    const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 40 }), share, (returns, other) => {
        const outcomes = outcomesOfSample(Float64Array.from(returns));
        const best = logKelly(outcomes);
        const bound = ruinBound(outcomes);
        if (best === null || bound === null) return;
        expect(best).toBeLessThan(bound);
        const there = growthRate(outcomes, other * bound) ?? Number.NEGATIVE_INFINITY;
        expect(there).toBeLessThanOrEqual((growthRate(outcomes, best) ?? Number.NaN) + 1e-12);
      }),
    );
  });
});
