import { describe, expect, test } from 'vitest';
import { recommend } from '../../../src/studies/backtest-stops/recommend.ts';
import type { LevelResult } from '../../../src/studies/backtest-stops-result.ts';

/** A level with its uncensored rate, one width for all of its intervals, and a share beyond liquidation. */
function level(
  multiplier: number,
  rate: number | null,
  half: number,
  beyond: number | null = null,
): LevelResult {
  const range = rate === null ? { low: null, high: null } : { low: rate - half, high: rate + half };
  const interval = { ...range, level: 0.95, method: 'm', reason: rate === null ? 'too many censored' : null };
  return {
    multiplier,
    hits: 0,
    hitsOptimistic: 0,
    survivors: 0,
    hitRate: rate ?? 0,
    hitRateOptimistic: 0,
    hitRateInterval: { ...interval, iid: { low: (rate ?? 0) - half, high: (rate ?? 0) + half } },
    survivorRate: 0,
    censored: 0,
    hitRateUncensored: rate,
    hitRateUncensoredReason: interval.reason,
    hitRateUncensoredInterval: interval,
    ambiguous: 0,
    stoppedWinners: 0,
    gapFills: 0,
    meanReturn: 0,
    meanReturnUnstopped: 0,
    meanStopDistance: 0,
    beyondLiquidation: beyond,
    liquidated: beyond === null ? null : 0,
    meanReturnOnMargin: null,
    verdict: 'inconclusive',
  };
}

describe('recommend (RULES 1.6, 1.7)', () => {
  test('takes the smallest level strictly below the target, and the smallest whose intervals all are', () => {
    const levels = [
      level(1, 0.4, 0.05),
      level(2, 0.15, 0.05),
      level(3, 0.149, 0.05),
      level(4, 0.12, 0.05),
      level(5, 0.09, 0.05),
    ];
    expect(recommend(levels, 0.15)).toMatchObject({
      recommendedMultiplier: 3,
      robustMultiplier: 5,
      largestSafeMultiplier: null,
      largestSafeMultiplierReason: 'no leverage is given, so nothing is liquidated',
    });
  });

  test('never recommends a level with more than 1 % of its stops beyond liquidation, and says so', () => {
    const levels = [
      level(1, 0.4, 0.05, 0),
      level(2, 0.3, 0.05, 0.01),
      level(3, 0.1, 0.01, 0.0101),
      level(4, 0.05, 0.01, 0.5),
    ];
    const told = recommend(levels, 0.15);
    expect(told).toMatchObject({
      recommendedMultiplier: null,
      robustMultiplier: null,
      largestSafeMultiplier: 2,
    });
    expect(told.recommendedMultiplierReason).toContain(
      'no multiplier meets both the target and the liquidation price',
    );
    expect(told.recommendedMultiplierReason).toContain('3 is the first');
  });

  test('a level whose estimate is null is passed over with its reason', () => {
    const told = recommend([level(1, 0.3, 0.05), level(2, null, 0)], 0.15);
    expect(told.recommendedMultiplier).toBeNull();
    expect(told.recommendedMultiplierReason).toContain('too many censored');
  });
});
