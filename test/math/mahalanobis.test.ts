import { describe, expect, test } from 'vitest';
import { type Limit, nearestConvex, nearestOnPlane, nearestReached } from '../../src/math/mahalanobis.ts';

/** Volatilities 4 % and 5 %, correlation 0.8. */
const C = Float64Array.of(0.0016, 0.0016, 0.0016, 0.0025);

/** sqrt(x' C^-1 x) by the inverse of a 2 x 2 matrix. */
function distanceOf([x = 0, y = 0]: readonly number[], [a = 0, b = 0, , d = 0]: Float64Array): number {
  return Math.sqrt((d * x * x - 2 * b * x * y + a * y * y) / (a * d - b * b));
}

const plane = (offset: number, ...w: number[]): Limit => ({
  value: (x) => w.reduce((sum, one, i) => sum + one * x[i]!, offset),
  slope: () => Float64Array.from(w),
});

describe('nearestOnPlane', () => {
  test('two assets by hand', () => {
    // g = 10 + 100 x + 50 y. C w = (0.16 + 0.08, 0.16 + 0.125) = (0.24, 0.285); w' C w = 24 + 14.25 = 38.25.
    // x = -10 / 38.25 * (0.24, 0.285); distance 10 / sqrt(38.25).
    const found = nearestOnPlane(10, Float64Array.of(100, 50), C);
    expect(found?.point[0]).toBeCloseTo(-2.4 / 38.25, 14);
    expect(found?.point[1]).toBeCloseTo(-2.85 / 38.25, 14);
    expect(found?.distance).toBeCloseTo(10 / Math.sqrt(38.25), 12);
  });

  test('its distance is that of its point', () => {
    const found = nearestOnPlane(7, Float64Array.of(40, -90), C);
    expect(found).not.toBeNull();
    expect(distanceOf([...(found?.point ?? [])], C)).toBeCloseTo(found?.distance ?? 0, 10);
  });

  test('one asset: the distance is the move over its volatility', () => {
    const found = nearestOnPlane(10, Float64Array.of(100), Float64Array.of(0.0016));
    expect(found?.point[0]).toBeCloseTo(-0.1, 14);
    expect(found?.distance).toBeCloseTo(2.5, 12);
  });

  test('stating one asset in other units changes its coordinate alone', () => {
    const found = nearestOnPlane(10, Float64Array.of(100, 50), C);
    // The second in percent: its slope is a hundredth, its volatility a hundredfold.
    const percent = Float64Array.of(0.0016, 0.16, 0.16, 25);
    const scaled = nearestOnPlane(10, Float64Array.of(100, 0.5), percent);
    expect(scaled?.distance).toBeCloseTo(found?.distance ?? 0, 12);
    expect(scaled?.point[0]).toBeCloseTo(found?.point[0] ?? 0, 14);
    expect(scaled?.point[1]).toBeCloseTo(100 * (found?.point[1] ?? 0), 12);
  });

  test('two assets that move as one are solved without an inverse', () => {
    // Both 4 %, correlation 1: a fall of s in both costs 150 s, so s = 1 / 15, at 1 / 15 / 0.04 deviations.
    const one = Float64Array.of(0.0016, 0.0016, 0.0016, 0.0016);
    const found = nearestOnPlane(10, Float64Array.of(100, 50), one);
    expect(found?.point[0]).toBeCloseTo(-1 / 15, 13);
    expect(found?.point[1]).toBeCloseTo(-1 / 15, 13);
    expect(found?.distance).toBeCloseTo(1 / 15 / 0.04, 11);
  });

  test('a perfect hedge of two that move as one is never reached, nor is a plane without a slope', () => {
    const one = Float64Array.of(0.0016, 0.0016, 0.0016, 0.0016);
    expect(nearestOnPlane(10, Float64Array.of(70, -70), one)).toBeNull();
    expect(nearestOnPlane(10, Float64Array.of(0, 0), C)).toBeNull();
  });
});

