/** What a scenario did to a book, in one word (RULES 4.1). */
import { money } from '../../model/money.ts';
import type { RunResult } from '../../replay/run-result.ts';
import type { Verdict } from '../stress-result.ts';
import { isInsolvent } from './insolvency.ts';

type Judged = Pick<RunResult, 'startEquity' | 'endEquity' | 'shortfall' | 'liquidations'>;

/** Protection may cost so much of the equity at the start before it is said to have done harm. */
const TOLERATED = '0.001';

/** The first that applies. */
export function verdictOf({
  unprotected,
  protected: guarded,
}: {
  unprotected: Judged;
  protected: Judged;
}): Verdict {
  const isBroken = ({ liquidations, shortfall }: Judged) =>
    liquidations.length > 0 || !money(shortfall).isZero();
  const bare = money(unprotected.endEquity);
  const end = money(guarded.endEquity);
  const lost = bare.minus(end);
  // Of a book that has less than nothing no part is tolerable, and no part is owed.
  const start = money(unprotected.startEquity);
  const isWorse = lost.greaterThan(start.isNegative() ? 0 : start.times(TOLERATED));
  if ((!isBroken(unprotected) && isBroken(guarded)) || isWorse) return 'harmed-by-protection';
  if (isInsolvent(guarded)) return 'insolvent';
  if (guarded.liquidations.length > 0) return 'liquidated';
  return unprotected.liquidations.length > 0 ? 'saved-by-protection' : 'survives';
}
