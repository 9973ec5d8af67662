/**
 * The simulated exchange: what it is given, what it holds, and what is derived from both for the hot loop. Only `state`
 * is kept; `view` and `watch` are made again from it by `refresh`, with the same bits.
 */

import type { FillRecord } from '../model/fill.ts';
import type { MarginView } from '../risk/read-margin.ts';
import { buildMarginView, readBases } from './margin-view.ts';
import { buildOrderWatch, type OrderWatch } from './order-watch.ts';
import type { VenueState } from './venue-state.ts';
import type { VenueWorld } from './venue-world.ts';

export type Prices = {
  /** By symbol. NaN before its first price. */
  readonly last: Float64Array;
  readonly mark: Float64Array;
};

export type Venue = {
  readonly world: VenueWorld;
  readonly state: VenueState;
  /** The prices of the moment, written by whoever drives. */
  readonly prices: Prices;
  view: MarginView;
  watch: OrderWatch;
  /** What has filled since somebody last took it: news, not state. */
  readonly fills: FillRecord[];
};

/** A venue around a state: a new one, or one that was saved and loaded. */
export function venueOf(world: VenueWorld, state: VenueState, prices: Prices): Venue {
  const view = buildMarginView(world, state);
  return { world, state, prices, view, watch: buildOrderWatch(state, world.symbols.length), fills: [] };
}

/** Derives view and watch again; to be called after every change of state. */
export function refresh(venue: Venue): void {
  venue.view = buildMarginView(venue.world, venue.state);
  venue.watch = buildOrderWatch(venue.state, venue.world.symbols.length);
}

/** The same where nothing but cash and isolated margins has changed: positions and orders are what they were. */
export function refreshCash({ world, state, view }: Venue): void {
  readBases(world, state, view.base);
}
