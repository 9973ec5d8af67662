/** What a close costs the account: the one place that books realised results, fees, margins and shortfalls. */
import type { FillCause, FillRecord, FillShare } from '../model/fill.ts';
import { type Money, money, moneyText, roundAgainst, scaleOf, zero } from '../model/money.ts';
import { type Ledger, post, recordShortfall } from './ledger.ts';
import { countedQty, walletIndex } from './margin-view.ts';
import { closePart, ownedQty, removePart, unrealised } from './position.ts';
import type { Venue } from './venue.ts';
import type { AccountState, PositionState } from './venue-state.ts';

export type Close = {
  /** In (0, position.qty]. */
  readonly qty: Money;
  readonly price: number;
  readonly feeRate: number;
  readonly cause: FillCause;
  /** The order that rested for it; null where none did. */
  readonly order?: number;
  /** The trade whose exit it is; the others keep their parts. null takes from all in proportion. */
  readonly trade: number | null;
  /** What of the loss the fund bears (`sparedOf`); left out, or null, whatever the scope cannot pay. */
  readonly spared?: Money | null;
};

export type Booked = {
  readonly pnl: Money;
  readonly fee: Money;
  readonly shortfall: Money;
  /** The price that the account was charged: that of the close, but for a loss beyond what it had. */
  readonly price: number;
  /** As the venue tells of it. */
  readonly record: FillRecord;
};

/**
 * Closes a part of a position at a price. A loss stops at what the scope holds besides the part, the rest is the fund's
 * shortfall (RULES 2.6). Where funding has taken more than there was, that is a debt, and the close has to bring it in
 * before anything is left. A partial close of an isolated position books against its margin and releases nothing
 * (RULES 3.3). Changes the state; the caller refreshes.
 */
export function bookClose(
  venue: Venue,
  account: AccountState,
  position: PositionState,
  close: Close,
): Booked {
  const ledger = ledgerOf(venue, account, position);
  const shares = sharesOf(position, close);
  const part = closePart(position, close.qty, money(close.price), ledger.asset);
  removePart(position, close.qty, part.cost);
  // To the currency's scale, so that no rounding takes more than there is.
  const limit = roundAgainst(scopeEquity(venue, account, position), scaleOf(ledger.asset));
  const capped = part.pnl.lessThan(limit.negated()) ? limit.negated() : part.pnl;
  const spared = close.spared ?? null;
  const pnl = spared === null ? capped : part.pnl.plus(spared);
  const lost = pnl.minus(part.pnl);
  const bookedPnl = post(ledger, 'realised', pnl);
  const due = part.value.times(money(close.feeRate));
  const fee = post(ledger, 'fees', due.negated()).negated();
  const shortfall = lost.isZero() ? zero : recordShortfall(ledger, lost);
  if (position.margin !== null) position.margin = moneyText(money(position.margin).plus(bookedPnl));
  if (money(position.qty).isZero()) {
    account.positions.splice(account.positions.indexOf(position), 1);
  }
  const price = lost.isZero() ? close.price : chargedPrice(position, { ...close, cost: part.cost, pnl });
  const record = tellFill(venue, account, position, {
    opening: false,
    qty: close.qty,
    price,
    cause: close.cause,
    order: close.order ?? null,
    pnl: bookedPnl,
    fee,
    shares,
  });
  return { pnl: bookedPnl, fee, shortfall, price, record };
}

type Told = {
  readonly opening: boolean;
  readonly qty: Money;
  readonly price: number;
  readonly cause: FillCause;
  readonly order: number | null;
  /** In the settlement asset. */
  readonly pnl: Money;
  readonly fee: Money;
  readonly shares: readonly FillShare[];
};

/** Puts a fill among the news of the venue. */
export function tellFill(
  venue: Venue,
  account: AccountState,
  position: PositionState,
  { opening, qty, price, cause, order, pnl, fee, shares }: Told,
): FillRecord {
  const { state } = venue;
  const rate = currencyRate(venue, account, position);
  const record: FillRecord = {
    time: state.time,
    account: state.accounts.indexOf(account),
    symbol: position.symbol,
    position: position.side,
    opening,
    qty: qty.toNumber(),
    price,
    cause,
    order,
    pnl: pnl.toNumber() * rate,
    fee: fee.toNumber() * rate,
    left: money(position.qty).toNumber(),
    shares,
  };
  venue.fills.push(record);
  return record;
}

