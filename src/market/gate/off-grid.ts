/** Opens that do not lie on the multiples of their interval. */
import { MS_PER_DAY } from '../../model/time.ts';
import { utcText } from '../../model/utc-text.ts';
import type { Finding } from '../finding.ts';
import { intervalText } from './interval.ts';
import type { GateSeries } from './series.ts';

/** Only for intervals that divide a day: weeks and months begin where their source says. */
export function offGrid({ bars, line }: GateSeries): Finding | null {
  const { time, interval } = bars;
  if (MS_PER_DAY % interval !== 0) return null;
  let count = 0;
  let first = -1;
  for (let i = 0; i < time.length; i += 1) {
    if (time[i]! % interval === 0) continue;
    count += 1;
    if (first < 0) first = i;
  }
  if (first < 0) return null;
  return {
    code: 'off-grid',
    count,
    line: line(first),
    example: `${utcText(time[first]!)} is no multiple of ${intervalText(interval)} from 00:00 UTC`,
    consequence:
      count * 2 > time.length
        ? 'kept as they stand; where the file is in local time, name it with --time-offset'
        : 'kept as they stand; such a bar may overlap its neighbours',
  };
}
