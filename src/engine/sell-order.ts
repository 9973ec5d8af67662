/** In which order positions are sold, how much of each, and what selling them is worth to their scope (S3 29.5). */
import { money } from '../model/money.ts';
import { maintenanceMargin } from '../risk/brackets.ts';
import type { CutLeg } from '../risk/deleverage.ts';
import type { Finding } from './decision.ts';
import { ceilQty } from './exposure.ts';
import type { Say } from './guard.ts';
import { liquidationPrice, notional } from './measures.ts';
import type { PositionView, View } from './view.ts';

export type SellOrder =
  | 'proportional'
  | 'by-risk'
  | 'by-age'
  | 'by-liquidity'
  | 'risk'
  | 'size'
  | 'market'
  | 'age';

/** The positions, the first to be sold first; `proportional` leaves them as they stand. */
export function inOrder(view: View, positions: readonly PositionView[], order: SellOrder): PositionView[] {
  const by = (...of: ((one: PositionView) => number)[]) =>
    positions.toSorted((a, b) => of.reduce((rank, measure) => rank || measure(a) - measure(b), 0));
  switch (order) {
    case 'by-risk':
    case 'risk':
      return by(
        (one) => liquidationDistance(view, one),
        (one) => -maintenance(view, one),
      );
    case 'by-age':
    case 'age':
      return by(({ openedAt }) => openedAt);
    case 'by-liquidity':
    case 'market':
      // The share of a day's volume that it takes: the least moves the market least.
      return by(({ qty, volumeDaily }) => (volumeDaily > 0 ? qty / volumeDaily : Number.MAX_VALUE));
    case 'size':
      return by((one) => -notional(view, one));
    case 'proportional':
      return [...positions];
  }
}

/** |mark - liquidation price| / mark; a position that no price liquidates is the farthest. */
function liquidationDistance(view: View, position: PositionView): number {
  const price = liquidationPrice(view, position);
  const mark = view.mark[position.symbol]!;
  return price === null ? Number.MAX_VALUE : Math.abs(mark - price) / mark;
}

function maintenance(view: View, position: PositionView): number {
  const table = tableOf(view, position);
  return table === null ? 0 : maintenanceMargin(table, notional(view, position));
}

/** A position as what is to be cut sees it, in the settlement asset of its scope; null where it has no maintenance. */
export function cutLeg(view: View, position: PositionView): CutLeg | null {
  const { symbol, contract, qty, exitCost } = position;
  const table = tableOf(view, position);
  if (table === null) return null;
  const cost = Number.isFinite(exitCost) ? exitCost : 0;
  return { contract, qty, mark: view.mark[symbol]!, table, cost };
}

function tableOf({ margin }: View, { scope, symbol }: PositionView): CutLeg['table'] | null {
  for (let leg = margin.from[scope]!; leg < margin.from[scope + 1]!; leg += 1) {
    const table = margin.table[leg] ?? null;
    if (table !== null && margin.symbol[leg] === symbol) return table;
  }
  return null;
}

/** A share of what a position holds, rounded up to 12 places: never less than is needed, never more than is held. */
export function shareOfQty({ qty }: Pick<PositionView, 'qty'>, share: number): number {
  return Math.min(qty, ceilQty(money(qty).times(share).toNumber()));
}

/** Asks for a quantity to be closed; all of a position is a close. */
export function sell(say: Say, position: PositionView, qty: number, finding: Finding): void {
  if (qty >= position.qty) say.close(position, finding);
  else if (qty > 0) say.reduce(position, qty, finding);
}
