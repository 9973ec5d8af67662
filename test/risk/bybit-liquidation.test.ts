import { expect, test } from 'vitest';
import { bybitInverseLiquidation, bybitLinearLiquidation } from '../../src/risk/bybit-liquidation.ts';
import golden from '../golden/liquidation.json' with { type: 'json' };

const rows = golden.freqtrade_table.filter(({ exchange }) => exchange === 'bybit');

test.each(rows)('the price of a $side at $leverage x from $entry is $expected', (row) => {
  const { side, qty, entry, leverage, mmr, expected } = row;
  const signed = side === 'long' ? qty : -qty;
  expect(bybitLinearLiquidation({ entry, qty: signed, leverage, mmr })).toBeCloseTo(expected, 6);
});

test('the worked example of the help page ends at 19,700, and added margin moves it by its share', () => {
  const life = { entry: 20_000, qty: 1, leverage: 50, mmr: 0.005 };
  expect(bybitLinearLiquidation(life)).toBe(19_700);
  expect(bybitLinearLiquidation({ ...life, extra: 3000 })).toBe(16_700);
  // Four of them need four times the margin for the same move; a short moves the other way.
  expect(bybitLinearLiquidation({ ...life, qty: 4, extra: 12_000 })).toBe(16_700);
  expect(bybitLinearLiquidation({ ...life, qty: -4, extra: 12_000 })).toBe(23_300);
});

test('an inverse long of the help page is bankrupt at 5,718.57 and liquidated at 5,739.08 before rounding to a tick', () => {
  const long = { entry: 8000, qty: 10_000, balance: 0.5, fee: 0.00075 };
  const { bankruptcy, liquidation } = bybitInverseLiquidation({ ...long, mmr: 0.005 });
  expect(bankruptcy).toBeCloseTo(5718.571428571428, 9);
  // The reference takes the bankruptcy price rounded to cents, as the page prints it, into the fee.
  const fee = (long.fee * long.qty) / 5718.57;
  expect(long.qty / (1.75 - 0.00625 - fee)).toBeCloseTo(golden.bybit_inverse_cross_unrounded, 9);
  expect(liquidation).toBeCloseTo(golden.bybit_inverse_cross_unrounded, 5);
});

test('an inverse position without the fee, long and short, as the page of 2024 has it', () => {
  // bybit_inverse_uta_2024: 60,000 USD at 50,000, value 1.2, margin 0.12, maintenance 0.006.
  const one = { entry: 50_000, balance: 0.12, mmr: 0.005, fee: 0 };
  const { long, short } = golden.bybit_inverse_uta_2024;
  expect(bybitInverseLiquidation({ ...one, qty: 60_000 }).liquidation).toBeCloseTo(long, 8);
  expect(bybitInverseLiquidation({ ...one, qty: -60_000 }).liquidation).toBeCloseTo(short, 8);
});

test('the example of the ADL page ends at 7,773.50, rounded up to a tick of 0.5', () => {
  const adl = bybitInverseLiquidation({ entry: 7890.08, qty: 7890.08, balance: 1 / 50, mmr: 0.005, fee: 0 });
  expect(Math.ceil(adl.liquidation * 2) / 2).toBe(7773.5);
  expect(adl.bankruptcy).toBeCloseTo(7735.372549, 6);
});
