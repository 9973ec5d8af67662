/** The least and the largest of some values; one value alone gets room on both sides, so that an axis has a length. */
export function extent(values: readonly number[]): { readonly low: number; readonly high: number } {
  let low = values[0] ?? 0;
  let high = low;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low < high) return { low, high };
  const room = low === 0 ? 1 : Math.abs(low) / 2;
  return { low: low - room, high: high + room };
}
