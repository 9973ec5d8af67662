import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomialAtLeast, binomialCdf, binomialProbability } from '../../src/math/binomial.ts';
import golden from '../golden/special-functions.json' with { type: 'json' };
import { relativeError } from '../support/relative-error.ts';

const kernels = { binomialProbability, binomialCdf, binomialAtLeast };

describe.each(Object.entries(kernels))('%s', (name, kernel) => {
  it.each(golden[name as keyof typeof kernels])('of $at is $value to 1e-13 of itself', ({ at, value }) => {
    expect(relativeError(kernel(at[0]!, at[1]!, at[2]!), value)).toBeLessThanOrEqual(1e-13);
  });

  it.each([
    [-1, 10, 0.5],
    [11, 10, 0.5],
    [1.5, 10, 0.5],
    [0, 0, 0.5],
    [1, 10, -0.1],
    [1, 10, 1.1],
    [1, 10, Number.NaN],
  ])('refuses %d of %d at %d', (successes, trials, p) => {
    expect(() => kernel(successes, trials, p)).toThrow(RangeError);
  });
});

describe('the binomial distribution', () => {
  it('adds its probabilities up from both ends', () => {
    const trials = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(trials, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(), (n, p, draw) => {
        const k = draw % (n + 1);
        let below = 0;
        for (let i = 0; i <= k; i += 1) below += binomialProbability(i, n, p);
        expect(binomialCdf(k, n, p)).toBeCloseTo(below, 12);
        const atLeast = k === n ? 0 : binomialAtLeast(k + 1, n, p);
        expect(atLeast + below).toBeCloseTo(1, 12);
      }),
    );
  });

  it('is certain where p is 0 or 1', () => {
    expect([0, 1, 5].map((k) => binomialProbability(k, 5, 0))).toEqual([1, 0, 0]);
    expect([0, 4, 5].map((k) => binomialProbability(k, 5, 1))).toEqual([0, 0, 1]);
    expect([binomialCdf(0, 5, 0), binomialCdf(4, 5, 1), binomialAtLeast(1, 5, 0)]).toEqual([1, 0, 0]);
    expect([binomialCdf(5, 5, 1), binomialAtLeast(0, 5, 0), binomialAtLeast(5, 5, 1)]).toEqual([1, 1, 1]);
  });
});
