/** Openings: what the venue asks before it takes an order, and what its fill adds to a position. */
import type { Contract, MarginMode } from '../model/book.ts';
import { type Money, money, moneyText, zero } from '../model/money.ts';
import { bracketOf } from '../risk/brackets.ts';
import { bookClose, holdingsValue, ledgerOf, tellFill } from './booking.ts';
import { post } from './ledger.ts';
import { trades, walletIndex } from './margin-view.ts';
import { addPart, initialMargin, openingMargin, unrealised, valueAt } from './position.ts';
import { refresh, type Venue } from './venue.ts';
import type { AccountState, PositionState } from './venue-state.ts';
import { feesOf, termsOf } from './venue-world.ts';

export type Opening = {
  /** Index of the account. */
  readonly account: number;
  readonly symbol: number;
  readonly contract: Contract;
  readonly side: 1 | -1;
  /** > 0; base for linear, quote notional for inverse. */
  readonly qty: Money;
  /** The price of the fill, slippage included. */
  readonly price: number;
  /** null takes the venue's taker fee. */
  readonly feeRate: number | null;
  readonly leverage: number;
  readonly marginMode: MarginMode;
  /** The trade of the journal that it belongs to; -1 for none. */
  readonly trade: number;
};

export type Refusal =
  | 'bankrupt'
  | 'outage'
  | 'halted'
  | 'settled'
  | 'daily-loss-limit'
  | 'leverage-cap'
  | 'position-limit'
  | 'no-price'
  | 'margin';

/**
 * Sends an order that fills at once, whole, at a known price. An opposite position of a one-way account is closed first.
 *
 * @returns null where it filled, else why the venue refused it; a refusal changes nothing but the counts
 */
export function openPosition(venue: Venue, opening: Opening): Refusal | null {
  const { state } = venue;
  state.counts.intents += 1;
  const refusal = admit(venue, opening);
  if (refusal === null) state.counts.filled += 1;
  return refusal;
}

/** Fills an opening where the venue admits it; a refusal is counted with its reason. */
export function admit(venue: Venue, opening: Opening): Refusal | null {
  const { state } = venue;
  const account = state.accounts[opening.account];
  if (account === undefined) throw new RangeError(`account ${opening.account} must exist`);
  const refusal = refusalOf(venue, account, opening);
  if (refusal === null) {
    fill(venue, account, opening);
  } else {
    state.counts.rejected += 1;
    const known = state.rejections.find(({ reason }) => reason === refusal);
    if (known === undefined) state.rejections.push({ reason: refusal, count: 1 });
    else known.count += 1;
  }
  refresh(venue);
  return refusal;
}

function refusalOf(venue: Venue, account: AccountState, opening: Opening): Refusal | null {
  const { world, state, prices } = venue;
  const { symbol, leverage } = opening;
  const status = state.venues[account.venue];
  if (status?.bankrupt === true) return 'bankrupt';
  if (status?.outage === true) return 'outage';
  if (!trades(state, opening.account)) return 'halted';
  if (status?.settled.includes(symbol) === true) return 'settled';
  if (account.dailyLoss?.halted === true) return 'daily-loss-limit';
  const mark = prices.mark[symbol]!;
  if (!(mark > 0)) return 'no-price';
  const added = opposite(account, opening) === undefined ? opening.qty : netOpening(account, opening);
  if (added.isZero()) return null;
  const { brackets } = termsOf(world, state, account, opening);
  const before = account.positions.find((one) => one.symbol === symbol && one.side === opening.side);
  const qty = money(before?.qty ?? 0).plus(added);
  const notional = valueAt(opening.contract, qty, money(mark)).toNumber();
  if (notional > brackets.cap[brackets.cap.length - 1]!) return 'position-limit';
  const caps = status?.leverageCaps.filter((one) => one.symbol === symbol || one.symbol < 0) ?? [];
  const cap = Math.min(brackets.maxLeverage[bracketOf(brackets, notional)]!, caps.at(-1)?.cap ?? Infinity);
  if ((before?.leverage ?? leverage) > cap) return 'leverage-cap';
  return affordable(venue, account, opening, added) ? null : 'margin';
}

/** Whether what is free in the account covers the initial margin and the fee. */
function affordable(venue: Venue, account: AccountState, opening: Opening, added: Money): boolean {
  const cost = valueAt(opening.contract, added, money(opening.price));
  const fee = cost.times(money(rateOf(venue, account, opening)));
  const wanted = cost.div(money(opening.leverage)).plus(fee);
  const draft = { symbol: opening.symbol, contract: opening.contract };
  return wanted.lessThanOrEqualTo(freeMargin(venue, account, walletIndex(venue.world, account, draft)));
}

/**
 * What a new position may use, in the settlement asset of a wallet: its cash less isolated margins, plus what other assets
 * count for, plus the unrealised PnL of the cross positions, less their initial margins.
 */
export function freeMargin({ world, prices }: Venue, account: AccountState, wallet: number): Money {
  const cash = money(account.wallets[wallet]?.ledger.cash ?? 0);
  const assets = wallet === 0 ? holdingsValue(account, prices.mark) : zero;
  return account.positions
    .filter((position) => walletIndex(world, account, position) === wallet)
    .reduce((free, position) => {
      if (position.margin !== null) return free.minus(position.margin);
      return free.plus(unrealised(position, prices.mark[position.symbol]!)).minus(initialMargin(position));
    }, cash.plus(assets));
}

function rateOf({ world, state }: Venue, account: AccountState, { feeRate }: Opening): number {
  return feeRate ?? feesOf(world, state, account.venue).taker;
}

function opposite(account: AccountState, { symbol, side }: Opening): PositionState | undefined {
  if (account.positionMode === 'hedge') return undefined;
  return account.positions.find((one) => one.symbol === symbol && one.side !== side);
}

/** What is left to open once the opposite position is closed. */
function netOpening(account: AccountState, opening: Opening): Money {
  const rest = opening.qty.minus(opposite(account, opening)?.qty ?? 0);
  return rest.isNegative() ? zero : rest;
}

function fill(venue: Venue, account: AccountState, opening: Opening): void {
  const against = opposite(account, opening);
  const feeRate = rateOf(venue, account, opening);
  const added = netOpening(account, opening);
  if (against !== undefined) {
    const qty = opening.qty.minus(added);
    bookClose(venue, account, against, {
      qty,
      price: opening.price,
      feeRate,
      cause: 'order',
      trade: null,
    });
  }
  if (added.isZero()) return;
  const { symbol, contract, side, leverage, marginMode, trade } = opening;
  const cost = valueAt(contract, added, money(opening.price));
  let position = account.positions.find((one) => one.symbol === symbol && one.side === side);
  if (position === undefined) {
    const margin = marginMode === 'isolated' ? '0' : null;
    const openedAt = venue.state.time;
    position = { symbol, contract, side, qty: '0', cost: '0', margin, leverage, openedAt, owners: [] };
    account.positions.push(position);
  }
  addPart(position, added, cost, trade);
  const ledger = ledgerOf(venue, account, position);
  if (position.margin !== null) {
    const moved = openingMargin(cost, position.leverage, ledger.asset);
    position.margin = moneyText(money(position.margin).plus(moved));
  }
  const fee = post(ledger, 'fees', cost.times(money(feeRate)).negated()).negated();
  tellFill(venue, account, position, {
    opening: true,
    qty: added,
    price: opening.price,
    cause: 'order',
    order: null,
    pnl: zero,
    fee,
    shares: [{ trade, qty: added.toNumber() }],
  });
}
