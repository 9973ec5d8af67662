import { describe, expect, it } from 'vitest';
import { fundingIntervals } from '../../src/market/funding-intervals.ts';

const HOUR = 3_600_000;
const START = 1_700_006_400_000;

/** Settlements after these waits, in hours. */
function after(...waits: readonly number[]): Float64Array {
  let time = START;
  return Float64Array.from([time, ...waits.map((wait) => (time += wait * HOUR))]);
}

function hoursOf(waits: readonly number[]) {
  const { interval, changes, gaps } = fundingIntervals(after(...waits));
  return {
    interval: Array.from(interval, (ms) => ms / HOUR),
    changes: changes.map(({ at, from, to }) => [at, from / HOUR, to / HOUR]),
    gaps: gaps.map(({ at, count }) => [at, count]),
  };
}

describe('fundingIntervals', () => {
  it('takes the interval of a steady file from its stamps', () => {
    expect(hoursOf([8, 8, 8])).toEqual({ interval: [8, 8, 8, 8], changes: [], gaps: [] });
    expect(hoursOf([1])).toEqual({ interval: [1, 1], changes: [], gaps: [] });
  });

  it('sees changes in both directions', () => {
    expect(hoursOf([8, 8, 4, 4, 4, 2, 2, 8, 8])).toEqual({
      interval: [8, 8, 8, 4, 4, 4, 2, 2, 8, 8],
      changes: [
        [3, 8, 4],
        [6, 4, 2],
        [8, 2, 8],
      ],
      gaps: [],
    });
  });

  it('calls a single multiple a hole and keeps the interval inside it', () => {
    expect(hoursOf([8, 24, 8, 8])).toEqual({ interval: [8, 8, 8, 8, 8], changes: [], gaps: [[2, 2]] });
    expect(hoursOf([2, 2, 8, 2])).toEqual({ interval: [2, 2, 2, 2, 2], changes: [], gaps: [[3, 3]] });
    expect(hoursOf([8, 8, 16])).toEqual({ interval: [8, 8, 8, 8], changes: [], gaps: [[3, 1]] });
  });

  it('calls every wait beyond eight hours a hole, repeated or not, even at the beginning', () => {
    expect(hoursOf([16, 8, 8]).gaps).toEqual([[1, 1]]);
    expect(hoursOf([8, 16, 16, 8])).toMatchObject({
      changes: [],
      gaps: [
        [2, 1],
        [3, 1],
      ],
    });
  });

  it('finds the hole and the change where both meet', () => {
    expect(hoursOf([8, 72, 4, 4])).toMatchObject({ changes: [[3, 8, 4]], gaps: [[2, 8]] });
  });

  it('accepts a file of daily settlements', () => {
    expect(hoursOf([24, 24, 24])).toEqual({ interval: [24, 24, 24, 24], changes: [], gaps: [] });
  });
});
