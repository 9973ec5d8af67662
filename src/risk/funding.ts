/** Funding of perpetuals: the rate that a venue makes from its premium, what it costs, and how long a margin lasts. */
import type { Contract } from '../model/book.ts';
import { money } from '../model/money.ts';

/**
 * A rate within its cap: clamp(rate, -cap, cap).
 *
 * @param cap  >= 0; null where the venue states none
 */
export function cappedRate(rate: number, cap: number | null): number {
  return cap === null ? rate : Math.max(-cap, Math.min(cap, rate));
}

/**
 * The premium index: [max(0, impactBid - index) - max(0, index - impactAsk)] / index, a fraction.
 *
 * Source  Binance, Introduction to funding rates
 */
export function premiumIndex(impactBid: number, impactAsk: number, index: number): number {
  return (Math.max(0, impactBid - index) - Math.max(0, index - impactAsk)) / index;
}

/** The average of premiums weighted linearly by age, the newest most: sum(i * P[i]) / sum(i), i from 1. */
export function averagePremium(premiums: readonly number[]): number {
  const weighted = premiums.reduce((sum, premium, i) => sum + (i + 1) * premium, 0);
  return weighted / ((premiums.length * (premiums.length + 1)) / 2);
}

export type RateRule = {
  /** Interest per settlement: 0.0001 at Binance. */
  readonly interest: number;
  /** How far the interest may pull: 0.0005 at Binance. */
  readonly clamp: number;
  /** The largest absolute rate; null for none. */
  readonly cap: number | null;
};

/**
 * The funding rate of a settlement: premium + clamp(interest - premium, -c, +c), within the cap; + longs pay.
 *
 * Source  Binance, Introduction to funding rates; QUANT 7
 */
export function fundingRate(premium: number, { interest, clamp, cap }: RateRule): number {
  return cappedRate(premium + cappedRate(interest - premium, clamp), cap);
}

/**
 * What a position gets (+) or pays (-) at a settlement: -qty x mark x rate in quote, for inverse -(qty / mark) x rate in
 * coin; `qty` signed.
 */
export function fundingPayment(contract: Contract, qty: number, mark: number, rate: number): number {
  const payment = -(contract === 'linear' ? qty * mark : qty / mark) * rate;
  return payment + 0;
}

export type MarginLife = {
  /** Notional / margin at entry, >= 1. */
  readonly leverage: number;
  /** Maintenance rate, a fraction of notional. */
  readonly mmr: number;
  /** Deduction of the bracket over the notional; 0 in the first one. */
  readonly amountOverNotional?: number;
  /** Fee of the close over the notional, where the margin has to pay it. */
  readonly closingFee?: number;
  /** What the position pays per settlement, a fraction of notional. */
  readonly rate: number;
};

/**
 * Settlements until funding alone liquidates an isolated linear position at a flat mark:
 *
 *   n = ceil( (1 / leverage - mmr + amount / notional - fee) / rate )
 *
 * in decimals, so that a whole number stays one (RULES 4.7).
 *
 * @returns null where the position does not pay; 0 where it is at maintenance already
 */
export function settlementsUntilLiquidation(life: MarginLife): number | null {
  const { leverage, mmr, amountOverNotional = 0, closingFee = 0, rate } = life;
  if (!(rate > 0)) return null;
  const buffer = money(1)
    .div(money(leverage))
    .minus(money(mmr))
    .plus(money(amountOverNotional))
    .minus(money(closingFee));
  // 1 / leverage may not end; what is left of the last digit must not count as a settlement of its own.
  return Math.max(0, buffer.div(money(rate)).toDecimalPlaces(30).ceil().toNumber());
}

/** How many settlements a position that is open in [open, close] pays, both ends included; UTC milliseconds. */
export function settlementCount(open: number, close: number, interval: number, offset = 0): number {
  return Math.floor((close - offset) / interval) - Math.ceil((open - offset) / interval) + 1;
}

/**
 * The share of equity that is left where the leverage is held constant by trading after every settlement:
 * (1 - leverage x rate)^n. It never is 0, unlike that of a position that is left alone.
 *
 * @param settlements  whole, >= 0
 */
export function equityAtConstantLeverage(leverage: number, rate: number, settlements: number): number {
  let left = 1;
  for (let n = 0; n < settlements; n += 1) left *= 1 - leverage * rate;
  return left;
}
