import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sum } from '../../../src/math/sum.ts';
import { historicalComponents, normalComponents } from '../../../src/risk/var/components.ts';
import { historical } from '../../../src/risk/var/historical.ts';
import { unchanged } from '../../support/unchanged.ts';

/** phi(z) / tail and z at 1 %, as scipy prints them. */
const Z = 2.3263478740408408;
const PHI = 2.665214220345806;

describe('normalComponents', () => {
  // By hand: w = (2, -1), C = ((4, 1), (1, 9)): C w = (7, -7), w' C w = 21; without the first 9, without the second 16.
  const book = {
    weights: Float64Array.of(2, -1),
    mean: Float64Array.of(0.5, 0.25),
    covariance: Float64Array.of(4, 1, 1, 9),
  };
  const sigma = Math.sqrt(21);

  it('splits the VaR of a long and a short', () => {
    const { var: split } = unchanged([book.weights, book.mean, book.covariance], () =>
      normalComponents(book, 0.01),
    );
    expect(split.total).toBeCloseTo(-0.75 + Z * sigma, 13);
    expect(split.marginal[0]).toBeCloseTo(-0.5 + (Z * 7) / sigma, 13);
    expect(split.marginal[1]).toBeCloseTo(-0.25 - (Z * 7) / sigma, 13);
    expect(split.component[0]).toBeCloseTo(-1 + (Z * 14) / sigma, 13);
    expect(split.component[1]).toBeCloseTo(0.25 + (Z * 7) / sigma, 13);
    // Without the long a short of one: -(-0.25) + 3 z; without the short: -1 + 4 z.
    expect(split.incremental[0]).toBeCloseTo(split.total - (0.25 + 3 * Z), 13);
    expect(split.incremental[1]).toBeCloseTo(split.total - (-1 + 4 * Z), 13);
  });

  it('splits the ES with phi(z) / tail in the place of -z', () => {
    const { es } = normalComponents(book, 0.01);
    expect(es.total).toBeCloseTo(-0.75 + PHI * sigma, 13);
    expect(es.component[0]).toBeCloseTo(-1 + (PHI * 14) / sigma, 13);
    expect(es.component[1]).toBeCloseTo(0.25 + (PHI * 7) / sigma, 13);
    expect(es.incremental[1]).toBeCloseTo(es.total - (-1 + 4 * PHI), 13);
  });

  it('names a hedge by a component below 0', () => {
    // Both move as one: w = (1, -0.5), C w = (0.5, 0.5), sigma 0.5.
    const { var: split } = normalComponents(
      {
        weights: Float64Array.of(1, -0.5),
        mean: new Float64Array(2),
        covariance: new Float64Array(4).fill(1),
      },
      0.01,
    );
    expect([...split.component].map((one) => one / Z)).toEqual([1, -0.5]);
  });

  it('leaves the drift of a perfect hedge', () => {
    const { var: split, es } = normalComponents(
      {
        weights: Float64Array.of(1, -1),
        mean: Float64Array.of(0.25, 0.125),
        covariance: new Float64Array(4).fill(0.5),
      },
      0.01,
    );
    expect([split.total, es.total]).toEqual([-0.125, -0.125]);
    expect([...split.component]).toEqual([-0.25, 0.125]);
  });

  it('adds up, and is the derivative of the total', () => {
    const number = fc.double({ min: -1, max: 1, noNaN: true });
    const three = fc.tuple(number, number, number);
    fc.assert(
      fc.property(three, three, fc.tuple(three, three, three), (weights, mean, roots) => {
        // C = R R' + 0.01 on the diagonal, so that it is positive definite.
        const covariance = Float64Array.from({ length: 9 }, (_, cell) => {
          const a = roots[Math.floor(cell / 3)] ?? [0, 0, 0];
          const b = roots[cell % 3] ?? [0, 0, 0];
          return a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + (cell % 4 === 0 ? 0.01 : 0);
        });
        const at = (w: Float64Array) =>
          normalComponents({ weights: w, mean: Float64Array.from(mean), covariance }, 0.05);
        const w = Float64Array.from(weights, (one) => one + Math.sign(one || 1) * 0.5);
        for (const kind of ['var', 'es'] as const) {
          const split = at(w)[kind];
          expect(sum(split.component)).toBeCloseTo(split.total, 12);
          const step = 1e-5;
          const up = at(w.with(1, w[1]! + step))[kind].total;
          const down = at(w.with(1, w[1]! - step))[kind].total;
          expect((up - down) / (2 * step)).toBeCloseTo(split.marginal[1]!, 4);
        }
      }),
    );
  });

  it('refuses shapes that do not fit, and numbers that are none', () => {
    expect(() => normalComponents({ ...book, mean: new Float64Array(1) }, 0.01)).toThrow('were 2, 1 and 4');
    expect(() => normalComponents({ ...book, mean: Float64Array.of(0, Number.NaN) }, 0.01)).toThrow(
      'must be finite, was NaN',
    );
    expect(() => normalComponents(book, 0)).toThrow('strictly between 0 and 1, was 0');
  });
});

