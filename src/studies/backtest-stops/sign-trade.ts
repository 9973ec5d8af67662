/** From a trade of a journal to trade space: the unit of its stop, its costs, its liquidation price. */
import type { Trade } from '../../market/journal.ts';
import type { SkipReason } from '../../market/trade-path.ts';
import { isolatedLiquidationPrice } from '../../risk/liquidation-price.ts';
import { adaptiveStopFraction, type Regime } from '../../risk/stop.ts';
import type { BacktestStopsTree } from './inputs.ts';
import type { Selection } from './select-trades.ts';
import { type SignedTrade, slipped } from './signed-trade.ts';

/**
 * The price distance of one multiple of the stop at entry, or why there is none.
 *
 * @param atr  known at the entry, NaN where there is none
 */
export function unitOf(
  tree: BacktestStopsTree,
  { atr, trade, regime }: { readonly atr: number; readonly trade: Trade; readonly regime: Regime | null },
): number | SkipReason {
  switch (tree.guards.stops.type) {
    case 'percent':
      return 0.01 * trade.entryPrice;
    case 'adaptive': {
      const confidence = trade.confidence ?? tree.studies['backtest-stops'].confidence;
      return confidence === null
        ? 'no-confidence'
        : adaptiveStopFraction(confidence, regime, tree.guards.stops.adaptive) * trade.entryPrice;
    }
    default:
      if (Number.isNaN(atr)) return 'no-atr';
      return atr === 0 ? 'atr-zero' : atr;
  }
}

/** A trade in trade space. Slippage makes the prices that we model worse; a journal's own happened (RULES 2.8). */
export function signTrade(
  { tree, selection }: { readonly tree: BacktestStopsTree; readonly selection: Selection },
  trade: Trade,
  unit: number,
): SignedTrade {
  const config = tree.studies['backtest-stops'];
  const side = trade.direction === 'long' ? 1 : -1;
  const slippage = config.slippageBps / 10_000;
  const fee = config.feeBps / 10_000;
  const paid = selection.modelled.entry ? trade.entryPrice * (1 + side * slippage) : trade.entryPrice;
  const exit = side * trade.exitPrice;
  const leverage = config.leverage ?? trade.leverage ?? null;
  return {
    side,
    entry: side * paid,
    exit,
    exitFill: selection.modelled.exit ? slipped({ side, slippage }, exit) : exit,
    unit,
    censored: ['stop', 'trailing-stop', 'liquidation'].includes(trade.exitKind),
    feeEntry: trade.feeEntry ?? fee,
    feeExit: trade.feeExit ?? fee,
    slippage,
    liquidation: leverage === null ? null : side * isolatedLiquidationPrice(paid, leverage, config.mmr, side),
    leverage: leverage ?? 1,
    target: config.takeProfit === null ? null : side * paid + config.takeProfit * unit,
  };
}
