/**
 * One habit of a source instead of thousands of impossible rows: every open repeats the previous close (BitMEX), so
 * that an open lies outside its own bar wherever the market jumped between two bars.
 */
import { utcText } from '../../model/utc-text.ts';
import type { Finding } from '../finding.ts';
import type { RawBars } from '../raw.ts';
import { hasOnlyOpenOutside } from './row-fault.ts';

/** The share of opens that must equal the previous close exactly; a missing row in between breaks the chain there. */
const SHARE_MIN = 0.95;
const ROWS_MIN = 20;

/**
 * The rows whose open is to be clipped into [low, high]: none unless the source has the habit, and only those whose
 * open is the previous close.
 *
 * @param step  1 where the file runs from old to new, -1 where it runs from new to old
 */
export function opensToClip(raw: RawBars, step: 1 | -1): ReadonlySet<number> {
  const { open, close, length } = raw;
  const outside = new Set<number>();
  let repeats = 0;
  for (let i = 0; i < length; i += 1) {
    const before = i - step;
    if (before < 0 || before >= length || open[i]! !== close[before]!) continue;
    repeats += 1;
    if (hasOnlyOpenOutside(raw, i)) outside.add(i);
  }
  const hasHabit = length > ROWS_MIN && repeats >= SHARE_MIN * (length - 1);
  return hasHabit ? outside : new Set();
}

/** The finding `opens-previous-close`, for the rows whose open was clipped. */
export function opensPreviousClose(
  raw: RawBars,
  time: Float64Array,
  clipped: ReadonlySet<number>,
): Finding | null {
  const [first] = clipped;
  if (first === undefined) return null;
  const range = `[${raw.low[first]!}, ${raw.high[first]!}]`;
  return {
    code: 'opens-previous-close',
    count: clipped.size,
    line: raw.line(first),
    example: `${utcText(time[first]!)} opens at ${raw.open[first]!}, the close before it, outside its bar ${range}`,
    consequence: 'these opens were clipped into their bar; no other open was changed',
  };
}
