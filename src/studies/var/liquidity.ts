/**
 * What leaving the whole book at once would cost: half the spread, the venue's impact model, the taker fee.
 *
 * Files of inverse markets count their volume in coins, dollars or contracts, and do not say which: their impact is not told, as it
 * would be wrong by the root of the price.
 */
import { isDollar } from '../../model/money.ts';
import { expectedCosts } from '../../venue/fill-price.ts';
import type { Venue } from '../../venue/venue.ts';
import { feesOf } from '../../venue/venue-world.ts';
import type { VarResult } from '../var-result.ts';
import { amountText } from './amounts.ts';

type Cost = {
  readonly symbol: string;
  readonly halfSpread: number;
  /** null where the volume is not known, or its unit. */
  readonly impact: number | null;
  readonly fee: number;
};

export type ExitCost = { readonly total: number; readonly told: VarResult['liquidity'] };

/** Positions and spot; coins that are mere collateral stay. In the currency of the book. */
export function exitCost(venue: Venue, currency: string): ExitCost {
  const { state, world } = venue;
  const costs = state.accounts.flatMap((account) => {
    const { taker } = feesOf(world, state, account.venue);
    const spots = account.holdings
      .filter(({ spot, symbol }) => spot && symbol >= 0)
      .map(({ symbol, qty }) => ({
        symbol,
        qty: Number(qty),
        side: 1 as const,
        contract: 'linear' as const,
      }));
    return [...account.positions, ...spots].map(({ symbol, qty, side, contract }): Cost => {
      const size = Math.abs(Number(qty));
      const taking = { symbol, contract, side: side > 0 ? (-1 as const) : (1 as const), qty: size };
      const { halfSpread, impact } = expectedCosts(venue, taking);
      const price = venue.prices.last[symbol]!;
      const inDollars = contract === 'linear' ? size * price : size;
      const worth = contract === 'inverse' && !isDollar(currency) ? size / price : inDollars;
      const isKnown = contract === 'linear' && world.liquidityAt(symbol, state.time).volumeDaily > 0;
      return {
        symbol: world.symbols[symbol] ?? '',
        halfSpread: worth * halfSpread,
        impact: isKnown ? worth * impact : null,
        fee: worth * taker,
      };
    });
  });
  const total = costs.reduce((sum, one) => sum + one.halfSpread + (one.impact ?? 0) + one.fee, 0);
  const text = (amount: number) => amountText(amount, currency);
  return {
    total,
    told: {
      exitCost: text(total),
      positions: costs
        .map((one) => ({
          symbol: one.symbol,
          halfSpread: text(one.halfSpread),
          impact: one.impact === null ? null : text(one.impact),
          fee: text(one.fee),
        }))
        .sort((a, b) => (a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : 0)),
      reason: costs.every(({ impact }) => impact !== null)
        ? null
        : 'no volume, or not its unit, is known of some symbols: leaving them moves no price here',
    },
  };
}
