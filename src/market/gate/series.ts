/** What the rules of the gate look at: the kept rows as bars, with their place in the file. */
import type { Bars } from '../bars.ts';
import type { Spacing } from './interval.ts';

export type GateSeries = {
  readonly bars: Bars;
  readonly spacing: Spacing;
  /** The line of a bar (by its row in `bars`), null where the source has no lines. */
  readonly line: (row: number) => number | null;
};
