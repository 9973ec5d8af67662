import { describe, expect, test } from 'vitest';
import { drive } from '../../../src/replay/drive.ts';
import { createRun } from '../../../src/replay/run.ts';
import type { Happening } from '../../../src/replay/timeline.ts';
import { heldQuantities, seenBy } from '../../../src/studies/replay/seen.ts';
import { barsOf, bookOf, HOUR, planOf, positionOf, type Scene } from '../../support/venue-scene.ts';
import { roundTrips } from '../../support/walk.ts';

const MINUTE = 60_000;

function seen(scene: Scene) {
  const run = createRun(planOf(scene));
  const held = heldQuantities(run);
  drive(run);
  const { book, entries = [], bars } = scene;
  return seenBy(run, { book, entries, symbols: bars.map(({ symbol }) => symbol) }, held);
}

const stampAt = (time: number, more: { mark?: number; venue?: number; symbol?: number } = {}): Happening => ({
  rank: 'funding',
  time,
  stamp: { symbol: 0, venue: -1, rate: 0.01, mark: Number.NaN, interval: 8 * HOUR, ...more },
});

// 100 down to 90 in the first third of each hour, back to 100 in the second, flat in the third.
const bars = [
  barsOf([
    [100, 100, 90, 100],
    [100, 100, 90, 100],
  ]),
];
const book = bookOf([positionOf({ qty: '2', entry: '100', leverage: 1 })], { balance: '1000' });

describe('a run as others look at it', () => {
  test('tells settlements within both of its bounds, at their marks, and at the price of the moment without one', () => {
    const happenings = [stampAt(0, { mark: 101 }), stampAt(10 * MINUTE), stampAt(HOUR), stampAt(70 * MINUTE)];
    const { fundingOf } = seen({ bars, book, happenings });
    const marks = (from: number, to: number) => fundingOf(0, from, to).map(({ mark }) => mark);
    expect(marks(0, 2 * HOUR)).toEqual([101, expect.closeTo(95, 10), 100, expect.closeTo(95, 10)]);
    expect(marks(10 * MINUTE, HOUR)).toHaveLength(2);
    expect(marks(10 * MINUTE + 1, HOUR - 1)).toEqual([]);
    expect(fundingOf(1, 0, 2 * HOUR)).toEqual([]);
  });

  test('tells fills by the trades that they are of', () => {
    const trips = roundTrips([
      { entry: 100, exit: 100, qty: '1', from: 0, to: HOUR },
      { entry: 100, exit: 100, qty: '3', from: HOUR, to: 2 * HOUR },
    ]);
    const { fillsOf } = seen({ bars, book: bookOf([]), ...trips });
    const told = (trade: number) => fillsOf(trade).map(({ opening, qty, time }) => [opening, qty, time]);
    expect(told(0)).toEqual([
      [true, 1, 0],
      [false, 1, HOUR],
    ]);
    expect(told(1)).toEqual([
      [true, 3, HOUR],
      [false, 3, 2 * HOUR],
    ]);
    expect(fillsOf(-1)).toEqual([]);
  });

  test('tells what was held at its start, and where it ended', () => {
    const { startQty, endMarks, end } = seen({ bars, book });
    expect(startQty({ account: 0, symbol: 0, side: 1 })).toBe(2);
    expect(startQty({ account: 0, symbol: 0, side: -1 })).toBe(0);
    expect(endMarks).toEqual([100]);
    expect(end).toBe(2 * HOUR);
  });

  test('tells whether a result is a coin beside the currency of the account', () => {
    const inverse = {
      symbol: 'BTCUSD',
      contract: 'inverse',
      qty: '1000',
      entry: '100',
      leverage: 1,
    } as const;
    const coins = [barsOf([[100, 100, 99, 100]], { symbol: 'BTCUSD' })];
    const place = { account: 0, symbol: 0, side: 1 } as const;
    const collateral = [
      { asset: 'USDT', qty: '1000', haircut: 0, price: null },
      { asset: 'BTC', qty: '20', haircut: 0, price: null },
    ];
    const beside = seen({ bars: coins, book: bookOf([positionOf(inverse)], { collateral }) });
    expect(beside.settlementOf(place)).toEqual({ contract: 'inverse', venue: 0, coin: true });
    const own = { currency: 'BTC', balance: '20' };
    const only = seen({ bars: coins, book: bookOf([positionOf(inverse)], own) });
    expect(only.settlementOf(place)).toEqual({ contract: 'inverse', venue: 0, coin: false });
    expect(seen({ bars, book }).settlementOf(place)).toEqual({ contract: 'linear', venue: 0, coin: false });
  });
});
