/**
 * What a liquidation sells of a scope, by profile, and how it is booked.
 *
 *   full             cancels the orders of the scope and closes it at mark less impact
 *   tier-step-down   cuts the largest position to the cap of a lower bracket; whoever looks again finds the next step
 *   two-tiers        OKX: "at tier 3 or above" so many contracts go that the position falls by two tiers, and again until the
 *                    margin is enough; tiers 1 and 2 go whole
 *   staged           Hyperliquid: of a position above 100,000 USDC 20 % goes first, then there is a cooldown of 30 s, then all of it;
 *                    below 2/3 of maintenance the liquidator vault takes positions and margin over
 *
 * Of the cooldown Hyperliquid's own announcement says that orders within it are for the whole position, its wiki that the whole
 * position goes if it is still liquidatable after it. Here the rest waits, as the wiki has it.
 *
 * Source  OKX help, Forced partial or full liquidation; Hyperliquid docs, Liquidations, and its wiki; QUANT 6, PEERS 3.9
 */
import { type Money, money, moneyText, roundToZero } from '../model/money.ts';
import { bracketOf } from '../risk/brackets.ts';
import { type Booked, bookClose, bookLiquidationFee, ledgerOf } from './booking.ts';
import { takerPrice } from './fill-price.ts';
import { QTY_SCALE, unrealised, valueAt } from './position.ts';
import { type Closing, sparedOf } from './share-shortfall.ts';
import type { Venue } from './venue.ts';
import type { LiquidationTerms } from './venue-spec.ts';
import type { AccountState, PositionState } from './venue-state.ts';
import { bracketsOf, feesOf } from './venue-world.ts';

export type Part = { readonly position: PositionState; readonly qty: Money };

/** All of it. What gains pays for what loses, so it is closed first. */
export function whole({ prices }: Venue, positions: readonly PositionState[]): Part[] {
  const gain = (position: PositionState) => unrealised(position, prices.mark[position.symbol]!);
  return positions
    .toSorted((a, b) => gain(b).comparedTo(gain(a)))
    .map((position) => ({ position, qty: money(position.qty) }));
}

/** Of the position with the largest notional what lies above a lower bracket; all of it where there is none. */
export function stepDown(
  venue: Venue,
  account: AccountState,
  positions: readonly PositionState[],
  tiers: number,
): Part[] {
  const { world, state, prices } = venue;
  const notional = (one: PositionState) =>
    valueAt(one.contract, money(one.qty), money(prices.mark[one.symbol]!));
  const [largest] = positions.toSorted((a, b) => notional(b).comparedTo(notional(a)));
  if (largest === undefined) return [];
  const table = bracketsOf(world, state, account, largest);
  const target = bracketOf(table, notional(largest).toNumber()) - tiers;
  const held = money(largest.qty);
  if (target < 0) return [{ position: largest, qty: held }];
  const cap = money(table.cap[target]!);
  const mark = money(prices.mark[largest.symbol]!);
  const kept = roundToZero(largest.contract === 'linear' ? cap.div(mark) : cap.times(mark), QTY_SCALE);
  return [{ position: largest, qty: held.minus(kept) }];
}

/** Of every position above the size a share, the others whole. The size is in quote, also of inverse contracts. */
export function firstStage(
  venue: Venue,
  positions: readonly PositionState[],
  { stageNotional, stageShare }: Pick<LiquidationTerms, 'stageNotional' | 'stageShare'>,
): Part[] {
  return whole(venue, positions).map(({ position, qty }) => {
    const mark = money(venue.prices.mark[position.symbol]!);
    const quote = position.contract === 'linear' ? qty.times(mark) : qty;
    const share = roundToZero(qty.times(money(stageShare)), QTY_SCALE);
    return { position, qty: quote.greaterThan(stageNotional) && !share.isZero() ? share : qty };
  });
}

/** Closes parts of a scope at their marks less impact, and takes the fees when all results are booked. */
export function sellParts(venue: Venue, account: AccountState, parts: readonly Part[]): void {
  const { world, state, prices } = venue;
  const feeRate = money(feesOf(world, state, account.venue).liquidation);
  const closings = parts.map(({ position, qty }) => {
    const { symbol, contract } = position;
    const side = position.side > 0 ? -1 : 1;
    const taking = { symbol, contract, side, qty: qty.toNumber() } as const;
    return { position, qty, price: takerPrice(venue, taking, prices.mark[symbol]!) };
  });
  for (const one of closeEach(venue, account, closings)) {
    const due = valueAt(one.position.contract, one.qty, money(one.asked)).times(feeRate);
    takeFee(venue, account, one, due);
  }
}

/**
 * The backstop: positions change hands at the mark, and what is left of the margin goes with them. It is booked as the fee of
 * the last of them, so that nothing is missing from the ledger.
 */
export function takeOver(venue: Venue, account: AccountState, positions: readonly PositionState[]): void {
  const closings = whole(venue, positions).map((part) => {
    return { ...part, price: venue.prices.mark[part.position.symbol]! };
  });
  const closed = closeEach(venue, account, closings);
  for (const [index, one] of closed.entries()) {
    takeFee(venue, account, one, index === closed.length - 1 ? 'all' : money(0));
  }
}

type Closed = Part & {
  readonly mark: number;
  /** The price of the sale, before what the account is spared. */
  readonly asked: number;
  readonly booked: Booked;
};

function closeEach(venue: Venue, account: AccountState, closings: readonly Closing[]): Closed[] {
  const spared = sparedOf(venue, account, closings);
  return closings.map(({ position, qty, price }, i) => {
    const booked = bookClose(venue, account, position, {
      qty,
      price,
      feeRate: 0,
      cause: 'liquidation',
      trade: null,
      spared: spared[i] ?? null,
    });
    return { position, qty, mark: venue.prices.mark[position.symbol]!, asked: price, booked };
  });
}

function takeFee(
  venue: Venue,
  account: AccountState,
  { position, qty, mark, booked }: Closed,
  due: Money | 'all',
): void {
  const { state } = venue;
  const fee = bookLiquidationFee(venue, account, position, { due, record: booked.record });
  state.liquidations.push({
    time: state.time,
    account: account.id,
    symbol: position.symbol,
    qty: moneyText(qty.times(-position.side)),
    mark,
    price: booked.price,
    asset: ledgerOf(venue, account, position).asset,
    fee: moneyText(fee),
    shortfall: moneyText(booked.shortfall),
  });
}
