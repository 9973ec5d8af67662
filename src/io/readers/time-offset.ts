import type { Cells } from './cells.ts';

/** Stamps that are `timeOffset` ms ahead of UTC, turned into UTC; each in its own unit, which its magnitude tells. */
export function withoutOffset(stamps: Float64Array, timeOffset: number): Float64Array {
  return timeOffset === 0 ? stamps : stamps.map((stamp) => stamp - timeOffset * unitsPerMs(Math.abs(stamp)));
}

/** The same for cells. */
export function beforeOffset(time: Cells, timeOffset: number): Cells {
  return { ...time, values: withoutOffset(time.values, timeOffset) };
}

/** Seconds up to the year 5138, then ms and microseconds of any day since 1973, then ns. */
function unitsPerMs(stamp: number): number {
  if (stamp < 1e11) return 1e-3;
  if (stamp < 1e14) return 1;
  return stamp < 1e17 ? 1e3 : 1e6;
}
