/** What a venue tells of an order that it has filled: the word between venue, engine and reports. */

export type FillCause =
  /** An order that was sent: the entry of a journal, or a resting limit. */
  | 'order'
  /** The exit that a journal knows. */
  | 'exit'
  | 'stop'
  | 'take-profit'
  /** An order of our own protection. */
  | 'engine'
  | 'liquidation'
  /** The venue's own limit on the loss of a day. */
  | 'daily-limit'
  | 'adl'
  | 'settlement';

/** The part that a round trip has in a fill; -1 is the book itself. */
export type FillShare = { readonly trade: number; readonly qty: number };

export type FillRecord = {
  readonly time: number;
  /** Index of the account. */
  readonly account: number;
  readonly symbol: number;
  /** Of the position that it opened or reduced. */
  readonly position: 1 | -1;
  /** Opened or added; else it reduced or closed. */
  readonly opening: boolean;
  /** > 0. */
  readonly qty: number;
  readonly price: number;
  readonly cause: FillCause;
  /** The order that rested at the venue; null where none did. */
  readonly order: number | null;
  /** Realised result before fees, in the account's currency at mark, + is good; 0 for an opening. */
  readonly pnl: number;
  /** >= 0 was paid, in the account's currency at mark. */
  fee: number;
  /** What the position holds afterwards, >= 0. */
  readonly left: number;
  /** Whose quantity it was; sums to `qty`. */
  readonly shares: readonly FillShare[];
};
