/**
 * Funding: what every position pays or gets when a rate settles, before the venue looks at margins (RULES 2.4).
 *
 *   linear   cash = -qty x mark x rate       in the account's currency
 *   inverse  cash = -(qty / mark) x rate     in coin
 */
import { money, moneyText } from '../model/money.ts';
import { ledgerOf } from './booking.ts';
import { post } from './ledger.ts';
import { valueAt } from './position.ts';
import { refreshCash, type Venue } from './venue.ts';

export type Settlement = {
  readonly symbol: number;
  /** The venue whose positions are settled; -1 for all. */
  readonly venue: number;
  /** A fraction per settlement; + longs pay. */
  readonly rate: number;
  /** The mark of the stamp. */
  readonly mark: number;
};

/**
 * Settles one rate for every position in a symbol: from the margin of an isolated position, from the wallet of a cross one.
 *
 * @returns how many positions were settled
 */
export function settleFunding(venue: Venue, { symbol, venue: only, rate, mark }: Settlement): number {
  let settled = 0;
  for (const account of venue.state.accounts) {
    if (only >= 0 && account.venue !== only) continue;
    for (const position of account.positions) {
      if (position.symbol !== symbol) continue;
      const notional = valueAt(position.contract, money(position.qty), money(mark));
      const due = notional.times(money(rate)).times(-position.side);
      const booked = post(ledgerOf(venue, account, position), 'funding', due);
      if (position.margin !== null) position.margin = moneyText(money(position.margin).plus(booked));
      settled += 1;
    }
  }
  if (settled > 0) refreshCash(venue);
  return settled;
}
