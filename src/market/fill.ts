/** One fill of a perpetual account, and the order in which fills of one stamp happened. */
import type { ExitKind } from './journal.ts';

export type Fill = {
  /** The row of the file, 1-based. */
  readonly id: number;
  readonly account: string;
  readonly coin: string;
  readonly time: number;
  readonly price: number;
  /** Base quantity, > 0. */
  readonly size: number;
  /** 1 bought, -1 sold. */
  readonly side: 1 | -1;
  /** The signed position before this fill. */
  readonly start: number;
  /** What the venue booked for the part that closed, before fees, in quote. */
  readonly closedPnl: number;
  /** In quote; negative for a rebate. */
  readonly fee: number;
  /** Why, should this fill close a position. */
  readonly exitKind: ExitKind;
};

/** Positions are written with some ten digits: closer than this share of the larger one they are the same. */
const POSITION_PRECISION = 1e-9;

/** Whether a position follows from another, within the digits that files carry. */
export function samePosition(a: number, b: number, scale: number): boolean {
  return Math.abs(a - b) <= POSITION_PRECISION * Math.max(Math.abs(a), Math.abs(b), scale);
}

/** The signed position after a fill; exactly 0 where the fill closes it. */
export function positionAfter(fill: Fill): number {
  const after = fill.start + fill.side * fill.size;
  return samePosition(fill.start, -fill.side * fill.size, fill.size) ? 0 : after;
}

/** Whether the fills of each account run from new to old. */
export function runsBackwards(fills: readonly Fill[]): boolean {
  let forward = 0;
  let backward = 0;
  const lastTime = new Map<string, number>();
  for (const fill of fills) {
    const before = lastTime.get(fill.account);
    if (before !== undefined && fill.time > before) forward += 1;
    if (before !== undefined && fill.time < before) backward += 1;
    lastTime.set(fill.account, fill.time);
  }
  return backward > forward;
}

/**
 * The fills of one account and coin, oldest first; fills of one stamp in the order in which each starts from the
 * position that the one before left, where there is such an order, else in the order given.
 */
export function inChain(fills: readonly Fill[]): readonly Fill[] {
  const sorted = fills.toSorted((a, b) => a.time - b.time);
  const chained: Fill[] = [];
  for (let from = 0; from < sorted.length; ) {
    let to = from + 1;
    while (to < sorted.length && sorted[to]?.time === sorted[from]?.time) to += 1;
    const before = chained.at(-1);
    const position = before === undefined ? null : positionAfter(before);
    chained.push(...linkedRun(sorted.slice(from, to), position));
    from = to;
  }
  return chained;
}

function linkedRun(run: readonly Fill[], position: number | null): readonly Fill[] {
  if (run.length === 1 || isChain(run, position)) return run;
  // Without a position to start from, a fill that starts flat is where a chain can begin.
  return follow(run, position ?? 0) ?? run;
}

function isChain(run: readonly Fill[], position: number | null): boolean {
  let expected = position;
  for (const fill of run) {
    if (expected !== null && !samePosition(fill.start, expected, fill.size)) return false;
    expected = positionAfter(fill);
  }
  return true;
}

/** Takes at each step the first fill that starts from the position; null where the fills do not all follow. */
function follow(run: readonly Fill[], position: number): readonly Fill[] | null {
  const left = [...run];
  const chain: Fill[] = [];
  let expected = position;
  while (left.length > 0) {
    const next = left.findIndex((fill) => samePosition(fill.start, expected, fill.size));
    const fill = left[next];
    if (fill === undefined) return null;
    left.splice(next, 1);
    chain.push(fill);
    expected = positionAfter(fill);
  }
  return chain;
}
