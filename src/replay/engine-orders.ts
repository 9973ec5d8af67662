/** What the venue does with an order of the engine when it arrives (RULES 2.2). */
import type { OrderIntent } from '../engine/event.ts';
import { positionKey } from '../engine/view.ts';
import { type Money, money } from '../model/money.ts';
import { bookClose, currencyRate } from '../venue/booking.ts';
import { expectedCosts, recordSlippage, takerPrice } from '../venue/fill-price.ts';
import { trades } from '../venue/margin-view.ts';
import { type Opening, openPosition, type Refusal } from '../venue/open-position.ts';
import { cancelOrphans, placeOrder } from '../venue/resting-orders.ts';
import { refresh } from '../venue/venue.ts';
import type { AccountState, PositionState, VenueState } from '../venue/venue-state.ts';
import { feesOf } from '../venue/venue-world.ts';
import { isCutOff, notSent } from './faults.ts';
import type { EngineOrder, Protection } from './protection.ts';
import type { Run } from './run-state.ts';
import { tellEngine } from './tell-engine.ts';

/** Lets the first order that is due arrive at the venue; false where none is. */
export function arriveOne(run: Run): boolean {
  const { protection, venue } = run;
  if (protection === null) return false;
  const { state } = protection;
  const order = state.queue.find(({ arrives }) => arrives !== null && arrives <= venue.state.time);
  if (order === undefined) return false;
  state.queue = state.queue.filter((one) => one !== order);
  arrive(run, protection, order);
  return true;
}

function arrive(run: Run, protection: Protection, order: EngineOrder): void {
  const { venue } = run;
  const { account: index, symbol, side } = order;
  const account = venue.state.accounts[index];
  const position = account?.positions.find((one) => one.symbol === symbol && one.side === side);
  if (account === undefined || position === undefined) return;
  if (!trades(venue.state, index)) {
    refuse(run, protection, order);
    return;
  }
  if (order.kind === 'set-stop') {
    setStop(run, protection, order);
    return;
  }
  const asked = money(order.qty);
  const qty = order.kind === 'reduce' && asked.lessThan(position.qty) ? asked : money(position.qty);
  const { leverage, contract, margin } = position;
  closeNow(run, protection, { order, account, position, qty });
  if (order.kind === 'flip') {
    const marginMode = margin === null ? 'cross' : 'isolated';
    openOther(run, order, { contract, leverage, marginMode, qty: qty.toNumber() });
  }
}

/** The venue takes no orders now: the order waits until it does, and the engine is told. */
function refuse(run: Run, { state }: Protection, order: EngineOrder): void {
  const { account, symbol } = order;
  countRejected(run.venue.state, 'outage');
  state.queue.push({ ...order, arrives: null });
  const { time } = run.venue.state;
  tellEngine(run, { kind: 'order-state', time, account, symbol, state: 'rejected', reason: 'outage' });
}

function countRejected(state: VenueState, reason: string): void {
  state.counts.intents += 1;
  state.counts.rejected += 1;
  countReason(state, reason);
}

function countReason({ rejections }: VenueState, reason: string): void {
  const known = rejections.find((one) => one.reason === reason);
  if (known === undefined) rejections.push({ reason, count: 1 });
  else known.count += 1;
}

/**
 * Sends again what waits for a venue that takes orders again, once we can send.
 *
 * @param delay  milliseconds until it arrives
 */
export function sendWaiting({ protection, venue }: Run, delay = 0): void {
  if (protection === null || isCutOff(protection.state.faults)) return;
  const { state } = protection;
  state.queue = state.queue.map((order) =>
    order.arrives === null && trades(venue.state, order.account)
      ? { ...order, arrives: venue.state.time + delay }
      : order,
  );
}

