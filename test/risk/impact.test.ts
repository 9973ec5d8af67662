import { expect, test } from 'vitest';
import { bookWalkSlippage, meanImpact, peakImpact } from '../../src/risk/impact.ts';
import golden from '../golden/impact-stops.json' with { type: 'json' };

test.each(golden.sqrt_law.rows)(
  'the square-root law for $Q of $V at sigma $sigma',
  ({ Y, sigma, Q, V, I, avg_cost }) => {
    const law = { coefficient: Y, exponent: 0.5, sigmaDaily: sigma, qty: Q, volumeDaily: V };
    expect(peakImpact(law)).toBeCloseTo(I, 14);
    expect(meanImpact(law)).toBeCloseTo(avg_cost, 14);
  },
);

test('another exponent follows the same law', () => {
  // By hand: 0.8 x 0.05 x (1 / 100)^0.75 = 0.04 x 10^-1.5, and the mean is that over 1.75.
  const law = { coefficient: 0.8, exponent: 0.75, sigmaDaily: 0.05, qty: 1, volumeDaily: 100 };
  expect(peakImpact(law)).toBeCloseTo(0.04 / Math.sqrt(1000), 14);
  expect(meanImpact(law)).toBeCloseTo(0.04 / Math.sqrt(1000) / 1.75, 14);
  expect(peakImpact({ ...law, qty: 0 })).toBe(0);
});

test.each(golden.book_walk)(
  'a walk of $Q through $depth_1pct a percent',
  ({ Q, half_spread, depth_1pct, avg_slippage }) => {
    const book = {
      halfSpread: half_spread,
      depthPerPercent: depth_1pct,
      spreadMultiplier: 1,
      depthMultiplier: 1,
    };
    expect(bookWalkSlippage(Q, book)).toBeCloseTo(avg_slippage, 14);
  },
);

test('a stressed book is the normal one with its spread and depth multiplied', () => {
  // QUANT 11: $1M at $20M a percent, spread x10, depth x0.1: 0.05 % + 1 / (2 x 2) x 1 % = 0.3 %.
  const book = { halfSpread: 0.00005, depthPerPercent: 20e6, spreadMultiplier: 10, depthMultiplier: 0.1 };
  expect(bookWalkSlippage(1e6, book)).toBeCloseTo(0.003, 14);
});

test('the square root is that of the machine, not one by logarithms', () => {
  // exp(ln(2) / 2) is 1.414213562373095, one unit of the last place below.
  const law = { coefficient: 1, exponent: 0.5, sigmaDaily: 1, qty: 2, volumeDaily: 1 };
  expect(peakImpact(law)).toBe(Math.SQRT2);
  expect(Math.exp(Math.log(2) / 2)).not.toBe(Math.SQRT2);
});
