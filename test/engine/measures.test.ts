import { describe, expect, test } from 'vitest';
import {
  compareDayLoss,
  compareLevel,
  compareRemaining,
  dayLoss,
  exactTotal,
  initialMargin,
  liquidationPrice,
  marginLevel,
  marginRemaining,
  notional,
  unrealised,
} from '../../src/engine/measures.ts';
import type { View } from '../../src/engine/view.ts';
import { bracketTable } from '../../src/risk/brackets.ts';
import { engineScene } from '../support/engine-scene.ts';
import { bookOf, positionOf, venueOfTable } from '../support/venue-scene.ts';

/** 1 % up to 50 of notional, 2 % less 0.5 beyond. */
const table = bracketTable([
  { cap: 50, rate: 0.01, maxLeverage: 100 },
  { cap: 100_000, rate: 0.02, maxLeverage: 50 },
]);

type Held = Parameters<typeof positionOf>[0];
type Account = Parameters<typeof bookOf>[1];

function viewOf(held: readonly Held[], marks: readonly number[], account: Account = {}): View {
  const symbols = ['BTCUSDT', 'ETHUSDT'].slice(0, marks.length);
  const positions = held.map((one) => positionOf({ marginMode: 'cross', leverage: 10, ...one }));
  const book = bookOf(positions, { balance: '20', marginMode: 'cross', ...account });
  return engineScene({ symbols, marks, table, book, guards: [] }).engine.view;
}

/** 1,000 dollars of a coin at 100, in an account of that coin or of dollars that holds some of it. */
function inverseView(side: 1 | -1, mark: number, currency: 'BTC' | 'USDT', coins: string): View {
  const held = positionOf({
    ...{ symbol: 'BTCUSD', contract: 'inverse', qty: String(1000 * side), entry: '100' },
    ...{ leverage: 4, marginMode: 'cross' },
  });
  const collateral = [{ asset: 'BTC', qty: coins, haircut: 0, price: null }];
  const book = bookOf([held], { currency, balance: '0', marginMode: 'cross', collateral });
  const specs = [venueOfTable(bracketTable([{ cap: 1e9, rate: 0.005, maxLeverage: 100 }]), {}, 'inverse')];
  return engineScene({ symbols: ['BTCUSD'], marks: [mark], specs, book, guards: [] }).engine.view;
}

function first(view: View) {
  const [position] = view.positions;
  if (position === undefined) throw new Error('a position must be held');
  return position;
}
const priceIn = (view: View) => liquidationPrice(view, first(view));

describe('the price at which the venue liquidates, its own symbol moving alone', () => {
  const btc: Held = { symbol: 'BTCUSDT', qty: '1', entry: '100' };
  const eth: Held = { symbol: 'ETHUSDT', qty: '10', entry: '10' };

  test('alone: in the bracket that it lies in then', () => {
    // 20 + p - 100 = 0.02 p - 0.5.
    expect(priceIn(viewOf([btc], [100]))).toBeCloseTo(79.5 / 0.98, 9);
    // 60 + p - 100 = 0.01 p, below 50.
    expect(priceIn(viewOf([btc], [100], { balance: '60' }))).toBeCloseTo(40 / 0.99, 9);
    // 20 + 100 - p = 0.02 p - 0.5.
    expect(priceIn(viewOf([{ ...btc, qty: '-1' }], [100]))).toBeCloseTo(120.5 / 1.02, 9);
  });

  test('beside another leg: less its loss, and less what that leg asks', () => {
    // ETH has lost 10, and asks 90 x 2 % - 0.5: 20 + p - 100 - 10 = 0.02 p - 0.5 + 1.3.
    expect(priceIn(viewOf([btc, eth], [100, 9]))).toBeCloseTo(90.8 / 0.98, 9);
    // 20 + 100 - p - 10 = 0.02 p - 0.5 + 1.3.
    expect(priceIn(viewOf([{ ...btc, qty: '-1' }, eth], [100, 9]))).toBeCloseTo(109.2 / 1.02, 9);
    // A short of ETH has gained 10.
    expect(priceIn(viewOf([btc, { ...eth, qty: '-10' }], [100, 9]))).toBeCloseTo(70.8 / 0.98, 9);
  });

  test('beside collateral: of another coin at its mark, of its own it moves too', () => {
    const collateral = (asset: string, qty: string) => ({
      collateral: [
        { asset: 'USDT', qty: '20', haircut: 0, price: null },
        { asset, qty, haircut: 0, price: null },
      ],
    });
    // 0.1 BTC at 100: 20 + 10 + 10 p - 100 = 0.2 p - 0.5.
    const other = viewOf([eth], [100, 10], collateral('BTC', '0.1'));
    expect(priceIn(other)).toBeCloseTo(69.5 / 9.8, 9);
    // 1 ETH: 20 + p + 10 p - 100 = 0.2 p - 0.5.
    expect(priceIn(viewOf([eth], [100, 10], collateral('ETH', '1')))).toBeCloseTo(79.5 / 10.8, 9);
  });

  test('inverse: in coin', () => {
    // 0.5 + 1000 / 100 - 1000 / p = 0.005 x 1000 / p.
    expect(priceIn(inverseView(1, 100, 'BTC', '0.5'))).toBeCloseTo(1005 / 10.5, 9);
    // 0.5 - 1000 / 100 + 1000 / p = 0.005 x 1000 / p.
    expect(priceIn(inverseView(-1, 100, 'BTC', '0.5'))).toBeCloseTo(995 / 9.5, 9);
  });

  test('none where no price does', () => {
    expect(priceIn(viewOf([btc], [100], { balance: '200' }))).toBeNull();
  });
});

