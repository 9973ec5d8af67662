import { describe, expect, it } from 'vitest';
import { liquidityLookup } from '../../src/replay/liquidity.ts';
import { barsOf } from '../support/small-bars.ts';

const HOUR = 3_600_000;
const E = Math.E;

/** Moves of 1 and 2 in logs; then a hole of one bar. */
const bars = barsOf('A', HOUR, [
  [0, 1, E, 1, E, 10],
  [HOUR, E, E * E * E, E, E * E * E, 30],
  [3 * HOUR, E, E, E, E, 5],
]);
const lookup = (symbol: number, time: number) => liquidityLookup([null, bars])(symbol, time);

describe('liquidityLookup', () => {
  it.each([
    ['before all bars', -1, 0, 0, 0, -1],
    ['in the first bar: nothing is known, and it trades', 0, 0, 0, 10, HOUR],
    ['to the last millisecond of it', HOUR - 1, 0, 0, 10, HOUR],
    ['where the first is completed and the second begins', HOUR, 1, 10, 30, 2 * HOUR],
    ['in a hole: two bars are known and none trades', 2 * HOUR, Math.sqrt(5), 40, 0, 2 * HOUR],
    ['in the bar behind it', 3.5 * HOUR, Math.sqrt(5), 40, 5, 4 * HOUR],
    // The last move goes from e^3 to e: 1 + 4 + 4.
    ['behind the last bar', 4 * HOUR, 3, 45, 0, 4 * HOUR],
    ['a day after the first bar', 25 * HOUR, Math.sqrt(8), 35, 0, 25 * HOUR],
    ['days later', 99 * HOUR, 0, 0, 0, 99 * HOUR],
  ])('%s', (_, time, sigma, volumeDaily, barVolume, barEnd) => {
    const sigmaDaily = expect.closeTo(sigma, 12);
    expect(lookup(1, time)).toEqual({ sigmaDaily, volumeDaily, barVolume, barEnd, spread: 1, depth: 0 });
  });

  it('knows nothing of a symbol without bars', () => {
    const nothing = { sigmaDaily: 0, volumeDaily: 0, barVolume: 0, barEnd: 7, spread: 1, depth: 0 };
    expect(lookup(0, 7)).toEqual(nothing);
    expect(lookup(9, 7)).toEqual(nothing);
  });
});
