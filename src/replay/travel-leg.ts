/** Travels a continuous leg with stops: solves the first crossing, lets the venue act there, and goes on with the rest. */

import { assert } from '../model/errors.ts';
import { readMargin } from '../risk/read-margin.ts';
import { readEquity } from '../venue/account-equity.ts';
import { closeAndHalt } from '../venue/daily-loss.ts';
import { boundView, isDue, liquidateScope } from '../venue/liquidate.ts';
import { fireOrders } from '../venue/resting-orders.ts';
import { scopeCrossing } from './crossing.ts';
import { engineCrossing } from './engine-crossing.ts';
import { hideMoves, showMoves } from './moves.ts';
import { nextMoment } from './protection.ts';
import { observeRun, type Run } from './run-state.ts';
import { protect, protectMoment, settle } from './settle.ts';

type Crossing = {
  /** Share of the rest of the leg, in [0, 1]. */
  readonly share: number;
  readonly kind: 'scope' | 'order' | 'wake' | 'limit' | 'engine';
  /** The scope or the account. */
  readonly index: number;
  /** The price that is exact there; null where several symbols decide together. */
  readonly exact: {
    readonly series: 'last' | 'mark';
    readonly symbol: number;
    readonly price: number;
  } | null;
  /** The moment, where it is known exactly. */
  readonly at: number | null;
};

/** How often a guard may be told of one place before it is no protection but a bug. */
const REPEATS = 100;

/**
 * Goes from the venue's prices to `run.target` within the time that is left until `until`.
 *
 * @param instant  the instant of the path that the leg belongs to, for the record
 */
export function travelLeg(run: Run, instant: number, until: number): void {
  const { venue, target } = run;
  const { prices, state } = venue;
  let repeats = 0;
  hideMoves(run);
  for (let crossing = firstCrossing(run, until); crossing !== null; crossing = firstCrossing(run, until)) {
    repeats = crossing.kind === 'engine' && crossing.share === 0 ? repeats + 1 : 0;
    assert(repeats <= REPEATS, 'a guard that is told of its bound moves it');
    moveTo(run, crossing, until);
    observeRun(run, instant);
    if (crossing.kind === 'engine') {
      protect(run, instant);
      continue;
    }
    if (crossing.kind === 'scope') liquidateScope(venue, crossing.index);
    else if (crossing.kind === 'limit') closeAndHalt(venue, crossing.index);
    else if (crossing.kind === 'order') fireOrders(venue);
    // What waited for its moment is found by the look that follows, in the order of every look.
    observeRun(run, instant);
    settle(run, instant);
  }
  prices.last.set(target.last);
  prices.mark.set(target.mark);
  state.time = until;
  const isPoint = until === run.path.time[instant];
  if (isPoint) showMoves(run, instant);
  observeRun(run, instant);
  settle(run, instant);
  if (isPoint) protect(run, instant);
  else protectMoment(run, instant);
}

/** The first thing that is crossed on the rest of the leg; the venue's liquidation on a tie. Null where nothing is. */
function firstCrossing(run: Run, until: number): Crossing | null {
  let first = scopeCrossings(run);
  first = orderCrossings(run, until, first);
  first = limitCrossings(run, first);
  return engineCrossings(run, until, first);
}

/** The earlier of two crossings; the one that was found before on a tie. */
function earlier(first: Crossing | null, found: Crossing): Crossing {
  return first === null || found.share < first.share ? found : first;
}

function scopeCrossings({ venue, target }: Run): Crossing | null {
  const { view, prices } = venue;
  if (!readMargin(view, target.mark, 0)) return null;
  const leg = { from: prices.mark, to: target.mark };
  let first: Crossing | null = null;
  for (let scope = 0; scope < view.scopes; scope += 1) {
    if (view.active[scope] !== 1 || !isDue(venue, scope, target.mark)) continue;
    const { share, symbol, price } = scopeCrossing(boundView(venue, scope), scope, leg);
    const exact = symbol < 0 ? null : { series: 'mark' as const, symbol, price };
    first = earlier(first, { share, kind: 'scope', index: scope, exact, at: null });
  }
  return first;
}

