import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addToWindow, createWindowSum, nextLeaving, windowSumAt } from '../../src/math/window-sum.ts';

describe('windowSumAt', () => {
  it('is the sum of the entries of (now - span, now]', () => {
    const window = createWindowSum(10);
    expect(windowSumAt(window, 0)).toBe(0);
    addToWindow(window, 1, 5);
    addToWindow(window, 4, 7);
    expect(windowSumAt(window, 4)).toBe(12);
    expect(windowSumAt(window, 10.999)).toBe(12);
    expect(windowSumAt(window, 11)).toBe(7);
    addToWindow(window, 12, 1);
    expect(windowSumAt(window, 13)).toBe(8);
    expect(windowSumAt(window, 14)).toBe(1);
    expect(windowSumAt(window, 22)).toBe(0);
    expect(windowSumAt(window, 1e9)).toBe(0);
  });

  it('keeps nothing of what has left, where a running sum would keep its rounding', () => {
    const window = createWindowSum(2);
    for (const [time, value] of [
      [0, 1e17],
      [1, 0.125],
      [2, 0.25],
    ] as const)
      addToWindow(window, time, value);
    // 1e17 + 0.125 + 0.25 is 1e17 in doubles; taking 1e17 off again leaves 0.
    expect(windowSumAt(window, 2)).toBe(0.375);
    expect(windowSumAt(window, 3)).toBe(0.25);
  });

  it('holds as many entries as a span has, whatever has left before', () => {
    const window = createWindowSum(1000);
    for (let at = 0; at < 5000; at += 1) addToWindow(window, at, 1);
    expect(windowSumAt(window, 4999)).toBe(1000);
    for (let at = 5000; at < 9000; at += 1) {
      addToWindow(window, at, 1);
      expect(windowSumAt(window, at)).toBe(1000);
    }
  });

  it('finds room for more entries than ever before after some have left', () => {
    const window = createWindowSum(20);
    for (let at = 0; at < 10; at += 1) addToWindow(window, at, 1);
    expect(windowSumAt(window, 25)).toBe(4);
    for (let n = 1; n <= 40; n += 1) {
      addToWindow(window, 25, 1);
      expect(windowSumAt(window, 25)).toBe(4 + n);
    }
    expect(windowSumAt(window, 44)).toBe(40);
  });

  it('goes on from a copy of its state as if it had not been stopped', () => {
    const window = createWindowSum(7);
    for (let at = 0; at < 40; at += 1) {
      addToWindow(window, at, Math.sqrt(at));
      windowSumAt(window, at);
    }
    const copy = structuredClone(window);
    for (let at = 40; at < 99; at += 1) {
      for (const one of [window, copy]) addToWindow(one, at, Math.sqrt(at));
      expect(windowSumAt(copy, at)).toBe(windowSumAt(window, at));
    }
    expect(copy).toEqual(window);
  });

  it('agrees with a sum over a list, for whole numbers to the bit', () => {
    const steps = fc.array(
      fc.record({ wait: fc.nat(4), value: fc.integer({ min: -1000, max: 1000 }), asks: fc.boolean() }),
      { maxLength: 120 },
    );
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 40 }), (drawn, span) => {
        const window = createWindowSum(span);
        const list: [number, number][] = [];
        let now = 0;
        for (const { wait, value, asks } of drawn) {
          now += wait;
          if (asks) {
            const within = list.filter(([time]) => time > now - span);
            expect(windowSumAt(window, now)).toBe(within.reduce((sum, [, one]) => sum + one, 0));
            expect(nextLeaving(window)).toBe((within[0]?.[0] ?? Number.POSITIVE_INFINITY) + span);
          } else {
            addToWindow(window, now, value);
            list.push([now, value]);
          }
        }
      }),
      { seed: 31, numRuns: 500 },
    );
  });
});

describe('nextLeaving', () => {
  it('is when the oldest entry leaves, never where there is none', () => {
    const window = createWindowSum(10);
    expect(nextLeaving(window)).toBe(Number.POSITIVE_INFINITY);
    addToWindow(window, 3, 1);
    addToWindow(window, 5, 1);
    expect(nextLeaving(window)).toBe(13);
    windowSumAt(window, 13);
    expect(nextLeaving(window)).toBe(15);
  });
});