describe('amounts in the currency of the account', () => {
  test('linear', () => {
    const view = viewOf([{ symbol: 'BTCUSDT', qty: '-2', entry: '100' }], [90]);
    const position = first(view);
    expect(notional(view, position)).toBe(180);
    expect(unrealised(view, position)).toBe(20);
    expect(initialMargin(view, position)).toBe(20);
    expect(exactTotal(view).toNumber()).toBe(40);
  });

  test('inverse: coins, or what they are worth in dollars', () => {
    const coins = inverseView(1, 125, 'BTC', '0.5');
    expect(notional(coins, first(coins))).toBe(8);
    // 1000 / 100 - 1000 / 125.
    expect(unrealised(coins, first(coins))).toBeCloseTo(2, 12);
    expect(exactTotal(coins).toNumber()).toBe(2.5);
    const dollars = inverseView(1, 125, 'USDT', '0.5');
    expect(unrealised(dollars, first(dollars))).toBeCloseTo(250, 9);
    expect(exactTotal(dollars).toNumber()).toBe(312.5);
    expect(initialMargin(dollars, first(dollars))).toBe(312.5);
  });
});

describe('measures of a scope', () => {
  test('where nothing is held there is none', () => {
    const view = viewOf([], [100]);
    for (let scope = 0; scope < view.margin.scopes; scope += 1) {
      expect([marginRemaining(view, scope), marginLevel(view, scope)]).toEqual([null, null]);
    }
  });

  test('are compared in decimals where doubles are too near', () => {
    // Equity 20 - 3 = 17 of an initial margin of 10, and of a maintenance of 97 x 2 % - 0.5 = 1.44.
    const view = viewOf([{ symbol: 'BTCUSDT', qty: '1', entry: '100' }], [97]);
    const { scope } = first(view);
    expect([1.7 - 1e-15, 1.7, 1.7 + 1e-15].map((bound) => compareRemaining(view, scope, bound))).toEqual([
      1, 0, -1,
    ]);
    expect([11.8, 17 / 1.44 + 1e-9, 11.81].map((bound) => compareLevel(view, scope, bound))).toEqual([
      1, -1, -1,
    ]);
    expect(marginLevel(view, scope)).toBeCloseTo(17 / 1.44, 12);
    expect(marginRemaining(view, scope)).toBeCloseTo(1.7, 12);
  });

  test('in coin too', () => {
    // 2.5 coins of 1000 / 100 / 4; 0.5 % of 8.
    const view = inverseView(1, 125, 'BTC', '0.5');
    const { scope } = first(view);
    expect([compareRemaining(view, scope, 1), compareLevel(view, scope, 62.5)]).toEqual([0, 0]);
  });
});

describe('losses of a day', () => {
  test('are all of it where the day began with nothing, and none while the equity is not known', () => {
    const view = viewOf([], [100]);
    const from = (day: number, total = 20) => ({ ...view, total, bases: { ...view.bases, day } });
    expect(dayLoss(from(25))).toBeCloseTo(0.2, 12);
    expect([0.19, 0.2, 0.21].map((bound) => compareDayLoss(from(25), bound))).toEqual([1, 0, -1]);
    for (const nothing of [0, -1]) {
      expect([dayLoss(from(nothing)), compareDayLoss(from(nothing), 0.99)]).toEqual([1, 1]);
    }
    expect([dayLoss(from(25, Number.NaN)), compareDayLoss(from(25, Number.NaN), 0.01)]).toEqual([0, -1]);
  });
});
