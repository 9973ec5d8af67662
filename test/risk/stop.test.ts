import { describe, expect, test } from 'vitest';
import { adaptiveStopFraction, stopFill, stopPrice, stopReached } from '../../src/risk/stop.ts';

describe('the stop of the source document (S2 layer 3)', () => {
  test('lies multiplier ATRs from the entry, for a short mirrored to the bit', () => {
    expect(stopPrice(100, 2.5, 2)).toBe(95);
    expect(-stopPrice(-100, 2.5, 2)).toBe(105);
    expect(-stopPrice(-0.3, 0.1, 1)).toBe(0.3 + 1 * 0.1);
  });
  test('touch includes equality, through does not, one cent either side', () => {
    expect([95.01, 95, 94.99].map((low) => stopReached(low, 95, 'touch'))).toEqual([false, true, true]);
    expect([95.01, 95, 94.99].map((low) => stopReached(low, 95, 'through'))).toEqual([false, false, true]);
  });
  test('fills at the worse of stop and open', () => {
    expect(stopFill(97, 95)).toBe(95);
    expect(stopFill(92, 95)).toBe(92);
  });
});

describe('the adaptive distance (S0 calculate_adaptive_stop)', () => {
  test.each([
    // 2 % + 3 % * (1 - confidence), times trending 1.2, choppy 0.8, volatile 1.5, stable 0.7, unknown 1
    [1, 'trending', 0.024],
    [0, 'choppy', 0.04],
    [0.5, 'volatile', 0.0525],
    [0.7, 'stable', 0.0203],
    [0.7, null, 0.029],
  ] as const)('confidence %d, regime %s: %d', (confidence, regime, expected) => {
    expect(adaptiveStopFraction(confidence, regime)).toBeCloseTo(expected, 15);
  });

  test('is made of the numbers that are configured, where some are', () => {
    const numbers = { base: 0.01, range: 0.1, trending: 1, choppy: 2, volatile: 3, stable: 4 };
    expect(adaptiveStopFraction(1, 'stable', numbers)).toBe(0.04);
    expect(adaptiveStopFraction(0.5, 'choppy', numbers)).toBeCloseTo(0.12, 15);
    expect(adaptiveStopFraction(0, null, numbers)).toBe(0.11);
  });
});
