import { describe, expect, it } from 'vitest';
import { POINTS_MAX, thinCloud, thinLine } from '../../src/report/thin-points.ts';

describe('thinLine', () => {
  const flat = (at: number) => [at / 100, 50];

  it('keeps first, lowest, highest and last of a pixel column, in their order', () => {
    // 100 points a pixel: a spike up, then one down, in pixel 7.
    const points = Array.from({ length: POINTS_MAX + 1 }, (_, at) => {
      if (at === 730) return [7.3, 1];
      if (at === 750) return [7.5, 99];
      return flat(at);
    }).flat();
    const thin = thinLine(points);
    const inSeven: number[] = [];
    for (let at = 0; at < thin.length; at += 2)
      if (Math.floor(thin[at] ?? 0) === 7) inSeven.push(thin[at] ?? 0, thin[at + 1] ?? 0);
    expect(inSeven).toEqual([7, 50, 7.3, 1, 7.5, 99, 7.99, 50]);
    expect(thin.length / 2).toBeLessThanOrEqual(4 * 41);
    expect(thin.slice(0, 2)).toEqual([0, 50]);
    expect(thin.slice(-2)).toEqual([40, 50]);
  });

  it('leaves a line alone that has few points', () => {
    const points = Array.from({ length: POINTS_MAX }, (_, at) => flat(at)).flat();
    expect(thinLine(points)).toBe(points);
  });
});

describe('thinCloud', () => {
  it('keeps one point for each pixel that has some', () => {
    const points = Array.from({ length: POINTS_MAX + 1 }, (_, at) => [at % 10, (at % 7) + 0.2]).flat();
    const thin = thinCloud(points);
    expect(thin.length / 2).toBe(70);
    expect(thin.slice(0, 4)).toEqual([0, 0.2, 1, 1.2]);
  });

  it('leaves a cloud alone that has few points', () => {
    const points = Array.from({ length: POINTS_MAX }, () => [1, 1]).flat();
    expect(thinCloud(points)).toBe(points);
  });
});
