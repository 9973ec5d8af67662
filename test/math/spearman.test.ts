import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ranks, spearman } from '../../src/math/spearman.ts';
import { unchanged } from '../support/unchanged.ts';

describe('spearman', () => {
  // The worked example of Wikipedia, Spearman's rank correlation coefficient: IQ against hours of television, -29/165.
  it('equals the published example', () => {
    const iq = Float64Array.of(106, 100, 86, 101, 99, 103, 97, 113, 112, 110);
    const hours = Float64Array.of(7, 27, 2, 50, 28, 29, 20, 12, 6, 17);
    expect(unchanged([iq, hours], () => spearman(iq, hours, 10))).toBeCloseTo(-29 / 165, 15);
  });

  // scipy 1.17 spearmanr.
  it('shares ranks among equal values', () => {
    const x = Float64Array.of(1, 2, 2, 3, 5, 5, 5, 8);
    const y = Float64Array.of(2, 1, 4, 4, 3, 9, 9, 7);
    expect([...ranks(x)]).toEqual([1, 2.5, 2.5, 4, 6, 6, 6, 8]);
    expect(spearman(x, y, 2)).toBeCloseTo(0.6895607149652165, 14);
  });

  it('ranks the rows where both are finite, and needs enough of them', () => {
    const x = Float64Array.of(1, Number.NaN, 2, 3, 4);
    const y = Float64Array.of(9, -5, 7, Number.POSITIVE_INFINITY, 6, 1);
    expect(spearman(x, y, 3)).toBe(-1);
    expect(spearman(x, y, 4)).toBe(null);
    expect(spearman(Float64Array.of(1, 1), Float64Array.of(1, 2), 2)).toBe(null);
  });

  it('is unmoved by what keeps the order, and mirrored by what turns it', () => {
    const column = fc.array(fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -20, max: 20 })), {
      minLength: 2,
      maxLength: 30,
    });
    fc.assert(
      fc.property(column, (rows) => {
        const x = Float64Array.from(rows, ([a]) => a);
        const y = Float64Array.from(rows, ([, b]) => b);
        const rho = spearman(x, y, 2);
        expect(
          spearman(
            x.map((one) => one * one * one + 7),
            y,
            2,
          ),
        ).toBe(rho);
        expect(spearman(y, x, 2)).toBe(rho);
        const turned = spearman(
          x.map((one) => -one),
          y,
          2,
        );
        if (rho === null) expect(turned).toBe(null);
        else expect(turned).toBeCloseTo(-rho, 14);
      }),
    );
  });
});
