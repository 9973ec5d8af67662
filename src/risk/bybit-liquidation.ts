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
  /** Signed quote notional. */
  readonly qty: number;
  /** What the position can lose, coin. */
  readonly balance: number;
  readonly mmr: number;
  /** Taker fee, a fraction: the margin also pays for the close; 0 where the page leaves it out. */
  readonly fee: number;
};

/**
 * Inverse contract: the price at which what the position can lose covers maintenance at entry and the fee of closing at
 * bankruptcy and no more. s is +1 for a long, -1 for a short, v = |qty| / entry.
 *
 *   bankruptcy   |qty| (1 + s fee) / (v + s balance)
 *   liquidation  |qty| / (v + s (balance - mmr v - fee |qty| / bankruptcy))
 *
 * Source  Bybit help, Liquidation Price (Inverse Contract): cross margin 2020, unified account 2024
 */
export function bybitInverseLiquidation({ entry, qty, balance, mmr, fee }: BybitInverse): {
  readonly bankruptcy: number;
  readonly liquidation: number;
} {
  const side = qty > 0 ? 1 : -1;
  const size = Math.abs(qty);
  const value = size / entry;
  const bankruptcy = (size * (1 + side * fee)) / (value + side * balance);
  const liquidation = size / (value + side * (balance - mmr * value - (fee * size) / bankruptcy));
  return { bankruptcy, liquidation };
}
