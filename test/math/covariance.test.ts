import { expect, test } from 'vitest';
import { sampleCovariance, withCorrelation } from '../../src/math/covariance.ts';

// x = 1, 2, 3, 4 about 2.5; y = 2, 4, 4, 6 about 4: sums of products 5, 6, 8 over three.
const x = Float64Array.of(1, 2, 3, 4);
const y = Float64Array.of(2, 4, 4, 6);

test('the sample covariance divides by one less than the rows', () => {
  const matrix = sampleCovariance([x, y]);
  expect([...matrix].map((one) => Number(one.toFixed(12)))).toEqual([1.666666666667, 2, 2, 2.666666666667]);
});

test('another correlation leaves the volatilities: off the diagonal it is sigma x sigma x correlation', () => {
  const matrix = withCorrelation(Float64Array.of(0.0016, -0.5, -0.5, 0.0009), 0.9);
  expect(matrix[0]).toBe(0.0016);
  expect(matrix[3]).toBe(0.0009);
  // 0.04 x 0.03 x 0.9
  expect(matrix[1]).toBeCloseTo(0.00108, 15);
  expect(matrix[2]).toBeCloseTo(0.00108, 15);
});
