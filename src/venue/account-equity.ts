/** Equity of accounts in their own currency, from margin scopes that were read. */
import { type Money, money, zero } from '../model/money.ts';
import { holdingsValue } from './booking.ts';
import { walletIndex } from './margin-view.ts';
import { unrealised } from './position.ts';
import type { MarginView } from './read-margin.ts';
import type { Venue } from './venue.ts';
import type { AccountState } from './venue-state.ts';

/**
 * Equity of every account, written to `out`: the sum over its scopes, coin turned into the account's currency at mark.
 * Reads what `readMargin` wrote; part of the hot loop.
 */
export function readEquity(view: MarginView, marks: Float64Array, offset: number, out: Float64Array): void {
  const { scopes, account, rate, equity } = view;
  for (let a = 0; a < out.length; a += 1) out[a] = 0;
  if (scopes === 0) return;
  // A sum in a cell waits for its last store at every scope; in a local it does not, and is stored where the account changes.
  let at = account[0]!;
  let total = 0;
  for (let k = 0; k < scopes; k += 1) {
    const next = account[k]!;
    if (next !== at) {
      out[at] = total;
      at = next;
      total = out[at]!;
    }
    const own = equity[k]!;
    const symbol = rate[k]!;
    total += symbol < 0 ? own : own * marks[offset + symbol]!;
  }
  out[at] = total;
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
