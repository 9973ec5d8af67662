/** Where a margin scope of an account is liquidated while one symbol moves and all others stand still. */
import { bracketOf } from './brackets.ts';
import { type LiquidationPrices, liquidationPrices } from './liquidation-price.ts';
import { ASSET, INVERSE, LINEAR, type MarginView } from './read-margin.ts';

/** An asset that counts as margin asks for nothing. */
const noMaintenance = {
  floor: Float64Array.of(0),
  cap: Float64Array.of(Number.POSITIVE_INFINITY),
  rate: Float64Array.of(0),
  amount: Float64Array.of(0),
  maxLeverage: Float64Array.of(1),
};

/**
 * The marks of a symbol below and above which the equity of a scope is less than its maintenance.
 *
 * @param marks  by symbol; that of `symbol` itself does not count
 */
export function scopeLiquidation(
  view: MarginView,
  scope: number,
  symbol: number,
  marks: Float64Array,
): LiquidationPrices {
  let base = view.base[scope]!;
  const legs = [];
  for (let at = view.from[scope]!; at < view.from[scope + 1]!; at += 1) {
    const own = view.symbol[at]!;
    if (own === symbol) legs.push({ ...termsOf(view, at), feeRate: 0 });
    else base += legMargin(view, at, marks[own]!);
  }
  return liquidationPrices(base, legs);
}

function termsOf(view: MarginView, at: number) {
  const kind = view.kind[at]!;
  const contract = kind === INVERSE ? ('inverse' as const) : ('linear' as const);
  const entry = kind === ASSET ? 0 : view.entry[at]!;
  return { contract, qty: view.qty[at]!, entry, table: view.table[at] ?? noMaintenance };
}

/** What a leg adds to equity less maintenance at a price, in the settlement asset of its scope. Part of the hot loop. */
export function legMargin(view: MarginView, at: number, price: number): number {
  const qty = view.qty[at]!;
  const kind = view.kind[at]!;
  const table = view.table[at] ?? null;
  if (kind === ASSET || table === null) return qty * price;
  const gain = kind === LINEAR ? qty * (price - view.entry[at]!) : qty / view.entry[at]! - qty / price;
  const notional = Math.abs(kind === LINEAR ? qty * price : qty / price);
  const index = bracketOf(table, notional);
  return gain - (notional * table.rate[index]! - table.amount[index]!);
}
