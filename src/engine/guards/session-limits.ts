/**
 * Session limits: the loss of a day, the drawdown of a week, the trades of a day, the orders of a minute. A broken one denies
 * new risk and leaves positions with their stops.
 *
 * Source  S4 session level (daily loss 3 %, weekly drawdown 8 % with manual intervention, 20 trades a day), S2 (daily loss
 * 2 %), S0 (100 and 50 trades a day); RULES 3.1, 3.6, 3.7, 3.9
 */
import { MS_PER_DAY, MS_PER_MINUTE } from '../../model/time.ts';
import type { Finding } from '../decision.ts';
import type { Guard, Say } from '../guard.ts';
import { type Counted, createLimit, followCount, type LimitState } from '../limit-alerts.ts';
import { createLossLimit, type LossLimit, lookAtLoss, lossOf, offText, watchLoss } from '../loss-limit.ts';
import { isHalted, type View } from '../view.ts';
import type { SessionLimitsConfig } from './session-limits-config.ts';

type SessionLimitsState = {
  readonly config: SessionLimitsConfig;
  /** Start of the UTC day of the counts. */
  day: number;
  /** Opening fills of that day. */
  trades: number;
  /** Times of the orders of the last minute. */
  orders: number[];
  readonly dailyLoss: LossLimit;
  readonly weeklyDrawdown: LossLimit;
  readonly tradeShares: LimitState;
  readonly orderShares: LimitState;
};

export const sessionLimits: Guard<SessionLimitsConfig, SessionLimitsState> = {
  name: 'session-limits',
  init: (config, { view, alertShares }) => ({
    config,
    day: dayOf(view.time),
    trades: 0,
    orders: [],
    dailyLoss: createLossLimit('daily-loss', 'dailyLoss', config.dailyLoss, alertShares),
    weeklyDrawdown: createLossLimit('weekly-drawdown', 'weekDrawdown', config.weeklyDrawdown, alertShares),
    tradeShares: createLimit(alertShares),
    orderShares: createLimit(alertShares),
  }),
  watch: ({ dailyLoss, weeklyDrawdown }, _, bounds) => {
    watchLoss(dailyLoss, bounds);
    watchLoss(weeklyDrawdown, bounds);
  },
  on: {
    marks: (view, own, _, say) => lookAtLosses(view, own, say),
    clock: (view, own, _, say) => lookAtLosses(view, own, say),
    transfer: (view, own, _, say) => lookAtLosses(view, own, say),
    // Where he resumes, losses are measured anew from there on.
    operator: (view, own, _, say) => lookAtLosses(view, own, say),
    order: (view, own, _, say) => judge(view, own, say),
    fill: (view, own, { fill }, say) => {
      turnDay(view, own, say);
      if (!fill.opening) return;
      own.trades += 1;
      followTrades(view, own, say);
    },
  },
  rules: ({ config }) => [
    { rule: 'daily-loss', dead: offText(config.dailyLoss) },
    { rule: 'weekly-drawdown', dead: offText(config.weeklyDrawdown) },
    { rule: 'trades-per-day', dead: offText(config.tradesPerDay) },
    { rule: 'orders-per-minute', dead: offText(config.ordersPerMinute) },
  ],
};

function dayOf(time: number): number {
  return Math.floor(time / MS_PER_DAY) * MS_PER_DAY;
}

function turnDay(view: View, own: SessionLimitsState, say: Say): void {
  if (dayOf(view.time) === own.day) return;
  own.day = dayOf(view.time);
  own.trades = 0;
  followTrades(view, own, say);
  say.on('trades-per-day', false);
  say.on('orders-per-minute', false);
}

function followTrades({ time }: View, own: SessionLimitsState, say: Say): void {
  const { tradesPerDay } = own.config;
  const counted = { rule: 'trades-per-day', measure: 'tradesOfDay', observed: own.trades, time };
  if (tradesPerDay !== null) followCount(own.tradeShares, counted, tradesPerDay, say);
}

function lookAtLosses(view: View, own: SessionLimitsState, say: Say): void {
  turnDay(view, own, say);
  const day = lookAtLoss(own.dailyLoss, view, say);
  if (day !== null && !isHalted(view, 'session-limits', day.rule)) say.halt(day, own.day + MS_PER_DAY, false);
  const week = lookAtLoss(own.weeklyDrawdown, view, say);
  if (week !== null && !isHalted(view, 'session-limits', week.rule)) say.halt(week, null, true);
}

/** Counts the order, then judges it: a day or a minute that is used up takes no more. */
function judge(view: View, own: SessionLimitsState, say: Say): void {
  turnDay(view, own, say);
  const { tradesPerDay, ordersPerMinute } = own.config;
  for (const { rule, measure, limit } of [own.dailyLoss, own.weeklyDrawdown]) {
    if (limit === null) continue;
    const use = Math.max(0, lossOf(view, measure)) / limit;
    say.use(rule, use, use);
  }
  const { time } = view;
  own.orders = [...own.orders.filter((one) => one > time - MS_PER_MINUTE), time];
  if (tradesPerDay !== null) {
    const counted = { rule: 'trades-per-day', measure: 'tradesOfDay', observed: own.trades + 1, time };
    refuseAbove(counted, tradesPerDay, say);
  }
  if (ordersPerMinute !== null) {
    const observed = own.orders.length;
    const counted = { rule: 'orders-per-minute', measure: 'ordersOfMinute', observed, time };
    refuseAbove(counted, ordersPerMinute, say);
    followCount(own.orderShares, counted, ordersPerMinute, say);
  }
}

function refuseAbove({ rule, measure, observed }: Counted, limit: number, say: Say): void {
  say.use(rule, observed / limit, (observed - 1) / limit);
  say.on(rule, observed > limit);
  if (observed <= limit) return;
  const finding: Finding = { rule, severity: 'warning', measure, observed, threshold: limit };
  say.deny(finding);
}
