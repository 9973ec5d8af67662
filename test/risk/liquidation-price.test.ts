import { expect, test } from 'vitest';
import { isolatedLiquidationPrice } from '../../src/risk/liquidation-price.ts';

// QUANT 6, freqtrade's published table (entry 10, mmr 1 %, there with cum 0.01): by hand with cum = 0
// long 5x: 10 * 0.8 / 0.99 = 8.0808..., short 5x: 10 * 1.2 / 1.01 = 11.8811..., short 3x: 10 * (4/3) / 1.01 = 13.2013...
test.each([
  [1, 5, 8 / 0.99],
  [-1, 5, 12 / 1.01],
  [-1, 3, 40 / 3 / 1.01],
] as const)('side %i at %ix is liquidated where equity meets maintenance', (side, leverage, expected) => {
  const price = isolatedLiquidationPrice(10, leverage, 0.01, side);
  expect(price).toBeCloseTo(expected, 12);
  // equity = margin + side * (price - entry), maintenance = price * mmr, for one unit
  expect(10 / leverage + side * (price - 10)).toBeCloseTo(price * 0.01, 12);
});

test('distance of a long is (1 / leverage - mmr) / (1 - mmr) (QUANT 7)', () => {
  expect(1 - isolatedLiquidationPrice(1, 10, 0.005, 1)).toBeCloseTo((0.1 - 0.005) / 0.995, 12);
});

test('a long at leverage 1 is liquidated at 0, never above', () => {
  expect(isolatedLiquidationPrice(10, 1, 0.005, 1)).toBe(0);
});
