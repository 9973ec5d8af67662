import { describe, expect, test } from 'vitest';
import { volatilityCap, worstFallCap } from '../../../src/risk/sizing/caps.ts';
import kelly from '../../golden/kelly.json' with { type: 'json' };

describe('worstFallCap', () => {
  test('without maintenance is the fraction that the worst return ruins', () => {
    for (const { worst, f_max_domain } of Object.values(kelly.empirical)) {
      expect(worstFallCap(-worst, 0).fraction).toBeCloseTo(f_max_domain, 13);
    }
  });

  test('counts maintenance', () => {
    // By hand: 1 / (0.495 + 0.005) = 2.
    expect(worstFallCap(0.495, 0.005)).toEqual({ fraction: 2, reason: null });
  });

  test('sets no bound where nothing falls and nothing is to be kept', () => {
    expect(worstFallCap(0, 0)).toEqual({ fraction: null, reason: 'no-fall' });
    expect(worstFallCap(0, 0.005).fraction).toBe(200);
  });

  test('refuses a rise, and a maintenance rate of 1', () => {
    expect(() => worstFallCap(-0.1, 0.005)).toThrow('a fall must be at least 0, was -0.1');
    expect(() => worstFallCap(0.1, 1)).toThrow('a maintenance rate must lie in [0, 1), was 1');
  });
});

test('volatilityCap is the target over the volatility', () => {
  expect(volatilityCap(0.02, 0.5)).toEqual({ fraction: 0.04, reason: null });
  expect(volatilityCap(0.02, 0)).toEqual({ fraction: null, reason: 'no-volatility' });
  // The spread of returns that are equal but for the last bits of doubles.
  expect(volatilityCap(0.02, 1.2e-16)).toEqual({ fraction: null, reason: 'no-volatility' });
  expect(volatilityCap(0.02, 1e-6).fraction).toBeCloseTo(20_000, 8);
});
