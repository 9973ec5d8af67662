import { describe, expect, test } from 'vitest';
import { completeRun } from '../../src/replay/run.ts';
import { flatTable } from '../support/flat-table.ts';
import {
  barsOf,
  bookOf,
  frictionless,
  HOUR,
  planOf,
  positionOf,
  type Scene,
} from '../support/venue-scene.ts';

const complete = (scene: Scene) => completeRun(planOf(scene));
const long = bookOf([positionOf({ qty: '1', entry: '100', leverage: 10 })]);

describe('an isolated long on its way down', () => {
  test('is liquidated where equity meets maintenance, at that mark', () => {
    // By hand: 10 + (P - 100) = 0.005 P, so P = 90 / 0.995 = 90.45226...; the bar falls through it to 80.
    const run = complete({ bars: [barsOf([[100, 101, 80, 95]])], book: long });
    expect(run.liquidations).toHaveLength(1);
    expect(run.liquidations[0]?.mark).toBeCloseTo(90 / 0.995, 12);
    expect(run.liquidations[0]?.qty).toBe('-1');
    // The first third of the hour falls by 20: 9.5477 of them are 9.5477 / 20 of 20 minutes.
    expect(run.liquidations[0]?.time).toBe(Math.round(((100 - 90 / 0.995) / 20) * (HOUR / 3)));
    // The rest of the margin of 10 stays with the account.
    expect(run.endCash).toBe('99990.4522613');
    expect(run.minMarginLevel).toBeCloseTo(1, 12);
    expect(run.shortfall).toBe('0');
  });

  test('is charged bankruptcy and no more where the market opens beyond it; the fund bears the rest', () => {
    const run = complete({
      bars: [
        barsOf([
          [100, 101, 99, 100],
          [85, 86, 80, 84],
        ]),
      ],
      book: long,
    });
    expect(run.liquidations).toMatchObject([{ mark: 85, price: 90, qty: '-1', fee: '0', shortfall: '5' }]);
    expect(run.endCash).toBe('99990');
    expect(run.realisedPnl).toBe('-10');
    expect(run.shortfall).toBe('5');
  });

  test('survives one tick above its price and not at it, though doubles see a difference there', () => {
    // At 0.8 % maintenance a 10x long from 99.2 stands at exactly 90: 9.92 + 90 - 99.2 = 0.72 = 0.008 x 90.
    const book = bookOf([positionOf({ qty: '1', entry: '99.2', leverage: 10 })]);
    const at = (low: number) =>
      complete({ bars: [barsOf([[99, 99, low, 95]])], book, table: flatTable(0.008) });
    expect(at(90.01).liquidations).toHaveLength(0);
    expect(at(90).liquidations).toHaveLength(1);
  });

  test('acts at points alone where legs are jumps', () => {
    const run = complete({ bars: [barsOf([[100, 101, 89, 95]])], book: long, legs: 'jump' });
    expect(run.liquidations[0]?.mark).toBe(89);
    expect(run.liquidations[0]?.price).toBe(90);
    expect(run.shortfall).toBe('1');
  });

  test('is seen along the favourable extreme first under the optimistic path', () => {
    const scene: Scene = { bars: [barsOf([[100, 120, 80, 95]])], book: long };
    const first = complete(scene).liquidations[0]?.time ?? 0;
    const later = complete({ ...scene, policy: 'optimistic' }).liquidations[0]?.time ?? 0;
    expect(first).toBeLessThan(HOUR / 3);
    expect(later).toBeGreaterThan(HOUR / 3);
  });
});

