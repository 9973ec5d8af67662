/**
 * A position and its cost basis: what an opening adds, and what a close takes out. Amounts are exact; the cost of a part
 * that is closed is its share, rounded once, and the remainder keeps the rest (RULES 2.6).
 *
 *   linear   value = qty x price in quote, pnl = side x (value - cost share)
 *   inverse  value = qty / price in coin,  pnl = side x (cost share - value)
 */
import { type Money, money, moneyText, roundAgainst, scaleOf, zero } from '../model/money.ts';
import type { PositionState } from './venue-state.ts';

/** The worth of a quantity at a price, in the currency that the contract settles in. */
export function valueAt(contract: PositionState['contract'], qty: Money, price: Money): Money {
  return contract === 'linear' ? qty.times(price) : qty.div(price);
}

/** What is divided out of a position again and again, while its quantity and cost stay what they are. */
type Quotients = {
  readonly qty: string;
  readonly cost: string;
  readonly entry: number;
  readonly initial: Money;
};

/** By the position itself: a memory of what its two texts come to, checked against them at each look. */
const known = new WeakMap<PositionState, Quotients>();

function quotientsOf(position: PositionState): Quotients {
  const { contract, qty, cost, leverage } = position;
  const before = known.get(position);
  if (before !== undefined && before.qty === qty && before.cost === cost) return before;
  const ratio = contract === 'linear' ? money(cost).div(qty) : money(qty).div(cost);
  const found = { qty, cost, entry: ratio.toNumber(), initial: money(cost).div(money(leverage)) };
  known.set(position, found);
  return found;
}

/** The average entry price, quote per base. */
export function entryPrice(position: PositionState): number {
  return quotientsOf(position).entry;
}

/** The initial margin of a position, |qty| x entry / leverage, in its settlement currency, exact. */
export function initialMargin(position: PositionState): Money {
  return quotientsOf(position).initial;
}

/** What an isolated opening moves into the position: its initial margin, rounded up to the currency's scale. */
export function openingMargin(cost: Money, leverage: number, asset: string): Money {
  return roundAgainst(cost.div(money(leverage)).negated(), scaleOf(asset)).negated();
}

/** Unrealised PnL at a mark, exact. */
export function unrealised({ contract, side, qty, cost }: PositionState, mark: number): Money {
  const value = valueAt(contract, money(qty), money(mark));
  const gain = contract === 'linear' ? value.minus(cost) : money(cost).minus(value);
  return gain.times(side);
}

export type ClosedPart = {
  /** Signed, exact, before any rounding, cap or fee. */
  readonly pnl: Money;
  /** What leaves the cost basis. */
  readonly cost: Money;
  /** The worth of the closed part at the price, for fees. */
  readonly value: Money;
};

/**
 * What closing a part at a price realises; changes nothing.
 *
 * @param qty    in (0, position.qty]
 * @param asset  the settlement asset, whose scale the share of the cost is rounded to
 */
export function closePart(position: PositionState, qty: Money, price: Money, asset: string): ClosedPart {
  const { contract, side } = position;
  const held = money(position.qty);
  const cost = qty.equals(held)
    ? money(position.cost)
    : money(position.cost).times(qty).div(held).toDecimalPlaces(scaleOf(asset));
  const value = valueAt(contract, qty, price);
  const gain = contract === 'linear' ? value.minus(cost) : cost.minus(value);
  return { pnl: gain.times(side), cost, value };
}

/** Takes a closed part out of quantity, cost and owners; the last of its owners leaves with the last quantity. */
export function removePart(position: PositionState, qty: Money, cost: Money): void {
  const held = money(position.qty);
  const rest = held.minus(qty);
  position.qty = moneyText(rest);
  position.cost = moneyText(money(position.cost).minus(cost));
  if (rest.isZero()) position.owners = [];
}

/** Takes a trade's own part out of the owners; the position itself is changed by `removePart`. */
export function removeOwner(position: PositionState, trade: number): void {
  position.owners = position.owners.filter((owner) => owner.trade !== trade);
}

/**
 * The quantity that a trade still has in a position: its share of what is left, since the venue may have closed a part
 * of it; all of it where nobody else has any.
 *
 * @returns 0 where the trade has none
 */
export function ownedQty(position: PositionState, trade: number): Money {
  const own = position.owners.find((owner) => owner.trade === trade);
  if (own === undefined) return zero;
  if (position.owners.length === 1) return money(position.qty);
  const all = position.owners.reduce((sum, owner) => sum.plus(owner.qty), zero);
  return money(position.qty).times(own.qty).div(all).toDecimalPlaces(QTY_SCALE);
}

/** Places after the point of quantities that are computed and not stated. */
export const QTY_SCALE = 12;

/** Adds an opening to a position. */
export function addPart(position: PositionState, qty: Money, cost: Money, trade: number): void {
  position.qty = moneyText(money(position.qty).plus(qty));
  position.cost = moneyText(money(position.cost).plus(cost));
  const own = position.owners.find((owner) => owner.trade === trade);
  if (own === undefined) position.owners.push({ trade, qty: moneyText(qty) });
  else own.qty = moneyText(money(own.qty).plus(qty));
}
