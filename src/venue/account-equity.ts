/** Equity of accounts in their own currency, from margin scopes that were read. */
import { type Money, money, zero } from '../model/money.ts';
import type { MarginView } from '../risk/read-margin.ts';
import { holdingsValue } from './booking.ts';
import { walletIndex } from './margin-view.ts';
import { unrealised } from './position.ts';
import type { Venue } from './venue.ts';
import type { AccountState } from './venue-state.ts';

/**
 * Equity of every account, written to `out`: the sum over its scopes, coin turned into the account's currency at mark.
 * Reads what `readMargin` wrote; part of the hot loop.
 */
export function readEquity(view: MarginView, marks: Float64Array, offset: number, out: Float64Array): void {
  const { scopes, account, rate, equity } = view;
  const accounts = out.length;
  let k = 0;
  for (let a = 0; a < accounts; a += 1) {
    // A sum in a local does not wait for its last store. Scopes stand in the order of their accounts: the last has the rest.
    const isLast = a === accounts - 1;
    let total = 0;
    for (; k < scopes && (isLast || account[k] === a); k += 1) {
      const own = equity[k]!;
      const symbol = rate[k]!;
      total += symbol < 0 ? own : own * marks[offset + symbol]!;
    }
    out[a] = total;
  }
}

/**
 * What scopes owe beyond what they have, in the currency of their accounts, >= 0, where the venue is about to liquidate them: it
 * will charge nobody for it (RULES 2.6). Of a venue that stands still nothing, since the loss may be made good before it trades.
 * Reads what `readMargin` wrote.
 */
export function uncollectable(view: MarginView, marks: Float64Array): number {
  const { scopes, rate, equity, maintenance, active } = view;
  let owed = 0;
  for (let k = 0; k < scopes; k += 1) {
    const own = equity[k]!;
    if (own >= 0 || active[k] === 0 || maintenance[k] === 0) continue;
    const symbol = rate[k]!;
    owed -= symbol < 0 ? own : own * marks[symbol]!;
  }
  return owed;
}

export type AccountMoney = {
  readonly cash: Money;
  readonly unrealised: Money;
  /** What other assets and spot count for after their haircut. */
  readonly collateral: Money;
};

/** The parts of an account's equity in its currency at the marks of the moment, exact: equity is their sum. */
export function accountMoney({ world, prices }: Venue, account: AccountState): AccountMoney {
  const marks = prices.mark;
  const value = (symbol: number) => money(symbol < 0 ? 1 : marks[symbol]!);
  const cash = account.wallets.reduce(
    (sum, { ledger, symbol }) =>
      money(ledger.cash).isZero() ? sum : sum.plus(value(symbol).times(ledger.cash)),
    zero,
  );
  const open = account.positions.reduce((sum, position) => {
    const { symbol } = account.wallets[walletIndex(world, account, position)] ?? { symbol: -1 };
    return sum.plus(unrealised(position, marks[position.symbol]!).times(value(symbol)));
  }, zero);
  return { cash, unrealised: open, collateral: holdingsValue(account, marks) };
}
