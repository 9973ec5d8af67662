/** A file that switches its interval: rows of another one are no bars of this series. */
import { utcText } from '../../model/utc-text.ts';
import type { Finding } from '../finding.ts';
import { intervalText, type Spacing } from './interval.ts';

/**
 * This many equal distances in a row are a switch. Holes and market closures repeat, but not 24 times in a row without
 * a single bar of the right distance between them.
 */
const RUN_MIN = 24;

export type OtherInterval = {
  /** Rows from (inclusive) and to (exclusive). */
  readonly from: number;
  readonly to: number;
  readonly interval: number;
};

/** The stretches of `time` (ascending) whose rows follow each other at another distance than the interval. */
export function otherIntervals(time: Float64Array, { interval, isMonthly }: Spacing): OtherInterval[] {
  const stretches: OtherInterval[] = [];
  if (isMonthly) return stretches;
  let begin = 0;
  for (let i = 1; i < time.length; i += 1) {
    const distance = time[i]! - time[i - 1]!;
    const next = i + 1 < time.length ? time[i + 1]! - time[i]! : null;
    if (next === distance) continue;
    // The last row of a run is the first of the main interval where that follows; else it belongs to the run.
    if (distance !== interval && i - begin >= RUN_MIN) {
      const from = Math.max(begin, stretches.at(-1)?.to ?? 0);
      stretches.push({ from, to: next === interval ? i : i + 1, interval: distance });
    }
    begin = i;
  }
  return stretches;
}

export type Written = {
  /** As the file stamps its rows, ascending. */
  readonly time: Float64Array;
  readonly spacing: Spacing;
  readonly line: (row: number) => number | null;
};

/** The finding `interval-change`, null where there is no such stretch. */
export function intervalChange(
  stretches: readonly OtherInterval[],
  { time, spacing, line }: Written,
): Finding | null {
  const [first] = stretches;
  if (first === undefined) return null;
  const rows = stretches.reduce((sum, { from, to }) => sum + to - from, 0);
  const main = intervalText(spacing.interval);
  const until = `${utcText(time[first.from]!)} to ${utcText(time[first.to - 1]!)}`;
  return {
    code: 'interval-change',
    count: stretches.length,
    line: line(first.from),
    example: `${first.to - first.from} rows ${intervalText(first.interval)} apart from ${until}, the others ${main}`,
    consequence: `the series is ${main}; ${rows} rows of another interval were left out and count as missing`,
  };
}
