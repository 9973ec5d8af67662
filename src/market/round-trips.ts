/**
 * Folds the fills of a perpetual account into round trips: from flat to flat, per account and coin.
 *
 * A trip's entry price is the average cost of all that was added to the position, its exit price the average of all
 * that was taken off, so (exit - entry) x qty is its profit before fees and funding; a flip through zero ends one trip
 * and begins the next at the same price. Each fill says which position it started from: where that does not follow
 * from the fill before, fills are missing, and the trip is left out instead of guessed.
 */
import { type Fill, inChain, positionAfter, runsBackwards, samePosition } from './fill.ts';
import type { ExitKind, SkippedRow, Trade } from './journal.ts';
import { canonicalSymbol } from './symbol.ts';

export type RoundTrip = {
  readonly trade: Trade;
  /** (exit - entry) x signed qty, from average cost. */
  readonly pnl: number;
  /** The sum of `closedPnl` over its fills. */
  readonly reportedPnl: number;
  /** How many fills it was made of; a flip counts in both of its trips. */
  readonly fills: number;
};

export type FoldedFills = {
  /** By entry time, then row. */
  readonly trips: readonly RoundTrip[];
  /** One for each trip without a known beginning or end, at the row where it starts to be seen. */
  readonly skipped: readonly SkippedRow[];
  /** The fills whose start position does not follow from the fill before, by row. */
  readonly breaks: readonly Fill[];
  readonly newestFirst: boolean;
};

/** What was added to a position, or taken off it. */
type Leg = { qty: number; value: number; fee: number; first: number; last: number };

type OpenTrip = {
  readonly first: Fill;
  readonly side: 1 | -1;
  readonly entry: Leg;
  readonly exit: Leg;
  closedPnl: number;
  fills: number;
  kind: ExitKind;
};

type Folding = {
  trip: OpenTrip | null;
  /** The position that the next fill must start from; null before the first. */
  position: number | null;
  /** Inside a position whose beginning is not known; already left out. */
  lost: boolean;
  readonly stampWidth: number;
  readonly trips: RoundTrip[];
  readonly skipped: SkippedRow[];
  readonly breaks: Fill[];
};

/**
 * @param fills in the order of the file, which may run from new to old
 * @param stampWidth milliseconds that a stamp stands for: a fill happened in [time, time + stampWidth)
 */
export function foldFills(fills: readonly Fill[], stampWidth: number): FoldedFills {
  const newestFirst = runsBackwards(fills);
  const folded: Folding = {
    trip: null,
    position: null,
    lost: false,
    stampWidth,
    trips: [],
    skipped: [],
    breaks: [],
  };
  for (const group of byAccountAndCoin(newestFirst ? fills.toReversed() : fills)) {
    folded.trip = null;
    folded.position = null;
    folded.lost = false;
    for (const fill of inChain(group)) foldOne(folded, fill);
    leaveOut(folded, 'still-open');
  }
  folded.trips.sort((a, b) => a.trade.entryTime - b.trade.entryTime || a.trade.id - b.trade.id);
  folded.skipped.sort((a, b) => a.id - b.id);
  folded.breaks.sort((a, b) => a.id - b.id);
  return { trips: folded.trips, skipped: folded.skipped, breaks: folded.breaks, newestFirst };
}

function byAccountAndCoin(fills: readonly Fill[]): Iterable<readonly Fill[]> {
  const groups = new Map<string, Fill[]>();
  for (const fill of fills) {
    const key = `${fill.account}\n${fill.coin}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [fill]);
    else group.push(fill);
  }
  return groups.values();
}

function foldOne(folded: Folding, fill: Fill): void {
  const start = samePosition(fill.start, 0, fill.size) ? 0 : fill.start;
  const after = positionAfter(fill);
  checkStart(folded, fill, start);
  const reduces = start * fill.side < 0;
  const ends = start !== 0 && start * after <= 0;
  if (folded.trip !== null && reduces) closePart(folded.trip, fill, ends ? Math.abs(start) : fill.size);
  if (folded.trip !== null && ends) folded.trips.push(finished(folded.trip, folded.stampWidth));
  if (ends) folded.trip = null;
  if (after !== 0 && (start === 0 || ends)) folded.trip = openTrip(fill);
  if (folded.trip !== null && (!reduces || ends))
    openPart(folded.trip, fill, reduces ? Math.abs(after) : fill.size);
  folded.position = after;
  folded.lost = folded.trip === null && after !== 0;
}

/** Leaves out the trip whose fills do not follow, and once each position whose beginning is not in the file. */
function checkStart(folded: Folding, fill: Fill, start: number): void {
  const before = folded.position;
  if (before !== null && !samePosition(fill.start, before, fill.size)) {
    folded.breaks.push(fill);
    if (folded.trip !== null) folded.lost = true;
    leaveOut(folded, 'missing-fills');
  }
  if (start === 0 || folded.trip !== null || folded.lost) return;
  folded.skipped.push({ reason: before === null ? 'opened-before-file' : 'missing-fills', id: fill.id });
}

function leaveOut(folded: Folding, reason: string): void {
  if (folded.trip !== null) folded.skipped.push({ reason, id: folded.trip.first.id });
  folded.trip = null;
}

function openTrip(fill: Fill): OpenTrip {
  const leg = (): Leg => ({ qty: 0, value: 0, fee: 0, first: fill.time, last: fill.time });
  return { first: fill, side: fill.side, entry: leg(), exit: leg(), closedPnl: 0, fills: 0, kind: 'unknown' };
}

function openPart(trip: OpenTrip, fill: Fill, qty: number): void {
  addTo(trip.entry, fill, qty);
  trip.fills += 1;
}

function closePart(trip: OpenTrip, fill: Fill, qty: number): void {
  if (trip.exit.qty === 0) trip.exit.first = fill.time;
  addTo(trip.exit, fill, qty);
  trip.closedPnl += fill.closedPnl;
  trip.fills += 1;
  if (fill.exitKind !== 'unknown') trip.kind = fill.exitKind;
}

/** A fill that closes one trip and opens the next charges each its share of the fee. */
function addTo(leg: Leg, fill: Fill, qty: number): void {
  leg.qty += qty;
  leg.value += fill.price * qty;
  leg.fee += fill.fee * (qty / fill.size);
  leg.last = fill.time;
}

function finished(trip: OpenTrip, stampWidth: number): RoundTrip {
  const { entry, exit, first } = trip;
  const trade: Trade = {
    id: first.id,
    symbol: canonicalSymbol(first.coin),
    direction: trip.side > 0 ? 'long' : 'short',
    entryTime: entry.first,
    entryPrice: entry.value / entry.qty,
    exitTime: exit.last,
    exitSlack: stampWidth,
    exitPrice: exit.value / exit.qty,
    exitKind: trip.kind,
    ...(entry.last > entry.first ? { entrySpan: entry.last - entry.first + stampWidth } : {}),
    ...(exit.last > exit.first ? { exitSpan: exit.last - exit.first } : {}),
    qty: entry.qty,
    feeEntry: entry.fee / entry.value,
    feeExit: exit.fee / exit.value,
  };
  const pnl = trip.side * (exit.value - entry.value);
  return { trade, pnl, reportedPnl: trip.closedPnl, fills: trip.fills };
}
