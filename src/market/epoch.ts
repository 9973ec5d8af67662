/** Time columns as files write them, in whatever unit, as milliseconds UTC. */
import { utcText } from '../model/utc-text.ts';
import type { Finding } from './finding.ts';

const units = ['s', 'ms', 'us', 'ns'] as const;
/** The least stamp of each unit: 1e8 s, 1e11 ms and 1e14 us are all days of March 1973. */
const UNIT_MIN = [1e8, 1e11, 1e14, 1e17] as const;

export type Milliseconds = {
  /** NaN where a stamp is none. The column itself where it was in whole milliseconds. */
  readonly time: Float64Array;
  /** Rows whose stamp is not finite or below 1e8, ascending. */
  readonly faults: readonly number[];
  /** How many stamps are in seconds, milliseconds, microseconds, nanoseconds. */
  readonly counts: readonly [s: number, ms: number, us: number, ns: number];
  /** The first row whose unit differs from that of the first good stamp; null where the column has one unit. */
  readonly mixedAt: number | null;
};

/**
 * Milliseconds by magnitude: seconds from 1e8, milliseconds from 1e11, microseconds from 1e14, nanoseconds from 1e17.
 * A column with several units is converted row by row. Fractions of a millisecond are cut off; those of a second are
 * rounded to the millisecond that the decimal text meant.
 */
export function toMilliseconds(stamps: Float64Array): Milliseconds {
  const counts: [number, number, number, number] = [0, 0, 0, 0];
  const faults: number[] = [];
  let isWhole = true;
  let firstUnit = -1;
  let mixedAt: number | null = null;
  for (let i = 0; i < stamps.length; i += 1) {
    const stamp = stamps[i]!;
    const unit = unitOf(stamp);
    if (unit < 0) {
      faults.push(i);
      continue;
    }
    counts[unit]! += 1;
    if (firstUnit < 0) firstUnit = unit;
    else if (unit !== firstUnit && mixedAt === null) mixedAt = i;
    if (unit !== 1 || stamp % 1 !== 0) isWhole = false;
  }
  const time = isWhole && faults.length === 0 ? stamps : stamps.map(millisecondsOf);
  return { time, faults, counts, mixedAt };
}

/** The finding `mixed-epochs`, null for a column of one unit. */
export function mixedEpochs(
  { time, counts, mixedAt }: Milliseconds,
  line: (row: number) => number | null,
): Finding | null {
  if (mixedAt === null) return null;
  const parts = counts.flatMap((count, unit) => (count > 0 ? [`${count} in ${units[unit]}`] : []));
  return {
    code: 'mixed-epochs',
    count: Math.min(...counts.filter((count) => count > 0)),
    line: line(mixedAt),
    example: `${parts.join(', ')}; the unit first changes at ${utcText(time[mixedAt]!)}`,
    consequence: 'every stamp was read by its own magnitude',
  };
}

function unitOf(stamp: number): number {
  if (!(stamp >= UNIT_MIN[0]) || stamp === Number.POSITIVE_INFINITY) return -1;
  if (stamp < UNIT_MIN[1]) return 0;
  if (stamp < UNIT_MIN[2]) return 1;
  return stamp < UNIT_MIN[3] ? 2 : 3;
}

function millisecondsOf(stamp: number): number {
  switch (unitOf(stamp)) {
    case 0:
      return Math.round(stamp * 1000);
    case 1:
      return Math.floor(stamp);
    case 2:
      return Math.floor(stamp / 1000);
    case 3:
      return Math.floor(stamp / 1e6);
    default:
      return Number.NaN;
  }
}
