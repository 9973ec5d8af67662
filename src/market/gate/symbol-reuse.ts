/** A symbol that comes back as another asset: a hole, and behind it a price that no market would have reached. */
import { utcText } from '../../model/utc-text.ts';
import type { Bars } from '../bars.ts';
import type { Finding } from '../finding.ts';
import type { GateSeries } from './series.ts';

/** Over a hole of days a price may double; three times or a third without a trade in between is another asset. */
const FACTOR = 3;

/** The rows behind a distance of more than `maxGap` intervals over which the close changes by more than x3, either way. */
export function reusedAt({ time, close, interval }: Bars, maxGap: number): number[] {
  const cuts: number[] = [];
  for (let i = 1; i < time.length; i += 1) {
    if (time[i]! - time[i - 1]! <= maxGap * interval) continue;
    const factor = close[i]! / close[i - 1]!;
    if (factor > FACTOR || factor * FACTOR < 1) cuts.push(i);
  }
  return cuts;
}

/** The finding `symbol-reuse`. */
export function symbolReuse({ bars, line }: GateSeries, maxGap: number): Finding | null {
  const { time, close } = bars;
  const cuts = reusedAt(bars, maxGap);
  const [first] = cuts;
  if (first === undefined) return null;
  const before = `${utcText(time[first - 1]!)} ${close[first - 1]!}`;
  return {
    code: 'symbol-reuse',
    count: cuts.length,
    line: line(first),
    example: `${before} -> ${utcText(time[first]!)} ${close[first]!}`,
    consequence: 'the series is split there; what follows may be another asset under the same name',
  };
}
