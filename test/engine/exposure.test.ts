import { describe, expect, test } from 'vitest';
import type { OrderIntent } from '../../src/engine/event.ts';
import {
  type Amount,
  ceilQty,
  compareTotal,
  countPositions,
  floorQty,
  holdingOf,
  holdingsBeside,
  orderHolding,
  stopLoss,
  total,
} from '../../src/engine/exposure.ts';
import type { View } from '../../src/engine/view.ts';
import { engineScene } from '../support/engine-scene.ts';
import { flatTable } from '../support/flat-table.ts';
import { bookOf, positionOf, venueOfTable } from '../support/venue-scene.ts';

const intent: OrderIntent = {
  id: 1,
  account: 0,
  symbol: 0,
  contract: 'linear',
  side: 1,
  qty: 3,
  price: 100,
  leverage: 5,
  marginMode: 'isolated',
  stop: null,
  reduceOnly: false,
  strategy: null,
  sector: 'layer1',
  model: null,
  halfSpread: 0,
  impact: 0,
};

type Held = Parameters<typeof positionOf>[0];

function viewOf(
  held: readonly Held[],
  marks: readonly number[],
  account: Parameters<typeof bookOf>[1] = {},
): View {
  const scene = engineScene({
    symbols: ['BTCUSDT', 'ETHUSDT'].slice(0, marks.length),
    marks,
    table: flatTable(0),
    book: bookOf(held.map(positionOf), account),
    guards: [],
  });
  return scene.engine.view;
}

/** 1,000 dollars' worth of coin, in an account of coins. */
function inverseView(
  side: 1 | -1,
  mark: number,
  currency: 'BTC' | 'USDT' = 'BTC',
  stop: string | null = null,
): View {
  const held = positionOf({
    symbol: 'BTCUSD',
    contract: 'inverse',
    qty: String(1000 * side),
    entry: '100',
    leverage: 4,
    marginMode: 'cross',
    stop,
  });
  const scene = engineScene({
    symbols: ['BTCUSD'],
    marks: [mark],
    specs: [venueOfTable(flatTable(0), {}, 'inverse')],
    book: bookOf([held], {
      currency,
      marginMode: 'cross',
      collateral: [{ asset: 'BTC', qty: '100', haircut: 0, price: null }],
    }),
    guards: [],
  });
  return scene.engine.view;
}

function only(view: View) {
  const [position] = view.positions;
  if (position === undefined) throw new Error('a position must be held');
  return holdingOf(view, position);
}

const amounts: readonly Amount[] = ['notional', 'delta', 'margin', 'risk'];

/** Doubles and decimals are the same amounts. */
function expectExact(holding: ReturnType<typeof only>): void {
  const exact = holding.exact();
  for (const of of amounts) expect(exact[of].toNumber()).toBeCloseTo(holding[of], 9);
}

