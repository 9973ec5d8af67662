/** One isolated position that funding works on, held at its size or at its leverage. Amounts in its settlement asset. */
import { addToSum, createRunningSum, type RunningSum, sumSoFar } from '../../math/running-sum.ts';
import type { Contract } from '../../model/book.ts';
import type { BracketTable } from '../brackets.ts';
import { liquidationPrices } from '../liquidation-price.ts';
import { unrealisedPnl } from '../pnl.ts';

export type FundedPosition = {
  readonly contract: Contract;
  readonly side: 1 | -1;
  /** In quote when opened, > 0; for inverse the quantity. */
  readonly notional: number;
  /** Quote per base, > 0. */
  readonly entry: number;
  /** Notional / margin when opened, >= 1. */
  readonly leverage: number;
  readonly table: BracketTable;
  /** At constant leverage it is realised and traded back to notional = leverage x equity after every settlement. */
  readonly sizing: 'constant-size' | 'constant-leverage';
  /** Fee and slippage of such a trade, a fraction of its notional, >= 0 and below 1 / leverage. */
  readonly tradeCost: number;
};

/** The position as it is now; changed in place. */
export type HeldPosition = {
  readonly terms: FundedPosition;
  /** Margin when opened. */
  readonly margin: number;
  /** Signed; base for linear, quote notional for inverse. */
  qty: number;
  /** Of the last trade. */
  entry: number;
  /** Since it was opened: by trades that hold the leverage, before their cost; by funding; the cost, >= 0. */
  readonly realised: RunningSum;
  readonly funding: RunningSum;
  readonly cost: RunningSum;
};

/** @throws RangeError where a term lies outside its range */
export function openFunded(terms: FundedPosition): HeldPosition {
  checkTerms(terms);
  const { contract, side, notional, entry, leverage } = terms;
  const linear = contract === 'linear';
  return {
    terms,
    margin: (linear ? notional : notional / entry) / leverage,
    qty: side * (linear ? notional / entry : notional),
    entry,
    realised: createRunningSum(),
    funding: createRunningSum(),
    cost: createRunningSum(),
  };
}

/** Notional at a mark, > 0. */
export function notionalAt({ terms, qty }: HeldPosition, mark: number): number {
  return Math.abs(terms.contract === 'linear' ? qty * mark : qty / mark);
}

/** What the mark has brought since it was opened, before costs. */
export function markPnlAt({ terms, qty, entry, realised }: HeldPosition, mark: number): number {
  return sumSoFar(realised) + unrealisedPnl({ contract: terms.contract, qty, entry }, mark);
}

/** Margin + mark P&L + funding - cost. */
export function equityAt(held: HeldPosition, mark: number): number {
  return held.margin + markPnlAt(held, mark) + sumSoFar(held.funding) - sumSoFar(held.cost);
}

/** null where no price liquidates. */
export function liquidationPriceNow(held: HeldPosition): number | null {
  const { terms, qty, entry } = held;
  const { contract, side, table } = terms;
  const wallet = held.margin + sumSoFar(held.realised) + sumSoFar(held.funding) - sumSoFar(held.cost);
  const { lower, upper } = liquidationPrices(wallet, [{ contract, qty, entry, table, feeRate: 0 }]);
  return (side > 0 ? lower : upper)?.price ?? null;
}

/**
 * Trades to leverage x equity at a mark. The trade is paid from the equity that it aims at: with V the notional now, c the cost
 * and L the leverage, E' = (E - c V) / (1 - c L) where it sells, (E + c V) / (1 + c L) where it buys.
 */
export function holdLeverage(held: HeldPosition, mark: number): void {
  const { contract, side, leverage, tradeCost } = held.terms;
  const equity = equityAt(held, mark);
  const notional = notionalAt(held, mark);
  const direction = notional > leverage * equity ? -1 : 1;
  const after = (equity + direction * tradeCost * notional) / (1 + direction * tradeCost * leverage);
  addToSum(held.realised, unrealisedPnl({ contract, qty: held.qty, entry: held.entry }, mark));
  addToSum(held.cost, equity - after);
  held.entry = mark;
  held.qty = side * (contract === 'linear' ? (leverage * after) / mark : leverage * after * mark);
}

function checkTerms({ notional, entry, leverage, tradeCost }: FundedPosition): void {
  if (!(notional > 0 && Number.isFinite(notional)))
    throw new RangeError(`a notional must be finite and above 0, was ${notional}`);
  if (!(entry > 0 && Number.isFinite(entry)))
    throw new RangeError(`an entry must be finite and above 0, was ${entry}`);
  if (!(leverage >= 1 && Number.isFinite(leverage)))
    throw new RangeError(`a leverage must be finite and at least 1, was ${leverage}`);
  if (!(tradeCost >= 0 && tradeCost * leverage < 1))
    throw new RangeError(`a trade cost must lie in [0, 1 / leverage), was ${tradeCost} at ${leverage}x`);
}
