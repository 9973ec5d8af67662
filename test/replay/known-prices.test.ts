import { expect, test } from 'vitest';
import { knotsOf } from '../../src/replay/knots.ts';
import { passKnown } from '../../src/replay/known-prices.ts';
import { barsOf } from '../support/venue-scene.ts';

const bars = barsOf(
  [
    [100, 110, 90, 105],
    [105, 106, 104, 105],
  ],
  { interval: 30 },
);
const knots = knotsOf(bars, Uint8Array.of(0, 0), null);
const pass = (...known: [number, number][]) => {
  const { time, price } = passKnown(
    knots,
    bars,
    known.map(([at, own]) => ({ symbol: 'BTCUSDT', time: at, price: own })),
  );
  return [...time].map((at, i) => [at, price[i]]);
};

test('a path passes a known price at its moment, between the points of its bar', () => {
  const through = pass([15, 95], [25, 109]);
  expect(through).toContainEqual([15, 95]);
  expect(through).toContainEqual([25, 109]);
  expect(through.filter(([at]) => at === 10 || at === 20 || at === 30)).toEqual([
    [10, 90],
    [20, 110],
    [30, 105],
  ]);
});

test('a price outside of its bar, at an open, at a point, after all bars or twice at a moment adds nothing', () => {
  const plain = pass();
  for (const one of [
    [15, 89.8],
    [15, 110.2],
    [0, 100],
    [30, 105],
    [10, 95],
    [70, 105],
  ] as [number, number][])
    expect(pass(one)).toEqual(plain);
  expect(pass([15, 95], [15, 96])).toEqual(pass([15, 95]));
});

test('a price within the slack of its bar is passed at the extreme', () => {
  expect(pass([15, 89.95])).toContainEqual([15, 90]);
  expect(pass([15, 110.1])).toContainEqual([15, 110]);
});
