/** What a venue does to its customers in a run, and money that moves in and out: every change that is not a price. */
import { money } from '../model/money.ts';
import { post } from './ledger.ts';
import { freeMargin } from './open-position.ts';
import { refresh, type Venue } from './venue.ts';

export type VenueEvent =
  /** No data and no orders. */
  | { readonly kind: 'outage'; readonly venue: number; readonly on: boolean }
  /** Prices, but nothing trades. */
  | { readonly kind: 'halt'; readonly venue: number; readonly on: boolean }
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
  | { readonly kind: 'transfer'; readonly account: number; readonly asset: string; readonly amount: string };

/** Applies an event to the state. A transfer out beyond what is free is refused and counted. */
export function applyVenueEvent(venue: Venue, event: VenueEvent): void {
  if (event.kind === 'collateral') revalue(venue, event);
  else if (event.kind === 'transfer') transfer(venue, event);
  else changeStatus(venue, event);
  refresh(venue);
}

function changeStatus(
  { state }: Venue,
  event: Exclude<VenueEvent, { kind: 'collateral' | 'transfer' }>,
): void {
  const status = state.venues[event.venue];
  if (status === undefined) throw new RangeError(`venue ${event.venue} must exist`);
  if (event.kind === 'outage') status.outage = event.on;
  else if (event.kind === 'halt') status.halted = event.on;
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
  if (amount.plus(freeMargin(venue, account, index)).isNegative() && amount.isNegative()) {
    const { rejections } = venue.state;
    const known = rejections.find(({ reason }) => reason === 'transfer');
    if (known === undefined) rejections.push({ reason: 'transfer', count: 1 });
    else known.count += 1;
    return;
  }
  post(wallet.ledger, 'transfers', amount);
}
