/** One run of a replay: the path and the timeline that it shares, and what changes while it is driven. */

import type { PriceBounds } from '../engine/watch.ts';
import type { FillRecord } from '../model/fill.ts';
import { readMargin } from '../risk/read-margin.ts';
import { readEquity, uncollectable } from '../venue/account-equity.ts';
import type { Prices, Venue } from '../venue/venue.ts';
import type { Path } from './path.ts';
import type { Protection } from './protection.ts';
import { type Recorder, record } from './recorder.ts';
import type { Timeline } from './timeline.ts';
import type { TradeStates } from './trade-states.ts';

export type Legs = 'continuous' | 'jump';

export type Run = {
  readonly path: Path;
  readonly timeline: Timeline;
  readonly venue: Venue;
  readonly recorder: Recorder;
  readonly trades: TradeStates;
  /** `jump` acts at the points of the path alone: the other end of the band (RULES 2.1). */
  readonly legs: Legs;
  /** Equity of each account in its currency, as last read. */
  readonly equity: Float64Array;
  /** Where a leg goes to: scratch, written by whoever travels one. */
  readonly target: Prices;
  /** The prices at which a stretch of silence ends: scratch of the hot loop. */
  readonly bounds: PriceBounds;
  readonly place: Place;
  /** Every fill so far. */
  readonly fills: FillRecord[];
  /** The engine that guards the run; null runs without protection. */
  readonly protection: Protection | null;
};

export type Place = {
  /** The next instant of the path. */
  instant: number;
  /** The next row of the timeline. */
  happening: number;
  /** The instant whose row holds the prices of the moment; -1 where the venue's own prices do. */
  row: number;
};

/** Puts the prices of the moment into the venue, where a silent step has left them in the path. */
export function loadPrices({ path, venue, place }: Run): void {
  if (place.row < 0) return;
  copyRow(path, place.row, venue.prices);
  place.row = -1;
}

export function copyRow({ symbols, last, mark }: Path, row: number, into: Prices): void {
  const offset = row * symbols.length;
  for (let s = 0; s < symbols.length; s += 1) {
    into.last[s] = last[offset + s]!;
    into.mark[s] = mark[offset + s]!;
  }
}

/**
 * Reads margins and equity at the venue's prices, and records them: where a gap has left a scope below 0, the book with what the
 * liquidation that follows will leave of it.
 */
export function observeRun(run: Run, instant: number): void {
  const { venue, equity, recorder } = run;
  readMargin(venue.view, venue.prices.mark, 0);
  readEquity(venue.view, venue.prices.mark, 0, equity);
  recorder.total[0] = sum(equity) + uncollectable(venue.view, venue.prices.mark);
  record(recorder, venue.view, instant, venue.state.time);
}

/** The equity of all accounts. */
export function sum(equity: Float64Array): number {
  let total = 0;
  for (let a = 0; a < equity.length; a += 1) total += equity[a]!;
  return total;
}
