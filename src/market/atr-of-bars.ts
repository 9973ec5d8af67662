/** The ATR of a series that long holes cut into segments: it begins anew in each. */
import { type AtrMethod, atr } from '../math/atr.ts';
import type { Bars } from './bars.ts';

/**
 * The ATR at the close of every bar; NaN while warming up, which begins anew after a hole that splits.
 *
 * @param starts  the first rows of the segments, ascending (`segmentStarts`)
 */
export function atrOfBars(
  { high, low, close }: Pick<Bars, 'high' | 'low' | 'close'>,
  starts: Int32Array,
  { period, method }: { readonly period: number; readonly method: AtrMethod },
): Float64Array {
  const result = new Float64Array(close.length).fill(Number.NaN);
  for (let i = 0; i < starts.length; i += 1) {
    const from = starts[i]!;
    const to = i + 1 < starts.length ? starts[i + 1]! : close.length;
    const part = {
      high: high.subarray(from, to),
      low: low.subarray(from, to),
      close: close.subarray(from, to),
    };
    result.set(atr(part, period, method), from);
  }
  return result;
}
