/** What the venue would make of what the engine lets pass, tried on a copy of it. */
import type { OrderIntent } from '../../engine/event.ts';
import { baseAsset } from '../../market/symbol.ts';
import { money } from '../../model/money.ts';
import { lowestLevel, readMargin } from '../../risk/read-margin.ts';
import { bookClose } from '../../venue/booking.ts';
import { openPosition } from '../../venue/open-position.ts';
import { refresh, type Venue, venueOf } from '../../venue/venue.ts';
import { feesOf } from '../../venue/venue-world.ts';
import type { CheckResult } from '../check-result.ts';
import type { Gateway } from './gateway.ts';

type Answer = Omit<CheckResult['account'], 'equity'>;

export function venueAnswer({ venue, book }: Gateway, order: OrderIntent, allowed: number): Answer {
  const { account } = order;
  const before = levelOf(venue, account);
  const told = { currency: book.accounts[account]?.currency ?? '', marginLevelBefore: before };
  if (allowed <= 0) return { ...told, marginLevelAfter: null, venueRefusal: null };
  if (!settles(venue, order)) {
    const coin = baseAsset(venue.world.symbols[order.symbol] ?? '');
    return { ...told, marginLevelAfter: null, venueRefusal: `no wallet of ${coin}` };
  }
  const copy = venueOf(venue.world, structuredClone(venue.state), venue.prices);
  const refusal = order.reduceOnly ? lower(copy, order, allowed) : open(copy, order, allowed);
  const after = refusal === null ? levelOf(copy, account) : null;
  return { ...told, marginLevelAfter: after, venueRefusal: refusal };
}

function open(venue: Venue, order: OrderIntent, qty: number): string | null {
  return openPosition(venue, { ...order, qty: money(qty), feeRate: null, trade: -1 });
}

/** Closes what there is of the position on the other side; a hedging venue would open one on this. */
function lower(
  venue: Venue,
  { account: index, symbol, side, price }: OrderIntent,
  qty: number,
): string | null {
  const account = venue.state.accounts[index];
  const position = account?.positions.find((one) => one.symbol === symbol && one.side !== side);
  if (account === undefined || position === undefined) return 'no position';
  const feeRate = feesOf(venue.world, venue.state, account.venue).taker;
  bookClose(venue, account, position, { qty: money(qty), price, feeRate, cause: 'order', trade: null });
  refresh(venue);
  return null;
}

/** Whether the account has a wallet that the contract settles in: coins come with the inverse positions of a book. */
function settles({ state, world }: Venue, { account, contract, symbol }: OrderIntent): boolean {
  if (contract === 'linear') return true;
  const coin = baseAsset(world.symbols[symbol] ?? '');
  return state.accounts[account]?.wallets.some(({ ledger }) => ledger.asset === coin) === true;
}

function levelOf({ view, prices }: Venue, account: number): number | null {
  readMargin(view, prices.mark, 0);
  return lowestLevel(view, account);
}
