/** What happens at one moment besides prices, in the order of its ranks. */
import type { EngineEvent, OrderIntent } from '../engine/event.ts';
import { type Money, money } from '../model/money.ts';
import { beginDay } from '../venue/daily-loss.ts';
import { expectedCosts, takerPrice } from '../venue/fill-price.ts';
import { trades as venueTrades } from '../venue/margin-view.ts';
import { ownedQty } from '../venue/position.ts';
import { bookExit, cancelOrphans, placeOrder } from '../venue/resting-orders.ts';
import { settleFunding } from '../venue/settle-funding.ts';
import { refresh } from '../venue/venue.ts';
import { applyVenueEvent, type VenueEvent } from '../venue/venue-events.ts';
import type { AccountState, PositionState } from '../venue/venue-state.ts';
import { feesOf } from '../venue/venue-world.ts';
import { applyFault } from './apply-fault.ts';
import { pump, tellBars } from './attend.ts';
import { allowedQty, sendOpening, sendWaiting } from './engine-orders.ts';
import { loadPrices, observeRun, type Run } from './run-state.ts';
import { protectMoment, settle } from './settle.ts';
import { showMarks, tellEngine } from './tell-engine.ts';
import { type Entry, type Exit, type FundingStamp, type Happening, ranks } from './timeline.ts';
import { tradeState } from './trade-states.ts';

/**
 * Lets everything happen that the timeline holds for a moment, up to a rank. The venue looks at its margins after what
 * ranks below the marks, and again at the end; where the marks of the moment are still to come it does not look at all.
 */
export function happenAt(
  run: Run,
  { instant, time, below }: { readonly instant: number; readonly time: number; readonly below: number },
): void {
  const { venue } = run;
  loadPrices(run);
  venue.state.time = time;
  happenBelow(run, time, ranks.entry);
  pump(run);
  tellBars(run);
  happenBelow(run, time, ranks.marks);
  pump(run);
  if (below > ranks.marks) {
    settle(run, instant);
    protectMoment(run, instant);
    if (happenBelow(run, time, below)) {
      settle(run, instant);
      protectMoment(run, instant);
    }
  }
  observeRun(run, instant);
}

/** Whether anything happened. */
function happenBelow(run: Run, time: number, below: number): boolean {
  const { timeline, place } = run;
  const first = place.happening;
  while (place.happening < timeline.time.length) {
    if (timeline.time[place.happening]! > time || timeline.rank[place.happening]! >= below) break;
    const row = timeline.rows[place.happening];
    place.happening += 1;
    if (row !== undefined) happen(run, row);
  }
  return place.happening > first;
}

function happen(run: Run, row: Happening): void {
  const { venue } = run;
  if (row.rank === 'entry') enter(run, row.entry);
  else if (row.rank === 'exit') leave(run, row.exit);
  else if (row.rank === 'windowEnd') endWindow(run, row.exit);
  else if (row.rank === 'fault') applyFault(run, row.fault);
  else if (row.rank === 'funding') fund(run, row.stamp);
  else if (row.rank === 'clock') {
    observeRun(run, run.place.instant);
    beginDay(venue, run.equity);
    tellEngine(run, { kind: 'clock', time: venue.state.time });
    // A new day looks at everything: what went unheard on the day before is said now.
    showMarks(run);
  } else if (row.rank === 'operator') {
    tellEngine(run, { kind: 'operator', time: venue.state.time, ...row.operator });
  } else {
    applyVenueEvent(venue, row.event);
    sendWaiting(run);
    tellEngine(run, engineEventOf(row.event, venue.state.time));
  }
}

/** An event of the venue as the engine hears of it. */
function engineEventOf(event: VenueEvent, time: number): EngineEvent {
  switch (event.kind) {
    case 'transfer':
      return { kind: 'transfer', time, account: event.account, amount: money(event.amount).toNumber() };
    case 'collateral':
      return { kind: 'collateral', time, asset: event.asset };
    case 'terms':
      return { kind: 'venue', time, venue: event.venue, change: 'brackets', on: true };
    case 'leverage-cap':
      return { kind: 'venue', time, venue: event.venue, change: 'leverage-cap', on: true };
    case 'settle':
      return { kind: 'venue', time, venue: event.venue, change: 'settlement', on: true };
    case 'adl':
    case 'bankruptcy':
      return { kind: 'venue', time, venue: event.venue, change: event.kind, on: true };
    default:
      return { kind: 'venue', time, venue: event.venue, change: event.kind, on: event.on };
  }
}

function enter(run: Run, index: number): void {
  const { venue, timeline, trades, protection } = run;
  const entry = timeline.entries[index];
  if (entry === undefined) throw new RangeError(`entry ${index} must exist`);
  const qty = protection === null ? money(entry.qty) : permitted(run, entry);
  if (qty.isZero()) {
    trades.state[index] = tradeState.denied;
    return;
  }
  const refusal = sendOpening(run, { ...entry, qty, price: fillOf(run, entry, qty) });
  trades.state[index] = refusal === null ? tradeState.open : tradeState.refused;
  if (refusal !== null) {
    const { account, symbol } = entry;
    const { time } = venue.state;
    tellEngine(run, { kind: 'order-state', time, account, symbol, state: 'rejected', reason: refusal });
  }
  // The engine hears of each entry before the next one is judged.
  pump(run);
}

