/** Bars that are not there. */
import { utcText } from '../../model/utc-text.ts';
import type { Finding } from '../finding.ts';
import { missingBetween } from './interval.ts';
import type { GateSeries } from './series.ts';

/** The finding `gap` (its count is that of the missing bars), and how many bars are missing. */
export function gap(
  { bars, spacing, line }: GateSeries,
  maxGap: number,
): { missing: number; finding: Finding | null } {
  const { time } = bars;
  let missing = 0;
  let holes = 0;
  let first = -1;
  let largest = 0;
  let largestAt = 0;
  for (let i = 1; i < time.length; i += 1) {
    const count = missingBetween(time[i - 1]!, time[i]!, spacing);
    if (count === 0) continue;
    missing += count;
    holes += 1;
    if (first < 0) first = i;
    if (count <= largest) continue;
    largest = count;
    largestAt = i;
  }
  if (missing === 0) return { missing, finding: null };
  const from = utcText(time[largestAt - 1]!);
  const example = `${holes} ${holes === 1 ? 'hole' : 'holes'}, the largest of ${largest} ${largest === 1 ? 'bar' : 'bars'} between ${from} and ${utcText(time[largestAt]!)}`;
  const consequence = `nothing was filled in; a distance of more than ${maxGap} intervals between two bars splits the series`;
  return { missing, finding: { code: 'gap', count: missing, line: line(first), example, consequence } };
}