describe('nearestReached', () => {
  test('of a plane it is the closed form, wherever it starts', () => {
    const exact = nearestOnPlane(10, Float64Array.of(100, 50), C);
    const found = nearestReached(plane(10, 100, 50), C, Float64Array.of(0.3, -0.8));
    expect(found?.distance).toBeCloseTo(exact?.distance ?? 0, 12);
  });

  test('a curved limit in one dimension: 1 / (1 + x) = 1.25 at x = -0.2', () => {
    const limit: Limit = {
      value: ([x = 0]) => 1.25 - 1 / (1 + x),
      slope: ([x = 0]) => Float64Array.of(1 / ((1 + x) * (1 + x))),
    };
    const found = nearestReached(limit, Float64Array.of(0.0025), Float64Array.of(0));
    expect(found?.point[0]).toBeCloseTo(-0.2, 9);
    expect(found?.distance).toBeCloseTo(4, 7);
  });

  test('on a curved limit in two dimensions no point of a fine grid is nearer and reaches it', () => {
    // A long of a coin-margined contract beside a linear one.
    const limit: Limit = {
      value: ([x = 0, y = 0]) => 0.6 + 0.8 * y - (1 / (1 + x) - 1),
      slope: ([x = 0]) => Float64Array.of(1 / ((1 + x) * (1 + x)), 0.8),
    };
    const found = nearestReached(limit, C, Float64Array.of(0, 0));
    expect(limit.value(found?.point ?? new Float64Array(2))).toBeCloseTo(0, 8);
    let nearest = Number.POSITIVE_INFINITY;
    for (let x = -0.9; x <= 0.9; x += 0.002) {
      for (let y = -0.9; y <= 0.9; y += 0.002) {
        if (limit.value(Float64Array.of(x, y)) <= 0) nearest = Math.min(nearest, distanceOf([x, y], C));
      }
    }
    expect(nearest).toBeGreaterThanOrEqual((found?.distance ?? 0) - 1e-9);
    // A step of the grid is 0.002, a twentieth of a volatility.
    expect(nearest).toBeLessThan((found?.distance ?? 0) + 0.1);
  });

  test('a limit that no move changes has no nearest point', () => {
    expect(nearestReached(plane(10, 0, 0), C, Float64Array.of(0, 0))).toBeNull();
  });

  test('a search that finds no end says so', () => {
    // Without a zero: the plane at x is always 1 + x^2 above it.
    const limit: Limit = { value: ([x = 0]) => 1 + x * x, slope: ([x = 0]) => Float64Array.of(2 * x) };
    expect(nearestReached(limit, Float64Array.of(1), Float64Array.of(0.7))).toBeNull();
  });
});

describe('a convex limit', () => {
  const lowest = Float64Array.of(-1, -1);
  const apart = Float64Array.of(0.0009, 0, 0, 0.0001);
  /** max(0, a + 100 x) + b + 100 y, with either of its slopes where it bends. */
  const bent = (a: number, b: number) => ({
    value: ([x = 0, y = 0]: Float64Array) => Math.max(0, a + 100 * x) + b + 100 * y,
    slope: ([x = 0]: Float64Array) => Float64Array.of(a + 100 * x > 0 ? 100 : 0, 100),
  });

  test('is met where it bends: neither of its planes has the solution', () => {
    // 12 + 100 x + 100 y alone is nearest at x = -0.108; beyond x = -0.1 nothing is left, so y = -0.02.
    const found = nearestConvex(bent(10, 2), apart, lowest);
    expect(found?.distance).toBeCloseTo(Math.sqrt(0.01 / 0.0009 + 0.0004 / 0.0001), 8);
    expect(found?.point[0]).toBeCloseTo(-0.1, 9);
    expect(found?.point[1]).toBeCloseTo(-0.02, 9);
  });

  test('is met on its first plane where that reaches it', () => {
    // x = -0.12 x 0.9
    const found = nearestConvex(bent(20, -8), apart, lowest);
    expect(found?.point[0]).toBeCloseTo(-0.108, 9);
    expect(found?.distance).toBeCloseTo(0.12 / Math.sqrt(0.001), 8);
  });

  test('that lies below the lowest variables is not reached', () => {
    expect(nearestConvex(bent(10, 101), apart, lowest)).toBeNull();
    expect(nearestConvex(bent(10, 99), apart, lowest)?.point[1]).toBeCloseTo(-0.99, 9);
  });

  test('of a variable that never moves is not reached', () => {
    expect(nearestConvex(bent(10, 2), Float64Array.of(0.0009, 0, 0, 0), lowest)).toBeNull();
  });
});
