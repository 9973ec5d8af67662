import { expect, test } from 'vitest';
import { intervalChanges, settlementsAtCap } from '../../../src/risk/funding/interval-changes.ts';

const HOUR = 3_600_000;

test('a change is at the settlement that came after another wait', () => {
  const interval = Float64Array.of(8, 8, 2, 2, 8).map((hours) => hours * HOUR);
  expect(intervalChanges(interval)).toEqual([
    { row: 2, from: 8 * HOUR, to: 2 * HOUR },
    { row: 4, from: 2 * HOUR, to: 8 * HOUR },
  ]);
  expect(intervalChanges(new Float64Array(3).fill(HOUR))).toEqual([]);
  expect(intervalChanges(new Float64Array())).toEqual([]);
});

test('settlements at the cap are counted on both sides, the cap among them', () => {
  const rate = Float64Array.of(-0.02, -0.0199999, 0.02, 0.021, 0);
  expect(settlementsAtCap(rate, 0.02)).toBe(3);
  expect(() => settlementsAtCap(rate, 0)).toThrow('a cap must be above 0, was 0');
});
