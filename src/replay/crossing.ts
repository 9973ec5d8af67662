/**
 * The first crossing on a leg: where, between two rows of prices that move in straight lines, a scope falls to its
 * maintenance margin, an order is reached, or an account falls to its daily limit.
 */
import { bracketOf } from '../risk/brackets.ts';
import { ASSET, LINEAR, type MarginView } from '../risk/read-margin.ts';
import { legMargin, scopeLiquidation } from '../risk/scope-liquidation.ts';

export type Leg = {
  /** Marks by symbol at the two ends. */
  readonly from: Float64Array;
  readonly to: Float64Array;
};

export type ScopeCrossing = {
  /** Share of the leg, in [0, 1]. */
  readonly share: number;
  /** Where one symbol decides, its mark there, exact; -1 and NaN where several move together. */
  readonly symbol: number;
  readonly price: number;
};

/**
 * Where a scope that is above its maintenance at the start of a leg, and at or below it at its end, reaches it.
 *
 * A scope whose legs are all of one symbol is solved in price, bracket by bracket. With several, equity less maintenance
 * is concave along the leg (maintenance is convex in notional), so Newton's steps from the end never pass the crossing.
 */
export function scopeCrossing(view: MarginView, scope: number, leg: Leg): ScopeCrossing {
  const symbol = onlySymbol(view, scope, leg);
  if (symbol >= 0) {
    const price = priceCrossing(view, scope, symbol, leg);
    const before = leg.from[symbol]!;
    const after = leg.to[symbol]!;
    const share = (price - before) / (after - before);
    return { share: Math.min(1, Math.max(0, share)), symbol, price };
  }
  return { share: shareCrossing(view, scope, leg), symbol: -1, price: Number.NaN };
}

/** The one symbol of a scope that moves on the leg; -1 where several do. */
function onlySymbol(view: MarginView, scope: number, { from, to }: Leg): number {
  let only = -1;
  for (let at = view.from[scope]!; at < view.from[scope + 1]!; at += 1) {
    const symbol = view.symbol[at]!;
    if (symbol === only || from[symbol] === to[symbol]) continue;
    if (only >= 0) return -1;
    only = symbol;
  }
  return only;
}

/** The liquidation price of a scope in one symbol, the others standing still. */
function priceCrossing(view: MarginView, scope: number, symbol: number, { from, to }: Leg): number {
  const { lower, upper } = scopeLiquidation(view, scope, symbol, from);
  const falls = to[symbol]! < from[symbol]!;
  const price = (falls ? lower : upper)?.price ?? to[symbol]!;
  // The crossing lies on the leg; a root beyond its end differs from it by rounding alone.
  return falls ? Math.max(price, to[symbol]!) : Math.min(price, to[symbol]!);
}

/** How fast the margin of a leg changes with the price, in the bracket that the price is in. */
function legSlope(view: MarginView, at: number, price: number): number {
  const qty = view.qty[at]!;
  const kind = view.kind[at]!;
  const table = view.table[at] ?? null;
  if (kind === ASSET || table === null) return qty;
  const notional = Math.abs(kind === LINEAR ? qty * price : qty / price);
  const rate = table.rate[bracketOf(table, notional)]!;
  if (kind === LINEAR) return qty - rate * Math.abs(qty);
  return (qty + rate * Math.abs(qty)) / (price * price);
}

/** Steps that Newton's method may take; each ends in another bracket of some leg, or at the crossing. */
const STEPS = 200;

function shareCrossing(view: MarginView, scope: number, leg: Leg): number {
  let low = 0;
  let high = 1;
  let share = 1;
  for (let step = 0; step < STEPS; step += 1) {
    let value = view.base[scope]!;
    let slope = 0;
    for (let at = view.from[scope]!; at < view.from[scope + 1]!; at += 1) {
      const symbol = view.symbol[at]!;
      const before = leg.from[symbol]!;
      const move = leg.to[symbol]! - before;
      const price = before + move * share;
      value += legMargin(view, at, price);
      slope += legSlope(view, at, price) * move;
    }
    if (value <= 0) high = share;
    else low = share;
    const next = slope < 0 ? share - value / slope : Number.NaN;
    const inside = next >= low && next <= high;
    const tried = inside ? next : (low + high) / 2;
    if (Math.abs(tried - share) <= 2 * Number.EPSILON * share) return tried;
    share = tried;
  }
  return high;
}
