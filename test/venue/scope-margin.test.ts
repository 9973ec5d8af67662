import { expect, test } from 'vitest';
import { createRandom, nextUnit } from '../../src/math/random.ts';
import { bracketTable } from '../../src/risk/brackets.ts';
import { readMargin } from '../../src/risk/read-margin.ts';
import { exactMargin } from '../../src/venue/scope-margin.ts';
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

test('exactMargin says in decimals what readMargin says in doubles', () => {
  const venue = venueAt({ book, marks: [93.3, 210.7, 9.91], symbols, table });
  const { world, state, view, prices } = venue;
  readMargin(view, prices.mark, 0);
  for (const scope of [0, 1]) {
    const exact = exactMargin(world, state, { view, scope, marks: prices.mark });
    expect(exact.equity.toNumber()).toBeCloseTo(view.equity[scope] ?? 0, 9);
    expect(exact.maintenance.toNumber()).toBeCloseTo(view.maintenance[scope] ?? 0, 9);
  }
  expect(exactMargin(world, state, { view, scope: 1, marks: prices.mark }).equity.toFixed()).toBe('23.1');
});

test('exactMargin counts what the scope holds and nothing else: coin, isolated margins, other assets', () => {
  const inverse = positionOf({
    symbol: 'BTCUSD',
    contract: 'inverse',
    qty: '1000',
    entry: '1000',
    marginMode: 'cross',
  });
  const mixed = bookOf(
    [
      positionOf({ qty: '1', entry: '100', leverage: 10 }),
      positionOf({ qty: '1', entry: '200', symbol: 'ETHUSDT', marginMode: 'cross' }),
      inverse,
    ],
    {
      collateral: [
        { asset: 'USDT', qty: '60', haircut: 0, price: null },
        { asset: 'BTC', qty: '2', haircut: 0, price: null },
        { asset: 'USDC', qty: '8', haircut: 0.25, price: null },
      ],
    },
  );
  const venue = venueAt({
    book: mixed,
    marks: [105, 190, 800],
    symbols: ['BTCUSDT', 'ETHUSDT', 'BTCUSD'],
    table,
  });
  const { world, state, view, prices } = venue;
  readMargin(view, prices.mark, 0);
  const exact = [0, 1, 2].map((scope) => {
    const one = exactMargin(world, state, { view, scope, marks: prices.mark });
    expect(one.equity.toNumber()).toBeCloseTo(view.equity[scope] ?? Number.NaN, 10);
    expect(one.maintenance.toNumber()).toBeCloseTo(view.maintenance[scope] ?? Number.NaN, 10);
    return one.equity.toFixed();
  });
  // 60 - 10 + 6 - 10; 2 - 0.25; 10 + 5.
  expect(exact).toEqual(['46', '1.75', '15']);
});

test('doubles and decimals agree to a trillionth of what is added up, over brackets, sides, modes and contracts', () => {
  const random = createRandom(11);
  const between = (low: number, high: number) => low + (high - low) * nextUnit(random);
  let read = 0;
  for (let round = 0; round < 200; round += 1) {
    const side = () => (nextUnit(random) < 0.5 ? -1 : 1);
    const mode = () => (nextUnit(random) < 0.5 ? ('isolated' as const) : ('cross' as const));
    const positions = ['BTCUSDT', 'ETHUSDT', 'BTCUSD'].map((symbol) => {
      const inverse = symbol === 'BTCUSD';
      return positionOf({
        symbol,
        contract: inverse ? 'inverse' : 'linear',
        qty: String(side() * (inverse ? Math.round(between(100, 900_000)) : between(0.001, 80))),
        entry: String(between(50, 150)),
        leverage: Math.ceil(between(1, 50)),
        marginMode: mode(),
      });
    });
    const collateral = ['USDT', 'BTC'].map((asset) => ({
      asset,
      qty: String(between(0, 5000)),
      haircut: 0,
      price: null,
    }));
    const marks = [0, 1, 2].map(() => between(50, 150));
    const book = bookOf(positions, { collateral });
    const venue = venueAt({ book, marks, symbols: ['BTCUSDT', 'ETHUSDT', 'BTCUSD'], table });
    const { world, state, view, prices } = venue;
    readMargin(view, prices.mark, 0);
    // What is added up: cash of at most 5,000, results and margins of at most 80 x 150 and 900,000 / 50.
    const near = 1e-12 * 40_000;
    for (let scope = 0; scope < view.scopes; scope += 1) {
      const exact = exactMargin(world, state, { view, scope, marks: prices.mark });
      expect(Math.abs(exact.equity.toNumber() - (view.equity[scope] ?? Number.NaN))).toBeLessThanOrEqual(
        near,
      );
      const kept = view.maintenance[scope] ?? Number.NaN;
      expect(Math.abs(exact.maintenance.toNumber() - kept)).toBeLessThanOrEqual(near);
      read += 1;
    }
  }
  expect(read).toBeGreaterThan(600);
});
