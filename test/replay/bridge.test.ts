import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRandom } from '../../src/math/random.ts';
import { bridge } from '../../src/replay/bridge.ts';

const DAY = 86_400_000;
const free = { low: 0, high: Number.POSITIVE_INFINITY };
const days = (count: number) => ({ from: { time: 0, value: 100 }, to: { time: count * DAY, value: 100 } });

test('the same seed gives the same way, another seed another', () => {
  const { from, to } = days(2);
  const rule = { sigma: 0.03, interval: DAY / 24, ...free };
  const way = (seed: number) => bridge(from, to, rule, createRandom(seed));
  expect(way(1)).toEqual(way(1));
  expect(way(1)).not.toEqual(way(2));
  expect(way(1)).toHaveLength(2 * 24 * 4 - 1);
});

test('its steps have the volatility that is asked for', () => {
  const { from, to } = days(400);
  const points = bridge(from, to, { sigma: 0.03, interval: DAY, ...free }, createRandom(7));
  const moves = points.slice(1).map(({ value }, i) => Math.log(value / (points[i]?.value ?? value)));
  const mean = moves.reduce((sum, one) => sum + one, 0) / moves.length;
  const variance = moves.reduce((sum, one) => sum + (one - mean) * (one - mean), 0) / moves.length;
  // Four steps a day: a day's deviation is twice that of a step. The standard error of 1,598 steps is about 1.8 %.
  expect(2 * Math.sqrt(variance)).toBeGreaterThan(0.03 * 0.93);
  expect(2 * Math.sqrt(variance)).toBeLessThan(0.03 * 1.07);
});

test('it stays within known extremes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1000 }), (seed) => {
      const { from, to } = days(3);
      const rule = { sigma: 0.2, interval: DAY / 24, low: 95, high: 104 };
      for (const { value } of bridge(from, to, rule, createRandom(seed))) {
        expect(value).toBeGreaterThanOrEqual(95 * (1 - 1e-12));
        expect(value).toBeLessThanOrEqual(104 * (1 + 1e-12));
      }
    }),
    { numRuns: 30 },
  );
});
