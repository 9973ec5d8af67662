export type IntervalChangeAt = {
  /** The row of the first settlement that came after another wait than the one before. */
  readonly row: number;
  /** Milliseconds. */
  readonly from: number;
  readonly to: number;
};

/** Where the interval between settlements changes, as from 8 to 2 hours; `interval[i]` ends at settlement i. */
export function intervalChanges(interval: Float64Array): IntervalChangeAt[] {
  const changes: IntervalChangeAt[] = [];
  for (let row = 1; row < interval.length; row += 1) {
    const from = interval[row - 1]!;
    const to = interval[row]!;
    if (from !== to) changes.push({ row, from, to });
  }
  return changes;
}

/** How many settlements were at a cap, |rate| >= cap, to the digits of the file. */
export function settlementsAtCap(rate: Float64Array, cap: number): number {
  if (!(cap > 0)) throw new RangeError(`a cap must be above 0, was ${cap}`);
  let count = 0;
  for (let i = 0; i < rate.length; i += 1) if (Math.abs(rate[i]!) >= cap) count += 1;
  return count;
}
