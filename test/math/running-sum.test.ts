import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addToSum, createRunningSum, sumSoFar } from '../../src/math/running-sum.ts';
import { sum } from '../../src/math/sum.ts';

test('keeps what a plain sum loses', () => {
  // By hand: of 1, 1e100, 1 and -1e100 a plain sum leaves 0.
  const running = createRunningSum();
  expect(sumSoFar(running)).toBe(0);
  for (const x of [1, 1e100, 1, -1e100]) addToSum(running, x);
  expect(sumSoFar(running)).toBe(2);
});

test('has the bits of the sum of the array', () => {
  const any = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { maxLength: 60 });
  fc.assert(
    fc.property(any, (xs) => {
      const running = createRunningSum();
      xs.forEach((x, i) => {
        expect(addToSum(running, x)).toBe(sum(Float64Array.from(xs.slice(0, i + 1))));
      });
    }),
  );
});
