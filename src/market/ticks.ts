/** One symbol's market prints in the order of the source; time never decreases, price and qty are finite and > 0. */
export type Ticks = {
  readonly symbol: string;
  readonly time: Float64Array;
  readonly price: Float64Array;
  readonly qty: Float64Array;
  /** +1 the buyer took, -1 the seller took, 0 the source does not say. */
  readonly side: Int8Array;
};
