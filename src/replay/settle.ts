/** What the venue does at one moment, until nothing is left to do: it liquidates, then fires orders, then its limits. */
import { priceReached, scopeReached, setTotals, totalReached } from '../engine/watch.ts';
import { readMargin } from '../risk/read-margin.ts';
import { readEquity } from '../venue/account-equity.ts';
import { closeAndHalt } from '../venue/daily-loss.ts';
import { liquidateBroken } from '../venue/liquidate.ts';
import { fireOrders } from '../venue/resting-orders.ts';
import { pump, tellBars, tellClock } from './attend.ts';
import { isCutOff, isLoud } from './faults.ts';
import type { Protection } from './protection.ts';
import { observeRun, type Run, sum } from './run-state.ts';
import { showMarks } from './tell-engine.ts';

/** Lets the venue act at its prices; on a tie its liquidation comes first (RULES 2.5). Records what it left. */
export function settle(run: Run, instant: number): void {
  const { venue } = run;
  let any = false;
  while (liquidateBroken(venue) || fireOrders(venue) || limitOnce(run, instant) || pump(run)) any = true;
  if (any) observeRun(run, instant);
}

/**
 * What the engine does at the prices of the moment, after the venue has: it hears of bars, prices and operators, and of
 * what its own orders bring about.
 */
export function protect(run: Run, instant: number): void {
  if (run.protection === null) return;
  tellBars(run);
  settle(run, instant);
  showMarks(run);
  settle(run, instant);
  tellClock(run);
  settle(run, instant);
}

/**
 * The same at a moment between two points, or behind what happened at one: its prices are shown where a bound is reached, and
 * only there. Guards have named all that they want to be told of.
 */
export function protectMoment(run: Run, instant: number): void {
  const { protection } = run;
  if (protection === null) return;
  tellBars(run);
  settle(run, instant);
  if (isLoud(protection.state.faults) || isReached(run, protection)) {
    showMarks(run);
    settle(run, instant);
  }
  tellClock(run);
  settle(run, instant);
}

/** Whether a bound of margins, equity or prices is reached as things stand. */
function isReached({ venue, equity }: Run, protection: Protection): boolean {
  const { engine, totals } = protection;
  if (isCutOff(protection.state.faults)) return true;
  if (!engine.state.measured) return true;
  const { point } = engine.watch;
  const { view, prices } = venue;
  readMargin(view, prices.mark, 0);
  readEquity(view, prices.mark, 0, equity);
  if (totalReached(setTotals(totals, point, sum(equity), engine.state.bases))) return true;
  if (point.scopes && scopeReached(point, view)) return true;
  return point.prices && priceReached(point, prices);
}

/** Closes one account whose daily limit is reached; -1 of them means that none is. */
function limitOnce(run: Run, instant: number): boolean {
  const { venue, equity } = run;
  if (!venue.watch.limits) return false;
  observeRun(run, instant);
  const { equityLow } = venue.watch;
  const account = equity.findIndex((own, index) => own < equityLow[index]!);
  if (account < 0) return false;
  closeAndHalt(venue, account);
  return true;
}
