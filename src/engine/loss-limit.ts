/** A limit on a loss of the session: alerts at its shares, and the moment at which it breaks. */
import type { Order } from '../risk/compare.ts';
import type { Bounds } from './bounds.ts';
import type { Finding, Severity } from './decision.ts';
import type { Say } from './guard.ts';
import { createLimit, followLimit, type LimitState, nextShares } from './limit-alerts.ts';
import {
  compareDayLoss,
  compareDrawdown,
  compareWeekDrawdown,
  dayLoss,
  drawdown,
  weekDrawdown,
} from './measures.ts';
import type { View } from './view.ts';

export type LossMeasure = 'dailyLoss' | 'drawdown' | 'weekDrawdown';

/** Plain data, kept by the guard whose rule it is. */
export type LossLimit = {
  readonly rule: string;
  readonly measure: LossMeasure;
  /** A fraction, exclusive; null is off. */
  readonly limit: number | null;
  readonly shares: LimitState;
  broken: boolean;
};

export function createLossLimit(
  rule: string,
  measure: LossMeasure,
  limit: number | null,
  shares: readonly number[],
): LossLimit {
  return { rule, measure, limit, shares: createLimit(shares), broken: false };
}

/** The loss of the moment, a fraction; below 0 where equity has grown. */
export function lossOf(view: View, measure: LossMeasure): number {
  if (measure === 'dailyLoss') return dayLoss(view);
  return measure === 'drawdown' ? drawdown(view) : weekDrawdown(view);
}

function compareLoss(view: View, measure: LossMeasure, bound: number): Order {
  if (measure === 'dailyLoss') return compareDayLoss(view, bound);
  return measure === 'drawdown' ? compareDrawdown(view, bound) : compareWeekDrawdown(view, bound);
}

/** Watches the next share of the limit on either side, and the limit itself. */
export function watchLoss({ measure, limit, shares, broken }: LossLimit, bounds: Bounds): void {
  if (limit === null) return;
  const { up, down } = nextShares(shares);
  const above = (fraction: number) => {
    if (measure === 'dailyLoss') bounds.dayLossAbove(fraction);
    else if (measure === 'drawdown') bounds.drawdownAbove(fraction);
    else bounds.weekDrawdownAbove(fraction);
  };
  const below = (fraction: number) => {
    if (measure === 'dailyLoss') bounds.dayLossBelow(fraction);
    else if (measure === 'drawdown') bounds.drawdownBelow(fraction);
    else bounds.weekDrawdownBelow(fraction);
  };
  if (up !== null) above(up * limit);
  if (down !== null) below(down * limit);
  if (broken) below(limit);
  else above(limit);
}

/**
 * Says what is new about a loss.
 *
 * @returns why, where the limit breaks at this moment; null where it holds, or was broken before
 */
export function lookAtLoss(
  own: LossLimit,
  view: View,
  say: Say,
  severity: Severity = 'critical',
): Finding | null {
  const { rule, measure, limit, shares } = own;
  if (limit === null) return null;
  const observed = lossOf(view, measure);
  const compare = (bound: number) => compareLoss(view, measure, bound);
  followLimit(shares, { rule, measure, limit, observed, compare, time: view.time }, say);
  const before = own.broken;
  own.broken = compare(limit) > 0;
  say.on(rule, own.broken);
  if (!own.broken || before) return null;
  return { rule, severity, measure, observed, threshold: limit };
}

export function offText(limit: unknown): string | null {
  return limit === null ? 'it is switched off' : null;
}
