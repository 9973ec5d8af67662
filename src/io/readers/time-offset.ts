import type { Cells } from './cells.ts';

/** Stamps in ms that are ahead of UTC, turned into UTC. */
export function beforeOffset(time: Cells, timeOffset: number): Cells {
  return timeOffset === 0 ? time : { ...time, values: time.values.map((stamp) => stamp - timeOffset) };
}
