import { describe, expect, it } from 'vitest';
import { createRandom, nextUnit } from '../../src/math/random.ts';
import { lowerTailDependence } from '../../src/math/tail-dependence.ts';
import { unchanged } from '../support/unchanged.ts';

describe('lowerTailDependence', () => {
  // By hand: of ten rows the lowest three of x are rows 0, 1, 2, those of y rows 0, 2, 9: two together.
  const x = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
  const y = Float64Array.of(-5, 8, -4, 5, 6, 7, 9, 4, 3, -9);

  it('counts the rows that are in both tails', () => {
    expect(unchanged([x, y], () => lowerTailDependence(x, y, 0.3, 3))).toEqual({
      coefficient: 2 / 3,
      size: 3,
      joint: 2,
    });
    expect(lowerTailDependence(x, y, 0.3, 4)).toBe(null);
    expect(lowerTailDependence(x, y, 0.05, 0)).toBe(null);
  });

  it('is 1 for what falls together, 0 for what falls apart, and looks at the low side alone', () => {
    const turned = x.map((one) => -one);
    expect(lowerTailDependence(x, x, 0.3, 1)?.coefficient).toBe(1);
    expect(lowerTailDependence(x, turned, 0.5, 1)?.coefficient).toBe(0);
    const bent = Float64Array.of(-3, -2, -1, 4, 9, 5, 8, 6, 10, 7);
    expect(lowerTailDependence(x, bent, 0.3, 1)?.coefficient).toBe(1);
  });

  it('leaves out rows where one is not a number', () => {
    const holes = y.with(1, Number.NaN);
    // Nine rows: rank 4 at most of nine at 0.45.
    expect(lowerTailDependence(x, holes, 0.45, 1)).toEqual({ coefficient: 0.5, size: 4, joint: 2 });
  });

  it('is about the share where the two are independent', () => {
    const random = createRandom(11);
    const n = 4000;
    const draw = () => Float64Array.from({ length: n }, () => nextUnit(random));
    const found = lowerTailDependence(draw(), draw(), 0.1, 1)?.coefficient ?? 0;
    // Standard error about sqrt(0.1 * 0.9 / 400) = 0.015.
    expect(Math.abs(found - 0.1)).toBeLessThan(0.045);
  });

  it.each([0, 0.6, Number.NaN])('refuses a share of %d', (share) => {
    expect(() => lowerTailDependence(x, y, share, 1)).toThrow(
      `the share of a tail must lie in (0, 0.5], was ${share}`,
    );
  });
});
