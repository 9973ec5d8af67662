/**
 * The price at which an isolated linear position with a flat maintenance rate is liquidated, fees aside:
 *
 *   long   entry * (1 - 1 / leverage) / (1 - mmr)
 *   short  entry * (1 + 1 / leverage) / (1 + mmr)
 *
 * from equity = entry * qty / leverage +- (price - entry) * qty = price * qty * mmr. A long at leverage 1 has none
 * above zero and gets 0.
 *
 * @param entry     quote per base, > 0
 * @param leverage  notional / margin at entry, >= 1
 * @param mmr       maintenance margin as a fraction of notional, in [0, 1)
 * @param side      +1 long, -1 short
 * Source  Binance, How to calculate liquidation price of USDⓈ-M futures contracts; QUANT 6 with one tier and cum = 0
 */
export function isolatedLiquidationPrice(entry: number, leverage: number, mmr: number, side: 1 | -1): number {
  return (entry * (1 - side / leverage)) / (1 - side * mmr);
}
