/**
 * Everything that happens in a replay besides prices, merged once into columns that all runs of a comparison share:
 * sorted by time, then by the rank of its kind, then by source and row.
 *
 * The ranks are the order at one instant (RULES 2.4). What ranks below `MARKS` happens before the prices of that instant
 * are seen, so a funding payment moves the margin that the venue then looks at; what ranks above comes after its check.
 * A fault of our side comes first: who is dead or blind from a moment on hears of nothing that happens at it, and who is back
 * hears of all.
 */
import type { Contract, MarginMode } from '../model/book.ts';
import type { VenueEvent } from '../venue/venue-events.ts';

export const ranks = {
  fault: 0,
  /** The end of a window in which a known exit happened: nothing of that instant is seen before. */
  windowEnd: 1,
  venue: 2,
  collateral: 3,
  transfer: 4,
  entry: 5,
  funding: 6,
  marks: 7,
  exit: 9,
  operator: 12,
  clock: 13,
  /** Above every rank. */
  end: 99,
} as const;

export type Entry = {
  /** The id of the trade in its journal. */
  readonly trade: number;
  readonly account: number;
  readonly symbol: number;
  readonly contract: Contract;
  readonly side: 1 | -1;
  /** Decimal text, > 0. */
  readonly qty: string;
  /** At which it happened; NaN fills at market. */
  readonly price: number;
  readonly feeRate: number | null;
  readonly leverage: number;
  readonly marginMode: MarginMode;
  /** Such as trend-following; null where the journal names none. */
  readonly strategy: string | null;
  readonly model: { readonly confidence?: number } | null;
};

export type OperatorAct = {
  readonly action: 'halt' | 'resume' | 'override';
  readonly who: string;
  readonly why: string;
};

export type Exit = {
  /** Index into the entries. */
  readonly entry: number;
  readonly price: number;
  readonly feeRate: number | null;
  /** The exit happened in [time, time + window); 0: exactly then. */
  readonly window: number;
};

export type FundingStamp = {
  readonly symbol: number;
  /** The venue whose positions it settles; -1 for all. */
  readonly venue: number;
  readonly rate: number;
  /** The mark of the stamp; NaN takes the price of the moment. */
  readonly mark: number;
  /** Milliseconds that the rate is for. */
  readonly interval: number;
};

/** What goes wrong on our side, or is over; it touches a run with protection alone. The last of a kind counts. */
export type Fault =
  /**
   * `crash`: the guarding process is dead, and hears and decides nothing. `blind`: it lives, and neither data nor orders get
   * through. What has left it before arrives, and what rests at the venue stays. No entry passes; exits of a journal, which
   * nobody judges, do.
   */
  | { readonly kind: 'crash' | 'blind'; readonly on: boolean }
  /** It sees the prices of a symbol, -1 for all, times a factor > 0; 1 ends it. */
  | { readonly kind: 'corrupt'; readonly symbol: number; readonly factor: number };

export type Happening =
  | { readonly rank: 'fault'; readonly time: number; readonly fault: Fault }
  | { readonly rank: 'venue' | 'collateral' | 'transfer'; readonly time: number; readonly event: VenueEvent }
  | { readonly rank: 'entry'; readonly time: number; readonly entry: number }
  | { readonly rank: 'exit'; readonly time: number; readonly exit: number }
  | { readonly rank: 'windowEnd'; readonly time: number; readonly exit: number }
  | { readonly rank: 'funding'; readonly time: number; readonly stamp: FundingStamp }
  | { readonly rank: 'operator'; readonly time: number; readonly operator: OperatorAct }
  | { readonly rank: 'clock'; readonly time: number };

export type Timeline = {
  readonly time: Float64Array;
  readonly rank: Uint8Array;
  /** Row by row what happens; the columns above are what the loop compares. */
  readonly rows: readonly Happening[];
  readonly entries: readonly Entry[];
  readonly exits: readonly Exit[];
};

/** Merges what happens within [from, to]; what lies outside is left out. */
export function buildTimeline(
  happenings: readonly Happening[],
  entries: readonly Entry[],
  exits: readonly Exit[],
  { from, to }: { readonly from: number; readonly to: number },
): Timeline {
  const inside = happenings.filter(({ time }) => time >= from && time <= to);
  // The sort is stable: sources are given in their order, rows in theirs.
  const rows = inside.toSorted((a, b) => a.time - b.time || ranks[a.rank] - ranks[b.rank]);
  return {
    time: Float64Array.from(rows, ({ time }) => time),
    rank: Uint8Array.from(rows, ({ rank }) => ranks[rank]),
    rows,
    entries,
    exits,
  };
}
