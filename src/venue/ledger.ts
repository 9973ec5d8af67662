/**
 * The ledger of one asset in one account. Every amount is rounded once, against the account, when it is posted, and only
 * then added: so
 *
 *   cash = start + realised + funding - fees + transfers - lost
 *
 * holds to the last digit after every posting. What an account could not pay is `shortfall`, outside of it.
 */
import { type Money, money, moneyText, roundAgainst, scaleOf } from '../model/money.ts';

export type Ledger = {
  readonly asset: string;
  /** Wallet balance before unrealised PnL; isolated margins are part of it. */
  cash: string;
  readonly start: string;
  /** Signed sums, + is good for the account; `fees`, `lost` and `shortfall` are >= 0 but for maker rebates. */
  realised: string;
  funding: string;
  fees: string;
  transfers: string;
  /** Cash that went down with the venue. */
  lost: string;
  /** Loss that the account could not pay, borne by the venue's fund. */
  shortfall: string;
};

export type Posting = 'realised' | 'funding' | 'fees' | 'transfers' | 'lost';

export function openLedger(asset: string, balance: string): Ledger {
  const start = moneyText(money(balance));
  return {
    asset,
    cash: start,
    start,
    realised: '0',
    funding: '0',
    fees: '0',
    transfers: '0',
    lost: '0',
    shortfall: '0',
  };
}

/**
 * Posts a signed credit (a fee and a loss with the venue are negative ones) and returns what was booked, rounded against the account to the
 * asset's scale.
 */
export function post(ledger: Ledger, kind: Posting, credit: Money): Money {
  const booked = roundAgainst(credit, scaleOf(ledger.asset));
  ledger.cash = moneyText(money(ledger.cash).plus(booked));
  const sum = money(ledger[kind]);
  ledger[kind] = moneyText(kind === 'fees' || kind === 'lost' ? sum.minus(booked) : sum.plus(booked));
  return booked;
}

/** Records a loss that nobody in the account can pay. */
export function recordShortfall(ledger: Ledger, loss: Money): Money {
  const booked = roundAgainst(loss.negated(), scaleOf(ledger.asset)).negated();
  ledger.shortfall = moneyText(money(ledger.shortfall).plus(booked));
  return booked;
}
