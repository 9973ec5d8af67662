/**
 * The venue's own watch over the loss of a day: `close_all_and_halt`. It rests at the venue, so it survives a crash of
 * our side: where the loss of the day exceeds the limit, everything is closed at market and nothing opens until 00:00 UTC.
 */
import { money } from '../model/money.ts';
import { bookClose } from './booking.ts';
import { recordSlippage, takerPrice } from './fill-price.ts';
import { refresh, type Venue } from './venue.ts';
import type { AccountState } from './venue-state.ts';
import { feesOf } from './venue-world.ts';

/** Begins a day: the base of the limit is the equity of now, and a halt of the day before ends. */
export function beginDay(venue: Venue, equity: Float64Array): void {
  let any = false;
  for (const [index, { dailyLoss }] of venue.state.accounts.entries()) {
    if (dailyLoss === null) continue;
    dailyLoss.dayEquity = equity[index]!;
    dailyLoss.halted = false;
    any = true;
  }
  if (any) refresh(venue);
}

/** Closes everything that an account holds and lets nothing open until the next day. */
export function closeAndHalt(venue: Venue, index: number): void {
  const account = venue.state.accounts[index];
  if (account === undefined) throw new RangeError(`account ${index} must exist`);
  closeAll(venue, account);
  if (account.dailyLoss !== null) account.dailyLoss.halted = true;
  refresh(venue);
}

function closeAll(venue: Venue, account: AccountState): void {
  const { world, state, prices } = venue;
  const feeRate = feesOf(world, state, account.venue).taker;
  account.orders = [];
  for (const position of [...account.positions]) {
    const qty = money(position.qty);
    const side = position.side > 0 ? -1 : 1;
    const cause = prices.last[position.symbol]!;
    const { symbol, contract } = position;
    const taking = { symbol, contract, side, qty: qty.toNumber() } as const;
    const price = takerPrice(venue, taking, cause);
    state.counts.intents += 1;
    state.counts.filled += 1;
    recordSlippage(venue, account, { ...taking, cause, price });
    bookClose(venue, account, position, { qty, price, feeRate, cause: 'daily-limit', trade: null });
  }
}
