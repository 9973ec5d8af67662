import { expect, test } from 'vitest';
import { lastWhere } from '../../../src/risk/sizing/last-where.ts';

test('comes to the neighbouring double', () => {
  expect(lastWhere((x) => x <= Math.SQRT2, 0, 2)).toBe(Math.SQRT2);
  expect(lastWhere((x) => x <= 0.3, 0, 1)).toBe(0.3);
  expect(lastWhere((x) => x <= 1e-12, 0, 1e6)).toBe(1e-12);
});

test('stays at its ends', () => {
  expect(lastWhere(() => false, 1, 2)).toBe(1);
  expect(lastWhere(() => true, 1, 2)).toBeCloseTo(2, 15);
});
