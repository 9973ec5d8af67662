/** What a run leaves on the heap while it goes on. */
import { drive } from '../../src/replay/drive.ts';
import type { Run } from '../../src/replay/run-state.ts';

/** Instants between two looks at the heap. */
const STRETCH = 10_000;

/**
 * Bytes of heap that an instant allocates, columns not counted. The heap is read after every stretch and only its growth
 * is summed, so that a collection on the way hides one stretch and no more.
 */
export function bytesAnEvent(run: Run): number {
  const instants = run.path.time.length;
  globalThis.gc?.();
  let grown = 0;
  let before = process.memoryUsage().heapUsed;
  for (let stop = STRETCH; stop <= instants; stop += STRETCH) {
    drive(run, stop);
    const after = process.memoryUsage().heapUsed;
    grown += Math.max(0, after - before);
    before = after;
  }
  drive(run);
  return grown / instants;
}
