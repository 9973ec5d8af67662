import { describe, expect, test } from 'vitest';
import { growthRate } from '../../../src/risk/sizing/growth.ts';
import { outcomesOfBet, outcomesOfSample } from '../../../src/risk/sizing/outcomes.ts';
import kelly from '../../golden/kelly.json' with { type: 'json' };
import synthetic from '../../golden/synthetic-returns.json' with { type: 'json' };
import { unchanged } from '../../support/unchanged.ts';

describe('growthRate', () => {
  test.each(kelly.binary)('of p $p, b $b, loss $loss at full, half and double Kelly', (row) => {
    const outcomes = outcomesOfBet({ winRate: row.p, win: row.b, loss: row.loss });
    expect(growthRate(outcomes, row.f)).toBeCloseTo(row.growth_full, 15);
    expect(growthRate(outcomes, row.f / 2)).toBeCloseTo(row.growth_half, 15);
    if (row.half_over_full !== null) {
      const share = (growthRate(outcomes, row.f / 2) ?? 0) / (growthRate(outcomes, row.f) ?? 0);
      expect(share).toBeCloseTo(row.half_over_full, 12);
    }
    const double = growthRate(outcomes, 2 * row.f);
    if (row.growth_double === null) expect(double).toBeNull();
    else expect(double).toBeCloseTo(row.growth_double, 15);
  });

  test('of the synthetic returns at their Kelly fraction', () => {
    const { f_log, growth } = kelly.empirical.syntheticReturns;
    const outcomes = outcomesOfSample(Float64Array.from(synthetic.returns));
    const columns = [outcomes.returns, outcomes.probability];
    expect(unchanged(columns, () => growthRate(outcomes, f_log))).toBeCloseTo(growth, 17);
  });

  test('staking nothing grows nothing, even where everything can be lost', () => {
    expect(growthRate(outcomesOfBet({ winRate: 0.5, win: 1, loss: 1 }), 0)).toBe(0);
  });

  test('does not exist where a possible outcome leaves nothing, or less', () => {
    const bet = outcomesOfBet({ winRate: 0.9, win: 1, loss: 0.5 });
    expect(growthRate(bet, 1.999)).not.toBeNull();
    expect(growthRate(bet, 2)).toBeNull();
    expect(growthRate(bet, 3)).toBeNull();
    // A loss that cannot happen ruins nobody.
    expect(growthRate(outcomesOfBet({ winRate: 1, win: 1, loss: 1 }), 1)).toBeCloseTo(Math.LN2, 15);
  });

  test.each([-0.1, Number.NaN, Number.POSITIVE_INFINITY])('refuses a fraction of %d', (fraction) => {
    const bet = outcomesOfBet({ winRate: 0.5, win: 1, loss: 1 });
    expect(() => growthRate(bet, fraction)).toThrow('a fraction must be finite and at least 0');
  });
});