/** Replaces the stop of ours that rests for a position. */
function setStop({ venue }: Run, { state }: Protection, order: EngineOrder): void {
  const { account: index, symbol, side, price } = order;
  const key = positionKey(order);
  const account = venue.state.accounts[index];
  const before = state.stops.find((one) => one.key === key);
  if (account !== undefined && before !== undefined) {
    account.orders = account.orders.filter(({ id }) => id !== before.order);
  }
  state.stops = [...state.stops.filter((one) => one.key !== key), { key, order: venue.state.nextOrder }];
  state.placed.push(venue.state.nextOrder);
  placeOrder(venue, index, {
    symbol,
    kind: 'stop-market',
    side: side > 0 ? -1 : 1,
    qty: null,
    price,
    trigger: 'last',
    opens: null,
    exit: null,
  });
}

type Closing = {
  readonly order: EngineOrder;
  readonly account: AccountState;
  readonly position: PositionState;
  readonly qty: Money;
};

/** Closes at the worse of the price that caused the order and the price at its arrival, then spread, impact and fee. */
function closeNow(
  { venue }: Run,
  { state: own }: Protection,
  { order, account, position, qty }: Closing,
): void {
  const { state, prices, world } = venue;
  const { symbol, side, cause } = order;
  const last = prices.last[symbol]!;
  const reference = side > 0 ? Math.min(cause, last) : Math.max(cause, last);
  const { contract } = position;
  const taking = { symbol, contract, side: side > 0 ? (-1 as const) : (1 as const), qty: qty.toNumber() };
  const price = takerPrice(venue, taking, reference);
  const feeRate = feesOf(world, state, account.venue).taker;
  state.counts.intents += 1;
  state.counts.filled += 1;
  recordSlippage(venue, account, { ...taking, cause, price });
  const { record } = bookClose(venue, account, position, {
    qty,
    price,
    feeRate,
    cause: 'engine',
    trade: null,
  });
  cancelOrphans(account);
  refresh(venue);
  const { guard, rule, kind, decided } = order;
  const worth = (at: number) => (contract === 'linear' ? record.qty * at : -record.qty / at);
  own.reactions.push({
    guard,
    rule,
    kind,
    account: order.account,
    symbol,
    side,
    decided,
    filled: state.time,
    qty: record.qty,
    cause,
    reference,
    price: record.price,
    loss: side * (worth(cause) - worth(reference)) * currencyRate(venue, account, position),
  });
}

type Other = Pick<OrderIntent, 'contract' | 'leverage' | 'marginMode' | 'qty'>;

/** The far side of a flip: an order that all limits judge. */
function openOther(run: Run, { account, symbol, side: before }: EngineOrder, other: Other): void {
  const { venue } = run;
  const side = before > 0 ? (-1 as const) : (1 as const);
  const last = venue.prices.last[symbol]!;
  const order: OrderIntent = {
    ...other,
    id: -1,
    account,
    symbol,
    side,
    price: last,
    stop: null,
    reduceOnly: false,
    strategy: null,
    sector: null,
    model: null,
    ...expectedCosts(venue, { symbol, contract: other.contract, side, qty: other.qty }),
  };
  const qty = allowedQty(run, order);
  if (qty <= 0) return;
  const price = takerPrice(venue, { symbol, contract: other.contract, side, qty }, last);
  sendOpening(run, { ...order, qty: money(qty), price, feeRate: null, trade: -1 });
}

/** Sends an opening that was judged; where we are blind it gets no further. Why it was refused, null where it filled. */
export function sendOpening({ venue, protection }: Run, opening: Opening): Refusal | 'gateway-blind' | null {
  if (protection?.state.faults.blind !== true) return openPosition(venue, opening);
  countRejected(venue.state, notSent.blind);
  return notSent.blind;
}

/** What the engine lets pass of an order; all of it where there is none, and nothing where it is dead. */
export function allowedQty(run: Run, order: OrderIntent): number {
  const { protection } = run;
  if (protection === null) return order.qty;
  const { faults } = protection.state;
  if (faults.crash) {
    // Every order goes through the engine, and nobody is there.
    faults.denied += 1;
    countReason(run.venue.state, notSent.crash);
    return 0;
  }
  const decisions = tellEngine(run, { kind: 'order', time: run.venue.state.time, order });
  const judged = decisions.find(({ effect }) => effect?.kind === 'order');
  return judged?.effect?.kind === 'order' ? judged.effect.qty : 0;
}
