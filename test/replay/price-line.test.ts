import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  barsOfLine,
  betweenPrices,
  lineOf,
  mapLine,
  multiplyLines,
  priceAt,
  withKnot,
} from '../../src/replay/price-line.ts';

const at = (...points: readonly (readonly [number, number])[]) =>
  lineOf(points.map(([time, value]) => ({ time, value })));

test('a price halfway between two knots is their geometric mean', () => {
  // sqrt(100 x 400) = 200
  expect(betweenPrices(100, 400, 0.5)).toBeCloseTo(200, 10);
  expect(priceAt(at([0, 100], [10, 400]), 5)).toBeCloseTo(200, 10);
});

test('knots keep their digits, ends go on flat, and a step is passed at its own moment', () => {
  const line = at([0, 3782.13], [10, 5000.01], [10, 4000.07], [20, 4100]);
  expect([-5, 0, 10, 20, 99].map((time) => priceAt(line, time))).toEqual([
    3782.13, 3782.13, 4000.07, 4100, 4100,
  ]);
});

test('bars hold every knot that lies in them, and a step between two bars is a gap', () => {
  const line = at([0, 100], [4, 90], [10, 100], [10, 85], [20, 95]);
  const bars = barsOfLine(line, 'X', { from: 0, interval: 10, count: 2 });
  expect([...bars.time]).toEqual([0, 10]);
  expect([bars.open[0], bars.high[0], bars.low[0], bars.close[0]]).toEqual([100, 100, 90, 100]);
  expect([bars.open[1], bars.high[1], bars.low[1], bars.close[1]]).toEqual([85, 95, 85, 95]);
});

test('a product is exact at the knots of both lines, steps included', () => {
  const price = at([0, 100], [10, 200]);
  const gap = at([0, 1], [5, 1], [5, 0.5], [10, 0.5]);
  const product = multiplyLines(price, gap);
  expect([...product.time]).toEqual([0, 5, 5, 10]);
  // sqrt(100 x 200) = 141.42...
  expect(product.price[1]).toBeCloseTo(Math.sqrt(20_000), 9);
  expect(product.price[2]).toBeCloseTo(Math.sqrt(20_000) / 2, 9);
  expect(priceAt(product, 10)).toBe(100);
});

test('one more knot changes no price', () => {
  const line = at([0, 100], [10, 150], [20, 80]);
  const longer = withKnot(line, 7);
  expect(longer.time).toHaveLength(4);
  for (const time of [0, 3, 7, 9, 10, 14, 20])
    expect(priceAt(longer, time)).toBeCloseTo(priceAt(line, time), 9);
  expect(withKnot(line, 10)).toBe(line);
});

test('a power of every price is a power of all in between', () => {
  const line = mapLine(at([0, 1], [10, 4]), (price) => price * price);
  // (1 x 4) ^ (1/2) = 2, squared 4
  expect(priceAt(line, 5)).toBeCloseTo(4, 10);
});

const knots = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.double({ min: 0.01, max: 1000, noNaN: true })), {
    minLength: 1,
    maxLength: 12,
  })
  .map((steps) => {
    let time = 0;
    return steps.map(([step, value]) => {
      time += step;
      return { time, value };
    });
  });

test('no bar reaches beyond the knots of its line, and the extremes of all are those of the line', () => {
  fc.assert(
    fc.property(knots, (points) => {
      const last = points.at(-1)?.time ?? 0;
      const bars = barsOfLine(lineOf(points), 'X', { from: 0, interval: 3, count: Math.ceil(last / 3) });
      const values = points.map(({ value }) => value);
      expect(Math.min(...bars.low)).toBe(Math.min(...values));
      expect(Math.max(...bars.high)).toBe(Math.max(...values));
    }),
  );
});
