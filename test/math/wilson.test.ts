import { describe, expect, it } from 'vitest';
import { wilson } from '../../src/math/wilson.ts';
import golden from '../golden/wilson.json' with { type: 'json' };

describe('wilson', () => {
  it.each(golden.rows)('bounds $hits of $trials at $level', ({ hits, trials, level, low, high }) => {
    const interval = wilson(hits, trials, level);
    expect(interval.low).toBeCloseTo(low, 14);
    expect(interval.high).toBeCloseTo(high, 14);
  });

  it('ends at exactly 0 without a hit, and at exactly 1 without a miss', () => {
    for (let trials = 1; trials < 200; trials += 1) {
      expect(wilson(0, trials, 0.99).low).toBe(0);
      expect(wilson(trials, trials, 0.99).high).toBe(1);
    }
  });

  it('mirrors hits and misses, stays within 0 and 1, and holds the rate', () => {
    for (let hits = 0; hits <= 40; hits += 1) {
      const { low, high } = wilson(hits, 40, 0.95);
      const mirror = wilson(40 - hits, 40, 0.95);
      expect(low).toBeCloseTo(1 - mirror.high, 15);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      expect(low <= hits / 40 && hits / 40 <= high).toBe(true);
    }
  });

  it.each([
    [1, 0],
    [-1, 5],
    [6, 5],
  ])('refuses %d hits of %d', (hits, trials) => {
    expect(() => wilson(hits, trials, 0.95)).toThrow('hits lie between 0 and the number of trials');
  });
});
