import type { Contract } from '../model/book.ts';
import { type BracketTable, bracketOf } from './brackets.ts';

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

/** One position of a margin scope, all in one symbol. */
export type MarginLeg = {
  readonly contract: Contract;
  /** Signed; base for linear, quote notional for inverse. */
  readonly qty: number;
  /** Quote per base, > 0. */
  readonly entry: number;
  readonly table: BracketTable;
  /** Added to every rate of the table, as OKX and Gate do with the taker fee; 0 at Binance. A fraction. */
  readonly feeRate: number;
};

export type LiquidationPoint = {
  /** Quote per base, > 0. */
  readonly price: number;
  /** The bracket of each leg at that price. */
  readonly brackets: readonly number[];
};

export type LiquidationPrices = {
  /** Below it the scope is liquidated; null where no fall does it. */
  readonly lower: LiquidationPoint | null;
  /** Above it the scope is liquidated; null where no rise does it. */
  readonly upper: LiquidationPoint | null;
};

/**
 * The prices at which a scope's equity equals its maintenance margin:
 *
 *   linear   base + sum qty * (P - entry)         = sum |qty| * P * (rate + fee) - amount
 *   inverse  base + sum qty * (1 / entry - 1 / P) = sum |qty| / P * (rate + fee) - amount
 *
 * Both are straight lines in x = P or x = 1 / P between the values at which a leg changes its bracket, and concave over
 * all: so every stretch is solved by itself, a root counts where it lies in its own stretch, and there is at most one on
 * either side. A long has a lower one, a short an upper one, a hedge may have both.
 *
 * @param base  margin of the scope without these legs, in the settlement asset: wallet less the maintenance of other
 *              symbols plus their unrealised PnL
 * @param legs  at least one, all linear or all inverse, all of one symbol
 * Source  Binance, How to calculate the liquidation price of USDⓈ-M futures contracts; QUANT 6
 */
export function liquidationPrices(base: number, legs: readonly MarginLeg[]): LiquidationPrices {
  const inverse = legs[0]?.contract === 'inverse';
  const cuts = cutsOf(legs);
  let rising: number | null = null;
  let falling: number | null = null;
  for (let stretch = 0; stretch < cuts.length; stretch += 1) {
    const from = cuts[stretch]!;
    const to = cuts[stretch + 1] ?? Number.POSITIVE_INFINITY;
    const inside = to === Number.POSITIVE_INFINITY ? from * 2 + 1 : (from + to) / 2;
    const { offset, slope } = lineAt(base, legs, inside);
    const root = -offset / slope;
    // Rounding may push a root on a border out of both of its stretches; the line is continuous there.
    if (!(root > 0 && root >= from * (1 - BORDER) && root <= to * (1 + BORDER))) continue;
    if (slope > 0) rising = root;
    else falling ??= root;
  }
  const low = pointAt(rising, legs, inverse);
  const high = pointAt(falling, legs, inverse);
  return inverse ? { lower: high, upper: low } : { lower: low, upper: high };
}

const BORDER = 1e-13;

/** The values of x at which some leg changes its bracket, ascending, from 0. */
function cutsOf(legs: readonly MarginLeg[]): readonly number[] {
  const [only] = legs;
  if (legs.length === 1 && only !== undefined) return ownCuts(only);
  const caps = legs.flatMap(({ qty, table }) =>
    [...table.cap.subarray(0, -1)].map((cap) => cap / Math.abs(qty)),
  );
  return [...new Set([0, ...caps])].sort((a, b) => a - b);
}

/** Of a single leg: its brackets already ascend. */
function ownCuts({ qty, table: { cap } }: MarginLeg): number[] {
  const size = Math.abs(qty);
  const cuts = [0];
  for (let i = 0; i < cap.length - 1; i += 1) cuts.push(cap[i]! / size);
  return cuts;
}

/** Equity less maintenance as offset + slope * x, by the brackets that hold at x. */
function lineAt(
  base: number,
  legs: readonly MarginLeg[],
  x: number,
): { readonly offset: number; readonly slope: number } {
  let offset = base;
  let slope = 0;
  for (const { contract, qty, entry, table, feeRate } of legs) {
    const size = Math.abs(qty);
    const index = bracketOf(table, size * x);
    slope += (contract === 'linear' ? qty : -qty) - size * (table.rate[index]! + feeRate);
    offset += (contract === 'linear' ? -qty * entry : qty / entry) + table.amount[index]!;
  }
  return { offset, slope };
}

function pointAt(x: number | null, legs: readonly MarginLeg[], inverse: boolean): LiquidationPoint | null {
  if (x === null) return null;
  const brackets = legs.map(({ qty, table }) => bracketOf(table, Math.abs(qty) * x));
  return { price: inverse ? 1 / x : x, brackets };
}

/**
 * The price at which a position has lost its margin: entry - side * margin / qty for linear, and for inverse
 * qty / (qty / entry + margin) where side * qty is signed. Null where no price does it.
 *
 * @param margin  what the position can lose, in its settlement asset, >= 0
 */
export function bankruptcyPrice(
  { contract, qty, entry }: Pick<MarginLeg, 'contract' | 'qty' | 'entry'>,
  margin: number,
): number | null {
  const price = contract === 'linear' ? entry - margin / qty : qty / (qty / entry + margin);
  return price > 0 && Number.isFinite(price) ? price : null;
}
