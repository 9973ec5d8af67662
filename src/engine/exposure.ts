/**
 * What a book exposes itself to, with an order or without: the measures of the limits on trades and portfolios, in the
 * currency of the accounts (RULES 3.2, 3.9).
 */

import { correlation } from '../math/correlation.ts';
import { isDollar, money } from '../model/money.ts';
import type { OrderIntent } from './event.ts';
import { initialMargin, liquidationPrice, notional } from './measures.ts';
import type { PositionView, View } from './view.ts';

/** One position of the book, or what an order would make of one. */
export type Holding = {
  readonly account: number;
  readonly symbol: number;
  readonly side: 1 | -1;
  /** |qty| at mark, an order's at its price. */
  readonly notional: number;
  /** Initial margin. */
  readonly margin: number;
  /** What is lost where the stop fills at its price; without a stop, at the liquidation price. */
  readonly risk: number;
  readonly sector: string | null;
};

export function holdingOf(view: View, position: PositionView): Holding {
  const { account, symbol, side, sector } = position;
  const worth = notional(view, position);
  const exit = position.stop ?? position.statedStop ?? liquidationPrice(view, position) ?? 0;
  const mark = view.mark[symbol]!;
  // A stop on the far side of the price has nothing left to lose.
  const share = Math.max(0, (side * (mark - exit)) / mark);
  const risk = Number.isFinite(share) ? worth * share : 0;
  return { account, symbol, side, notional: worth, margin: initialMargin(view, position), risk, sector };
}

/** How far the stop of an order lies from its price, a fraction of it. */
export function stopDistance(view: View, order: OrderIntent, assumedStopAtrs: number): number {
  if (order.stop !== null) return Math.abs(order.price - order.stop) / order.price;
  const { atr } = view.market.at(order.symbol, view.time);
  return Number.isFinite(atr) ? (assumedStopAtrs * atr) / order.price : 1 / order.leverage;
}

/** What the opening part of an order adds. */
export function orderHolding(view: View, order: OrderIntent, distance: number): Holding {
  const { account, symbol, side, leverage, sector } = order;
  const worth = orderNotional(view, order);
  return { account, symbol, side, notional: worth, margin: worth / leverage, risk: worth * distance, sector };
}

function orderNotional({ accounts }: View, { account, contract, qty, price }: OrderIntent): number {
  if (contract === 'linear') return qty * price;
  return isDollar(accounts[account]?.currency ?? '') ? qty : qty / price;
}

/** The book as it stands once an order has filled: a one-way order has closed what stood against it. */
export function holdingsBeside(view: View, order: OrderIntent | null): Holding[] {
  const isClosed = ({ account, symbol, side }: PositionView) =>
    order !== null &&
    account === order.account &&
    symbol === order.symbol &&
    side !== order.side &&
    view.accounts[account]?.hedge !== true;
  return view.positions.filter((one) => !isClosed(one)).map((one) => holdingOf(view, one));
}

/** How many positions there are, those of one account, symbol and side being one. */
export function countPositions(holdings: readonly Holding[]): number {
  return new Set(holdings.map(({ account, symbol, side }) => `${account}/${symbol}/${side}`)).size;
}

export function total(holdings: readonly Holding[], of: (one: Holding) => number): number {
  return holdings.reduce((sum, one) => sum + of(one), 0);
}

/** Hours that a correlation looks back, and how many of them both sides must have (RULES 3.8). */
const HOURS = 720;
const LEAST = 200;

/**
 * Correlation of side x returns of a symbol with the returns of the book's PnL over 30 days of hours; null with less than 200
 * hours in common, or without a book.
 */
export function bookCorrelation(
  view: View,
  { symbol, side }: Pick<Holding, 'symbol' | 'side'>,
  book: readonly Holding[],
): number | null {
  if (book.length === 0) return null;
  const own = view.market.hourlyReturns(symbol, view.time, HOURS).map((one) => one * side);
  const pnl = new Float64Array(own.length);
  for (const one of book) {
    const returns = view.market.hourlyReturns(one.symbol, view.time, HOURS);
    const shift = returns.length - own.length;
    for (let i = 0; i < pnl.length; i += 1)
      pnl[i] = pnl[i]! + one.side * one.notional * (returns[i + shift] ?? Number.NaN);
  }
  return correlation(own, pnl, LEAST);
}

/** Places after the point of quantities that are computed and not stated. */
const QTY_PLACES = 12;

/** A quantity rounded down, never above 0 from below. */
export function floorQty(qty: number): number {
  if (!(qty > 0) || !Number.isFinite(qty)) return 0;
  return money(qty).toDecimalPlaces(QTY_PLACES, 1).toNumber();
}

/** A quantity rounded up: what is to be sold at least. */
export function ceilQty(qty: number): number {
  if (!(qty > 0) || !Number.isFinite(qty)) return 0;
  return money(qty).toDecimalPlaces(QTY_PLACES, 0).toNumber();
}
