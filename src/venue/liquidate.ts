/**
 * Liquidation by the venue's rules: a scope whose equity is at or below its maintenance margin at mark.
 *
 * `full` cancels the orders of the scope and closes it at mark less impact. `tier-step-down` cuts a position to the cap of
 * a lower bracket and looks again, one step at a time. The account is never charged beyond bankruptcy (RULES 2.6).
 */
import { type Money, money, moneyText, roundToZero } from '../model/money.ts';
import { bracketOf } from '../risk/brackets.ts';
import { NEAR, readMargin } from '../risk/read-margin.ts';
import { bookClose, bookLiquidationFee, ledgerOf } from './booking.ts';
import { takerPrice } from './fill-price.ts';
import { walletIndex } from './margin-view.ts';
import { QTY_SCALE, unrealised, valueAt } from './position.ts';
import { cancelOrphans } from './resting-orders.ts';
import { exactMargin } from './scope-margin.ts';
import { refresh, type Venue } from './venue.ts';
import type { AccountState, PositionState } from './venue-state.ts';
import { bracketsOf, currentTerms, feesOf } from './venue-world.ts';

/**
 * Liquidates every scope that is broken at the marks of the moment, in the order of the accounts.
 *
 * @returns whether any was
 */
export function liquidateBroken(venue: Venue): boolean {
  let any = false;
  for (let scope = brokenScope(venue); scope >= 0; scope = brokenScope(venue)) {
    liquidateScope(venue, scope);
    any = true;
  }
  return any;
}

/** The first scope that is at or below maintenance and at a venue that trades; -1 where none is. */
function brokenScope(venue: Venue): number {
  const { view, prices } = venue;
  if (!readMargin(view, prices.mark, 0)) return -1;
  for (let scope = 0; scope < view.scopes; scope += 1) {
    if (view.active[scope] === 1 && isBroken(venue, scope, prices.mark)) return scope;
  }
  return -1;
}

/**
 * Whether the equity of a scope, as `readMargin` wrote it, is at or below its maintenance: by doubles, and in decimals
 * where these are closer than their rounding (DESIGN 4).
 *
 * @param marks  the prices that `readMargin` read
 */
export function isBroken({ world, state, view }: Venue, scope: number, marks: Float64Array): boolean {
  const equity = view.equity[scope]!;
  const kept = view.maintenance[scope]!;
  if (kept === 0) return false;
  const size = Math.max(Math.abs(equity), kept, notionalOf(view, scope, marks));
  if (Math.abs(equity - kept) > NEAR * size) return equity <= kept;
  const exact = exactMargin(world, state, { view, scope, marks });
  return exact.equity.lessThanOrEqualTo(exact.maintenance);
}

function notionalOf(view: Venue['view'], scope: number, marks: Float64Array): number {
  let size = 0;
  for (let leg = view.from[scope]!; leg < view.from[scope + 1]!; leg += 1) {
    size += Math.abs(view.qty[leg]! * marks[view.symbol[leg]!]!);
  }
  return size;
}

/** Liquidates one scope, whatever its margin: for whoever has solved the price at which it breaks. */
export function liquidateScope(venue: Venue, scope: number): void {
  const { world, state, view } = venue;
  const account = state.accounts[view.account[scope]!];
  if (account === undefined) throw new RangeError(`the account of scope ${scope} must exist`);
  const positions = positionsOf(venue, account, scope);
  account.orders = account.orders.filter((order) => !positions.some((one) => one.symbol === order.symbol));
  const { liquidation } = currentTerms(world, state, account.venue);
  const profile = world.config.liquidation ?? liquidation.profile;
  if (profile === 'full') {
    const all = gainsFirst(venue, positions).map((position) => ({ position, qty: money(position.qty) }));
    close(venue, account, all);
  } else {
    stepDown(venue, account, positions, liquidation.tiersPerStep);
  }
  cancelOrphans(account);
  refresh(venue);
}

function positionsOf({ world, view }: Venue, account: AccountState, scope: number): PositionState[] {
  const place = view.position[scope]!;
  const wallet = view.wallet[scope]!;
  return account.positions.filter((position, index) => {
    if (place >= 0) return index === place;
    return position.margin === null && walletIndex(world, account, position) === wallet;
  });
}

/** What gains pays for what loses, so it is closed first. */
function gainsFirst({ prices }: Venue, positions: readonly PositionState[]): PositionState[] {
  const gain = (position: PositionState) => unrealised(position, prices.mark[position.symbol]!);
  return positions.toSorted((a, b) => gain(b).comparedTo(gain(a)));
}

/** Cuts the position with the largest notional to a lower bracket; closes it where there is none. */
function stepDown(
  venue: Venue,
  account: AccountState,
  positions: readonly PositionState[],
  tiers: number,
): void {
  const { world, state, prices } = venue;
  const notional = (one: PositionState) =>
    valueAt(one.contract, money(one.qty), money(prices.mark[one.symbol]!));
  const [largest] = positions.toSorted((a, b) => notional(b).comparedTo(notional(a)));
  if (largest === undefined) return;
  const table = bracketsOf(world, state, account, largest);
  const target = bracketOf(table, notional(largest).toNumber()) - tiers;
  const held = money(largest.qty);
  if (target < 0) {
    close(venue, account, [{ position: largest, qty: held }]);
    return;
  }
  const cap = money(table.cap[target]!);
  const mark = money(prices.mark[largest.symbol]!);
  const kept = roundToZero(largest.contract === 'linear' ? cap.div(mark) : cap.times(mark), QTY_SCALE);
  close(venue, account, [{ position: largest, qty: held.minus(kept) }]);
}

type Part = { readonly position: PositionState; readonly qty: Money };

/** Closes parts of a scope at their marks less impact, and takes the fees when all results are booked. */
function close(venue: Venue, account: AccountState, parts: readonly Part[]): void {
  const { world, state, prices } = venue;
  const feeRate = money(feesOf(world, state, account.venue).liquidation);
  const closed = parts.map(({ position, qty }) => {
    const mark = prices.mark[position.symbol]!;
    const side = position.side > 0 ? -1 : 1;
    const price = takerPrice(venue, { symbol: position.symbol, side, qty: qty.toNumber() }, mark);
    const due = valueAt(position.contract, qty, money(price)).times(feeRate);
    const booked = bookClose(venue, account, position, {
      qty,
      price,
      feeRate: 0,
      cause: 'liquidation',
      trade: null,
    });
    return { position, qty: qty.times(side), mark, due, booked };
  });
  for (const { position, qty, mark, due, booked } of closed) {
    const fee = bookLiquidationFee(venue, account, position, {
      due,
      record: booked.record,
    });
    state.liquidations.push({
      time: state.time,
      account: account.id,
      symbol: position.symbol,
      qty: moneyText(qty),
      mark,
      price: booked.price,
      asset: ledgerOf(venue, account, position).asset,
      fee: moneyText(fee),
      shortfall: moneyText(booked.shortfall),
    });
  }
}
