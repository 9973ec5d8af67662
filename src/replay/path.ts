/**
 * The path of a replay: every price of every symbol at every instant, chosen once from data and policy alone and shared
 * by all runs of a comparison (RULES 2.1).
 *
 * Between two instants all prices move together in straight lines over time, and every value in between is passed. An
 * instant with `jump` 1 has the time of the one before it: prices stepped there and nothing acts in between.
 */
export type Path = {
  /** Column s of the matrices is symbols[s]. */
  readonly symbols: readonly string[];
  /** Ascending; equal neighbours only where the second is a jump. */
  readonly time: Float64Array;
  readonly jump: Uint8Array;
  /** Price of the last trade, [instant * symbols.length + symbol]; NaN before the first bar of a symbol. */
  readonly last: Float64Array;
  /** What margin looks at, same shape; the same array as `last` where no mark file is given at all. */
  readonly mark: Float64Array;
  /** Per symbol, 1 where a mark file gave its mark column; 0: last stands in (`last-as-mark`). */
  readonly marked: Uint8Array;
};

/** The order of prices inside a bar. `each-worst` is a bound and no market: every symbol at its own worst at once. */
export type PathPolicy = 'pessimistic' | 'optimistic' | 'ohlc' | 'olhc' | 'nearest-extreme' | 'each-worst';

/** What the book intends to hold of a symbol, before any protection: the second point of a bar goes against it. */
export type Exposure = {
  readonly symbol: string;
  /** [from, to) in UTC ms; -Infinity and Infinity for a book that is held throughout. */
  readonly from: number;
  readonly to: number;
  /** Base quantity, signed; of an inverse position notional / entry. */
  readonly qty: number;
};
