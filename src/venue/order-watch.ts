/** The prices at which resting orders fire, as bounds by symbol that the hot loop compares with. */
import { trades } from './margin-view.ts';
import type { AccountState, RestingOrder, VenueState } from './venue-state.ts';

export type OrderWatch = {
  /** Some order fires where the price of its series is at or below; -Infinity where none does. By symbol. */
  readonly lastLow: Float64Array;
  readonly lastHigh: Float64Array;
  readonly markLow: Float64Array;
  readonly markHigh: Float64Array;
  /** The earliest moment at which an order that filled in part goes on, or a cooldown ends; Infinity where none does. */
  readonly wake: number;
  /** Whether any order rests at all. */
  readonly orders: boolean;
  /** The equity at which the venue's own daily limit closes an account, in its currency; -Infinity without one. */
  readonly equityLow: Float64Array;
  /** Whether any account has such a limit. */
  readonly limits: boolean;
};

export function buildOrderWatch(state: VenueState, symbols: number): OrderWatch {
  const lastLow = new Float64Array(symbols).fill(Number.NEGATIVE_INFINITY);
  const lastHigh = new Float64Array(symbols).fill(Number.POSITIVE_INFINITY);
  const markLow = new Float64Array(symbols).fill(Number.NEGATIVE_INFINITY);
  const markHigh = new Float64Array(symbols).fill(Number.POSITIVE_INFINITY);
  let wake = Number.POSITIVE_INFINITY;
  let orders = false;
  const equityLow = Float64Array.from(state.accounts, dailyLossBound);
  for (const [index, account] of state.accounts.entries()) {
    if (!trades(state, index)) {
      equityLow[index] = Number.NEGATIVE_INFINITY;
      continue;
    }
    for (const { until } of account.cooldowns) wake = Math.min(wake, until);
    for (const order of account.orders) {
      orders = true;
      if (order.resumesAt !== null) {
        wake = Math.min(wake, order.resumesAt);
        continue;
      }
      const onMark = order.trigger === 'mark';
      if (firesBelow(order)) {
        const low = onMark ? markLow : lastLow;
        low[order.symbol] = Math.max(low[order.symbol]!, order.price);
      } else {
        const high = onMark ? markHigh : lastHigh;
        high[order.symbol] = Math.min(high[order.symbol]!, order.price);
      }
    }
  }
  const limits = equityLow.some((bound) => bound > Number.NEGATIVE_INFINITY);
  return { lastLow, lastHigh, markLow, markHigh, wake, orders, equityLow, limits };
}

/** The equity at which an account's daily limit is reached; -Infinity where it has none or has fired today. */
export function dailyLossBound({ dailyLoss }: Pick<AccountState, 'dailyLoss'>): number {
  if (dailyLoss === null || dailyLoss.halted) return Number.NEGATIVE_INFINITY;
  return dailyLoss.dayEquity * (1 - dailyLoss.fraction);
}

/**
 * Whether an order fires as its price falls: a stop that sells, and a take-profit or a limit that buys. The others fire as
 * it rises; a known exit by the side on which its price lay.
 */
export function firesBelow({ kind, side, exit }: RestingOrder): boolean {
  if (kind === 'stop-market') return side < 0;
  if (kind === 'known-exit') return exit?.above === false;
  return side > 0;
}

/** Whether an order fires at these prices of its symbol; a stop, a target and a limit are reached by equality. */
export function fires(order: RestingOrder, last: number, mark: number): boolean {
  const price = order.trigger === 'mark' ? mark : last;
  return firesBelow(order) ? price <= order.price : price >= order.price;
}
