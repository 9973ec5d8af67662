/** The widest reading of the intervals of a level: what a verdict and a robust recommendation rest on. */
import type { LevelResult } from '../backtest-stops-result.ts';

export type Bounds = { readonly low: number; readonly high: number } | null;

/**
 * The least low and the greatest high of three intervals: days, Kaplan-Meier and Wilson. Greenwood and the bootstrap
 * both shrink to a point where no trade was hit, and Wilson does not. Null where one of them cannot be told.
 */
export function bounds(level: Pick<LevelResult, 'hitRateInterval' | 'hitRateUncensoredInterval'>): Bounds {
  const { hitRateInterval: days, hitRateUncensoredInterval: uncensored } = level;
  if (days.low === null || days.high === null || uncensored.low === null || uncensored.high === null)
    return null;
  return {
    low: Math.min(days.low, uncensored.low, days.iid.low),
    high: Math.max(days.high, uncensored.high, days.iid.high),
  };
}
