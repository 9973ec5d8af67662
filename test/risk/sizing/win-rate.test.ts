import { describe, expect, test } from 'vitest';
import { cautiousWinRate, TRADES_MIN } from '../../../src/risk/sizing/win-rate.ts';
import wilson from '../../golden/wilson.json' with { type: 'json' };

describe('cautiousWinRate', () => {
  test('is the observed rate from 30 trades on', () => {
    expect(TRADES_MIN).toBe(30);
    expect(cautiousWinRate(18, 12)).toEqual({ observed: 0.6, used: 0.6, reason: null });
  });

  test('is the published lower bound of Wilson below', () => {
    const rows = wilson.rows.filter(
      ({ trials, hits, level }) => trials < TRADES_MIN && hits < trials && level === 0.95,
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const { hits, trials, low } of rows) {
      const rate = cautiousWinRate(hits, trials - hits);
      expect(rate.used).toBeCloseTo(low, 14);
      expect(rate.reason).toBe('few-trades');
    }
  });

  test('is the lower bound without a loser, however many won', () => {
    // By hand: all of n won, so the bound is n / (n + z^2), z = 1.959963984540054.
    const square = 1.959963984540054 * 1.959963984540054;
    for (const winners of [1, 5, 1000]) {
      const rate = cautiousWinRate(winners, 0);
      expect(rate).toMatchObject({ observed: 1, reason: 'no-loser' });
      expect(rate.used).toBeCloseTo(winners / (winners + square), 14);
    }
  });

  test.each([
    [0, 0],
    [-1, 3],
    [1.5, 3],
    [3, Number.NaN],
  ])('refuses %d winners and %d losers', (winners, losers) => {
    expect(() => cautiousWinRate(winners, losers)).toThrow(RangeError);
  });
});
