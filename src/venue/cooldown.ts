/**
 * The pause of a staged liquidation: which scope is spared, and until when. A scope is known by its wallet and, where it is
 * isolated, by the side of its position, since its place among the others changes as they open and close.
 */

import { trades } from './margin-view.ts';
import type { Venue } from './venue.ts';
import type { AccountState, Cooldown } from './venue-state.ts';

type Spared = Pick<Cooldown, 'wallet' | 'isolated'>;

/** The pause of a scope, also one that has ended and that the venue has not looked at since; null without one. */
export function cooldownOf({ state, view }: Venue, scope: number): Cooldown | null {
  const account = state.accounts[view.account[scope]!];
  if (account === undefined || account.cooldowns.length === 0) return null;
  const own = sparedOf(account, view.wallet[scope]!, view.position[scope]!);
  return account.cooldowns.find((one) => isSame(one, own)) ?? null;
}

/** Whether what is left of a scope is spared now. */
export function isSpared(venue: Venue, scope: number): boolean {
  return (cooldownOf(venue, scope)?.until ?? Number.NEGATIVE_INFINITY) > venue.state.time;
}

/** Spares what is left of a scope until a moment. To be called while the view still knows the scope. */
export function spare({ state, view }: Venue, scope: number, until: number): void {
  const account = state.accounts[view.account[scope]!];
  account?.cooldowns.push({ ...sparedOf(account, view.wallet[scope]!, view.position[scope]!), until });
}

/**
 * Forgets the pauses that are over, of accounts whose venue trades: whoever is above maintenance by then begins anew.
 *
 * @returns whether there were any
 */
export function endCooldowns({ state }: Venue): boolean {
  let any = false;
  for (const [index, account] of state.accounts.entries()) {
    if (account.cooldowns.length === 0 || !trades(state, index)) continue;
    const left = account.cooldowns.filter(({ until }) => until > state.time);
    any ||= left.length < account.cooldowns.length;
    account.cooldowns = left;
  }
  return any;
}

/** Forgets one pause: nothing is left that it spared. */
export function forget(account: AccountState, cooldown: Cooldown): void {
  account.cooldowns = account.cooldowns.filter((one) => one !== cooldown);
}

function sparedOf({ positions }: AccountState, wallet: number, place: number): Spared {
  const position = positions[place];
  if (position === undefined) return { wallet, isolated: null };
  return { wallet, isolated: { symbol: position.symbol, side: position.side } };
}

function isSame(one: Spared, other: Spared): boolean {
  if (one.wallet !== other.wallet) return false;
  if (one.isolated === null || other.isolated === null) return one.isolated === other.isolated;
  return one.isolated.symbol === other.isolated.symbol && one.isolated.side === other.isolated.side;
}
