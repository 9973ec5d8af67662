import { describe, expect, test } from 'vitest';
import { DYNAMIC_BASE, DYNAMIC_CAP, dynamicRisk } from '../../../src/risk/sizing/dynamic-risk.ts';

describe('dynamicRisk', () => {
  // S0, adjust_risk_limits: the product by hand, each bound on both sides.
  test.each([
    [0.29, 0.2, 0.01],
    [0.3, 0.2, 0.02],
    [0.8, 0.2, 0.02],
    [0.81, 0.2, 0.024],
    [0.5, 0.25, 0.02],
    [0.5, 0.26, 0.012],
    [0.5, 0.1, 0.02],
    [0.5, 0.09, 0.022],
    [0.1, 0.5, 0.006],
    [0.9, 0.05, 0.0264],
  ])('performance %d at volatility %d: %d', (performance, volatility, limit) => {
    expect(dynamicRisk(performance, volatility).limit).toBeCloseTo(limit, 15);
  });

  test('tells its factors', () => {
    expect([DYNAMIC_BASE, DYNAMIC_CAP]).toEqual([0.02, 0.05]);
    expect(dynamicRisk(0.2, 0.3)).toEqual({
      limit: 0.006,
      performanceFactor: 0.5,
      marketFactor: 0.6,
      capped: false,
    });
  });

  test('is capped at 5 % from a base that reaches it', () => {
    expect(dynamicRisk(0.9, 0.05, 0.04)).toMatchObject({ limit: 0.05, capped: true });
    expect(dynamicRisk(0.9, 0.05, 0.037)).toMatchObject({ capped: false });
  });

  test.each([
    [Number.NaN, 0.1, 0.02],
    [0.5, -0.1, 0.02],
    [0.5, 0.1, -0.02],
    [0.5, 0.1, Number.POSITIVE_INFINITY],
  ])('refuses performance %d, volatility %d, base %d', (performance, volatility, base) => {
    expect(() => dynamicRisk(performance, volatility, base)).toThrow(RangeError);
  });
});
