import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isDollar,
  money,
  moneyText,
  roundAgainst,
  roundToZero,
  scaleOf,
  zero,
} from '../../src/model/money.ts';

describe('money', () => {
  test('takes of a double the shortest text that reads back as it: 0.1 is one tenth', () => {
    expect(money(0.1).plus(0.2).toFixed()).toBe('0.3');
    expect(moneyText(money(1e21))).toBe('1000000000000000000000');
    expect(moneyText(money(1e-9))).toBe('0.000000001');
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(money(value).toNumber()).toBe(value === 0 ? 0 * value : value);
      }),
      { seed: 1 },
    );
  });

  test('refuses what is not finite', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => money(value)).toThrow('must be finite');
  });

  test('adds and multiplies amounts, quantities and prices without losing a digit', () => {
    const cents = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
    fc.assert(
      fc.property(fc.array(cents, { maxLength: 50 }), (amounts) => {
        const sum = amounts.reduce((all, amount) => all.plus(money(amount).div(100)), zero);
        expect(sum.times(100).toNumber()).toBe(amounts.reduce((all, amount) => all + amount, 0));
      }),
      { seed: 2 },
    );
    // By Python's decimal module at 60 digits.
    expect(money('123456789.12345678').times('98765.4321').toFixed()).toBe('12193263123456.789122374638');
  });

  test('never writes an exponent or a negative zero', () => {
    expect(moneyText(money('-0'))).toBe('0');
    expect(moneyText(money('1e-30'))).toBe(`0.${'0'.repeat(29)}1`);
  });
});

describe('rounding', () => {
  test('against the account lowers a gain and deepens a loss, one unit at most', () => {
    expect(moneyText(roundAgainst(money('1.000000019'), 8))).toBe('1.00000001');
    expect(moneyText(roundAgainst(money('-1.000000011'), 8))).toBe('-1.00000002');
    expect(moneyText(roundAgainst(money('-1.00000001'), 8))).toBe('-1.00000001');
  });

  test('towards zero never makes more of a quantity', () => {
    expect(moneyText(roundToZero(money('1.99'), 1))).toBe('1.9');
    expect(moneyText(roundToZero(money('-1.99'), 1))).toBe('-1.9');
  });
});

test('dollars and their tokens are kept to 8 places, coins to 10', () => {
  expect(['USDT', 'USDC', 'USD', 'USDE'].map(scaleOf)).toEqual([8, 8, 8, 8]);
  expect(['BTC', 'ETH', 'EUR'].map(scaleOf)).toEqual([10, 10, 10]);
  expect([isDollar('DAI'), isDollar('BTC')]).toEqual([true, false]);
});
