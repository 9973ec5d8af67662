/** Runs in which nothing happens: no price moves, or nothing is traded. */
import { utcText } from '../../model/utc-text.ts';
import type { Finding, FindingCode } from '../finding.ts';
import type { GateSeries } from './series.ts';

/**
 * A flat bar at the previous close happens by chance where nobody trades for a minute. Even where one bar in five is
 * flat, five in a row come by chance once in 3,000 bars; feeds that repeat their last value make runs far longer.
 */
const RUN_MIN = 5;

type Runs = {
  readonly rows: number;
  readonly runs: number;
  readonly longest: number;
  readonly at: number;
  readonly first: number;
};

/** The finding `stale`: runs of at least five bars with O = H = L = C = the previous close. Its count is that of the bars. */
export function stale({ bars, line }: GateSeries): Finding | null {
  const { open, high, low, close } = bars;
  const runs = runsOf(bars.time.length, (i) => {
    const price = close[i]!;
    return i > 0 && open[i]! === price && high[i]! === price && low[i]! === price && close[i - 1]! === price;
  });
  if (runs.rows === 0) return null;
  const at = `${runs.longest} bars at ${close[runs.at]!} from ${utcText(bars.time[runs.at]!)}`;
  return finding('stale', runs, line(runs.first), {
    example: `the longest of ${runs.runs}: ${at}`,
    consequence: 'kept; returns, ATR and volatility are too small there',
  });
}

/** The finding `zero-volume`: runs of at least five bars without volume, in a source that has volumes. */
export function zeroVolume({ bars, line }: GateSeries): Finding | null {
  const { volume } = bars;
  if (!volume.some((value) => value > 0)) return null;
  const runs = runsOf(bars.time.length, (i) => volume[i]! === 0);
  if (runs.rows === 0) return null;
  return finding('zero-volume', runs, line(runs.first), {
    example: `the longest of ${runs.runs}: ${runs.longest} bars from ${utcText(bars.time[runs.at]!)}`,
    consequence: 'kept; nothing was traded there, so no order would have been filled at these prices',
  });
}

function finding(
  code: FindingCode,
  runs: Runs,
  line: number | null,
  words: { readonly example: string; readonly consequence: string },
): Finding {
  return { code, count: runs.rows, line, ...words };
}

function runsOf(length: number, holds: (row: number) => boolean): Runs {
  let [rows, runs, longest, at, first, current] = [0, 0, 0, 0, -1, 0];
  for (let i = 0; i <= length; i += 1) {
    if (i < length && holds(i)) {
      current += 1;
      continue;
    }
    if (current >= RUN_MIN) {
      rows += current;
      runs += 1;
      if (first < 0) first = i - current;
      if (current > longest) {
        longest = current;
        at = i - current;
      }
    }
    current = 0;
  }
  return { rows, runs, longest, at, first };
}
