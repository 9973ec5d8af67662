import { describe, expect, test } from 'vitest';
import {
  expectedReturn,
  outcomesOfBet,
  outcomesOfSample,
  ruinBound,
} from '../../../src/risk/sizing/outcomes.ts';
import kelly from '../../golden/kelly.json' with { type: 'json' };
import small from '../../golden/small-returns.json' with { type: 'json' };
import synthetic from '../../golden/synthetic-returns.json' with { type: 'json' };

const { syntheticReturns, smallReturns } = kelly.empirical;

test('a sample has its mean and the bound of its worst return', () => {
  for (const [returns, golden] of [
    [synthetic.returns, syntheticReturns],
    [small.returns, smallReturns],
  ] as const) {
    const outcomes = outcomesOfSample(Float64Array.from(returns));
    expect(expectedReturn(outcomes)).toBeCloseTo(golden.mean, 17);
    expect(ruinBound(outcomes)).toBeCloseTo(golden.f_max_domain, 13);
    expect(ruinBound(outcomes)).toBeCloseTo(-1 / golden.worst, 13);
  }
});

test('a bet has two outcomes', () => {
  const outcomes = outcomesOfBet({ winRate: 0.6, win: 2, loss: 0.5 });
  expect(Array.from(outcomes.returns)).toEqual([2, -0.5]);
  expect(Array.from(outcomes.probability)).toEqual([0.6, 0.4]);
  // By hand: 0.6 x 2 - 0.4 x 0.5 = 1.
  expect(expectedReturn(outcomes)).toBeCloseTo(1, 15);
});

describe('ruinBound', () => {
  test('does not look at what cannot happen', () => {
    expect(
      ruinBound({ returns: Float64Array.of(1, -2, -0.5), probability: Float64Array.of(0.5, 0, 0.5) }),
    ).toBe(2);
  });

  test('does not exist where nothing loses', () => {
    expect(ruinBound(outcomesOfSample(Float64Array.of(0.1, 0)))).toBeNull();
  });
});

test.each([
  [{ winRate: 1.1, win: 1, loss: 1 }, 'a win rate must lie in [0, 1], was 1.1'],
  [{ winRate: Number.NaN, win: 1, loss: 1 }, 'a win rate must lie in [0, 1], was NaN'],
  [{ winRate: 0.5, win: 0, loss: 1 }, 'a win must be finite and above 0, was 0'],
  [{ winRate: 0.5, win: 1, loss: 0 }, 'a loss must be finite and above 0, was 0'],
])('refuses the bet %j', (bet, message) => {
  expect(() => outcomesOfBet(bet)).toThrow(message);
});

test('refuses a sample without returns, or with one that is not finite', () => {
  expect(() => outcomesOfSample(new Float64Array())).toThrow('at least one return, was empty');
  expect(() => outcomesOfSample(Float64Array.of(0.1, Number.NaN))).toThrow('was NaN at 1');
});
