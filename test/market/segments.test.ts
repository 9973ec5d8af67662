import { describe, expect, it } from 'vitest';
import { segmentStarts } from '../../src/market/segments.ts';
import { invented } from '../support/invented-bars.ts';

function at(hours: readonly number[]) {
  const bars = invented(hours.length);
  return { ...bars, time: Float64Array.from(hours, (hour) => hour * bars.interval) };
}

describe('segmentStarts', () => {
  it('is one segment without holes', () => {
    expect([...segmentStarts(invented(50), 3)]).toEqual([0]);
  });

  it('bridges a distance of exactly maxGap intervals and splits at a millisecond more', () => {
    expect([...segmentStarts(at([0, 1, 4, 5]), 3)]).toEqual([0]);
    expect([...segmentStarts(at([0, 1, 4 + 1 / 3_600_000, 5]), 3)]).toEqual([0, 2]);
  });

  it('begins a segment behind each long hole', () => {
    expect([...segmentStarts(at([0, 5, 6, 20, 21]), 3)]).toEqual([0, 1, 3]);
    expect([...segmentStarts(at([0, 2, 3]), 1)]).toEqual([0, 1]);
  });

  it('has no segment where there are no bars', () => {
    expect([...segmentStarts(at([]), 3)]).toEqual([]);
  });
});
