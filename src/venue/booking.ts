/** What a close costs the account: the one place that books realised results, fees, margins and shortfalls. */
import { type Money, money, moneyText, roundToZero, scaleOf, zero } from '../model/money.ts';
import { type Ledger, post, recordShortfall } from './ledger.ts';
import { countedQty, walletIndex } from './margin-view.ts';
import { closePart, removePart, unrealised } from './position.ts';
import type { Venue } from './venue.ts';
import type { AccountState, PositionState } from './venue-state.ts';

export type Close = {
  /** In (0, position.qty]. */
  readonly qty: Money;
  readonly price: number;
  readonly feeRate: number;
  /** A liquidation pays its fee out of the margin, and no more than is left there. */
  readonly liquidation: boolean;
};

export type Booked = {
  readonly pnl: Money;
  readonly fee: Money;
  readonly shortfall: Money;
  /** The price that the account was charged: that of the close, but for a loss beyond what it had. */
  readonly price: number;
};

/**
 * Closes a part of a position at a price. A loss stops at what the position can lose: its margin where it is isolated,
 * what its scope holds where it is cross; the rest is the fund's shortfall (RULES 2.6). A partial close of an isolated
 * position books against its margin and releases nothing (RULES 3.3). Changes the state; the caller refreshes.
 */
export function bookClose(
  venue: Venue,
  account: AccountState,
  position: PositionState,
  close: Close,
): Booked {
  const ledger = ledgerOf(venue, account, position);
  const part = closePart(position, close.qty, money(close.price), ledger.asset);
  // To the currency's scale, so that no rounding takes more than there is.
  const limit = roundToZero(lossLimit(venue, account, position), scaleOf(ledger.asset));
  const pnl = part.pnl.lessThan(limit.negated()) ? limit.negated() : part.pnl;
  const lost = pnl.minus(part.pnl);
  const bookedPnl = post(ledger, 'realised', pnl);
  const due = part.value.times(money(close.feeRate));
  const left = limit.plus(bookedPnl);
  const fee = close.liquidation && due.greaterThan(left) ? left : due;
  const bookedFee = post(ledger, 'fees', fee.negated()).negated();
  const shortfall = lost.isZero() ? zero : recordShortfall(ledger, lost);
  removePart(position, close.qty, part.cost);
  if (position.margin !== null) {
    const fromMargin = close.liquidation ? bookedPnl.minus(bookedFee) : bookedPnl;
    position.margin = moneyText(money(position.margin).plus(fromMargin));
  }
  if (money(position.qty).isZero()) {
    account.positions.splice(account.positions.indexOf(position), 1);
  }
  const price = lost.isZero() ? close.price : chargedPrice(position, { ...close, cost: part.cost, pnl });
  return { pnl: bookedPnl, fee: bookedFee, shortfall, price };
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

/** The largest loss that a position can book, >= 0, in its settlement asset, at the marks of the moment. */
function lossLimit(venue: Venue, account: AccountState, position: PositionState): Money {
  if (position.margin !== null) return atLeastZero(money(position.margin));
  const { world, prices } = venue;
  const index = walletIndex(world, account, position);
  const wallet = account.wallets[index];
  if (wallet === undefined) throw new RangeError(`account ${account.id} must hold a wallet`);
  const same = account.positions.filter((one) => walletIndex(world, account, one) === index);
  const held = same.reduce((sum, { margin }) => sum.plus(margin ?? 0), zero);
  const others = same
    .filter((one) => one !== position && one.margin === null)
    .reduce((sum, one) => sum.plus(unrealised(one, prices.mark[one.symbol]!)), zero);
  const assets = index === 0 ? holdingsValue(account, prices.mark) : zero;
  return atLeastZero(money(wallet.ledger.cash).minus(held).plus(others).plus(assets));
}

/** What the other assets of an account count for, in its currency, exact. */
export function holdingsValue({ holdings }: AccountState, marks: Float64Array): Money {
  return holdings.reduce((sum, holding) => {
    const price = holding.symbol < 0 ? holding.price : marks[holding.symbol]!;
    return sum.plus(countedQty(holding).times(money(price)));
  }, zero);
}

function atLeastZero(amount: Money): Money {
  return amount.isNegative() ? zero : amount;
}
