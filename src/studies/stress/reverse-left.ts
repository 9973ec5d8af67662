/**
 * What one move leaves of a book once the venue has liquidated, which it does before the engine sees a price (RULES 2.2). An
 * isolated position loses its margin and no more, what shares one margin the equity of that (RULES 2.6); the rest of the book
 * keeps what it has. Until its margin is gone a scope counts at its marks, before the costs of a sale.
 */
import type { View } from '../../engine/view.ts';
import type { MarginView } from '../../risk/read-margin.ts';
import { readEquity } from '../../venue/account-equity.ts';
import type { Bend, HeldScope } from './reverse-outcome.ts';

/** The view with nothing owed: equity of scopes, accounts and the book; the same one where nothing is. */
export function leftOf(view: View): View {
  const { margin } = view;
  const gone = Array.from({ length: margin.scopes }, (_, scope) => scope).filter(
    (scope) => isCapped(margin, scope) && margin.equity[scope]! < 0,
  );
  if (gone.length === 0) return view;
  const base = margin.base.slice();
  const qty = margin.qty.slice();
  const own = margin.equity.slice();
  // Measures that are close to a bound read the columns again in decimals: what is gone has no cash and no legs there.
  for (const scope of gone) {
    base[scope] = 0;
    own[scope] = 0;
    qty.fill(0, margin.from[scope]!, margin.from[scope + 1]!);
  }
  const left = { ...margin, base, qty, equity: own };
  const equity = new Float64Array(view.equity.length);
  readEquity(left, view.mark, 0, equity);
  return { ...view, margin: left, equity, total: equity.reduce((sum, one) => sum + one, 0) };
}

/** Where the equity of the book and of its accounts bends: at the end of each margin. */
export function bendsOf(margin: MarginView, scopes: readonly HeldScope[]): Bend[] {
  return scopes
    .filter(({ scope }) => isCapped(margin, scope))
    .map(
      ({ scope }): Bend =>
        (view) =>
          view.margin.equity[scope]!,
    );
}

/** Of a venue that stands still nothing is liquidated, and cash without positions owes nobody. */
function isCapped({ active, initial }: MarginView, scope: number): boolean {
  return active[scope] === 1 && initial[scope]! > 0;
}
