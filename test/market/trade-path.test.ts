import { describe, expect, test } from 'vitest';
import type { Trade } from '../../src/market/journal.ts';
import { countHoles, locate } from '../../src/market/trade-path.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** Hourly bars at the given hours; a split before each row of `splits`. */
function series(hours: readonly number[], splits: readonly number[] = []) {
  const column = Float64Array.from(hours, () => 100);
  const time = Float64Array.from(hours, (hour) => hour * HOUR);
  const bars = {
    symbol: 'X',
    interval: HOUR,
    time,
    open: column,
    high: column,
    low: column,
    close: column,
    volume: column,
  };
  return countHoles(bars, Int32Array.from([0, ...splits]));
}

function trade(entry: number, exit: number, exitSlack = 0): Trade {
  return {
    id: 1,
    symbol: 'X',
    direction: 'long',
    entryTime: entry,
    entryPrice: 100,
    exitTime: exit,
    exitSlack,
    exitPrice: 100,
    exitKind: 'signal',
  };
}

const tenHours = series([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);

describe('where a trade lies in its bars (RULES 1.1)', () => {
  test('from a bar open to a bar open all bars between are whole, and the bar at the exit is outside', () => {
    expect(locate(tenHours, trade(2 * HOUR, 5 * HOUR))).toEqual({
      from: 2,
      to: 5,
      entryPartial: false,
      partialFrom: 5,
      atrRow: 1,
      bridged: false,
    });
  });
  test('bars that hold the entry or the exit strictly inside are partial', () => {
    const path = locate(tenHours, trade(2 * HOUR + MINUTE, 5 * HOUR + MINUTE));
    expect(path).toMatchObject({ from: 2, to: 6, entryPartial: true, partialFrom: 5, atrRow: 1 });
  });
  test('one millisecond before the bar ends is still inside it, at its end no more', () => {
    expect(locate(tenHours, trade(3 * HOUR - 1, 5 * HOUR))).toMatchObject({ from: 2, atrRow: 1 });
    expect(locate(tenHours, trade(3 * HOUR, 5 * HOUR))).toMatchObject({ from: 3, atrRow: 2 });
  });
  test('entry and exit inside one bar make one partial bar', () => {
    expect(locate(tenHours, trade(2 * HOUR + MINUTE, 2 * HOUR + 2 * MINUTE))).toMatchObject({
      from: 2,
      to: 3,
      entryPartial: true,
      partialFrom: 2,
    });
  });
  test('a trade that ends when it begins, at a border, touches no bar', () => {
    expect(locate(tenHours, trade(2 * HOUR, 2 * HOUR))).toMatchObject({ from: 2, to: 2, partialFrom: 2 });
  });
  test('an exit known to its candle makes every bar that the candle touches partial (RULES 1.5)', () => {
    expect(locate(tenHours, trade(2 * HOUR, 5 * HOUR, 15 * MINUTE))).toMatchObject({ to: 6, partialFrom: 5 });
    expect(locate(tenHours, trade(2 * HOUR, 5 * HOUR + 15 * MINUTE, 4 * HOUR))).toMatchObject({
      to: 10,
      partialFrom: 5,
    });
    expect(locate(tenHours, trade(2 * HOUR, 5 * HOUR, HOUR))).toMatchObject({ to: 6, partialFrom: 5 });
  });
});

describe('trades that cannot be judged', () => {
  test('before the first bar, after the last, or past the end', () => {
    expect(locate(tenHours, trade(-1, 5 * HOUR))).toBe('before-bars');
    expect(locate(tenHours, trade(10 * HOUR, 11 * HOUR))).toBe('after-bars');
    expect(locate(tenHours, trade(8 * HOUR, 10 * HOUR + 1))).toBe('bars-end-before-exit');
    expect(locate(tenHours, trade(8 * HOUR, 10 * HOUR))).toMatchObject({ to: 10 });
  });
  test('a trade in the first bar has no completed bar before it', () => {
    expect(locate(tenHours, trade(0, 2 * HOUR))).toMatchObject({ from: 0, atrRow: -1 });
  });
});

describe('gaps (RULES 1.3)', () => {
  // Hours 0-3, a hole of two bars, 6-9; the hole is t[4] - t[3] = 3 intervals.
  const bridged = series([0, 1, 2, 3, 6, 7, 8, 9]);
  const split = series([0, 1, 2, 3, 6, 7, 8, 9], [4]);
  test('a gap up to the allowed one is bridged and said', () => {
    expect(locate(bridged, trade(2 * HOUR, 8 * HOUR))).toMatchObject({ from: 2, to: 6, bridged: true });
  });
  test('a trade on one side of the hole does not see it', () => {
    expect(locate(bridged, trade(1 * HOUR, 4 * HOUR))).toMatchObject({ bridged: false });
    expect(locate(split, trade(7 * HOUR, 9 * HOUR))).toMatchObject({ bridged: false });
  });
  test('a hole that splits the series takes out the trades that span it, those that end in it too', () => {
    expect(locate(split, trade(2 * HOUR, 8 * HOUR))).toBe('gap');
    expect(locate(split, trade(2 * HOUR, 5 * HOUR))).toBe('gap');
    expect(locate(split, trade(5 * HOUR, 8 * HOUR))).toBe('gap');
    expect(locate(bridged, trade(2 * HOUR, 5 * HOUR))).toMatchObject({ to: 4, bridged: true });
  });
});