function orderCrossings({ venue, target }: Run, until: number, before: Crossing | null): Crossing | null {
  const { watch, prices, state } = venue;
  let first = before;
  if (watch.wake <= until) {
    const at = Math.max(state.time, watch.wake);
    const share = shareOf(state.time, at, until);
    first = earlier(first, { share, kind: 'wake', index: -1, exact: null, at });
  }
  if (!watch.orders) return first;
  for (const series of ['last', 'mark'] as const) {
    const low = series === 'last' ? watch.lastLow : watch.markLow;
    const high = series === 'last' ? watch.lastHigh : watch.markHigh;
    for (let symbol = 0; symbol < low.length; symbol += 1) {
      const from = prices[series][symbol]!;
      const to = target[series][symbol]!;
      const bound = to <= low[symbol]! ? low[symbol]! : to >= high[symbol]! ? high[symbol]! : null;
      if (bound === null) continue;
      const share = from === to ? 0 : Math.min(1, Math.max(0, (bound - from) / (to - from)));
      const exact = { series, symbol, price: bound };
      first = earlier(first, { share, kind: 'order', index: -1, exact, at: null });
    }
  }
  return first;
}

/** Where guards are to be told of prices, and when something of the engine's own comes. */
function engineCrossings(run: Run, until: number, before: Crossing | null): Crossing | null {
  const { protection, venue } = run;
  if (protection === null) return before;
  let first = before;
  const { time } = venue.state;
  const next = nextMoment(protection);
  if (next < until) {
    const at = Math.max(time, next);
    const share = shareOf(time, at, until);
    first = earlier(first, { share, kind: 'engine', index: -1, exact: null, at });
  }
  const share = engineCrossing(run);
  if (share === null) return first;
  return earlier(first, { share, kind: 'engine', index: -1, exact: null, at: null });
}

function shareOf(from: number, at: number, until: number): number {
  return until === from ? 1 : Math.max(0, (at - from) / (until - from));
}

/** Equity moves in a straight line along a leg, also that of coin at its own price. */
function limitCrossings({ venue, target, equity }: Run, sooner: Crossing | null): Crossing | null {
  const { view, watch, prices } = venue;
  if (!watch.limits) return sooner;
  readMargin(view, prices.mark, 0);
  const before = new Float64Array(equity.length);
  readEquity(view, prices.mark, 0, before);
  readMargin(view, target.mark, 0);
  const after = new Float64Array(equity.length);
  readEquity(view, target.mark, 0, after);
  let first = sooner;
  for (let account = 0; account < equity.length; account += 1) {
    const bound = watch.equityLow[account]!;
    if (after[account]! >= bound) continue;
    const fall = before[account]! - after[account]!;
    const share = fall > 0 ? Math.min(1, Math.max(0, (before[account]! - bound) / fall)) : 0;
    first = earlier(first, { share, kind: 'limit', index: account, exact: null, at: null });
  }
  return first;
}

function moveTo({ venue, target, path }: Run, { share, exact, at }: Crossing, until: number): void {
  const { prices, state } = venue;
  for (const series of ['last', 'mark'] as const) {
    for (let s = 0; s < path.symbols.length; s += 1) {
      const from = prices[series][s]!;
      const to = target[series][s]!;
      prices[series][s] = share === 1 || from === to ? to : from + (to - from) * share;
    }
  }
  state.time = at ?? state.time + (until - state.time) * share;
  if (exact === null) return;
  prices[exact.series][exact.symbol] = exact.price;
  // Without a mark file last stands in: the two are one price.
  if (path.marked[exact.symbol] === 0) {
    prices.last[exact.symbol] = exact.price;
    prices.mark[exact.symbol] = exact.price;
  }
}
