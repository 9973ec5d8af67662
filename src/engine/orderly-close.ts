/**
 * Closing a scope in slices, so that the market can bear it (S3 29.5.2; S1 execution strategies):
 *
 *   twap     equal slices at equal times
 *   vwap     at equal times, each as large as the hour of its time was the day before
 *   iceberg  equal slices, each when the one before has filled
 *
 * A slice is a share of what is left, so that what others sell in between needs no plan of its own; the last takes all.
 */
import { MS_PER_HOUR, MS_PER_MINUTE } from '../model/time.ts';
import { type PositionView, positionKey, type View } from './view.ts';

/** Plain data, kept by the guard whose plan it is. */
export type ClosePlan = {
  /** Slices that are still to come. */
  left: number;
  /** When the next one is due; null where it waits for the fill of the one before. */
  next: number | null;
  /** By position, for all slices of the plan; a position that is not listed is closed evenly. */
  readonly weights: readonly { readonly key: string; readonly slices: readonly number[] }[];
};

export type CloseRule = {
  readonly method: 'immediate' | 'twap' | 'vwap' | 'iceberg';
  readonly slices: number;
  readonly durationMinutes: number;
};

const HOURS = 24;

/** A plan whose first slice is due now. */
export function createPlan(view: View, positions: readonly PositionView[], rule: CloseRule): ClosePlan {
  const { method } = rule;
  const slices = method === 'immediate' ? 1 : rule.slices;
  const weights = method === 'vwap' ? positions.flatMap((one) => volumeWeights(view, one, rule)) : [];
  return { left: slices, next: method === 'iceberg' ? null : view.time, weights };
}

/** Volumes of the same hours of the day before; none where one of them is not known. */
function volumeWeights(
  { market, time }: View,
  position: PositionView,
  rule: CloseRule,
): ClosePlan['weights'][number][] {
  const hours = market.hourlyVolume(position.symbol, time, HOURS);
  const slices = Array.from({ length: rule.slices }, (_, i) => {
    const hour = Math.floor(((time % MS_PER_HOUR) + i * stepOf(rule)) / MS_PER_HOUR);
    return hours[hour % HOURS] ?? Number.NaN;
  });
  return slices.every((one) => one > 0 && one < Number.POSITIVE_INFINITY)
    ? [{ key: positionKey(position), slices }]
    : [];
}

/** Between two slices, ms. */
function stepOf({ slices, durationMinutes }: CloseRule): number {
  return (durationMinutes * MS_PER_MINUTE) / slices;
}

/** The share of what is left of a position that the next slice takes, in (0, 1]. */
export function nextShare({ left, weights }: ClosePlan, position: PositionView): number {
  if (left <= 1) return 1;
  const own = weights.find(({ key }) => key === positionKey(position))?.slices.slice(-left);
  const [first] = own ?? [];
  if (own === undefined || first === undefined) return 1 / left;
  return first / own.reduce((sum, one) => sum + one, 0);
}

/** One slice is behind it; the next is due a step after that one was. */
export function moveOn(plan: ClosePlan, time: number, rule: CloseRule): void {
  plan.left -= 1;
  if (plan.next !== null) plan.next = Math.max(plan.next, time) + stepOf(rule);
}
