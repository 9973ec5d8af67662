import { describe, expect, it } from 'vitest';
import type { Objective } from '../../src/math/bfgs.ts';
import { standardErrors } from '../../src/math/observed-information.ts';

describe('standardErrors', () => {
  // By hand: of x' A x / 2 with A = ((4, 2), (2, 3)), whose inverse is ((3, -2), (-2, 4)) / 8.
  it('are the roots of the diagonal of the inverse Hessian', () => {
    const objective: Objective = (x, gradient) => {
      gradient[0] = 4 * x[0]! + 2 * x[1]!;
      gradient[1] = 2 * x[0]! + 3 * x[1]!;
      return (x[0]! * gradient[0] + x[1]! * gradient[1]) / 2;
    };
    const errors = standardErrors(objective, new Float64Array(2), Float64Array.of(1, 1));
    expect(errors?.[0]).toBeCloseTo(Math.sqrt(3 / 8), 9);
    expect(errors?.[1]).toBeCloseTo(Math.sqrt(4 / 8), 9);
  });

  // By hand: n normal values, in mean and deviation at their estimates: sd / sqrt n and sd / sqrt 2n.
  it('are those of the mean and the deviation of a normal sample', () => {
    const xs = [-3, -1, 0, 1, 3];
    const sd = 2;
    const objective: Objective = (theta, gradient) => {
      gradient.fill(0);
      let value = 0;
      for (const x of xs) {
        const z = (x - theta[0]!) / theta[1]!;
        value += Math.log(theta[1]!) + (z * z) / 2;
        gradient[0] = gradient[0]! - z / theta[1]!;
        gradient[1] = gradient[1]! + (1 - z * z) / theta[1]!;
      }
      return value;
    };
    const errors = standardErrors(objective, Float64Array.of(0, sd), Float64Array.of(sd, sd));
    expect(errors?.[0]).toBeCloseTo(sd / Math.sqrt(5), 8);
    expect(errors?.[1]).toBeCloseTo(sd / Math.sqrt(10), 8);
  });

  it('do not exist at a saddle, nor where two parameters are one', () => {
    const saddle: Objective = (x, gradient) => {
      gradient[0] = x[0]!;
      gradient[1] = -x[1]!;
      return 0;
    };
    const ridge: Objective = (x, gradient) => {
      gradient.fill(x[0]! + x[1]!);
      return 0;
    };
    expect(standardErrors(saddle, new Float64Array(2), Float64Array.of(1, 1))).toBe(null);
    expect(standardErrors(ridge, new Float64Array(2), Float64Array.of(1, 1))).toBe(null);
  });
});
