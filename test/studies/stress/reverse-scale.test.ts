import { describe, expect, test } from 'vitest';
import { smallestScales } from '../../../src/studies/stress/reverse-scale.ts';

/** A run in which each name happens where its own condition holds, and the scales that it was asked for. */
function runOf(conditions: Readonly<Record<string, (scale: number) => boolean>>) {
  const asked: number[] = [];
  const run = (scale: number): ReadonlySet<string> => {
    asked.push(scale);
    return new Set(Object.keys(conditions).filter((name) => conditions[name]?.(scale) === true));
  };
  return { run, asked };
}

describe('smallestScales', () => {
  test('finds the step of a name to a millionth of itself, from above', () => {
    const { run } = runOf({ liquidation: (scale) => scale >= 0.3137 });
    const [found] = smallestScales(run, ['liquidation']);
    expect(found?.scale).toBeGreaterThanOrEqual(0.3137);
    expect(found?.scale).toBeLessThanOrEqual(0.3137 * (1 + 1e-6));
    expect(found?.monotone).toBe(false);
  });

  test('a name that never happens has no scale, and every step up to 4 was looked at', () => {
    const { run, asked } = runOf({});
    expect(smallestScales(run, ['insolvency'])).toEqual([
      { name: 'insolvency', scale: null, monotone: false },
    ]);
    expect(asked).toEqual(Array.from({ length: 64 }, (_, i) => (i + 1) / 16));
  });

  test('what happens at 4 alone is found, what happens above 4 alone is not', () => {
    const { run } = runOf({ at: (scale) => scale >= 4, above: (scale) => scale > 4 });
    expect(smallestScales(run, ['at', 'above']).map(({ scale }) => scale)).toEqual([4, null]);
  });

  test('of several stretches in which it happens the first that a step hits is narrowed', () => {
    // [0.51, 0.56] holds no multiple of 1/16 = 0.0625 (0.5 and 0.5625 lie beside it); [1.2, 1.3] holds 1.25.
    const { run } = runOf({
      halt: (scale) => (scale >= 0.51 && scale <= 0.56) || (scale >= 1.2 && scale <= 1.3) || scale >= 2,
    });
    const [found] = smallestScales(run, ['halt']);
    expect(found?.scale).toBeGreaterThanOrEqual(1.2);
    expect(found?.scale).toBeLessThanOrEqual(1.2 * (1 + 1e-6));
  });

  test('runs no scale twice, stops looking when all have appeared, and shares what it has learnt', () => {
    const same = runOf({ a: (scale) => scale >= 0.4, b: (scale) => scale >= 0.4 });
    const alone = runOf({ a: (scale) => scale >= 0.4 });
    smallestScales(same.run, ['a', 'b']);
    smallestScales(alone.run, ['a']);
    expect(same.asked).toEqual(alone.asked);
    expect(new Set(same.asked).size).toBe(same.asked.length);
    // Seven steps of 1/16 to 0.4375, then at most 18 halvings: 0.0625 / 2^18 < 0.4e-6.
    expect(same.asked.length).toBeLessThanOrEqual(7 + 18);
    expect(Math.max(...same.asked)).toBe(0.4375);
  });

  test('what happens at every scale ends the search', () => {
    const { run, asked } = runOf({ standing: () => true });
    expect(smallestScales(run, ['standing'])[0]?.scale).toBeLessThanOrEqual(1e-6);
    expect(asked.length).toBeLessThan(25);
  });

  test('names come back in the order in which they were asked for', () => {
    const { run } = runOf({ late: (scale) => scale >= 3, early: (scale) => scale >= 1 });
    expect(smallestScales(run, ['late', 'never', 'early']).map(({ name }) => name)).toEqual([
      'late',
      'never',
      'early',
    ]);
  });
});
