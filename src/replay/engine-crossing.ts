/** Where on a leg a bound that guards watch is reached. */
import { priceReached, scopeReached, setTotals, totalReached } from '../engine/watch.ts';
import { readMargin } from '../risk/read-margin.ts';
import { readEquity } from '../venue/account-equity.ts';
import { distort, isCutOff } from './faults.ts';
import type { Protection } from './protection.ts';
import { type Run, sum } from './run-state.ts';

/** A double has no more bits to tell two shares apart. */
const HALVINGS = 60;

/**
 * The first share of the rest of a leg at which a bound is reached, by bisection: each measure that guards watch passes its
 * bound once on a leg (equity is a straight line, equity less a multiple of maintenance concave). Null where none is.
 */
export function engineCrossing(run: Run): number | null {
  const { protection } = run;
  if (protection === null || isCutOff(protection.state.faults)) return null;
  if (!isBeyond(run, protection, 1)) return null;
  if (isBeyond(run, protection, 0)) return 0;
  let low = 0;
  let high = 1;
  for (let i = 0; i < HALVINGS && high - low > Number.EPSILON * high; i += 1) {
    const middle = (low + high) / 2;
    if (isBeyond(run, protection, middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Whether a bound is passed at a share of the leg from the venue's prices to `run.target`, as the engine is shown them. */
export function isBeyond({ venue, target }: Run, protection: Protection, share: number): boolean {
  const { engine, scratch, scratchEquity, totals } = protection;
  const { leg } = engine.watch;
  const { prices, view } = venue;
  for (const series of ['last', 'mark'] as const) {
    for (let s = 0; s < scratch[series].length; s += 1) {
      const from = prices[series][s]!;
      const to = target[series][s]!;
      scratch[series][s] = share === 1 || from === to ? to : from + (to - from) * share;
    }
  }
  distort(scratch, protection.state.faults.factors);
  readMargin(view, scratch.mark, 0);
  readEquity(view, scratch.mark, 0, scratchEquity);
  if (totalReached(setTotals(totals, leg, sum(scratchEquity), engine.state.bases))) return true;
  if (leg.scopes && scopeReached(leg, view)) return true;
  return leg.prices && priceReached(leg, scratch);
}