describe('a stop that rests at the venue', () => {
  const withStop = (price: string, bars: Scene['bars'], more: Partial<Scene> = {}) =>
    complete({
      bars,
      book: {
        ...long,
        orders: [
          {
            account: 'main',
            symbol: 'BTCUSDT',
            kind: 'stop-market',
            qty: null,
            price,
            trigger: 'last',
            reduceOnly: true,
            leverage: 1,
            contract: 'linear',
          },
        ],
      },
      ...more,
    });

  // Cases of impact_stops.json > stop_vs_liquidation, with the liquidation at 90.45 instead of its rounded 90.5 and 91.
  test('fires before the liquidation that lies below it', () => {
    const run = withStop('95', [barsOf([[99, 100, 89, 92]])]);
    expect(run.liquidations).toHaveLength(0);
    expect(run.endCash).toBe('99995');
    expect(run.orders).toMatchObject({ intents: 1, filled: 1 });
  });

  test('is dead where it lies below the liquidation', () => {
    const run = withStop('90', [barsOf([[99, 100, 89, 92]])]);
    expect(run.liquidations).toHaveLength(1);
    expect(run.orders).toMatchObject({ intents: 1, filled: 0 });
  });

  test('gives way to the liquidation where a bar opens beyond both', () => {
    const run = withStop('95', [
      barsOf([
        [99, 100, 98, 99],
        [90, 93, 88, 92],
      ]),
    ]);
    expect(run.liquidations).toMatchObject([{ mark: 90 }]);
    expect(run.endCash).toBe('99990');
  });

  test('fills at the open where a bar opens beyond it alone', () => {
    const run = withStop('95', [
      barsOf([
        [99, 100, 98, 99],
        [93, 96, 92, 95],
      ]),
    ]);
    expect(run.liquidations).toHaveLength(0);
    expect(run.endCash).toBe('99993');
    // Two of quantity 1: expected nothing, paid the gap.
    expect(run.slippage).toEqual({ expected: '0', actual: '2' });
  });

  test('looks at last while the liquidation looks at mark', () => {
    const last = [barsOf([[100, 101, 80, 95]])];
    const mark = [barsOf([[100, 101, 97, 98]])];
    expect(withStop('70', last, { mark }).liquidations).toHaveLength(0);
    const stopped = withStop('95', last, { mark });
    expect(stopped.endCash).toBe('99995');
    expect(withStop('95', mark, { mark: last }).liquidations).toHaveLength(1);
  });
});

describe('a limit that rests and may open', () => {
  const order = {
    account: 'main',
    symbol: 'BTCUSDT',
    kind: 'limit' as const,
    qty: '2',
    price: '95',
    trigger: 'last' as const,
    reduceOnly: false,
    leverage: 4,
    contract: 'linear' as const,
  };
  const bars = [
    barsOf([
      [100, 101, 94, 99],
      [99, 104, 98, 103],
    ]),
  ];

  test('opens where the market comes to it, at its price, as maker', () => {
    const config = { ...frictionless, fees: { maker: 0.001, taker: 0.01, liquidation: 0 } };
    const run = complete({ bars, config, book: { ...bookOf([]), orders: [order] } });
    expect(run.orders).toMatchObject({ intents: 1, filled: 1, rejected: 0 });
    // 2 x (103 - 95), less 0.1 % of 190.
    expect([run.endUnrealised, run.fees]).toEqual(['16', '0.19']);
  });

  test('closes an opposite position of a one-way account first', () => {
    const short = positionOf({ qty: '-3', entry: '100', leverage: 10 });
    const run = complete({ bars, book: { ...bookOf([short]), orders: [order] } });
    // Two of three bought back at 95; one is still short at 103.
    expect([run.realisedPnl, run.endUnrealised]).toEqual(['10', '-3']);
  });

  test('is refused where the account cannot pay its margin', () => {
    const run = complete({ bars, book: { ...bookOf([], { balance: '47' }), orders: [order] } });
    expect(run.orders).toMatchObject({ filled: 0, rejected: 1, reasons: [{ reason: 'margin', count: 1 }] });
    expect(run.endEquity).toBe('47');
  });

  test('a stop that sells opens a short below', () => {
    const stop = { ...order, kind: 'stop-market' as const, qty: '-1', price: '98' };
    const run = complete({ bars: [barsOf([[100, 101, 94, 95]])], book: { ...bookOf([]), orders: [stop] } });
    expect(run.endUnrealised).toBe('3');
  });
});
