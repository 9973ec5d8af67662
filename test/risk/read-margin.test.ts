import { describe, expect, test } from 'vitest';
import { bracketTable, maintenanceMargin } from '../../src/risk/brackets.ts';
import { readMargin } from '../../src/risk/read-margin.ts';
import { accountMoney, readEquity } from '../../src/venue/account-equity.ts';
import { venueAt } from '../support/still-venue.ts';
import { bookOf, positionOf } from '../support/venue-scene.ts';

const table = bracketTable([
  { cap: 500, rate: 0.01, maxLeverage: 50 },
  { cap: 2000, rate: 0.02, maxLeverage: 25 },
  { cap: 9000, rate: 0.1, maxLeverage: 5 },
]);
const book = bookOf(
  [
    positionOf({ qty: '7', entry: '100', leverage: 10 }),
    positionOf({ qty: '-3', entry: '200', marginMode: 'cross', symbol: 'ETHUSDT' }),
    positionOf({ qty: '40', entry: '10', marginMode: 'cross', symbol: 'SOLUSDT' }),
  ],
  { balance: '1000' },
);
const symbols = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'];

describe('readMargin', () => {
  test('reads every scope at the marks, by the bracket of each notional', () => {
    const venue = venueAt({ book, marks: [100, 200, 10], symbols, table });
    for (const marks of [
      [100, 200, 10],
      [95, 120, 60],
      [300, 90, 300],
      [71, 166.7, 12.5],
      [500 / 7, 500 / 3, 50],
    ]) {
      const [btc = 0, eth = 0, sol = 0] = marks;
      readMargin(venue.view, Float64Array.from(marks), 0);
      // Shared: 1,000 less the isolated 70, and the results of the cross positions; then the isolated one.
      expect(venue.view.equity[0]).toBeCloseTo(930 - 3 * (eth - 200) + 40 * (sol - 10), 9);
      expect(venue.view.maintenance[0]).toBeCloseTo(
        maintenanceMargin(table, 3 * eth) + maintenanceMargin(table, 40 * sol),
        9,
      );
      expect(venue.view.equity[1]).toBeCloseTo(70 + 7 * (btc - 100), 9);
      expect(venue.view.maintenance[1]).toBeCloseTo(maintenanceMargin(table, 7 * btc), 9);
    }
  });

  test('suspects a scope at, below, and within rounding above its maintenance, and none without positions', () => {
    const venue = venueAt({
      book: bookOf([positionOf({ qty: '1', entry: '99.2', leverage: 10 })]),
      marks: [99],
      table,
    });
    // 9.92 + P - 99.2 = 0.01 P at 90.18...
    const edge = 89.28 / 0.99;
    const suspects = [edge + 1e-6, edge, edge - 1e-6].map((mark) =>
      readMargin(venue.view, Float64Array.of(mark), 0),
    );
    expect(suspects).toEqual([false, true, true]);
    const empty = venueAt({ book: bookOf([], { balance: '0' }), marks: [99] });
    expect(readMargin(empty.view, Float64Array.of(99), 0)).toBe(false);
  });

  test('reads a row of a matrix from its offset', () => {
    const venue = venueAt({ book, marks: [100, 200, 10], symbols, table });
    readMargin(venue.view, Float64Array.of(0, 0, 0, 101, 200, 10), 3);
    expect(venue.view.equity[1]).toBe(77);
  });
});

describe('equity of an account', () => {
  test('is the sum of its scopes, coin at its mark, and the sum of its money', () => {
    const inverse = positionOf({
      symbol: 'BTCUSD',
      contract: 'inverse',
      qty: '20000',
      entry: '50000',
      leverage: 4,
    });
    const mixed = bookOf([positionOf({ qty: '2', entry: '100' }), inverse], {
      collateral: [
        { asset: 'USDT', qty: '500', haircut: 0, price: null },
        { asset: 'BTC', qty: '2', haircut: 0, price: null },
        { asset: 'USDC', qty: '100', haircut: 0.2, price: null },
      ],
    });
    const venue = venueAt({ book: mixed, marks: [110, 40_000], symbols: ['BTCUSDT', 'BTCUSD'] });
    const equity = new Float64Array(1);
    readMargin(venue.view, venue.prices.mark, 0);
    readEquity(venue.view, venue.prices.mark, 0, equity);
    // 500 + 80 + 20 in dollars; 2 coins that lost 20,000 / 40,000 - 0.4 = 0.1.
    expect(equity[0]).toBeCloseTo(600 + 1.9 * 40_000, 8);
    const [account] = venue.state.accounts;
    if (account === undefined) throw new Error('the account must exist');
    const parts = accountMoney(venue, account);
    expect([parts.cash, parts.unrealised, parts.collateral].map((one) => one.toFixed())).toEqual([
      '80500',
      '-3980',
      '80',
    ]);
  });
});
