import { describe, expect, it } from 'vitest';
import { minimizeBfgs, type Objective } from '../../src/math/bfgs.ts';
import { unchanged } from '../support/unchanged.ts';

/** More, Garbow and Hillstrom 1981, problems 1, 5 and 13: minima of 0 at (1, 1), (3, 0.5) and (0, 0, 0, 0). */
const rosenbrock: Objective = (x, gradient) => {
  const a = 10 * (x[1]! - x[0]! * x[0]!);
  const b = 1 - x[0]!;
  gradient[0] = -40 * a * x[0]! - 2 * b;
  gradient[1] = 20 * a;
  return a * a + b * b;
};

const beale: Objective = (x, gradient) => {
  gradient.fill(0);
  return [1.5, 2.25, 2.625].reduce((total, y, k) => {
    const lower = k === 0 ? 1 : k === 1 ? x[1]! : x[1]! * x[1]!;
    const fall = 1 - lower * x[1]!;
    const residual = y - x[0]! * fall;
    gradient[0] = gradient[0]! - 2 * residual * fall;
    gradient[1] = gradient[1]! + 2 * residual * x[0]! * (k + 1) * lower;
    return total + residual * residual;
  }, 0);
};

const powell: Objective = (x, gradient) => {
  const [a, b, c, d] = [x[0]! + 10 * x[1]!, x[2]! - x[3]!, x[1]! - 2 * x[2]!, x[0]! - x[3]!];
  const c3 = 4 * c * c * c;
  const d3 = 40 * d * d * d;
  gradient.set([2 * a + d3, 20 * a + c3, 10 * b - 2 * c3, -10 * b - d3]);
  return a * a + 5 * b * b + c * c * c * c + 10 * d * d * d * d;
};

describe('minimizeBfgs', () => {
  it.each([
    ['Rosenbrock', rosenbrock, [-1.2, 1], [1, 1], 1e-8],
    ['Beale', beale, [1, 1], [3, 0.5], 1e-8],
    // Its Hessian is singular at the minimum, so that x is told to the third root of the gradient alone.
    ['Powell', powell, [3, -1, 0, 1], [0, 0, 0, 0], 1e-2],
  ])('finds the published minimum of %s', (_, objective, start, minimum, tolerance) => {
    const from = Float64Array.from(start);
    const { x, value, converged, iterations } = unchanged([from], () => minimizeBfgs(objective, from));
    expect(converged).toBe(true);
    expect(iterations).toBeLessThan(100);
    expect(value).toBeLessThan(1e-10);
    minimum.forEach((one, i) => {
      expect(Math.abs(x[i]! - one)).toBeLessThan(tolerance);
    });
  });

  it('begins with the curvature that another search left', () => {
    const from = Float64Array.of(1.1, 1.2);
    const cold = minimizeBfgs(rosenbrock, from);
    const { inverse } = cold;
    const warm = unchanged([inverse], () => minimizeBfgs(rosenbrock, from, { inverse }));
    expect(warm.converged).toBe(true);
    expect(warm.value).toBeLessThan(1e-10);
    expect(warm.iterations).toBeLessThan(cold.iterations);
    // The Hessian at (1, 1) is 802, -400, -400, 200; its inverse 0.5, 1, 1, 2.005.
    [0.5, 1, 1, 2.005].forEach((one, i) => {
      expect(Math.abs(inverse[i]! / one - 1)).toBeLessThan(0.05);
    });
  });

  it('stays inside a domain', () => {
    // x - ln x has its minimum of 1 at 1, and no value at or below 0.
    const objective: Objective = (x, gradient) => {
      gradient[0] = 1 - 1 / x[0]!;
      return x[0]! > 0 ? x[0]! - Math.log(x[0]!) : Number.POSITIVE_INFINITY;
    };
    expect(minimizeBfgs(objective, Float64Array.of(30)).x[0]).toBeCloseTo(1, 6);
    expect(() => minimizeBfgs(objective, Float64Array.of(-1))).toThrow('was Infinity');
  });

  it('takes no step over the longest', () => {
    const seen: number[] = [];
    const objective: Objective = (x, gradient) => {
      seen.push(x[0]!);
      gradient[0] = 2 * (x[0]! - 100);
      return (x[0]! - 100) * (x[0]! - 100);
    };
    expect(minimizeBfgs(objective, Float64Array.of(0), { longest: 8 }).x[0]).toBeCloseTo(100, 6);
    expect(seen.slice(1).every((x, i) => Math.abs(x - seen[i]!) <= 8 + 1e-9)).toBe(true);
    expect(seen.length).toBeGreaterThan(12);
  });

  it('says when it has not converged', () => {
    expect(minimizeBfgs(rosenbrock, Float64Array.of(-1.2, 1), { iterations: 3 })).toMatchObject({
      converged: false,
      iterations: 3,
    });
    // A gradient of the wrong sign leads nowhere.
    const wrong: Objective = (x, gradient) => {
      gradient[0] = -2 * x[0]!;
      return x[0]! * x[0]!;
    };
    expect(minimizeBfgs(wrong, Float64Array.of(1))).toMatchObject({ converged: false, value: 1 });
  });
});
