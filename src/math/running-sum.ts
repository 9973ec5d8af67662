/** A sum that grows by one number at a time, with Neumaier's compensation: its array form is `sum`. */
export type RunningSum = {
  /** As rounded; `total + lost` is the sum. */
  total: number;
  /** What rounding cut off so far. */
  lost: number;
};

export function createRunningSum(): RunningSum {
  return { total: 0, lost: 0 };
}

/** Adds a finite number and returns the sum up to it. */
export function addToSum(running: RunningSum, x: number): number {
  const { total } = running;
  const next = total + x;
  running.lost += Math.abs(total) >= Math.abs(x) ? total - next + x : x - next + total;
  running.total = next;
  return next + running.lost;
}

export function sumSoFar({ total, lost }: RunningSum): number {
  return total + lost;
}
