import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Bars } from '../../src/market/bars.ts';
import { segmentStarts } from '../../src/market/segments.ts';
import { worstMove } from '../../src/market/worst-move.ts';
import { HOUR, START } from '../support/raw-bars.ts';

type Row = readonly [low: number, high: number, close: number];

function barsOf(rows: readonly Row[], hours: readonly number[] = rows.map((_, i) => i)): Bars {
  const column = (k: 0 | 1 | 2) => Float64Array.from(rows, (row) => row[k]);
  const close = column(2);
  const time = Float64Array.from(hours, (hour) => START + hour * HOUR);
  return {
    symbol: 'X',
    interval: HOUR,
    time,
    open: close,
    high: column(1),
    low: column(0),
    close,
    volume: close,
  };
}

const held = (bars: Bars, side: 1 | -1, hours: number) =>
  worstMove(bars, { side, horizon: hours * HOUR, starts: segmentStarts(bars, 3) });

describe('worstMove', () => {
  const bars = barsOf([
    [99, 101, 100],
    [90, 102, 95],
    [80, 96, 92],
    [91, 115, 110],
  ]);

  test('is the deepest low, or the highest high, of the bars ahead of a close', () => {
    // By hand: 100 -> 80 within two bars, 95 -> 80 within one; 95 -> 115 within two, 92 -> 115 within one.
    expect(held(bars, 1, 2)).toEqual({ move: expect.closeTo(0.2, 15), time: START + 2 * HOUR });
    expect(held(bars, 1, 1)).toEqual({ move: expect.closeTo(15 / 95, 15), time: START + 2 * HOUR });
    expect(held(bars, -1, 2)).toEqual({ move: expect.closeTo(23 / 92, 15), time: START + 3 * HOUR });
  });

  test('counts nothing across a hole that splits, and a bridged hole as one step', () => {
    const rows: Row[] = [
      [100, 100, 100],
      [50, 50, 50],
    ];
    expect(held(barsOf(rows, [0, 9]), 1, 24)).toEqual({ move: 0, time: null });
    expect(held(barsOf(rows, [0, 3]), 1, 1).move).toBe(0.5);
  });

  test('is nothing where the price only goes its way, or a single bar is there', () => {
    const rising = barsOf([
      [100, 100, 100],
      [101, 101, 101],
    ]);
    expect(held(rising, 1, 5)).toEqual({ move: 0, time: null });
    expect(held(barsOf([[1, 2, 1]]), 1, 5)).toEqual({ move: 0, time: null });
  });

  test('is what looking at every pair finds', () => {
    const row = fc.tuple(
      fc.integer({ min: 50, max: 100 }),
      fc.integer({ min: 0, max: 40 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 10 }),
        (given, hours) => {
          const some = barsOf(given.map(([low, size, at]): Row => [low, low + size, low + at * size]));
          for (const side of [1, -1] as const) {
            let worst = 0;
            for (let i = 0; i < given.length; i += 1) {
              for (let j = i + 1; j < given.length && j <= i + hours; j += 1) {
                const extreme = side > 0 ? some.low[j]! : some.high[j]!;
                worst = Math.max(worst, side * (1 - extreme / some.close[i]!));
              }
            }
            expect(held(some, side, hours).move).toBe(worst);
          }
        },
      ),
    );
  });
});
