import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numericalHessian } from '../../src/math/hessian.ts';
import { relativeError } from '../support/relative-error.ts';
import { unchanged } from '../support/unchanged.ts';

describe('numericalHessian', () => {
  // By hand: Rosenbrock at (1, 1) has 802, -400, -400, 200.
  it('equals the second derivatives of Rosenbrock at its minimum', () => {
    const rosenbrock = (x: Float64Array) => {
      const across = x[1]! - x[0]! * x[0]!;
      return 100 * across * across + (1 - x[0]!) * (1 - x[0]!);
    };
    const at = Float64Array.of(1, 1);
    const hessian = unchanged([at], () => numericalHessian(rosenbrock, at, Float64Array.of(1, 1)));
    [802, -400, -400, 200].forEach((value, cell) => {
      expect(relativeError(hessian[cell]!, value)).toBeLessThan(1e-8);
    });
  });

  // The normal likelihood of n values at its maximum: n / s^2 and 2 n / s^2, nothing between mean and deviation.
  it('is the observed information of a normal sample', () => {
    const sample = [0.012, -0.034, 0.021, 0.005, -0.051, 0.018, -0.007, 0.026];
    const mean = sample.reduce((total, x) => total + x, 0) / 8;
    const square = sample.reduce((total, x) => total + (x - mean) * (x - mean), 0) / 8;
    const deviation = Math.sqrt(square);
    const negative = ([m = 0, s = 1]: Float64Array) =>
      sample.reduce((total, x) => total + Math.log(s) + ((x - m) * (x - m)) / (2 * s * s), 0);
    const at = Float64Array.of(mean, deviation);
    const hessian = numericalHessian(negative, at, Float64Array.of(deviation, deviation));
    expect(relativeError(hessian[0]!, 8 / square)).toBeLessThan(1e-8);
    expect(relativeError(hessian[3]!, 16 / square)).toBeLessThan(1e-8);
    expect(Math.abs(hessian[1]!) * square).toBeLessThan(1e-7);
  });

  it('is the matrix of a quadratic form, and symmetric to the bit', () => {
    const entry = fc.double({ min: -10, max: 10, noNaN: true });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 9, maxLength: 9 }), (cells) => {
        const form = (x: Float64Array) =>
          cells.reduce((total, cell, k) => total + 0.5 * cell * x[Math.floor(k / 3)]! * x[k % 3]!, 0);
        const hessian = numericalHessian(form, Float64Array.of(0.3, -1, 2), Float64Array.of(1, 1, 2));
        hessian.forEach((value, k) => {
          const [i, j] = [Math.floor(k / 3), k % 3];
          expect(Math.abs(value - (cells[k]! + cells[3 * j + i]!) / 2)).toBeLessThan(1e-7);
          expect(value).toBe(hessian[3 * j + i]);
        });
      }),
    );
  });

  it('refuses scales that are none, and a domain that ends too near', () => {
    const at = Float64Array.of(1);
    expect(() => numericalHessian(() => 1, at, Float64Array.of(0))).toThrow('must have a scale > 0, was 0');
    const root = ([x = 0]: Float64Array) => Math.sqrt(x - 0.9999);
    expect(() => numericalHessian(root, at, Float64Array.of(1))).toThrow(
      'must be finite, one was NaN near 1',
    );
  });
});
