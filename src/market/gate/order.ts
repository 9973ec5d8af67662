/** The rows of a file in the order of time, each stamp once. */
import { utcText } from '../../model/utc-text.ts';
import type { Finding } from '../finding.ts';

export type RowOrder = {
  /** Rows of the file, by ascending time, each stamp once. */
  readonly rows: Uint32Array;
  /** Rows left out because their stamp and values stand already in `rows`. */
  readonly same: readonly number[];
  /** Rows left out because their stamp stands already, with other values: `[left out, kept]`. */
  readonly conflicts: readonly (readonly [number, number])[];
  /** Rows that go back to a stamp that stands nowhere before them: `[row, the latest time before it]`. */
  readonly back: readonly (readonly [number, number])[];
};

export type Walk = {
  /** Milliseconds, one for each row of the file. */
  readonly time: Float64Array;
  /** 1 for rows that count for nothing. */
  readonly isBad: Uint8Array;
  readonly newestFirst: boolean;
  /** Whether two rows hold the same values. */
  readonly equal: (a: number, b: number) => boolean;
};

/**
 * Walks the good rows from the old end of the file to the new one. A stamp that stands already is a repetition, of
 * which the row that comes first in the file is kept; a step back to a new stamp is out of order.
 *
 * Cost  O(n) where the file runs one way, O(log n) for each row that does not
 */
export function orderRows({ time, isBad, newestFirst, equal }: Walk): RowOrder {
  const rows = new Uint32Array(time.length);
  const same: number[] = [];
  const conflicts: [number, number][] = [];
  const back: [number, number][] = [];
  let count = 0;
  for (let at = 0; at < time.length; at += 1) {
    const row = newestFirst ? time.length - 1 - at : at;
    if (isBad[row] === 1) continue;
    const latest = count === 0 ? Number.NEGATIVE_INFINITY : time[rows[count - 1]!]!;
    if (time[row]! > latest) {
      rows[count] = row;
      count += 1;
      continue;
    }
    const place = placeOf(time, rows.subarray(0, count), time[row]!);
    if (place < 0) {
      back.push([row, latest]);
      continue;
    }
    const standing = rows[place]!;
    const kept = Math.min(standing, row);
    const left = Math.max(standing, row);
    rows[place] = kept;
    if (equal(standing, row)) same.push(left);
    else conflicts.push([left, kept]);
  }
  return { rows: rows.slice(0, count), same, conflicts, back };
}

/** The place of a stamp in ascending rows, -1 where it stands nowhere. */
function placeOf(time: Float64Array, rows: Uint32Array, stamp: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (time[rows[middle]!]! < stamp) low = middle + 1;
    else high = middle;
  }
  return low < rows.length && time[rows[low]!]! === stamp ? low : -1;
}

type Described = {
  readonly time: Float64Array;
  readonly line: (row: number) => number | null;
  /** The values of a row in words. */
  readonly values: (row: number) => string;
};

/** The findings `duplicate` and `duplicate-conflict`. */
export function repetitions({ same, conflicts }: RowOrder, { time, line, values }: Described): Finding[] {
  const findings: Finding[] = [];
  if (same.length > 0) {
    const first = Math.min(...extremesOf(same));
    findings.push({
      code: 'duplicate',
      count: same.length,
      line: line(first),
      example: `${utcText(time[first]!)} stands twice with the same values`,
      consequence: 'one of each was kept',
    });
  }
  const conflict = conflicts.reduce<readonly [number, number] | null>(
    (least, pair) => (least === null || pair[0] < least[0] ? pair : least),
    null,
  );
  if (conflict !== null) {
    const [left, kept] = conflict;
    findings.push({
      code: 'duplicate-conflict',
      count: conflicts.length,
      line: line(left),
      example: `${utcText(time[left]!)} is ${values(kept)} (line ${line(kept) ?? '?'}) and ${values(left)}`,
      consequence: 'the row that comes first in the file was kept, the other left out',
    });
  }
  return findings;
}

/** The rows of a walk run one way, so the first in the file is at one of the ends. */
function extremesOf(rows: readonly number[]): [number, number] {
  return [rows[0] ?? 0, rows.at(-1) ?? 0];
}