/** Whose quantity a close takes: that of the trade that leaves, else of all in proportion. */
function sharesOf(position: PositionState, { qty, trade }: Close): FillShare[] {
  if (trade !== null) return [{ trade, qty: qty.toNumber() }];
  const part = qty.div(position.qty);
  return position.owners.map((owner) => {
    return { trade: owner.trade, qty: ownedQty(position, owner.trade).times(part).toNumber() };
  });
}

/**
 * Takes the fee of a liquidation, no more than the scope has left once everything is booked: so a fee never makes a
 * shortfall.
 *
 * @param position  as the close left it, also where nothing of it remains
 * @param due       `all` keeps whatever is left
 * @param record    the news of the close, which the fee is added to
 * @returns what was taken, >= 0
 */
export function bookLiquidationFee(
  venue: Venue,
  account: AccountState,
  position: PositionState,
  { due, record }: { readonly due: Money | 'all'; readonly record: FillRecord },
): Money {
  const ledger = ledgerOf(venue, account, position);
  const equity = scopeEquity(venue, account, position);
  const left = roundAgainst(equity.isNegative() ? zero : equity, scaleOf(ledger.asset));
  const taken = due === 'all' || due.greaterThan(left) ? left : due;
  const fee = post(ledger, 'fees', taken.negated()).negated();
  if (position.margin !== null) position.margin = moneyText(money(position.margin).minus(fee));
  record.fee += fee.toNumber() * currencyRate(venue, account, position);
  return fee;
}

/** What one unit of the asset that a position settles in is worth in the account's currency at mark. */
export function currencyRate(
  { world, prices }: Venue,
  account: AccountState,
  position: Pick<PositionState, 'contract' | 'symbol'>,
): number {
  const { symbol } = account.wallets[walletIndex(world, account, position)] ?? { symbol: -1 };
  return symbol < 0 ? 1 : prices.mark[symbol]!;
}

export function ledgerOf({ world }: Venue, account: AccountState, position: PositionState): Ledger {
  const wallet = account.wallets[walletIndex(world, account, position)];
  if (wallet === undefined) throw new RangeError(`account ${account.id} must hold a wallet`);
  return wallet.ledger;
}

/** The price at which closing would have realised exactly `pnl`: bankruptcy. */
function chargedPrice(
  { contract, side }: PositionState,
  { qty, cost, pnl }: { readonly qty: Money; readonly cost: Money; readonly pnl: Money },
): number {
  const value = contract === 'linear' ? cost.plus(pnl.times(side)) : cost.minus(pnl.times(side));
  return (contract === 'linear' ? value.div(qty) : qty.div(value)).toNumber();
}

/**
 * What the scope of a position has at the marks of the moment, in its settlement asset, exact; below 0 in debt. Of an isolated
 * position its margin and its unrealised result; of a cross one the cash that is not isolated, the unrealised results of the
 * cross positions in that asset, and what the other assets count for.
 */
export function scopeEquity(venue: Venue, account: AccountState, position: PositionState): Money {
  const { world, prices } = venue;
  const result = (one: PositionState) => unrealised(one, prices.mark[one.symbol]!);
  if (position.margin !== null) return money(position.margin).plus(result(position));
  const index = walletIndex(world, account, position);
  const { cash } = ledgerOf(venue, account, position);
  const same = account.positions.filter((one) => walletIndex(world, account, one) === index);
  const held = same.reduce((sum, { margin }) => sum.plus(margin ?? 0), zero);
  const results = same
    .filter(({ margin }) => margin === null)
    .reduce((sum, one) => sum.plus(result(one)), zero);
  const assets = index === 0 ? holdingsValue(account, prices.mark) : zero;
  return money(cash).minus(held).plus(results).plus(assets);
}

/** What the other assets of an account count for, in its currency, exact. */
export function holdingsValue({ holdings }: AccountState, marks: Float64Array): Money {
  return holdings.reduce((sum, holding) => {
    const price = holding.symbol < 0 ? holding.price : marks[holding.symbol]!;
    return sum.plus(countedQty(holding).times(money(price)));
  }, zero);
}
