import { describe, expect, test } from 'vitest';
import { cautiousOutcomes } from '../../../src/risk/sizing/cautious-outcomes.ts';
import { logKelly } from '../../../src/risk/sizing/log-kelly.ts';
import kelly from '../../golden/kelly.json' with { type: 'json' };
import synthetic from '../../golden/synthetic-returns.json' with { type: 'json' };

const of = (...returns: number[]) => Float64Array.from(returns);

describe('cautiousOutcomes', () => {
  test('at the observed win rate is the sample: its Kelly fraction is that of the golden', () => {
    const returns = Float64Array.from(synthetic.returns);
    const wins = returns.filter((one) => one > 0).length;
    const decided = returns.filter((one) => one !== 0).length;
    const outcomes = cautiousOutcomes(returns, { winRate: wins / decided, loss: 1 });
    expect(logKelly(outcomes)).toBeCloseTo(kelly.empirical.syntheticReturns.f_log, 10);
  });

  test('gives winners the rate that is believed, and losers the rest', () => {
    const { returns, probability } = cautiousOutcomes(of(0.1, -0.05, 0, 0.2), { winRate: 0.4, loss: 1 });
    expect([...returns]).toEqual([0.1, 0.2, -0.05]);
    expect([...probability]).toEqual([0.2, 0.2, 0.6]);
  });

  test('puts a stated loss in the place of losers that there are none of', () => {
    const { returns, probability } = cautiousOutcomes(of(0.1), { winRate: 0.3, loss: 0.02 });
    expect([[...returns], [...probability]]).toEqual([
      [0.1, -0.02],
      [0.3, 0.7],
    ]);
  });

  test('without winners all is lost', () => {
    expect([...cautiousOutcomes(of(-0.1, -0.2), { winRate: 0, loss: 1 }).probability]).toEqual([0.5, 0.5]);
  });

  test('refuses what is out of range', () => {
    expect(() => cautiousOutcomes(of(0.1), { winRate: 1.1, loss: 1 })).toThrow(
      'a win rate must lie in [0, 1]',
    );
    expect(() => cautiousOutcomes(of(0.1), { winRate: 0.5, loss: 0 })).toThrow(
      'a loss must be finite and above 0',
    );
    expect(() => cautiousOutcomes(of(0), { winRate: 0.5, loss: 1 })).toThrow('at least one return');
  });
});
