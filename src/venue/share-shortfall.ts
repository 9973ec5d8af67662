/**
 * Who is spared how much where a scope that shares one margin closes several positions and cannot pay for all of them.
 *
 *   missing = -(equity of the scope at mark + sum of (result at the price of the close - result at mark))
 *   spared  = missing x loss / sum of the losses of the scope                        of each position that loses
 *
 * What gains is paid in full. So every position is charged a price between its entry and that of its close, whichever is closed
 * first: none is booked as if it had gained for the sake of another's loss. Of what is not closed yet the loss at mark counts, and
 * keeps its share for then. Only a debt of funding can be more than all losses: the last close brings it in.
 *
 * Source  RULES 2.6: cross cash stops at 0, the rest is the fund's
 */
import { type Money, money, roundToZero, scaleOf, zero } from '../model/money.ts';
import { ledgerOf, scopeEquity } from './booking.ts';
import { walletIndex } from './margin-view.ts';
import { closePart, unrealised } from './position.ts';
import type { Venue } from './venue.ts';
import type { AccountState, PositionState } from './venue-state.ts';

/** A position at most once in a list of them. */
export type Closing = { readonly position: PositionState; readonly qty: Money; readonly price: number };

/**
 * What each close is spared of its loss, for `Close.spared`: to be asked for before the first of them is booked, and booked in
 * this order. null lets the last of a scope pay whatever is left, so that roundings end there.
 */
export function sparedOf(
  venue: Venue,
  account: AccountState,
  closings: readonly Closing[],
): (Money | null)[] {
  const spared = new Map<Closing, Money | null>();
  for (const own of byScope(venue, account, closings)) {
    for (const [closing, amount] of spare(venue, account, own)) spared.set(closing, amount);
  }
  return closings.map((one) => spared.get(one) ?? null);
}

function byScope(venue: Venue, account: AccountState, closings: readonly Closing[]): Iterable<Closing[]> {
  const scopes = new Map<PositionState | number, Closing[]>();
  for (const closing of closings) {
    const { position } = closing;
    const key = position.margin === null ? walletIndex(venue.world, account, position) : position;
    scopes.set(key, [...(scopes.get(key) ?? []), closing]);
  }
  return scopes.values();
}

/** Of the closings of one scope. */
function spare(venue: Venue, account: AccountState, own: readonly Closing[]): [Closing, Money | null][] {
  const [first] = own;
  if (first === undefined) return [];
  const { asset } = ledgerOf(venue, account, first.position);
  const results = own.map((closing) => {
    const { position, qty, price } = closing;
    const mark = money(venue.prices.mark[position.symbol]!);
    const { pnl } = closePart(position, qty, money(price), asset);
    return { closing, pnl, atMark: closePart(position, qty, mark, asset).pnl };
  });
  const equity = scopeEquity(venue, account, first.position);
  const missing = results.reduce((sum, { pnl, atMark }) => sum.plus(pnl).minus(atMark), equity).negated();
  const last = own.length - 1;
  if (!missing.greaterThan(0)) return own.map((closing, i) => [closing, i === last ? null : zero]);
  const rests = positionsBeside(venue, account, first.position).map((position) => {
    const sold = results.find(({ closing }) => closing.position === position)?.atMark ?? zero;
    return unrealised(position, venue.prices.mark[position.symbol]!).minus(sold);
  });
  const losses = [...results.map(({ pnl }) => pnl), ...rests].reduce(
    (sum, one) => sum.plus(lossOf(one)),
    zero,
  );
  const isAll = positionsBeside(venue, account, first.position).every((position) =>
    own.some((one) => one.position === position && one.qty.equals(position.qty)),
  );
  return results.map(({ closing, pnl }, i) => {
    if (isAll && i === last) return [closing, null];
    const loss = lossOf(pnl);
    if (loss.isZero()) return [closing, zero];
    const share = missing.times(loss).div(losses);
    return [closing, roundToZero(share.greaterThan(loss) ? loss : share, scaleOf(asset))];
  });
}

function lossOf(result: Money): Money {
  return result.isNegative() ? result.negated() : zero;
}

/** The positions that share a scope with one, itself among them. */
function positionsBeside(venue: Venue, account: AccountState, position: PositionState): PositionState[] {
  if (position.margin !== null) return [position];
  const wallet = walletIndex(venue.world, account, position);
  return account.positions.filter(
    (one) => one.margin === null && walletIndex(venue.world, account, one) === wallet,
  );
}
