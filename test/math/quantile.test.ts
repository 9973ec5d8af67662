import { describe, expect, it } from 'vitest';
import { quantile, quantileInPlace, quantileSorted } from '../../src/math/quantile.ts';
import { createRandom, nextBelow, nextUnit } from '../../src/math/random.ts';
import golden from '../golden/small-returns.json' with { type: 'json' };
import { unchanged } from '../support/unchanged.ts';

describe('quantile', () => {
  it.each(golden.quantiles)('uses the R-7 definition at $p', ({ p, value }) => {
    const xs = Float64Array.from(golden.returns);
    expect(unchanged([xs], () => quantile(xs, p))).toBeCloseTo(value, 15);
  });

  // By hand, R-7 of 10, 20, 30, 40: h = 3 p.
  it.each([
    [0, 10],
    [0.25, 17.5],
    [0.5, 25],
    [1, 40],
  ])('takes %d of four values between its neighbours', (p, value) => {
    expect(quantile(Float64Array.of(40, 10, 30, 20), p)).toBe(value);
  });

  it('is the value itself where there is one', () => {
    expect(quantile(Float64Array.of(3), 0.9)).toBe(3);
  });

  it('gives the same bits sorted, copied and selected in place', () => {
    const random = createRandom(11);
    for (let run = 0; run < 300; run += 1) {
      const ties = run % 2 === 0;
      const xs = Float64Array.from({ length: 1 + nextBelow(random, 40) }, () =>
        ties ? nextBelow(random, 5) / 10 : nextUnit(random),
      );
      const p = nextUnit(random);
      const expected = quantileSorted(xs.slice().sort(), p);
      expect(quantile(xs, p)).toBe(expected);
      expect(quantileInPlace(xs.slice(), p)).toBe(expected);
    }
  });

  it('asks for a value and for a probability', () => {
    expect(() => quantile(new Float64Array(), 0.5)).toThrow('at least one value');
    expect(() => quantileSorted(Float64Array.of(1), 1.01)).toThrow('p between 0 and 1');
  });
});
