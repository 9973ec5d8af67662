/** What a venue does to its customers in a run, and money that moves in and out: every change that is not a price. */
import { type Money, money } from '../model/money.ts';
import {
  type Deleveraging,
  deleverage,
  type ForcedSettlement,
  goBankrupt,
  settlePositions,
} from './end-positions.ts';
import { post } from './ledger.ts';
import { freeMargin } from './open-position.ts';
import { refresh, type Venue } from './venue.ts';
import type { AccountState } from './venue-state.ts';

export type VenueEvent =
  /** No data and no orders. */
  | { readonly kind: 'outage'; readonly venue: number; readonly on: boolean }
  /** Prices, but nothing trades. */
  | { readonly kind: 'halt'; readonly venue: number; readonly on: boolean }
  /** Whether money can be taken out: a freeze is `on: false`. */
  | { readonly kind: 'withdrawals'; readonly venue: number; readonly on: boolean }
  /** The largest leverage of new positions; symbol -1 for all. */
  | { readonly kind: 'leverage-cap'; readonly venue: number; readonly symbol: number; readonly cap: number }
  /** Other dated terms, and with them other brackets. */
  | { readonly kind: 'terms'; readonly venue: number; readonly terms: number }
  /** What an asset is worth and how much of it counts, in every account. */
  | {
      readonly kind: 'collateral';
      readonly asset: string;
      readonly price: number | null;
      readonly haircut: number | null;
    }
  /** Money into (+) or out of (-) a wallet. */
  | { readonly kind: 'transfer'; readonly account: number; readonly asset: string; readonly amount: string }
  /** All positions in a symbol end. */
  | ({ readonly kind: 'settle' } & ForcedSettlement)
  /** A share of what is in profit is closed. */
  | ({ readonly kind: 'adl' } & Deleveraging)
  /** The venue is gone, and of all that it held for us `recovery` is left. */
  | { readonly kind: 'bankruptcy'; readonly venue: number; readonly recovery: number };

/** Applies an event to the state. A transfer out beyond what is free, or from a venue that lets nothing out, is refused and counted. */
export function applyVenueEvent(venue: Venue, event: VenueEvent): void {
  switch (event.kind) {
    case 'collateral':
      revalue(venue, event);
      break;
    case 'transfer':
      transfer(venue, event);
      break;
    case 'settle':
      settlePositions(venue, event);
      break;
    case 'adl':
      deleverage(venue, event);
      break;
    case 'bankruptcy':
      goBankrupt(venue, event.venue, event.recovery);
      break;
    default:
      changeStatus(venue, event);
  }
  refresh(venue);
}

type StatusEvent = Extract<
  VenueEvent,
  { kind: 'outage' | 'halt' | 'withdrawals' | 'terms' | 'leverage-cap' }
>;

function changeStatus({ state }: Venue, event: StatusEvent): void {
  const status = state.venues[event.venue];
  if (status === undefined) throw new RangeError(`venue ${event.venue} must exist`);
  if (event.kind === 'outage') status.outage = event.on;
  else if (event.kind === 'halt') status.halted = event.on;
  else if (event.kind === 'withdrawals') status.withdrawals = event.on;
  else if (event.kind === 'terms') status.terms = event.terms;
  else {
    const { symbol, cap } = event;
    status.leverageCaps = [...status.leverageCaps.filter((one) => one.symbol !== symbol), { symbol, cap }];
  }
}

function revalue({ state }: Venue, event: Extract<VenueEvent, { kind: 'collateral' }>): void {
  for (const { holdings } of state.accounts) {
    for (const holding of holdings) {
      if (holding.asset !== event.asset) continue;
      holding.price = event.price ?? holding.price;
      holding.haircut = event.haircut ?? holding.haircut;
    }
  }
}

function transfer(venue: Venue, event: Extract<VenueEvent, { kind: 'transfer' }>): void {
  const account = venue.state.accounts[event.account];
  const index = account?.wallets.findIndex(({ ledger }) => ledger.asset === event.asset) ?? -1;
  const wallet = account?.wallets[index];
  if (account === undefined || wallet === undefined)
    throw new RangeError(`account ${event.account} must hold a wallet of ${event.asset}, it has none`);
  const amount = money(event.amount);
  const reason = amount.isNegative() ? whyNotOut(venue, account, index, amount) : null;
  if (reason === null) {
    post(wallet.ledger, 'transfers', amount);
    return;
  }
  const { rejections } = venue.state;
  const known = rejections.find((one) => one.reason === reason);
  if (known === undefined) rejections.push({ reason, count: 1 });
  else known.count += 1;
}

/** Why money cannot be taken out; null where it can. */
function whyNotOut(
  venue: Venue,
  account: AccountState,
  wallet: number,
  amount: Money,
): 'withdrawals' | 'transfer' | null {
  const status = venue.state.venues[account.venue];
  if (status?.withdrawals === false || status?.bankrupt === true) return 'withdrawals';
  return amount.plus(freeMargin(venue, account, wallet)).isNegative() ? 'transfer' : null;
}
