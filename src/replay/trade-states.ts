/** Which round trips of a journal a run has let in. Plain data: one cell an entry. */

export const tradeState = { pending: 0, open: 1, refused: 2, denied: 3 } as const;

export type TradeStates = {
  /** By entry, a value of `tradeState`; how it ended stands in the state of the venue. */
  readonly state: Uint8Array;
};

export function createTradeStates(entries: number): TradeStates {
  return { state: new Uint8Array(entries) };
}
