import { describe, expect, test } from 'vitest';
import { allowedRatio, allowedShare, sizingReasons } from '../../../src/risk/sizing/allowed.ts';

describe('allowedShare', () => {
  test('takes its share of a positive fraction, and keeps the caution', () => {
    expect(allowedShare(0.2, 0.25)).toEqual({ fraction: 0.05, reason: null });
    expect(allowedShare(0.2, 1, 'few-trades')).toEqual({ fraction: 0.2, reason: 'few-trades' });
  });

  test.each([0, -0, -0.3, -5.55e-17, 1.4e-15])('allows nothing at %d, for want of an edge', (full) => {
    expect(allowedShare(full, 0.25, 'few-trades')).toEqual({ fraction: 0, reason: 'no-edge' });
  });

  test.each([0, -1, 1.01, Number.NaN])('refuses a share of %d', (share) => {
    expect(() => allowedShare(0.2, share)).toThrow('a share of Kelly must lie in (0, 1]');
  });

  test('refuses a fraction that is not finite', () => {
    expect(() => allowedShare(Number.POSITIVE_INFINITY, 1)).toThrow('must be finite, was Infinity');
  });
});

describe('allowedRatio', () => {
  test('divides a limit by its cost', () => {
    expect(allowedRatio(0.02, 0.5, 'no-volatility')).toEqual({ fraction: 0.04, reason: null });
  });

  test('sets no bound where a unit costs nothing', () => {
    for (const limit of [0, 0.02, 1e300]) {
      expect(allowedRatio(limit, 0, 'no-fall')).toEqual({ fraction: null, reason: 'no-fall' });
    }
    expect(allowedRatio(1, 1e-320, 'no-fall')).toEqual({ fraction: null, reason: 'no-fall' });
  });

  test.each([
    [-0.1, 1],
    [Number.NaN, 1],
    [1, -0.1],
    [1, Number.POSITIVE_INFINITY],
  ])('refuses %d over %d', (limit, cost) => {
    expect(() => allowedRatio(limit, cost, 'no-fall')).toThrow('finite and at least 0');
  });
});

test('every reason has its words', () => {
  for (const words of Object.values(sizingReasons)) expect(words.length).toBeGreaterThan(20);
});
