import { addToWindow, createWindowSum, windowSumAt } from '../../math/window-sum.ts';

export type WorstWindow = {
  /** The least sum, < 0, in the unit of the values. */
  readonly sum: number;
  /** Rows of the first and the last value in it. */
  readonly from: number;
  readonly to: number;
};

/**
 * The span of time in which most was paid: the least sum of values in any (t - span, t].
 *
 * @param time   ascending, one a value
 * @param value  signed, + is received
 * @param span   > 0, in the unit of `time`; 7 days hold 21 settlements of 8 hours
 * @returns null where no span was paid in on balance; of equal ones the first
 */
export function worstWindow(time: Float64Array, value: Float64Array, span: number): WorstWindow | null {
  if (time.length !== value.length)
    throw new RangeError(`each value needs its time, was ${value.length} and ${time.length}`);
  if (!(span > 0)) throw new RangeError(`a span must be above 0, was ${span}`);
  const window = createWindowSum(span);
  let worst: WorstWindow | null = null;
  for (let i = 0; i < time.length; i += 1) {
    addToWindow(window, time[i]!, value[i]!);
    const sum = windowSumAt(window, time[i]!);
    if (sum < (worst?.sum ?? 0)) worst = { sum, from: window.left, to: i };
  }
  return worst;
}
