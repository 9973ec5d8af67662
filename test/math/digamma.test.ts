import { describe, expect, it } from 'vitest';
import { digamma } from '../../src/math/digamma.ts';

const EULER = 0.5772156649015329;

describe('digamma', () => {
  // Abramowitz and Stegun 1964, 6.3.2 to 6.3.4; the others from scipy 1.17, special.digamma.
  it.each([
    [1, -EULER],
    [0.5, -EULER - 2 * Math.LN2],
    [2, 1 - EULER],
    [1.5, 2 - EULER - 2 * Math.LN2],
    [0.01, -100.56088545786868],
    [3.7, 1.1671535393615113],
    [9.99, 2.250700372831201],
    [123.4, 4.8113737751162775],
  ])('of %d is %d', (x, value) => {
    expect(Math.abs(digamma(x) - value)).toBeLessThanOrEqual(4e-15 * Math.max(1, Math.abs(value)));
  });

  it('rises by 1 / x from x to x + 1', () => {
    for (let x = 0.05; x < 30; x += 0.35) expect(digamma(x + 1) - digamma(x)).toBeCloseTo(1 / x, 12);
  });

  it.each([0, -1, Number.NaN])('refuses %d', (x) => {
    expect(() => digamma(x)).toThrow(`digamma is taken above 0, was ${x}`);
  });
});
