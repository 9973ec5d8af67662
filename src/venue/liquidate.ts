/**
 * Liquidation by the venue's rules: which scopes it sells at the marks of the moment, and what of them (`liquidation-cut.ts`).
 * A scope is due when its equity is at or below its maintenance margin; one that a staged liquidation spares, when its equity
 * is at or below the backstop's share of it. The account is never charged beyond bankruptcy (RULES 2.6).
 */
import { money } from '../model/money.ts';
import type { BracketTable } from '../risk/brackets.ts';
import { type MarginView, NEAR, readMargin } from '../risk/read-margin.ts';
import { cooldownOf, endCooldowns, forget, isSpared, spare } from './cooldown.ts';
import { firstStage, type Part, sellParts, stepDown, takeOver, whole } from './liquidation-cut.ts';
import { walletIndex } from './margin-view.ts';
import { cancelOrphans } from './resting-orders.ts';
import { exactMargin } from './scope-margin.ts';
import { refresh, type Venue } from './venue.ts';
import type { LiquidationTerms } from './venue-spec.ts';
import type { AccountState, PositionState } from './venue-state.ts';
import { currentTerms } from './venue-world.ts';

/**
 * Liquidates every scope that is due at the marks of the moment, in the order of the accounts; then forgets the pauses that are
 * over.
 *
 * @returns whether any was
 */
export function liquidateBroken(venue: Venue): boolean {
  let any = false;
  for (let scope = dueScope(venue); scope >= 0; scope = dueScope(venue)) {
    liquidateScope(venue, scope);
    any = true;
  }
  if (endCooldowns(venue)) refresh(venue);
  return any;
}

/** The first scope that is due and at a venue that trades; -1 where none is. */
function dueScope(venue: Venue): number {
  const { view, prices } = venue;
  if (!readMargin(view, prices.mark, 0)) return -1;
  for (let scope = 0; scope < view.scopes; scope += 1) {
    if (view.active[scope] === 1 && isDue(venue, scope, prices.mark)) return scope;
  }
  return -1;
}

/**
 * Whether the venue sells of a scope whose margin `readMargin` wrote.
 *
 * @param marks  the prices that `readMargin` read
 */
export function isDue(venue: Venue, scope: number, marks: Float64Array): boolean {
  return isAtShare(venue, scope, { share: boundShare(venue, scope), marks });
}

/** The share of maintenance at which a scope is due: all of it, but for one that is spared. */
function boundShare(venue: Venue, scope: number): number {
  return isSpared(venue, scope) ? termsOf(venue, scope).backstopShare : 1;
}

/**
 * Whether the equity of a scope is at or below a share of its maintenance: by doubles, and in decimals where these are
 * closer than their rounding (DESIGN 4).
 */
function isAtShare(
  { world, state, view }: Venue,
  scope: number,
  { share, marks }: { readonly share: number; readonly marks: Float64Array },
): boolean {
  const equity = view.equity[scope]!;
  const kept = view.maintenance[scope]!;
  if (kept === 0) return false;
  const bound = kept * share;
  const size = Math.max(Math.abs(equity), kept, notionalOf(view, scope, marks));
  if (Math.abs(equity - bound) > NEAR * size) return equity <= bound;
  const exact = exactMargin(world, state, { view, scope, marks });
  return exact.equity.lessThanOrEqualTo(exact.maintenance.times(money(share)));
}

function notionalOf(view: MarginView, scope: number, marks: Float64Array): number {
  let size = 0;
  for (let leg = view.from[scope]!; leg < view.from[scope + 1]!; leg += 1) {
    size += Math.abs(view.qty[leg]! * marks[view.symbol[leg]!]!);
  }
  return size;
}

/** The view in which a scope is due where equity meets maintenance: its own, or for a spared one that of the backstop. */
export function boundView(venue: Venue, scope: number): MarginView {
  const share = boundShare(venue, scope);
  if (share === 1) return venue.view;
  const table = venue.view.table.map((one) => (one === null ? null : scaled(one, share)));
  return { ...venue.view, table };
}

function scaled(table: BracketTable, share: number): BracketTable {
  return {
    ...table,
    rate: table.rate.map((one) => one * share),
    amount: table.amount.map((one) => one * share),
  };
}

function termsOf({ world, state, view }: Venue, scope: number): LiquidationTerms {
  const account = state.accounts[view.account[scope]!];
  return currentTerms(world, state, account?.venue ?? 0).liquidation;
}

/** Liquidates one scope, whatever its margin: for whoever has solved the price at which it is due. */
export function liquidateScope(venue: Venue, scope: number): void {
  const { world, state, view } = venue;
  const account = state.accounts[view.account[scope]!];
  if (account === undefined) throw new RangeError(`the account of scope ${scope} must exist`);
  const positions = positionsOf(venue, account, scope);
  account.orders = account.orders.filter((order) => !positions.some((one) => one.symbol === order.symbol));
  const terms = termsOf(venue, scope);
  const profile = world.config.liquidation ?? terms.profile;
  if (profile === 'full') sellParts(venue, account, whole(venue, positions));
  else if (profile === 'staged') sellStaged(venue, scope, { account, positions, terms });
  else {
    const tiers = profile === 'two-tiers' ? 2 : terms.tiersPerStep;
    sellParts(venue, account, stepDown(venue, account, positions, tiers));
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

type Staged = {
  readonly account: AccountState;
  readonly positions: readonly PositionState[];
  readonly terms: LiquidationTerms;
};

/**
 * The first part of large positions, and after the pause the rest. Whoever calls for a scope that is spared has found it at the
 * backstop.
 */
function sellStaged(venue: Venue, scope: number, { account, positions, terms }: Staged): void {
  const { state, prices } = venue;
  const cooldown = cooldownOf(venue, scope);
  const atBackstop =
    isSpared(venue, scope) || isAtShare(venue, scope, { share: terms.backstopShare, marks: prices.mark });
  if (cooldown !== null) forget(account, cooldown);
  if (atBackstop) {
    takeOver(venue, account, positions);
    return;
  }
  const parts = cooldown === null ? firstStage(venue, positions, terms) : whole(venue, positions);
  if (parts.some(isPartial)) spare(venue, scope, state.time + terms.cooldownSeconds * 1000);
  sellParts(venue, account, parts);
}

function isPartial({ position, qty }: Part): boolean {
  return qty.lessThan(position.qty);
}
