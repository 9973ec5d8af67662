/** The price at which an order that takes liquidity fills: half the spread and the mean impact of its size. */
import { type Money, money, moneyText } from '../model/money.ts';
import { bookWalk } from '../risk/book-walk.ts';
import { meanImpact } from '../risk/impact.ts';
import { valueAt } from './position.ts';
import type { Venue } from './venue.ts';
import type { AccountState, PositionState } from './venue-state.ts';

export type Taking = {
  readonly symbol: number;
  readonly contract: PositionState['contract'];
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
 *   half spread x its multiple + 1 % x notional / depth / 2                                    where the depth is known
 *   half spread x its multiple + coefficient * sigma * (qty / daily volume) ^ exponent / (1 + exponent)           else
 *
 * The last factor makes the mean over the order out of the impact at its end. A market without known volume has no impact. The
 * notional is that at the last price; of an inverse contract it is the quantity.
 */
export function slippageOf({ world, state, prices }: Venue, { symbol, contract, qty }: Taking): number {
  const { halfSpreadBps, impactCoefficient, impactExponent } = world.config.slippage;
  const { sigmaDaily, volumeDaily, spread, depth } = world.liquidityAt(symbol, state.time);
  const halfSpread = halfSpreadOf(halfSpreadBps, spread);
  if (depth > 0) {
    const notional = contract === 'linear' ? qty * prices.last[symbol]! : qty;
    return bookWalk({ notional, halfSpread, depth }).mean;
  }
  if (volumeDaily <= 0) return halfSpread;
  const law = { coefficient: impactCoefficient, exponent: impactExponent, sigmaDaily, qty, volumeDaily };
  return halfSpread + meanImpact(law);
}

/** Half the spread of the moment, a fraction of the price. */
function halfSpreadOf(usualBps: number, multiple: number): number {
  return (usualBps / 10_000) * multiple;
}

/** What an order is expected to cost before it is sent, both fractions of its price: the parts of its slippage. */
export function expectedCosts(
  venue: Venue,
  taking: Taking,
): { readonly halfSpread: number; readonly impact: number } {
  const { world, state } = venue;
  const { spread } = world.liquidityAt(taking.symbol, state.time);
  const halfSpread = halfSpreadOf(world.config.slippage.halfSpreadBps, spread);
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
