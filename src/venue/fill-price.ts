/** The price at which an order that takes liquidity fills: half the spread and the mean impact of its size. */
import { type Money, money, moneyText } from '../model/money.ts';
import { meanImpact } from '../risk/impact.ts';
import { valueAt } from './position.ts';
import type { Venue } from './venue.ts';
import type { AccountState, PositionState } from './venue-state.ts';

export type Taking = {
  readonly symbol: number;
  /** +1 buys, -1 sells. */
  readonly side: 1 | -1;
  /** > 0, in the unit of the market's volume. */
  readonly qty: number;
};

/** A sale into an empty book still fetches something: no fill lies below this share of its reference. */
const LEAST = 0.01;

/**
 * The expected slippage of an order as a fraction of the price, >= 0:
 *
 *   half spread + coefficient * sigma * (qty / daily volume) ^ exponent / (1 + exponent)
 *
 * The last factor makes the mean over the order out of the impact at its end. A market without known volume has no impact.
 */
export function slippageOf({ world, state }: Venue, { symbol, qty }: Taking): number {
  const { halfSpreadBps, impactCoefficient, impactExponent } = world.config.slippage;
  const { sigmaDaily, volumeDaily } = world.liquidityAt(symbol, state.time);
  const half = halfSpreadBps / 10_000;
  if (volumeDaily <= 0) return half;
  const law = { coefficient: impactCoefficient, exponent: impactExponent, sigmaDaily, qty, volumeDaily };
  return half + meanImpact(law);
}

/** What an order is expected to cost before it is sent, both fractions of its price: the parts of its slippage. */
export function expectedCosts(
  venue: Venue,
  taking: Taking,
): { readonly halfSpread: number; readonly impact: number } {
  const halfSpread = venue.world.config.slippage.halfSpreadBps / 10_000;
  return { halfSpread, impact: slippageOf(venue, taking) - halfSpread };
}

/** The fill of an order that takes liquidity around a reference price, quote per base. */
export function takerPrice(venue: Venue, taking: Taking, reference: number): number {
  const slippage = slippageOf(venue, taking);
  return reference * (taking.side > 0 ? 1 + slippage : Math.max(LEAST, 1 - slippage));
}

/**
 * Records what a fill cost against the price that caused it: `expected` by the model at that price, `actual` with gaps
 * and delays. Both in the account's currency, + is a cost.
 */
export function recordSlippage(
  venue: Venue,
  account: AccountState,
  fill: Taking & {
    readonly contract: PositionState['contract'];
    readonly cause: number;
    readonly price: number;
  },
): void {
  const { contract, side, cause, price } = fill;
  const qty = money(fill.qty);
  const inCurrency = rateOf(venue, account, contract, fill.symbol);
  const worth = (at: number) => valueAt(contract, qty, money(at));
  // A buyer of an inverse contract pays less coin at a higher price: the cost has the other sign.
  const sign = contract === 'linear' ? side : -side;
  const actual = worth(price).minus(worth(cause)).times(sign).times(inCurrency);
  const expected = worth(cause)
    .times(money(slippageOf(venue, fill)))
    .times(inCurrency);
  const { slippage } = venue.state;
  slippage.actual = moneyText(money(slippage.actual).plus(actual.toDecimalPlaces(8)));
  slippage.expected = moneyText(money(slippage.expected).plus(expected.toDecimalPlaces(8)));
}

/** What one unit of a contract's settlement asset is worth in the account's currency now. */
function rateOf(
  { prices }: Venue,
  { wallets }: AccountState,
  contract: PositionState['contract'],
  symbol: number,
): Money {
  const coin = contract === 'inverse' && wallets.some((wallet) => wallet.symbol === symbol);
  return money(coin ? prices.mark[symbol]! : 1);
}