/** The known price of an entry; at market where it has none. */
function fillOf({ venue }: Run, { symbol, contract, side, price }: Entry, qty: Money): number {
  if (!Number.isNaN(price)) return price;
  return takerPrice(venue, { symbol, contract, side, qty: qty.toNumber() }, venue.prices.last[symbol]!);
}

/** What the engine lets pass of an entry; its own text where that is all of it, so that nothing is rounded. */
function permitted(run: Run, entry: Entry): Money {
  const order = orderOf(run, entry);
  const allowed = allowedQty(run, order);
  return allowed >= order.qty ? money(entry.qty) : money(allowed);
}

function orderOf({ venue }: Run, entry: Entry): OrderIntent {
  const { trade, account, symbol, contract, side, leverage, marginMode, strategy, model } = entry;
  const price = Number.isNaN(entry.price) ? venue.prices.last[symbol]! : entry.price;
  const qty = money(entry.qty).toNumber();
  const wanted = { account, symbol, contract, side, qty, price, leverage, marginMode };
  return {
    ...wanted,
    id: trade,
    stop: null,
    reduceOnly: false,
    strategy,
    sector: null,
    model,
    ...expectedCosts(venue, { symbol, contract, side, qty }),
  };
}

function fund(run: Run, { symbol, venue: only, rate, mark, interval }: FundingStamp): void {
  const { venue } = run;
  const price = Number.isNaN(mark) ? venue.prices.mark[symbol]! : mark;
  settleFunding(venue, { symbol, venue: only, rate, mark: price });
  tellEngine(run, { kind: 'funding', time: venue.state.time, symbol, venue: only, rate, interval });
}

type Leaving = {
  readonly account: AccountState;
  readonly position: PositionState;
  readonly entry: Entry;
  readonly exit: Exit;
};

/** The position that an exit leaves; null where the venue has closed it, or the entry was refused. */
function leaving({ venue, timeline, trades }: Run, index: number): Leaving | null {
  const exit = timeline.exits[index];
  const entry = timeline.entries[exit?.entry ?? -1];
  if (exit === undefined || entry === undefined) throw new RangeError(`exit ${index} must exist`);
  if (trades.state[exit.entry] !== tradeState.open) return null;
  const account = venue.state.accounts[entry.account];
  const position = account?.positions.find(
    (one) => one.symbol === entry.symbol && one.owners.some(({ trade }) => trade === entry.trade),
  );
  if (account === undefined || position === undefined) return null;
  return { account, position, entry, exit };
}

/** An exit at a known moment fills at its known price; one in a window waits for the path to pass that price. */
function leave(run: Run, index: number): void {
  const found = leaving(run, index);
  if (found === null) return;
  if (found.exit.window > 0) arm(run, found);
  else closeKnown(run, found);
}

/** The window is over: the exit has happened by now, whatever the path has done. */
function endWindow(run: Run, index: number): void {
  const found = leaving(run, index);
  if (found === null) return;
  const { account, entry } = found;
  const waiting = account.orders.length;
  account.orders = account.orders.filter(({ exit }) => exit?.trade !== entry.trade);
  // The order that waited for its price is the same exit: it counts once.
  run.venue.state.counts.intents -= waiting - account.orders.length;
  closeKnown(run, found);
}

function arm({ venue }: Run, { entry, exit }: Leaving): void {
  const { symbol, side, trade } = entry;
  placeOrder(venue, entry.account, {
    symbol,
    kind: 'known-exit',
    side: side > 0 ? -1 : 1,
    qty: null,
    price: exit.price,
    trigger: 'last',
    opens: null,
    exit: { trade, above: exit.price > venue.prices.last[symbol]!, feeRate: exit.feeRate },
  });
}

function closeKnown(run: Run, { account, position, entry, exit }: Leaving): void {
  const { venue } = run;
  const { state, world } = venue;
  if (!venueTrades(state, entry.account)) {
    postpone(run, { account, position, entry, exit });
    return;
  }
  state.counts.intents += 1;
  state.counts.filled += 1;
  const feeRate = exit.feeRate ?? feesOf(world, state, account.venue).taker;
  bookExit(venue, account, position, { trade: entry.trade, price: exit.price, feeRate });
  cancelOrphans(account);
  refresh(venue);
}

/** While the venue takes no orders an exit waits, and fills at market when it does. */
function postpone({ venue }: Run, { entry, exit, position }: Leaving): void {
  const order = {
    symbol: entry.symbol,
    kind: 'stop-market' as const,
    side: entry.side > 0 ? (-1 as const) : (1 as const),
    qty: ownedQty(position, entry.trade).toFixed(),
    price: exit.price,
    trigger: 'last' as const,
    opens: null,
    exit: null,
  };
  placeOrder(venue, entry.account, order, venue.state.time);
}
