/**
 * The loop of a replay: travels the path from instant to instant, stops where something is crossed, and lets the venue
 * act there. A silent step compares doubles and allocates nothing.
 */

import { marginReached, PEAK, setTotals, TOTAL, WEEK_PEAK } from '../engine/watch.ts';
import { readMargin } from '../risk/read-margin.ts';
import { readEquity } from '../venue/account-equity.ts';
import type { OrderWatch } from '../venue/order-watch.ts';
import { calmUntil, gatherBounds } from './calm-rows.ts';
import { happenAt } from './happen.ts';
import { hideMoves, showMoves } from './moves.ts';
import { silentUntil, watchOf } from './protection.ts';
import { record } from './recorder.ts';
import { copyRow, loadPrices, observeRun, type Run, sum } from './run-state.ts';
import { protect, protectMoment, settle } from './settle.ts';
import { ranks } from './timeline.ts';
import { travelLeg } from './travel-leg.ts';

/**
 * Drives a run until `stop` instants of its path are done. Called again it goes on, and the whole equals the unbroken run.
 */
export function drive(run: Run, stop: number = run.path.time.length): void {
  const { path, place } = run;
  const { time, jump } = path;
  const last = time.length - 1;
  // Only what happens moves the place in the timeline, so its next time is read again after that alone.
  let next = nextTime(run);
  while (passSilently(run, stop, next) < stop) {
    const i = place.instant;
    const now = time[i]!;
    while (next < now) {
      travelTo(run, i, next);
      happenAt(run, { instant: i, time: next, below: ranks.end });
      next = nextTime(run);
    }
    if (passSilently(run, i + 1, Number.POSITIVE_INFINITY) === i) arriveLoud(run, i);
    if (next === now) {
      // What ranks below the marks of this instant comes before the jump that shows them.
      const shown = !(i < last && jump[i + 1] === 1 && time[i + 1] === now);
      // A silent instant is behind us already, and what happens at it belongs to it still.
      place.instant = i;
      happenAt(run, { instant: i, time: now, below: shown ? ranks.end : ranks.marks });
      next = nextTime(run);
    }
    place.instant = i + 1;
  }
}

/** The bases of a run that nobody guards. */
const none = { peak: 0, weekPeak: 0 };
const nowhere = new Float64Array();

/** When something happens next. A fault of our side is nothing to a run that nobody guards. */
function nextTime({ timeline, place, protection }: Run): number {
  while (protection === null && timeline.rows[place.happening]?.rank === 'fault') place.happening += 1;
  return place.happening < timeline.time.length ? timeline.time[place.happening]! : Number.POSITIVE_INFINITY;
}

/**
 * Goes on through the instants at which nothing is crossed, up to `stop`, and only while their time is below `until`. A loop
 * of its own, so that what it reads of the run is read once a stretch and what it leaves is written once.
 *
 * @returns the next instant, which is `place.instant`
 */
function passSilently(run: Run, stop: number, until: number): number {
  const { path, venue, recorder, equity, place, protection, bounds } = run;
  const { view, watch } = venue;
  const { time, mark } = path;
  const { limits } = watch;
  const { total } = recorder;
  const width = path.symbols.length;
  const from = place.instant;
  const bases = protection?.engine.state.bases ?? none;
  const guards = watchOf(protection);
  const end = Math.min(until, watch.wake, silentUntil(protection));
  const bounded = watch.orders || guards?.point.prices === true;
  if (bounded) gatherBounds(bounds, watch, guards?.point ?? null);
  const prices = bounded ? bounds : null;
  const rows = { mark, last: path.last, moves: protection?.moves ?? nowhere, width };
  const totals = guards === null ? nowhere : setTotals(protection?.totals ?? nowhere, guards.point, 0, bases);
  let calm = from;
  let i = from;
  for (; i < stop; i += 1) {
    const now = time[i]!;
    if (now >= end) break;
    if (i === calm) {
      calm = calmUntil(prices, guards, rows, { from: i, stop });
      if (calm === i) break;
    }
    const offset = i * width;
    if (readMargin(view, mark, offset)) break;
    readEquity(view, mark, offset, equity);
    if (limits && limitReached(watch, equity)) break;
    total[0] = sum(equity);
    if (guards !== null) {
      totals[TOTAL] = total[0]!;
      if (marginReached(guards, view, totals)) break;
    }
    record(recorder, view, i, now);
  }
  if (i === from) return i;
  if (guards !== null) {
    bases.peak = totals[PEAK]!;
    bases.weekPeak = totals[WEEK_PEAK]!;
  }
  place.instant = i;
  place.row = i - 1;
  venue.state.time = time[i - 1]!;
  return i;
}

function arriveLoud(run: Run, instant: number): void {
  const { path, venue, place, target, legs } = run;
  const time = path.time[instant]!;
  const stepped = legs === 'jump' || path.jump[instant] === 1 || instant === 0;
  if (!stepped) {
    loadPrices(run);
    copyRow(path, instant, target);
    travelLeg(run, instant, time);
    return;
  }
  place.row = -1;
  copyRow(path, instant, venue.prices);
  showMoves(run, instant);
  venue.state.time = time;
  observeRun(run, instant);
  settle(run, instant);
  protect(run, instant);
}

function limitReached({ equityLow }: OrderWatch, equity: Float64Array): boolean {
  for (let a = 0; a < equity.length; a += 1) {
    if (equity[a]! < equityLow[a]!) return true;
  }
  return false;
}

/** Travels a part of the leg to an instant, up to the moment of a happening on the way. */
function travelTo(run: Run, instant: number, at: number): void {
  const { path, venue, target, legs, place } = run;
  loadPrices(run);
  const { prices, state } = venue;
  const share = (at - state.time) / (path.time[instant]! - state.time);
  copyRow(path, instant, target);
  for (let s = 0; s < path.symbols.length; s += 1) {
    target.last[s] = between(prices.last[s]!, target.last[s]!, share);
    target.mark[s] = between(prices.mark[s]!, target.mark[s]!, share);
  }
  if (legs === 'continuous') {
    travelLeg(run, instant, at);
    return;
  }
  place.row = -1;
  hideMoves(run);
  prices.last.set(target.last);
  prices.mark.set(target.mark);
  state.time = at;
  observeRun(run, instant);
  protectMoment(run, instant);
}

function between(from: number, to: number, share: number): number {
  return from === to ? from : from + (to - from) * share;
}
