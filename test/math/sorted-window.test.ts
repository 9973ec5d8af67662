import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSortedWindow, slideWindow } from '../../src/math/sorted-window.ts';
import synthetic from '../golden/synthetic-returns.json' with { type: 'json' };
import golden from '../golden/var-es.json' with { type: 'json' };
import { unchanged } from '../support/unchanged.ts';

describe('a sorted window', () => {
  it('equals the sorted values after every step, ties included', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 2, maxLength: 60 }),
        fc.integer({ min: 1, max: 12 }),
        (drawn, size) => {
          const values = Float64Array.from(drawn);
          const width = Math.min(size, values.length - 1);
          const window = createSortedWindow(values.subarray(0, width));
          for (let day = width; day < values.length; day += 1) {
            slideWindow(window, values[day - width]!, values[day]!);
            expect(window).toEqual(values.slice(day - width + 1, day + 1).sort());
          }
        },
      ),
    );
  });

  it('leaves the values that it was made of as they are', () => {
    const values = Float64Array.of(3, 1, 2);
    expect(unchanged([values], () => createSortedWindow(values))).toEqual(Float64Array.of(1, 2, 3));
  });

  it('ends at the published order statistic of the last returns', () => {
    // Any window that has moved over all 1,500 returns holds them: numpy `lower` at 1 % is the 15th worst of all.
    const returns = Float64Array.from([...new Array<number>(1500).fill(1), ...synthetic.returns]);
    const window = createSortedWindow(returns.subarray(0, 1500));
    for (let day = 1500; day < 3000; day += 1) slideWindow(window, 1, returns[day]!);
    expect(-window[14]!).toBeCloseTo(golden.synthetic.historical[2]?.lower ?? 0, 12);
  });

  it('refuses a value that is not in it, and one that is no number', () => {
    const window = createSortedWindow(Float64Array.of(1, 2));
    expect(() => slideWindow(window, 3, 1)).toThrow('must be in it, was 3');
    expect(() => slideWindow(window, 1.5, 1)).toThrow('must be in it, was 1.5');
    expect(() => slideWindow(window, 1, Number.NaN)).toThrow('must be finite, was NaN');
    expect(window).toEqual(Float64Array.of(1, 2));
  });
});
