/** One symbol's funding settlements; time strictly ascending, `rate` a fraction per settlement (+ longs pay). */
export type Funding = {
  readonly symbol: string;
  readonly time: Float64Array;
  readonly rate: Float64Array;
  /** Milliseconds between settlements, read from the stamps; interval[i] is the one that ends at time[i]. */
  readonly interval: Float64Array;
};
