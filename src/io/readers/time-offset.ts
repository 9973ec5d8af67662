import type { Cells } from './cells.ts';

/** Stamps that are `timeOffset` ms ahead of UTC, turned into UTC; each in its own unit, which its magnitude tells. */
export function beforeOffset(time: Cells, timeOffset: number): Cells {
  if (timeOffset === 0) return time;
  return { ...time, values: time.values.map((stamp) => stamp - timeOffset * unitsPerMs(Math.abs(stamp))) };
}

/** Seconds up to the year 5138, then ms and microseconds of any day since 1973, then ns. */
function unitsPerMs(stamp: number): number {
  if (stamp < 1e11) return 1e-3;
  if (stamp < 1e14) return 1;
  return stamp < 1e17 ? 1e3 : 1e6;
}
