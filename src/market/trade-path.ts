/**
 * Where a trade lies in its bars (RULES 1.1, 1.3, 1.5).
 *
 * Bar i covers [time[i], time[i] + interval). Bars wholly inside [entry, exit) are whole; bars that hold the entry or
 * the exit strictly inside are partial; where the exit is only known to lie in a window, every bar that the window
 * touches is partial.
 */
import { type Bars, firstAtOrAfter } from './bars.ts';
import type { Trade } from './journal.ts';

/** Why a trade cannot be judged. */
export type SkipReason =
  | 'no-bars' // its symbol has no bars
  | 'before-bars' // it begins before the first bar
  | 'after-bars' // it begins after the last bar
  | 'bars-end-before-exit'
  | 'gap' // it spans a hole longer than the allowed gap
  | 'no-atr' // too few bars before the entry
  | 'atr-zero' // the price never moved before the entry
  | 'no-confidence' // an adaptive stop asks for one
  | 'no-path'; // a bare trade under a stop that follows the path

/** Bars [from, to) touch the trade. */
export type TradePath = {
  readonly from: number;
  readonly to: number;
  /** Bar `from` began before the entry. */
  readonly entryPartial: boolean;
  /** Bars from here on may lie after the exit; `to` where there are none. */
  readonly partialFrom: number;
  /** The last bar completed at or before the entry; -1 where there is none. */
  readonly atrRow: number;
  /** Bars are missing inside, up to the allowed gap. */
  readonly bridged: boolean;
};

/** A series with its holes counted once, so that no trade has to look for them. */
export type GappedBars = {
  readonly bars: Bars;
  /** holes[i] is the number of holes of any length before row i. */
  readonly holes: Int32Array;
  /** splits[i] is the number of holes longer than the allowed gap before row i. */
  readonly splits: Int32Array;
};

/** Counts holes, and splits at the rows in `segmentStarts` (the first row of every segment, ascending). */
export function countHoles(bars: Bars, segmentStarts: Int32Array): GappedBars {
  const { time, interval } = bars;
  const holes = new Int32Array(time.length);
  const splits = new Int32Array(time.length);
  let segment = 1;
  for (let i = 1; i < time.length; i += 1) {
    const split = segment < segmentStarts.length && segmentStarts[segment]! === i;
    if (split) segment += 1;
    splits[i] = splits[i - 1]! + (split ? 1 : 0);
    holes[i] = holes[i - 1]! + (split || time[i]! - time[i - 1]! > 1.5 * interval ? 1 : 0);
  }
  return { bars, holes, splits };
}

/** The path of a trade, or the reason why it has none. */
export function locate(gapped: GappedBars, trade: Trade): TradePath | SkipReason {
  const { time, interval } = gapped.bars;
  const { entryTime, exitTime, exitSlack } = trade;
  const from = firstEndingAfter(time, interval, entryTime);
  const atrRow = from - 1;
  if (time.length === 0 || entryTime < time[0]!) return 'before-bars';
  if (from === time.length) return 'after-bars';
  const known = Math.max(0, atrRow);

  const to = Math.max(from, firstAtOrAfter(time, exitTime + exitSlack));
  const covered = time[Math.max(known, to - 1)]! + interval;
  const short = exitSlack > 0 ? exitTime >= covered : exitTime > covered;
  if (short && to === time.length) return 'bars-end-before-exit';
  const last = short ? to : Math.max(known, to - 1);
  if (gapped.splits[last]! > gapped.splits[known]!) return 'gap';
  return {
    from,
    to,
    entryPartial: time[from]! < entryTime,
    partialFrom: Math.min(to, Math.max(from, firstEndingAfter(time, interval, exitTime))),
    atrRow,
    bridged: gapped.holes[last]! > gapped.holes[known]!,
  };
}

/** The first bar that ends after `time`. */
function firstEndingAfter(times: Float64Array, interval: number, time: number): number {
  const at = firstAtOrAfter(times, time - interval);
  return at < times.length && times[at]! === time - interval ? at + 1 : at;
}
