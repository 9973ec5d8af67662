/**
 * What a venue closes on its own account and not for want of margin: a settlement, an auto-deleveraging (ADL), and its own end.
 * None of it takes a fee, and none asks whether the venue trades: it is the venue's own book-keeping.
 */
import { money, moneyText, roundAgainst, roundToZero, scaleOf } from '../model/money.ts';
import { bookClose, holdingsValue, ledgerOf } from './booking.ts';
import { post } from './ledger.ts';
import { initialMargin, QTY_SCALE, unrealised, valueAt } from './position.ts';
import { cancelOrphans } from './resting-orders.ts';
import { sparedOf } from './share-shortfall.ts';
import type { Venue } from './venue.ts';
import type { AccountState, PositionState } from './venue-state.ts';

export type ForcedSettlement = {
  /** -1 for all. */
  readonly venue: number;
  readonly symbol: number;
  /** null is the mark of the moment. */
  readonly price: number | null;
};

/**
 * Ends every position in a symbol at one price; nothing opens in it from then on. An isolated loss stops at the margin, the rest
 * is the fund's shortfall.
 */
export function settlePositions(venue: Venue, { venue: only, symbol, price }: ForcedSettlement): void {
  const { state, prices } = venue;
  for (const [index, status] of state.venues.entries()) {
    const isMeant = only < 0 || index === only;
    if (isMeant && !status.settled.includes(symbol)) status.settled.push(symbol);
  }
  for (const account of accountsAt(venue, only)) {
    account.orders = account.orders.filter((order) => order.symbol !== symbol);
    const positions = account.positions.filter((one) => one.symbol === symbol);
    endAll(venue, account, positions, (one) => price ?? prices.mark[one.symbol]!);
  }
}

export type Deleveraging = {
  /** -1 for all, as of the symbols. */
  readonly venue: number;
  readonly symbol: number;
  /** Of our position; null is either. */
  readonly side: 1 | -1 | null;
  /** Of its quantity, in (0, 1]. */
  readonly share: number;
};

/** Closes a share of every position that is in profit, at the mark, and keeps what it was ranked by. */
export function deleverage(venue: Venue, { venue: only, symbol, side, share }: Deleveraging): void {
  const { state, prices } = venue;
  for (const account of accountsAt(venue, only)) {
    const winners = account.positions.filter(
      (one) =>
        (symbol < 0 || one.symbol === symbol) &&
        (side === null || one.side === side) &&
        unrealised(one, prices.mark[one.symbol]!).greaterThan(0),
    );
    for (const position of winners) {
      const qty = roundToZero(money(position.qty).times(money(share)), QTY_SCALE);
      if (qty.isZero()) continue;
      const price = prices.mark[position.symbol]!;
      const rank = adlRank(position, price);
      const [spared] = sparedOf(venue, account, [{ position, qty, price }]);
      const { pnl } = bookClose(venue, account, position, {
        qty,
        price,
        feeRate: 0,
        cause: 'adl',
        trade: null,
        spared: spared ?? null,
      });
      state.adl.push({
        time: state.time,
        account: account.id,
        symbol: position.symbol,
        qty: moneyText(qty.times(-position.side)),
        price,
        asset: ledgerOf(venue, account, position).asset,
        pnl: moneyText(pnl),
        rank,
      });
    }
    cancelOrphans(account);
  }
}

/**
 * Where a winner stands in the queue, the highest first:
 *
 *   rank = PnL / cost x mark value / (margin + PnL)
 *
 * the first quotient the result in percent of the entry, the second the effective leverage. The margin of a cross position is its
 * initial margin.
 *
 * Source  QUANT 6, ADL (Bybit, BitMEX)
 */
export function adlRank(position: PositionState, mark: number): number {
  const { contract, qty, cost, margin } = position;
  const pnl = unrealised(position, mark);
  const held = margin === null ? initialMargin(position) : money(margin);
  const equity = held.plus(pnl);
  // Funding has taken more than the margin: there is no leverage to rank by.
  if (!equity.greaterThan(0)) return 0;
  const value = valueAt(contract, money(qty), money(mark));
  return pnl.div(cost).times(value.div(equity)).toNumber();
}

/**
 * The end of a venue: positions end at the mark, orders are cancelled, and of all cash and all holdings a share is left. It does not
 * come back.
 *
 * @param recovery  the share that is left, in [0, 1]; of what is lost the last digit goes against the account
 */
export function goBankrupt(venue: Venue, index: number, recovery: number): void {
  const { state, prices } = venue;
  const status = state.venues[index];
  if (status === undefined) throw new RangeError(`venue ${index} must exist`);
  status.bankrupt = true;
  const lost = money(1).minus(money(recovery));
  for (const account of accountsAt(venue, index)) {
    account.orders = [];
    account.cooldowns = [];
    endAll(venue, account, account.positions, (one) => prices.mark[one.symbol]!);
    for (const { ledger } of account.wallets) {
      const cash = money(ledger.cash);
      if (cash.greaterThan(0)) post(ledger, 'lost', cash.times(lost).negated());
    }
    const before = holdingsValue(account, prices.mark);
    for (const holding of account.holdings) {
      const left = money(holding.qty).times(money(recovery));
      holding.qty = moneyText(roundToZero(left, QTY_SCALE));
    }
    const change = roundAgainst(holdingsValue(account, prices.mark).minus(before), scaleOf(account.currency));
    account.lostCollateral = moneyText(money(account.lostCollateral).minus(change));
  }
}

function accountsAt({ state }: Venue, venue: number): readonly AccountState[] {
  return state.accounts.filter((account) => venue < 0 || account.venue === venue);
}

/** What gains pays for what loses, so it is closed first. */
function endAll(
  venue: Venue,
  account: AccountState,
  positions: readonly PositionState[],
  priceOf: (position: PositionState) => number,
): void {
  const gain = (one: PositionState) => unrealised(one, priceOf(one));
  const closings = positions
    .toSorted((a, b) => gain(b).comparedTo(gain(a)))
    .map((position) => ({ position, qty: money(position.qty), price: priceOf(position) }));
  const spared = sparedOf(venue, account, closings);
  for (const [i, { position, qty, price }] of closings.entries()) {
    bookClose(venue, account, position, {
      qty,
      price,
      feeRate: 0,
      cause: 'settlement',
      trade: null,
      spared: spared[i] ?? null,
    });
  }
}
