/** Orders that rest at the venue, survive an outage or a crash of our side, and fire by its prices alone. */
import type { FillCause } from '../model/fill.ts';
import { type Money, money, moneyText, zero } from '../model/money.ts';
import { bookClose } from './booking.ts';
import { recordSlippage, type Taking, takerPrice } from './fill-price.ts';
import { trades } from './margin-view.ts';
import { admit } from './open-position.ts';
import { fires } from './order-watch.ts';
import { ownedQty, removeOwner } from './position.ts';
import { refresh, type Venue } from './venue.ts';
import type { AccountState, PositionState, RestingOrder } from './venue-state.ts';
import { feesOf } from './venue-world.ts';

export type NewOrder = Omit<RestingOrder, 'id' | 'resumesAt'>;

/** Places an order at the venue of an account; it is an intent of its own. */
export function placeOrder(
  venue: Venue,
  account: number,
  order: NewOrder,
  resumesAt: number | null = null,
): void {
  const { state } = venue;
  state.counts.intents += 1;
  state.accounts[account]?.orders.push({ ...order, id: state.nextOrder, resumesAt });
  state.nextOrder += 1;
  refresh(venue);
}

/**
 * Fires every order whose price is reached at the prices of the moment, in the order in which they were placed.
 *
 * @returns whether any did
 */
export function fireOrders(venue: Venue): boolean {
  const { state, prices } = venue;
  let any = false;
  for (const [index, account] of state.accounts.entries()) {
    if (!trades(state, index)) continue;
    const due = account.orders.filter(({ ...order }) => {
      if (order.resumesAt !== null) return order.resumesAt <= state.time;
      return fires(order, prices.last[order.symbol]!, prices.mark[order.symbol]!);
    });
    for (const order of due) {
      // An order that fired before may have closed the position and cancelled this one.
      if (account.orders.includes(order)) fire(venue, account, order);
    }
    any ||= due.length > 0;
  }
  if (any) refresh(venue);
  return any;
}

function fire(venue: Venue, account: AccountState, order: RestingOrder): void {
  const { state, world } = venue;
  const position = account.positions.find((one) => one.symbol === order.symbol && one.side === -order.side);
  const wanted = wantedQty(order, position ?? null);
  if (wanted.isZero()) {
    cancel(account, order);
    return;
  }
  const { barVolume, barEnd } = world.liquidityAt(order.symbol, state.time);
  const share = world.config.slippage.maxBarShare;
  const most = share === null || order.exit !== null ? wanted : money(share).times(money(barVolume));
  const qty = most.lessThan(wanted) ? most : wanted;
  const refused = !qty.isZero() && !fill(venue, account, order, { qty, position: position ?? null });
  const rest = wanted.minus(qty);
  if (refused) {
    cancel(account, order);
  } else if (rest.isZero()) {
    state.counts.filled += 1;
    cancel(account, order);
  } else {
    if (order.resumesAt === null) state.counts.partly += 1;
    order.qty = moneyText(rest);
    // Without a bar the next millisecond is as good a guess as any: the order goes on, it never spins.
    order.resumesAt = Math.max(barEnd, state.time + 1);
  }
  cancelOrphans(account);
}

type Part = { readonly qty: Money; readonly position: PositionState | null };

/** Books a part of an order at the price of the moment; false where the venue refuses what it would open. */
function fill(venue: Venue, account: AccountState, order: RestingOrder, { qty, position }: Part): boolean {
  const { state, prices } = venue;
  const last = prices.last[order.symbol]!;
  const contract = position?.contract ?? order.opens?.contract ?? 'linear';
  const taking = { symbol: order.symbol, contract, side: order.side, qty: qty.toNumber() };
  const { price, feeRate } = fillOf(venue, account, order, taking);
  if (order.exit !== null && position !== null) {
    bookExit(venue, account, position, { trade: order.exit.trade, price, feeRate });
    return true;
  }
  if (order.opens !== null) {
    const { symbol, side, opens } = order;
    const index = state.accounts.indexOf(account);
    const opening = { account: index, symbol, side, qty, price, feeRate, trade: -1, ...opens };
    if (admit(venue, opening) !== null) return false;
  } else if (position !== null) {
    bookClose(venue, account, position, {
      qty,
      price,
      feeRate,
      cause: causeOf(order),
      order: order.id,
      trade: null,
    });
  }
  const cause = order.resumesAt === null ? order.price : last;
  recordSlippage(venue, account, { ...taking, cause, price });
  return true;
}

function causeOf({ kind }: RestingOrder): FillCause {
  if (kind === 'stop-market') return 'stop';
  return kind === 'take-profit' ? 'take-profit' : 'order';
}

/** Books the exit of a round trip at its own price. */
export function bookExit(
  venue: Venue,
  account: AccountState,
  position: PositionState,
  { trade, price, feeRate }: { readonly trade: number; readonly price: number; readonly feeRate: number },
): void {
  const qty = ownedQty(position, trade);
  const { pnl, fee } = bookClose(venue, account, position, { qty, price, feeRate, cause: 'exit', trade });
  removeOwner(position, trade);
  venue.state.knownExits.push({ trade, pnl: pnl.minus(fee).toNumber() });
}

/**
 * What an order is to fill: one that only reduces no more than the position holds, 0 without one; a known exit what its
 * trade has left.
 */
function wantedQty(order: RestingOrder, position: PositionState | null): Money {
  if (order.opens !== null) return money(order.qty ?? 0);
  if (position === null) return zero;
  if (order.exit !== null) return ownedQty(position, order.exit.trade);
  const held = money(position.qty);
  const asked = money(order.qty ?? position.qty);
  return asked.lessThan(held) ? asked : held;
}

function fillOf(
  venue: Venue,
  account: AccountState,
  order: RestingOrder,
  taking: Taking,
): { readonly price: number; readonly feeRate: number } {
  const { state, world, prices } = venue;
  const fees = feesOf(world, state, account.venue);
  const last = prices.last[order.symbol]!;
  if (order.kind === 'known-exit') return { price: order.price, feeRate: order.exit?.feeRate ?? fees.taker };
  if (order.kind === 'limit') {
    // Where the market opened beyond the limit the order fills at the better price.
    const price = order.side > 0 ? Math.min(order.price, last) : Math.max(order.price, last);
    return { price, feeRate: fees.maker };
  }
  return { price: takerPrice(venue, taking, last), feeRate: fees.taker };
}

function cancel(account: AccountState, order: RestingOrder): void {
  account.orders = account.orders.filter((one) => one !== order);
}

/** Cancels the orders that only reduce a position which is closed. */
export function cancelOrphans(account: AccountState): void {
  account.orders = account.orders.filter(
    (order) =>
      order.opens !== null ||
      account.positions.some((one) => one.symbol === order.symbol && one.side === -order.side),
  );
}
