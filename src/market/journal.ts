/**
 * A journal is a list of one's own round trips. Prices and times are what happened; nothing in it is simulated.
 */
import type { Finding } from './finding.ts';
import type { RowFault } from './raw.ts';

export type Direction = 'long' | 'short';

/** Why a trade ended; `adverse` exits (stop, trailing-stop, liquidation) censor its excursion (RULES 1.6). */
export type ExitKind = 'signal' | 'target' | 'stop' | 'trailing-stop' | 'liquidation' | 'forced' | 'unknown';

export type Trade = {
  /** The row of the journal, 1-based, so that a reader finds it again. */
  readonly id: number;
  readonly symbol: string;
  readonly direction: Direction;
  readonly entryTime: number;
  readonly entryPrice: number;
  /** The exit happened in [exitTime, exitTime + exitSlack); exitSlack 0 means exactly at exitTime. */
  readonly exitTime: number;
  readonly exitSlack: number;
  readonly exitPrice: number;
  readonly exitKind: ExitKind;
  /** Where entryPrice averages several fills: they lie in [entryTime, entryTime + entrySpan). Absent: one price, exact. */
  readonly entrySpan?: number;
  /** Where exitPrice averages several fills: they lie in [exitTime - exitSpan, exitTime + exitSlack). */
  readonly exitSpan?: number;
  /** Base quantity > 0, where the journal has one. */
  readonly qty?: number;
  readonly leverage?: number;
  /** Model confidence in [0, 1]. */
  readonly confidence?: number;
  /** The journal's own fees, each a fraction of the value that it was charged on. */
  readonly feeEntry?: number;
  readonly feeExit?: number;
};

/** A trade without a path (`entry, exit, high, low, atr, direction`): judged on its extremes alone. */
export type BareTrade = {
  readonly id: number;
  /** '' where the journal does not say; a bare trade needs no bars. */
  readonly symbol: string;
  readonly direction: Direction;
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly high: number;
  readonly low: number;
  /** Price units, as known at the entry. */
  readonly atr: number;
  readonly entryTime?: number;
  readonly leverage?: number;
};

export type SkippedRow = { readonly reason: string; readonly id: number };

export type Journal = {
  readonly trades: readonly Trade[];
  readonly bare: readonly BareTrade[];
  /** Rows that are no trade that can be judged (still open, placeholder, spot dust), by reason. */
  readonly skipped: readonly SkippedRow[];
  /** Rows that cannot be read, or contradict themselves; --on-bad-row decides whether the first of them is an error. */
  readonly faults: readonly RowFault[];
  /** What the reader noticed about the file as a whole. */
  readonly findings: readonly Finding[];
};
