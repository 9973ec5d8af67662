import { expect, test } from 'vitest';
import { continuousKelly } from '../../../src/risk/sizing/continuous-kelly.ts';
import { multiAssetKelly } from '../../../src/risk/sizing/multi-asset-kelly.ts';
import kelly from '../../golden/kelly.json' with { type: 'json' };
import { unchanged } from '../../support/unchanged.ts';

test('of three assets by their means and covariance', () => {
  const mean = Float64Array.from(kelly.multi.mean);
  const covariance = Float64Array.from(kelly.multi.cov.flat());
  const kellyOf = unchanged([mean, covariance], () => multiAssetKelly(mean, covariance));
  kelly.multi.sigma_inv_mu.forEach((golden, i) => {
    expect(kellyOf?.fractions[i]).toBeCloseTo(golden, 12);
  });
  expect(kellyOf?.growth).toBeCloseTo(kelly.multi.growth, 15);
});

test('of one asset is the continuous fraction', () => {
  const [one] = multiAssetKelly(Float64Array.of(0.1), Float64Array.of(0.04))?.fractions ?? [];
  expect(one).toBeCloseTo(continuousKelly({ mean: 0.1, volatility: 0.2, riskFree: 0 }) ?? 0, 14);
});

test('does not exist where one asset moves as another, or not at all', () => {
  const mean = Float64Array.of(0.1, 0.2);
  expect(multiAssetKelly(mean, Float64Array.of(0.04, 0.08, 0.08, 0.16))).toBeNull();
  expect(multiAssetKelly(mean, Float64Array.of(0.04, 0, 0, 0))).toBeNull();
});

test('refuses a covariance of another size', () => {
  expect(() => multiAssetKelly(Float64Array.of(0.1, 0.2), Float64Array.of(1))).toThrow('4 cells, was 1');
  expect(() => multiAssetKelly(new Float64Array(), new Float64Array())).toThrow(RangeError);
});
