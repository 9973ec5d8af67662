/** Returns in bins of equal width, for a picture of them. */

/** Bins by the square root of the count, within what a chart holds. */
const BINS_MAX = 60;
const BINS_MIN = 10;

export type Bin = { readonly from: number; readonly to: number; readonly count: number };

/** @returns one bin of no width where all returns are one value */
export function distributionOf(returns: Float64Array): Bin[] {
  const low = returns.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY);
  const high = returns.reduce((most, one) => Math.max(most, one), Number.NEGATIVE_INFINITY);
  if (low === high) return [{ from: low, to: high, count: returns.length }];
  const bins = Math.min(BINS_MAX, Math.max(BINS_MIN, Math.round(2 * Math.sqrt(returns.length))));
  const width = (high - low) / bins;
  const counts = new Uint32Array(bins);
  for (const one of returns) {
    const bin = Math.min(bins - 1, Math.floor((one - low) / width));
    counts[bin] = counts[bin]! + 1;
  }
  return Array.from(counts, (count, i) => ({ from: low + i * width, to: low + (i + 1) * width, count }));
}