describe('what a position exposes a book to', () => {
  test('linear: notional at the mark, margin at the entry, risk to the stop', () => {
    const long = only(viewOf([{ qty: '2', entry: '100', leverage: 4, stop: '90', sector: 'defi' }], [120]));
    expect(long).toMatchObject({ account: 0, symbol: 0, side: 1, sector: 'defi' });
    // 2 x 120; 2 x 100 / 4; 2 x (120 - 90).
    expect(amounts.map((of) => long[of])).toEqual([240, 240, 50, 60]);
    expectExact(long);
    const short = only(viewOf([{ qty: '-2', entry: '100', leverage: 4, stop: '130' }], [120]));
    expect(amounts.map((of) => short[of])).toEqual([240, -240, 50, 20]);
    expectExact(short);
  });

  test('a stop that the price has passed has nothing to lose', () => {
    const long = only(viewOf([{ qty: '2', entry: '100', leverage: 4, stop: '90' }], [80]));
    expect(long.risk).toBe(0);
    expect(long.exact().risk.toNumber()).toBe(0);
    const short = only(viewOf([{ qty: '-2', entry: '100', leverage: 4, stop: '110' }], [115]));
    expect(short.risk).toBe(0);
    expectExact(short);
  });

  test('without a stop risk goes to the liquidation price, and to 0 where there is none', () => {
    // A margin of 50 on 2: gone 25 below the entry.
    const isolated = only(viewOf([{ qty: '2', entry: '100', leverage: 4 }], [100]));
    expect(isolated.risk).toBeCloseTo(50, 9);
    expectExact(isolated);
    const paid = only(
      viewOf([{ qty: '2', entry: '100', leverage: 1, marginMode: 'cross' }], [100], { marginMode: 'cross' }),
    );
    expect(paid.risk).toBe(200);
  });

  test('and to all that its scope has at most: beside another leg a liquidation may be any distance away', () => {
    const legs: readonly Held[] = [
      { qty: '5', entry: '40000', leverage: 5, marginMode: 'cross' },
      { qty: '-3', entry: '40000', leverage: 5, marginMode: 'cross' },
    ];
    const view = viewOf(legs, [40_000], { balance: '100000', marginMode: 'cross', positionMode: 'hedge' });
    const held = holdingsBeside(view, null);
    // 2 more long than short: 100,000 would be gone 50,000 below, where no price is; and a rise gains.
    expect(held.map(({ risk }) => risk)).toEqual([100_000, 100_000]);
    for (const one of held) expectExact(one);
  });

  test('inverse in coins: quote notional over the price', () => {
    const long = only(inverseView(1, 125));
    // 1000 / 125 coins; 1000 / 100 / 4.
    expect([long.notional, long.delta, long.margin]).toEqual([8, 8, 2.5]);
    expectExact(long);
    const short = only(inverseView(-1, 125));
    expect([short.notional, short.delta, short.margin]).toEqual([8, -8, 2.5]);
    expectExact(short);
  });

  // 1000 x (1 / 100 - 1 / 125) coins, each worth 100 then; 1000 x (1 / 125 - 1 / 160) coins, each worth 160.
  test.each([
    [1, 'BTC', '100', 2],
    [1, 'USDT', '100', 200],
    [-1, 'BTC', '160', 1.75],
    [-1, 'USDT', '160', 280],
  ] as const)('inverse, side %d in %s: what is lost at a stop of %s', (side, currency, stop, lost) => {
    const held = only(inverseView(side, 125, currency, stop));
    expect(held.risk).toBeCloseTo(lost, 12);
    expectExact(held);
    const order = {
      ...intent,
      contract: 'inverse',
      side,
      qty: 1000,
      price: 125,
      stop: Number(stop),
    } as const;
    const view = inverseView(side, 125, currency);
    const added = orderHolding(view, order, stopLoss(view, order, 2));
    expect(added.risk).toBeCloseTo(lost, 12);
    expectExact(added);
  });

  test('inverse in an account of dollars: at the mark of the coin', () => {
    const long = only(inverseView(1, 125, 'USDT'));
    expect([long.notional, long.delta, long.margin]).toEqual([1000, 1000, 312.5]);
    expectExact(long);
  });
});

describe('what an order adds', () => {
  const flat = viewOf([], [100]);

  test('linear, with the sign of its side', () => {
    const buying = orderHolding(flat, { ...intent, stop: 90 }, 0.1);
    expect(buying).toMatchObject({ account: 0, symbol: 0, side: 1, sector: 'layer1' });
    // 3 x 100; / 5; 3 x 10.
    expect(amounts.map((of) => buying[of])).toEqual([300, 300, 60, 30]);
    expectExact(buying);
    const selling = orderHolding(flat, { ...intent, side: -1 }, 0.2);
    expect(amounts.map((of) => selling[of])).toEqual([300, -300, 60, 60]);
    expectExact(selling);
  });

  test('inverse: coins in an account of coins, dollars in one of dollars', () => {
    const order = { ...intent, contract: 'inverse', qty: 1000, price: 125 } as const;
    const coins = orderHolding(inverseView(1, 125), order, 0.1);
    expect(amounts.map((of) => coins[of])).toEqual([8, 8, 1.6, 0.8]);
    expectExact(coins);
    const dollars = orderHolding(flat, { ...order, stop: 112.5 }, 0.1);
    expect(amounts.map((of) => dollars[of])).toEqual([1000, 1000, 200, 100]);
    expectExact(dollars);
  });

  test('the distance of its stop: stated, so many ATRs, or all of its margin', () => {
    const scene = engineScene({ book: bookOf([]), marks: [100], guards: [], moments: [{ atr: 4 }] });
    const { view } = scene.engine;
    expect(stopLoss(view, { ...intent, stop: 95 }, 2)).toBe(0.05);
    expect(stopLoss(view, { ...intent, side: -1, stop: 105 }, 2)).toBe(0.05);
    expect(stopLoss(view, intent, 2)).toBe(0.08);
    expect(stopLoss(view, { ...intent, price: 200 }, 3)).toBe(0.06);
    expect(stopLoss(flat, intent, 2)).toBe(0.2);
    // In coin a fall of 8 from 100 is 8 / 92 of what is held; one below nothing is all of its margin.
    const coin = { ...inverseView(1, 100), market: view.market };
    const inverse = { ...intent, contract: 'inverse' } as const;
    expect(stopLoss(coin, inverse, 2)).toBe(8 / 92);
    expect(stopLoss(coin, { ...inverse, side: -1 }, 2)).toBe(8 / 108);
    expect(stopLoss(coin, inverse, 25)).toBe(0.2);
  });
});

