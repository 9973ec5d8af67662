import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { worstWindow } from '../../../src/risk/funding/worst-window.ts';
import { unchanged } from '../../support/unchanged.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Every window summed by itself. */
function naive(time: Float64Array, value: Float64Array, span: number) {
  let worst: { sum: number; from: number; to: number } | null = null;
  for (let to = 0; to < time.length; to += 1) {
    const rows = Array.from(time.keys()).filter((i) => i <= to && time[i]! > time[to]! - span);
    const sum = rows.reduce((total, i) => total + value[i]!, 0);
    if (sum < (worst?.sum ?? 0)) worst = { sum, from: rows[0] ?? to, to };
  }
  return worst;
}

describe('worstWindow', () => {
  test('of 7 days holds 21 settlements of 8 hours', () => {
    const time = Float64Array.from({ length: 100 }, (_, i) => i * 8 * HOUR);
    const value = new Float64Array(100).fill(-1);
    expect(unchanged([time, value], () => worstWindow(time, value, 7 * DAY))).toEqual({
      sum: -21,
      from: 0,
      to: 20,
    });
  });

  test('is found by time, whatever the interval', () => {
    // 8 h, 8 h, then 2 h: within 8 hours lie the four of 2 h.
    const time = Float64Array.of(0, 8, 16, 18, 20, 22, 30).map((hours) => hours * HOUR);
    const value = Float64Array.of(-1, -1, -2, -2, -2, -2, 0);
    expect(worstWindow(time, value, 8 * HOUR)).toEqual({ sum: -8, from: 2, to: 5 });
  });

  test('is none where no span was paid in on balance', () => {
    expect(worstWindow(Float64Array.of(0, 1), Float64Array.of(0, 2), 5)).toBeNull();
    expect(worstWindow(new Float64Array(), new Float64Array(), 5)).toBeNull();
  });

  test('equals the sum of every window', () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: -5, max: 5 })), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 40 }), (steps, span) => {
        let now = 0;
        const time = Float64Array.from(steps, ([wait]) => {
          now += wait;
          return now;
        });
        const value = Float64Array.from(steps, ([, one]) => one);
        expect(worstWindow(time, value, span)).toEqual(naive(time, value, span));
      }),
    );
  });

  test('refuses a span of 0, and columns of two lengths', () => {
    expect(() => worstWindow(Float64Array.of(1), Float64Array.of(1), 0)).toThrow('a span must be above 0');
    expect(() => worstWindow(Float64Array.of(1), new Float64Array(), 1)).toThrow('each value needs its time');
  });
});
