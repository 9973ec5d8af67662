import { describe, expect, it } from 'vitest';
import { knotsOf } from '../../src/replay/knots.ts';
import { type BarRow, barsOf, ticksOf } from '../support/small-bars.ts';

/** Bars of 30 ms, so that thirds are whole numbers. */
function knots(
  rows: readonly BarRow[],
  high: readonly number[],
  prints?: readonly (readonly [number, number])[],
): (readonly [number, number])[] {
  const ticks = prints === undefined ? null : ticksOf('A', prints);
  const { time, price } = knotsOf(barsOf('A', 30, rows), Uint8Array.from(high), ticks);
  return Array.from(time, (at, i) => [at, price[i]!] as const);
}

describe('knotsOf', () => {
  it('begins out of nothing and joins open, low, high and close in thirds of the interval', () => {
    expect(knots([[60, 10, 14, 9, 12]], [0])).toEqual([
      [60, Number.NaN],
      [60, 10],
      [70, 9],
      [80, 14],
      [90, 12],
    ]);
  });

  it('goes to the high first where it is told so', () => {
    expect(knots([[60, 10, 14, 9, 12]], [1]).slice(2, 4)).toEqual([
      [70, 14],
      [80, 9],
    ]);
  });

  it('steps from a close to another open, and passes through an equal one', () => {
    const bars: BarRow[] = [
      [0, 10, 14, 9, 12],
      [30, 12, 13, 11, 11],
      [60, 10, 11, 9, 10],
    ];
    expect(knots(bars, [0, 0, 0])).toEqual([
      [0, Number.NaN],
      [0, 10],
      [10, 9],
      [20, 14],
      [30, 12],
      [40, 11],
      [50, 13],
      [60, 11],
      [60, 10],
      [70, 9],
      [80, 11],
      [90, 10],
    ]);
  });

  it('stays at the last close in a hole, and steps at its end', () => {
    const bars: BarRow[] = [
      [0, 10, 14, 9, 12],
      [120, 20, 21, 19, 20],
    ];
    expect(knots(bars, [0, 0]).slice(4, 7)).toEqual([
      [30, 12],
      [120, 12],
      [120, 20],
    ]);
  });

  it('ends a hole without a step where the next open is the last close', () => {
    const bars: BarRow[] = [
      [0, 10, 14, 9, 12],
      [120, 12, 21, 11, 20],
    ];
    expect(knots(bars, [0, 0]).slice(4, 7)).toEqual([
      [30, 12],
      [120, 12],
      [130, 11],
    ]);
  });

  it('ends a bar where the next one begins before its time, as in a short month', () => {
    const bars: BarRow[] = [
      [0, 10, 14, 9, 12],
      [27, 12, 13, 11, 11],
    ];
    expect(knots(bars, [0, 0]).slice(1, 6)).toEqual([
      [0, 10],
      [9, 9],
      [18, 14],
      [27, 12],
      [37, 11],
    ]);
  });

  it('puts prints in the place of bars that lie between the first and the last of them', () => {
    const bars: BarRow[] = [
      [0, 10, 14, 9, 12],
      [30, 12, 13, 11, 11],
      [60, 11, 12, 9, 10],
    ];
    const prints = [
      [30, 12.5],
      [44, 13],
      [44, 11.5],
      [60, 11],
    ] as const;
    expect(knots(bars, [0, 0, 0], prints)).toEqual([
      [0, Number.NaN],
      [0, 10],
      [10, 9],
      [20, 14],
      [30, 12],
      [30, 12.5],
      [44, 12.5],
      [44, 13],
      [44, 11.5],
      [60, 11.5],
      [60, 11],
      [70, 9],
      [80, 12],
      [90, 10],
    ]);
  });

  it.each([
    ['begin a millisecond after it', 31, 60],
    ['end a millisecond before it does', 30, 59],
  ])('keeps a bar where the prints %s', (_, from, to) => {
    const bars: BarRow[] = [[30, 12, 13, 11, 11]];
    const kept = knots(
      bars,
      [0],
      [
        [from, 12.5],
        [to, 12.6],
      ],
    );
    expect(kept).toEqual([
      [30, Number.NaN],
      [30, 12],
      [40, 11],
      [50, 13],
      [60, 11],
      ...(to === 60 ? ([[60, 12.6]] as const) : []),
    ]);
  });

  it('keeps a bar without a print between two files of prints', () => {
    const bars: BarRow[] = [
      [0, 10, 14, 9, 12],
      [30, 12, 50, 1, 11],
      [60, 11, 12, 9, 10],
    ];
    const prints = [
      [0, 10],
      [29, 12],
      [60, 11],
      [90, 10],
    ] as const;
    const prices = knots(bars, [0, 0, 0], prints);
    expect(prices).toContainEqual([40, 1]);
    expect(prices).toContainEqual([50, 50]);
    expect(prices).not.toContainEqual([10, 9]);
  });

  it('adds nothing for a print that leaves the price where it is', () => {
    const prints = [
      [5, 10],
      [6, 10],
      [6, 10],
      [7, 11],
    ] as const;
    expect(knots([], [], prints)).toEqual([
      [5, Number.NaN],
      [5, 10],
      [7, 10],
      [7, 11],
    ]);
  });

  it('takes prints in a hole of the bars and after their end', () => {
    const bars: BarRow[] = [
      [0, 10, 14, 9, 12],
      [90, 20, 21, 19, 20],
    ];
    const prints = [
      [10, 99],
      [60, 15],
      [100, 99],
      [130, 22],
    ] as const;
    expect(knots(bars, [0, 0], prints).slice(4)).toEqual([
      [30, 12],
      [60, 12],
      [60, 15],
      // The bar at 90 lies between the first and the last print and holds one: no open, the price of before until then.
      [100, 15],
      [100, 99],
      [130, 99],
      [130, 22],
    ]);
  });

  it('takes a print in a hole before a bar that keeps its own points', () => {
    const bars: BarRow[] = [
      [0, 10, 14, 9, 12],
      [90, 20, 21, 19, 20],
    ];
    const prints = [
      [10, 99],
      [60, 15],
      [95, 99],
    ] as const;
    expect(knots(bars, [0, 0], prints).slice(4)).toEqual([
      [30, 12],
      [60, 12],
      [60, 15],
      [90, 15],
      [90, 20],
      [100, 19],
      [110, 21],
      [120, 20],
    ]);
  });

  it('has no knots without bars and prints', () => {
    expect(knots([], [])).toEqual([]);
  });
});