describe('the book beside an order', () => {
  const held: Held[] = [
    { qty: '2', entry: '100' },
    { qty: '-1', entry: '100', symbol: 'ETHUSDT' },
  ];
  const names = (view: View, order: OrderIntent | null) =>
    holdingsBeside(view, order).map(({ symbol, side }) => `${symbol}/${side}`);

  test('without what it closes first', () => {
    const view = viewOf(held, [100, 100]);
    expect(names(view, null)).toEqual(['0/1', '1/-1']);
    expect(names(view, intent)).toEqual(['0/1', '1/-1']);
    expect(names(view, { ...intent, side: -1 })).toEqual(['1/-1']);
    expect(names(view, { ...intent, symbol: 1 })).toEqual(['0/1']);
    expect(names(view, { ...intent, side: -1, account: 1 })).toEqual(['0/1', '1/-1']);
    const hedge = viewOf(held, [100, 100], { positionMode: 'hedge' });
    expect(names(hedge, { ...intent, side: -1 })).toEqual(['0/1', '1/-1']);
  });

  test('counted by account, symbol and side', () => {
    const view = viewOf(held, [100, 100]);
    const added = (change: Partial<OrderIntent>) => orderHolding(view, { ...intent, ...change }, 0.1);
    const book = holdingsBeside(view, null);
    expect(countPositions([])).toBe(0);
    expect(countPositions(book)).toBe(2);
    expect(countPositions([...book, added({})])).toBe(2);
    expect(countPositions([...book, added({ side: -1 })])).toBe(3);
    expect(countPositions([...book, added({ symbol: 1 })])).toBe(3);
    expect(countPositions([...book, added({ account: 1 })])).toBe(3);
  });
});

describe('sums against equity', () => {
  test('deltas have signs, the others not; of the sum the size counts', () => {
    // 200 long and 500 short of 1,000.
    const view = viewOf(
      [
        { qty: '2', entry: '100' },
        { qty: '-5', entry: '100', symbol: 'ETHUSDT' },
      ],
      [100, 100],
      { balance: '1000' },
    );
    const book = holdingsBeside(view, null);
    expect([total(book, 'notional'), total(book, 'delta'), total(book, 'margin')]).toEqual([700, -300, 70]);
    expect(total([], 'margin')).toBe(0);
    expect([0.2999, 0.3, 0.3001].map((bound) => compareTotal(view, book, 'delta', bound))).toEqual([
      1, 0, -1,
    ]);
    expect([0.6999, 0.7, 0.7001].map((bound) => compareTotal(view, book, 'notional', bound))).toEqual([
      1, 0, -1,
    ]);
  });

  test('in decimals where doubles are too near: a sum of thirds is a whole', () => {
    // 0.1 x 1 / 3, three times, of 1.
    const view = viewOf(
      [
        { qty: '0.1', entry: '1', leverage: 3 },
        { qty: '0.2', entry: '1', leverage: 3, symbol: 'ETHUSDT' },
      ],
      [1, 1],
      { balance: '1' },
    );
    const book = holdingsBeside(view, null);
    expect(compareTotal(view, book, 'margin', 0.1)).toBe(0);
    expect(compareTotal(view, book, 'margin', 0.10000000000000002)).toBe(-1);
    expect(compareTotal(view, book, 'margin', 0.09999999999999999)).toBe(1);
    expect(compareTotal(view, book, 'notional', 0.3)).toBe(0);
  });
});

test('quantities are cut to 12 places: down for what fits, up for what must go', () => {
  expect([floorQty(1 / 3), ceilQty(1 / 3)]).toEqual([0.333333333333, 0.333333333334]);
  expect([floorQty(2.5), ceilQty(2.5)]).toEqual([2.5, 2.5]);
  for (const none of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
    expect([floorQty(none), ceilQty(none)]).toEqual([0, 0]);
});
