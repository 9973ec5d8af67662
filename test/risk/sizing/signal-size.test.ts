import { describe, expect, test } from 'vitest';
import { signalLimits, signalSize } from '../../../src/risk/sizing/signal-size.ts';

describe('signalSize', () => {
  // S0's own test: signal 1, volatility 0.5, at most 5 %. By hand: min(0.8 x 1 / 0.25, 0.05, 0.02 / 0.5) = 0.04.
  test('is the example of its source', () => {
    expect(signalLimits).toEqual({ buffer: 0.8, maxPosition: 0.05, maxRisk: 0.02 });
    expect(signalSize(1, 0.5)).toEqual({
      fraction: 0.04,
      bySignal: 3.2,
      byRisk: 0.04,
      binding: 'risk',
      reason: null,
    });
  });

  test.each([
    [0.7, 0.2, 0.05, 'position'],
    [0.7, 0.39, 0.05, 'position'],
    [0.7, 0.5, 0.04, 'risk'],
    [0.01, 0.6, 0.008 / 0.36, 'signal'],
  ] as const)('signal %d at volatility %d: %d by the %s', (signal, volatility, fraction, binding) => {
    const size = signalSize(signal, volatility);
    expect(size.fraction).toBeCloseTo(fraction, 15);
    expect(size.binding).toBe(binding);
  });

  test('its first term decides at no volatility below four times the root of the signal', () => {
    for (const signal of [0.3, 0.5, 0.7, 1]) {
      for (let volatility = 0.01; volatility < 4 * Math.sqrt(signal); volatility += 0.01) {
        expect(signalSize(signal, volatility).binding).not.toBe('signal');
      }
    }
  });

  test('opens nothing without confidence', () => {
    for (const [signal, volatility] of [
      [0, 0.5],
      [-0.2, 0.5],
      [0, 0],
    ] as const) {
      expect(signalSize(signal, volatility)).toMatchObject({ fraction: 0, reason: 'no-edge' });
    }
  });

  test('is the cap on the position where nothing moves', () => {
    expect(signalSize(0.7, 0)).toEqual({
      fraction: 0.05,
      bySignal: null,
      byRisk: null,
      binding: 'position',
      reason: 'no-volatility',
    });
  });

  test('refuses numbers that are none', () => {
    expect(() => signalSize(Number.NaN, 0.5)).toThrow('a signal must be finite, was NaN');
    expect(() => signalSize(0.5, -0.5)).toThrow('finite and at least 0, was -0.5');
  });
});
