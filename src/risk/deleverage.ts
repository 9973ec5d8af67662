/** How much of a book is to be closed until its margin level is back at a target. */
import type { Contract } from '../model/book.ts';
import { type BracketTable, maintenanceMargin } from './brackets.ts';

export type CutLeg = {
  readonly contract: Contract;
  /** > 0; base for linear, quote notional for inverse. */
  readonly qty: number;
  /** Mark, quote per base, > 0. */
  readonly mark: number;
  readonly table: BracketTable;
  /** Fee, spread and impact of closing it, a fraction of notional, >= 0. */
  readonly cost: number;
};

export type CutGoal = {
  /** Of the margin scope, in its settlement asset, signed. */
  readonly equity: number;
  /** Equity / maintenance to reach, inclusive, >= 1. */
  readonly target: number;
  /** The same share of every leg, or the first leg whole before the next is touched. */
  readonly from: 'all-alike' | 'first-to-last';
};

/** Steps of a bisection: a double has no more bits. */
const HALVINGS = 60;

/**
 * The share of each leg to close, the smallest for which
 *
 *   equity - sum share * notional * cost  >=  target * sum maintenance((1 - share) * notional)
 *
 * Closing turns an unrealised result into a realised one, so that equity loses the cost alone; the maintenance of what is
 * left is read from its own bracket. The left side less the right is concave in a share, so that from where it is reached
 * with all closed there is one crossing, found by bisection to the last bits. Where even closing all does not reach the
 * target, all is closed.
 *
 * @param legs  of one margin scope, in the order in which they are to be closed
 * @returns     one share a leg, each in [0, 1]; an empty list for none
 * Source       S3 29.5.1 automatic deleveraging; RULES 3.3
 */
export function sharesToClose(legs: readonly CutLeg[], goal: CutGoal): readonly number[] {
  const shares = legs.map(() => 0);
  if (isReached(legs, goal, shares)) return shares;
  if (goal.from === 'all-alike') {
    const share = smallest((one) => isReached(legs, goal, shares.fill(one)));
    return shares.fill(share);
  }
  for (let i = 0; i < legs.length; i += 1) {
    shares[i] = smallest((one) => isReached(legs, goal, shares.with(i, one)));
    if (isReached(legs, goal, shares)) break;
  }
  return shares;
}

/** The smallest share at which a condition holds that holds from there on; 1 where it does not hold at 1. */
function smallest(holds: (share: number) => boolean): number {
  if (!holds(1)) return 1;
  let low = 0;
  let high = 1;
  for (let i = 0; i < HALVINGS && high - low > Number.EPSILON * high; i += 1) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}

function isReached(legs: readonly CutLeg[], { equity, target }: CutGoal, shares: readonly number[]): boolean {
  let left = equity;
  let kept = 0;
  for (const [i, { contract, qty, mark, table, cost }] of legs.entries()) {
    const share = shares[i] ?? 0;
    const notional = contract === 'linear' ? qty * mark : qty / mark;
    left -= share * notional * cost;
    kept += maintenanceMargin(table, (1 - share) * notional);
  }
  return left >= target * kept;
}
