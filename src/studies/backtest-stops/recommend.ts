/** Which multiplier the levels speak for, and why, or why none. */
import type { BacktestStopsResult, LevelResult } from '../backtest-stops-result.ts';
import { bounds } from './bounds.ts';

/** Above this share of stops at or beyond liquidation a level is never recommended (RULES 1.7). */
const BEYOND_MAX = 0.01;

type Recommendation = Pick<
  BacktestStopsResult,
  | 'recommendedMultiplier'
  | 'recommendedMultiplierReason'
  | 'robustMultiplier'
  | 'robustMultiplierReason'
  | 'largestSafeMultiplier'
  | 'largestSafeMultiplierReason'
>;

/**
 * recommended  the smallest level whose `hitRateUncensored` is below the target
 * robust       the smallest whose intervals (days, Kaplan-Meier, Wilson) all lie below it
 * largestSafe  the largest level with at most 1 % of its stops at or beyond liquidation
 *
 * No level above `largestSafe` is recommended.
 */
export function recommend(levels: readonly LevelResult[], target: number): Recommendation {
  const safe = levels.filter(({ beyondLiquidation }) => (beyondLiquidation ?? 0) <= BEYOND_MAX);
  // Under 20 entry days the interval is null and nothing is concluded (RULES 1.10).
  const meets = (level: LevelResult) =>
    level.hitRateInterval.low !== null &&
    level.hitRateUncensored !== null &&
    level.hitRateUncensored < target;
  const holds = (level: LevelResult) => {
    const range = bounds(level);
    return range !== null && range.high < target;
  };
  const recommended = pick({ levels, safe, fits: meets, target, what: 'hit rate' });
  const robust = pick({ levels, safe, fits: holds, target, what: 'interval of the hit rate' });
  const leveraged = levels.some(({ beyondLiquidation }) => beyondLiquidation !== null);
  const largest = leveraged ? (safe.at(-1)?.multiplier ?? null) : null;
  return {
    recommendedMultiplier: recommended.multiplier,
    recommendedMultiplierReason: recommended.reason,
    robustMultiplier: robust.multiplier,
    robustMultiplierReason: robust.reason,
    largestSafeMultiplier: largest,
    largestSafeMultiplierReason: safeReason(levels, leveraged, largest),
  };
}

type Question = {
  readonly levels: readonly LevelResult[];
  readonly safe: readonly LevelResult[];
  readonly fits: (level: LevelResult) => boolean;
  readonly target: number;
  readonly what: string;
};

function pick({ levels, safe, fits, target, what }: Question): { multiplier: number | null; reason: string } {
  const below = `${what} below ${percent(target)}`;
  const found = safe.find(fits);
  if (found !== undefined)
    return { multiplier: found.multiplier, reason: `the smallest level with its ${below}` };
  const beyond = levels.find(fits);
  if (beyond !== undefined) {
    const share = percent(beyond.beyondLiquidation ?? 0);
    const safeMost = safe.at(-1);
    const safest =
      safeMost === undefined ? 'no level keeps' : `only levels up to ${safeMost.multiplier} keep`;
    return {
      multiplier: null,
      reason: `no multiplier meets both the target and the liquidation price: ${beyond.multiplier} is the first with its ${below}, but ${share} of its stops lie at or beyond liquidation; ${safest} that at 1 % or less`,
    };
  }
  return { multiplier: null, reason: noneReason(levels, below) };
}

function noneReason(levels: readonly LevelResult[], below: string): string {
  const first = levels[0]?.multiplier;
  const last = levels.at(-1);
  const told = last?.hitRateUncensoredReason ?? last?.hitRateInterval.reason;
  const range =
    first === last?.multiplier
      ? `level ${first} has not`
      : `no level from ${first} to ${last?.multiplier} has`;
  return told === null || told === undefined
    ? `${range} its ${below}`
    : `${range} its ${below}: at ${last?.multiplier}, ${told}`;
}

function safeReason(levels: readonly LevelResult[], leveraged: boolean, largest: number | null): string {
  if (!leveraged) return 'no leverage is given, so nothing is liquidated';
  if (largest === null)
    return `already at ${levels[0]?.multiplier} more than 1 % of the stops lie at or beyond liquidation`;
  if (largest === levels.at(-1)?.multiplier) return 'the largest level that was judged';
  return 'the largest level with at most 1 % of its stops at or beyond liquidation';
}

function percent(fraction: number): string {
  return `${Number((100 * fraction).toFixed(1))} %`;
}
