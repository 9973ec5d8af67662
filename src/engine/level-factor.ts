/**
 * What the levels of an account are multiplied by: tables of the profile that may only tighten (S3 29.3.1; RULES 3.5). An
 * entry counts from above its bound; of several the last does, so that they stand in ascending order.
 */
import { compareShare } from '../risk/compare.ts';
import type { Bounds } from './bounds.ts';
import type { AccountLevelsConfig } from './guards/account-levels-config.ts';
import { compareDrawdown } from './measures.ts';
import type { View } from './view.ts';

type Dynamic = AccountLevelsConfig['dynamic'];

/** The product of the tables, in [1, 2]. */
export function levelFactor(
  view: View,
  { accountSize, strategyRisk, market, history }: Dynamic,
  mode: string,
): number {
  const strategy = strategyRisk.find((one) => one.mode === mode)?.multiplier ?? 1;
  const factor =
    strategy * sizeFactor(view, accountSize) * historyFactor(view, history) * marketFactor(view, market);
  return Math.min(2, Math.max(1, factor));
}

/** Watches what would change the factor: a level that stands still is crossed as well when its bound moves. */
export function watchFactor(view: View, { accountSize, market, history }: Dynamic, bounds: Bounds): void {
  const { day } = view.bases;
  if (tightens(accountSize) && day > 0) {
    for (const { above } of accountSize) {
      // Of the day's equity, which is what bounds on the equity of all accounts are stated in.
      const fraction = 1 - above / day;
      if (isLarger(view, above)) bounds.dayLossAbove(fraction);
      else bounds.dayLossBelow(fraction);
    }
  }
  if (tightens(history)) {
    for (const { drawdownAbove } of history) {
      if (hasFallen(view, drawdownAbove)) bounds.drawdownBelow(drawdownAbove);
      else bounds.drawdownAbove(drawdownAbove);
    }
  }
  if (tightens(market)) for (const symbol of heldSymbols(view)) bounds.everyBar(symbol);
}

function tightens(table: readonly { readonly multiplier: number }[]): boolean {
  return table.some(({ multiplier }) => multiplier !== 1);
}

// Tables of ones are the usual ones, and not looked at.

function sizeFactor(view: View, table: Dynamic['accountSize']): number {
  if (!tightens(table)) return 1;
  return table.findLast(({ above }) => isLarger(view, above))?.multiplier ?? 1;
}

function historyFactor(view: View, table: Dynamic['history']): number {
  if (!tightens(table)) return 1;
  return table.findLast(({ drawdownAbove }) => hasFallen(view, drawdownAbove))?.multiplier ?? 1;
}

function isLarger({ total }: View, above: number): boolean {
  return Number.isFinite(total) && compareShare(total, 1, above) > 0;
}

function hasFallen(view: View, fraction: number): boolean {
  return Number.isFinite(view.total) && compareDrawdown(view, fraction) > 0;
}

/** The largest of the symbols that are held: the worst regime counts. */
function marketFactor(view: View, market: Dynamic['market']): number {
  // A regime is a look at 90 days: it is asked for only where it can change something.
  if (!tightens(market)) return 1;
  return heldSymbols(view).reduce((most, symbol) => {
    const { regime } = view.market.at(symbol, view.time);
    return Math.max(most, market.find((one) => one.regime === regime)?.multiplier ?? 1);
  }, 1);
}

function heldSymbols({ positions }: View): readonly number[] {
  return [...new Set(positions.map(({ symbol }) => symbol))];
}
