import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minimizeNelderMead } from '../../src/math/nelder-mead.ts';
import golden from '../golden/var-backtests.json' with { type: 'json' };
import { relativeError } from '../support/relative-error.ts';
import { unchanged } from '../support/unchanged.ts';

const ones = (n: number) => new Float64Array(n).fill(1);

/** Rosenbrock 1960, in any number of variables: 0 at (1, .., 1), along a curved valley. */
function rosenbrock(x: Float64Array): number {
  let total = 0;
  for (let i = 0; i + 1 < x.length; i += 1) {
    const across = x[i + 1]! - x[i]! * x[i]!;
    const along = 1 - x[i]!;
    total += 100 * across * across + along * along;
  }
  return total;
}

/** Powell 1962: 0 at the origin, where its second derivatives are singular. */
function powell(x: Float64Array): number {
  const [a = 0, b = 0, c = 0, d = 0] = x;
  const terms = [
    a + 10 * b,
    Math.sqrt(5) * (c - d),
    (b - 2 * c) * (b - 2 * c),
    Math.sqrt(10) * (a - d) * (a - d),
  ];
  return terms.reduce((total, one) => total + one * one, 0);
}

describe('minimizeNelderMead', () => {
  it.each([[[-1.2, 1]], [[-1.2, 1, -1.2, 1]], [[5, -3, 2, 1, 0]]])(
    "finds Rosenbrock's minimum from %j",
    (from) => {
      const start = Float64Array.from(from);
      const scale = ones(start.length);
      const { x, value, converged } = unchanged([start, scale], () =>
        minimizeNelderMead(rosenbrock, start, scale),
      );
      expect(converged).toBe(true);
      expect(value).toBeLessThan(1e-12);
      for (const one of x) expect(one).toBeCloseTo(1, 5);
    },
  );

  it("finds Powell's minimum, which is flat", () => {
    const { value, converged } = minimizeNelderMead(powell, Float64Array.of(3, -1, 0, 1), ones(4));
    expect(converged).toBe(true);
    expect(value).toBeLessThan(1e-12);
  });

  it('finds the centre of any bowl, where variables differ in size by powers of ten', () => {
    const place = fc.double({ min: -5, max: 5, noNaN: true });
    const power = fc.integer({ min: -6, max: 3 });
    const variable = fc.tuple(place, power);
    fc.assert(
      fc.property(fc.array(variable, { minLength: 1, maxLength: 5 }), (variables) => {
        const scale = Float64Array.from(variables, ([, exponent]) => Number(`1e${exponent}`));
        const centre = Float64Array.from(variables, ([at], i) => at * scale[i]!);
        const bowl = (x: Float64Array) =>
          x.reduce((total, one, i) => {
            const away = (one - centre[i]!) / scale[i]!;
            return total + (i + 1) * away * away;
          }, 3);
        const result = minimizeNelderMead(bowl, new Float64Array(scale.length), scale);
        expect(result.converged).toBe(true);
        result.x.forEach((one, i) => {
          expect(Math.abs(one - centre[i]!) / scale[i]!).toBeLessThan(1e-4);
        });
        expect(result.value).toBe(bowl(result.x));
      }),
    );
  });

  // The likelihood of the duration test in scale and shape, both above 0; the golden solves its derivatives.
  it.each(golden.duration)(
    'fits the Weibull shape $shape within its bounds',
    ({ days, exceptions, shape }) => {
      const ended = exceptions.slice(1).map((day, i) => day - exceptions[i]!);
      const first = exceptions[0]! > 0 ? [exceptions[0]! + 1] : [];
      const last = days - 1 - exceptions.at(-1)!;
      const censored = last > 0 ? [...first, last] : first;
      const negative = (x: Float64Array) => {
        const [rate = 0, b = 0] = x;
        if (!(rate > 0 && b > 0)) return Number.NaN;
        const hazard = (d: number) => Math.exp(b * Math.log(rate * d));
        const seen = ended.map((d) => Math.log(b / d) + b * Math.log(rate * d) - hazard(d));
        return [...censored.map(hazard), ...seen.map((one) => -one)].reduce((total, one) => total + one, 0);
      };
      const { x, converged } = minimizeNelderMead(
        negative,
        Float64Array.of(0.02, 1),
        Float64Array.of(0.01, 0.5),
      );
      expect(converged).toBe(true);
      expect(relativeError(x[1]!, shape)).toBeLessThan(1e-4);
    },
  );

  it('ends at a bound where the value falls towards it', () => {
    const bounded = (x: Float64Array) =>
      x[0]! < 1 ? Number.POSITIVE_INFINITY : x[0]! + (x[1]! - 2) * (x[1]! - 2);
    const { x } = minimizeNelderMead(bounded, Float64Array.of(4, 4), ones(2));
    expect(x[0]).toBeCloseTo(1, 6);
    expect(x[1]).toBeCloseTo(2, 5);
  });

  it('says so where it has to stop before', () => {
    const cut = minimizeNelderMead(rosenbrock, Float64Array.of(-1.2, 1), ones(2), { iterations: 20 });
    expect(cut.converged).toBe(false);
    expect(cut.iterations).toBe(20);
    expect(cut.value).toBeLessThan(rosenbrock(Float64Array.of(-1.2, 1)));
  });

  it('begins anew until that helps no more, or not at all', () => {
    const start = Float64Array.of(-1.2, 1);
    const once = minimizeNelderMead(rosenbrock, start, ones(2), { tolerance: 1e-4, restarts: 0 });
    const again = minimizeNelderMead(rosenbrock, start, ones(2), { tolerance: 1e-4 });
    expect(once.converged).toBe(true);
    expect(again.iterations).toBeGreaterThan(once.iterations);
    expect(again.value).toBeLessThanOrEqual(once.value);
  });

  it('settles where every point is as good', () => {
    expect(minimizeNelderMead(() => 1, Float64Array.of(1, 2), ones(2))).toMatchObject({
      x: Float64Array.of(1, 2),
      value: 1,
      converged: true,
    });
  });

  it('refuses to start outside the domain, and scales that are none', () => {
    const start = Float64Array.of(1, 2);
    expect(() => minimizeNelderMead(() => Number.NaN, start, ones(2))).toThrow('was NaN');
    expect(() => minimizeNelderMead(rosenbrock, start, Float64Array.of(1, 0))).toThrow('was 1, 0');
    expect(() => minimizeNelderMead(rosenbrock, start, ones(1))).toThrow('each of 2 variables');
  });
});
