/**
 * What a book exposes itself to, with an order or without: the measures of the limits on trades and portfolios, in the
 * currency of the accounts (RULES 3.2, 3.9).
 */

import { isDollar, type Money, money, zero } from '../model/money.ts';
import { compareNear, type Order } from '../risk/compare.ts';
import type { OrderIntent } from './event.ts';
import { currencyRate, exactTotal, initialMargin, liquidationPrice, notional } from './measures.ts';
import type { PositionView, View } from './view.ts';

/** What limits add up. */
export type Amounts<N> = {
  /** |qty| at mark, an order's at its price, >= 0. */
  readonly notional: N;
  /** The same with the sign of the side. */
  readonly delta: N;
  /** Initial margin, >= 0. */
  readonly margin: N;
  /** What is lost where the stop fills at its price; without a stop, at the liquidation price, all equity at most; >= 0. */
  readonly risk: N;
};

export type Amount = keyof Amounts<unknown>;

/** One position of the book, or what an order would make of one. */
export type Holding = Amounts<number> & {
  readonly account: number;
  readonly symbol: number;
  readonly side: 1 | -1;
  readonly sector: string | null;
  /** The amounts in decimals, for a sum that lies at a limit. */
  readonly exact: () => Amounts<Money>;
};

export function holdingOf(view: View, position: PositionView): Holding {
  const { account, symbol, side, sector } = position;
  const worth = notional(view, position);
  const exit = exitOf(view, position);
  const mark = view.mark[symbol]!;
  const base = losesCoin(view, position) ? (exit.price ?? mark) : mark;
  // A stop on the far side of the price has nothing left to lose.
  const share = exit.price === null ? 1 : Math.max(0, (side * (mark - exit.price)) / base);
  const risk = Number.isFinite(share) ? Math.min(worth * share, exit.most) : 0;
  const margin = initialMargin(view, position);
  const exact = () => exactAmounts(view, position, exit);
  return { account, symbol, side, sector, notional: worth, delta: side * worth, margin, risk, exact };
}

type Exit = {
  /** Where the position ends; null where no price ends it. */
  readonly price: number | null;
  /** What it can lose at most, in the currency of its account. */
  readonly most: number;
};

/**
 * A stop, else the liquidation. Beside another leg that price may be any number of times away: the venue takes no more than
 * what the scope has.
 */
function exitOf(view: View, position: PositionView): Exit {
  const stop = position.stop ?? position.statedStop;
  if (stop !== null) return { price: stop, most: Number.POSITIVE_INFINITY };
  const { scope } = position;
  const most = Math.max(0, view.margin.equity[scope]! * currencyRate(view, scope));
  return { price: liquidationPrice(view, position), most };
}

function exactAmounts(view: View, position: PositionView, exit: Exit): Amounts<Money> {
  const { symbol, contract, side, entry, leverage, scope } = position;
  const mark = money(view.mark[symbol]!);
  const qty = money(position.qty).times(currencyRate(view, scope));
  const worth = contract === 'linear' ? qty.times(mark) : qty.div(mark);
  const cost = contract === 'linear' ? qty.times(entry) : qty.div(entry);
  const fall = exit.price === null ? mark : mark.minus(exit.price).times(side);
  const base = losesCoin(view, position) ? (exit.price ?? mark) : mark;
  const lost = fall.isNegative() ? zero : worth.times(fall).div(base);
  const risk = lost.greaterThan(exit.most) ? money(exit.most) : lost;
  return { notional: worth, delta: worth.times(side), margin: cost.div(leverage), risk };
}

/**
 * Whether a loss is counted in coin: N x |1 / exit - 1 / price|, which is the worth of N at the price times the fall over the
 * exit, and not over the price as where money is counted.
 */
function losesCoin(
  { accounts }: View,
  { account, contract }: Pick<OrderIntent, 'account' | 'contract'>,
): boolean {
  return contract === 'inverse' && !isDollar(accounts[account]?.currency ?? '');
}

/**
 * What an order loses where its stop fills at its price, a fraction of its worth; without a stop, where the price has moved by
 * so many ATRs, and where none is known all of its margin.
 */
export function stopLoss(view: View, order: OrderIntent, assumedStopAtrs: number): number {
  const { price, stop, side, symbol, leverage } = order;
  const { atr } = view.market.at(symbol, view.time);
  const distance = stop === null ? assumedStopAtrs * atr : Math.abs(price - stop);
  const base = losesCoin(view, order) ? price - side * distance : price;
  return Number.isFinite(distance) && base > 0 ? distance / base : 1 / leverage;
}

/** What the opening part of an order adds. */
export function orderHolding(view: View, order: OrderIntent, loss: number): Holding {
  const { account, symbol, side, leverage, sector } = order;
  const exact = () => exactOrder(view, order, loss);
  const worth = exact().notional.toNumber();
  const amounts = { notional: worth, delta: side * worth, margin: worth / leverage, risk: worth * loss };
  return { account, symbol, side, sector, ...amounts, exact };
}

function exactOrder(view: View, order: OrderIntent, loss: number): Amounts<Money> {
  const { contract, side, price, leverage, stop } = order;
  const qty = money(order.qty);
  const inCoin = contract === 'linear' ? qty.times(price) : qty.div(price);
  const worth = contract === 'inverse' && !losesCoin(view, order) ? qty : inCoin;
  const base = losesCoin(view, order) ? (stop ?? price) : price;
  const share = stop === null ? money(loss) : money(price).minus(stop).abs().div(base);
  return { notional: worth, delta: worth.times(side), margin: worth.div(leverage), risk: worth.times(share) };
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

export function total(holdings: readonly Holding[], of: Amount): number {
  return holdings.reduce((sum, one) => sum + one[of], 0);
}

/** Digits that decide: quotients are rounded at the 64th. */
const DIGITS = 40;

/** The order of |sum of an amount| over all equity, which must be above 0, and a bound. */
export function compareTotal(view: View, holdings: readonly Holding[], of: Amount, bound: number): Order {
  return compareNear(Math.abs(total(holdings, of)), bound * view.total, () => ({
    a: holdings
      .reduce((sum, one) => sum.plus(one.exact()[of]), zero)
      .abs()
      .toSignificantDigits(DIGITS),
    b: exactTotal(view).times(bound).toSignificantDigits(DIGITS),
  }));
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