describe('historicalComponents', () => {
  // By hand: w = (0.5, 0.5) of (-4, 2, 0, -2), (-2, -6, 0, 4): the book is -3, -2, 0, 1; at 3/8 its tail is the first row
  // and half of the second: parts (2 - 0.5 * 1) / 1.5 = 1 and (1 + 0.5 * 3) / 1.5 = 5/3, together 8/3.
  const book = {
    weights: Float64Array.of(0.5, 0.5),
    returns: [Float64Array.of(-4, 2, 0, -2), Float64Array.of(-2, -6, 0, 4)],
  };

  it('takes the mean of each position over the tail of the book', () => {
    const { varRaw, esRaw, componentEs, componentVar } = unchanged(book.returns, () =>
      historicalComponents(book, 0.375),
    );
    expect(esRaw).toBeCloseTo(8 / 3, 14);
    expect(componentEs[0]).toBeCloseTo(1, 14);
    expect(componentEs[1]).toBeCloseTo(5 / 3, 14);
    // h = 3 * 0.375 = 1.125, between -2 and 0: 1.75, of which 3/8 and 5/8.
    expect(varRaw).toBeCloseTo(1.75, 14);
    expect(componentVar?.[0]).toBeCloseTo((1.75 * 3) / 8, 14);
    expect(componentVar?.[1]).toBeCloseTo((1.75 * 5) / 8, 14);
  });

  it('adds up to the historical estimate of the book, whatever its quantile', () => {
    const number = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 30 }),
        fc.tuple(number, number),
        fc.constantFrom('linear' as const, 'lower' as const, 'higher' as const),
        fc.double({ min: 0.01, max: 0.9, noNaN: true }),
        (rows, weights, quantile, tail) => {
          const returns = [Float64Array.from(rows, ([a]) => a), Float64Array.from(rows, ([, b]) => b)];
          const split = historicalComponents(
            { weights: Float64Array.from(weights), returns },
            tail,
            quantile,
          );
          const own = Float64Array.from(rows, ([a, b]) => weights[0] * a + weights[1] * b);
          const whole = historical(own, { tail, quantile });
          expect(split.varRaw).toBeCloseTo(whole.varRaw ?? 0, 14);
          expect(split.esRaw).toBeCloseTo(whole.esRaw ?? 0, 14);
          expect(sum(split.componentEs)).toBeCloseTo(split.esRaw, 13);
          // Where the ES is near 0 the shares are large, and so is their rounding.
          if (split.componentVar !== null && Math.abs(split.esRaw) > 1e-3)
            expect(sum(split.componentVar)).toBeCloseTo(split.varRaw, 10);
        },
      ),
    );
  });

  it('has no shares where the tail neither gains nor loses', () => {
    const flat = { weights: Float64Array.of(1, -1), returns: [Float64Array.of(1, 2), Float64Array.of(1, 2)] };
    expect(historicalComponents(flat, 0.5).componentVar).toBe(null);
  });

  it('refuses columns that do not fit', () => {
    expect(() => historicalComponents({ ...book, weights: Float64Array.of(1) }, 0.05)).toThrow(
      'were 1 and 2',
    );
    expect(() =>
      historicalComponents({ ...book, returns: [Float64Array.of(1), Float64Array.of(1, 2)] }, 0.05),
    ).toThrow('of one length');
  });
});
