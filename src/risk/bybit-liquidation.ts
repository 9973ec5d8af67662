/**
 * Liquidation prices as Bybit's help stated them from 2020 to 2024, for readers who compare: maintenance is taken at the
 * value of the entry and not at that of the liquidation, so the price differs from `liquidationPrices` in its fourth digit.
 */

export type BybitLinear = {
  readonly entry: number;
  /** Signed base quantity. */
  readonly qty: number;
  readonly leverage: number;
  /** Maintenance rate, a fraction. */
  readonly mmr: number;
  /** Margin added beyond the initial one, quote. */
  readonly extra?: number;
};

/**
 * USDT contract, isolated: entry -+ (initial margin - maintenance margin) / qty -+ extra / qty.
 *
 * Source  Bybit help, Liquidation Price (USDT Contract)
 */
export function bybitLinearLiquidation({ entry, qty, leverage, mmr, extra = 0 }: BybitLinear): number {
  const initial = (Math.abs(qty) * entry) / leverage;
  const maintenance = Math.abs(qty) * entry * mmr;
  return entry - (initial - maintenance + extra) / qty;
}

export type BybitInverse = {
  readonly entry: number;
  /** Quote notional of a long, > 0. */
  readonly qty: number;
  /** What the position can lose, coin. */
  readonly balance: number;
  readonly mmr: number;
  /** Taker fee, a fraction: the margin also pays for the close. */
  readonly fee: number;
};

/**
 * Inverse contract, cross, long: the price at which the balance covers maintenance at entry and the fee of closing at
 * bankruptcy and no more.
 *
 *   bankruptcy   qty (1 + fee) / (balance + qty / entry)
 *   liquidation  qty / (balance + qty / entry - mmr * qty / entry - fee * qty / bankruptcy)
 *
 * Source  Bybit help, Liquidation Price (Inverse Contract), cross margin, 2020
 */
export function bybitInverseLiquidation({ entry, qty, balance, mmr, fee }: BybitInverse): {
  readonly bankruptcy: number;
  readonly liquidation: number;
} {
  const value = qty / entry;
  const bankruptcy = (qty * (1 + fee)) / (balance + value);
  const liquidation = qty / (balance + value - mmr * value - (fee * qty) / bankruptcy);
  return { bankruptcy, liquidation };
}
