import { describe, expect, test } from 'vitest';
import { money } from '../../src/model/money.ts';
import { completeRun } from '../../src/replay/run.ts';
import { type RunResult, runResult } from '../../src/replay/run-result.ts';
import type { Happening } from '../../src/replay/timeline.ts';
import { bracketTable } from '../../src/risk/brackets.ts';
import { liquidationPrices } from '../../src/risk/liquidation-price.ts';
import type { VenueEvent } from '../../src/venue/venue-events.ts';
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
import { firstBars, fundingEvery, roundTrips, walkBars } from '../support/walk.ts';

const complete = (scene: Scene): RunResult => runResult.parse(completeRun(planOf(scene)));
const plain = (text: string) => money(text).toFixed();

describe('the ledger of a run', () => {
  const config = {
    ...frictionless,
    fees: { maker: 0.0002, taker: 0.0005, liquidation: 0.0125 },
    slippage: { halfSpreadBps: 1, impactCoefficient: 1, impactExponent: 0.5, maxBarShare: null },
  };

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('closes to the last digit after everything of seed %d', (seed) => {
    const book = bookOf(
      [
        positionOf({ qty: '3.1415926', entry: '99.37', leverage: 20 }),
        positionOf({ qty: '-7.77', entry: '101.1', symbol: 'ETHUSDT', leverage: 8, marginMode: 'cross' }),
      ],
      { balance: '400.12345678' },
    );
    const bars = [walkBars(seed, 300), walkBars(seed + 100, 300, 'ETHUSDT')];
    const run = complete({ bars, book, config, happenings: fundingEvery(300, 8, 0.0013) });
    const flows = money(run.startCash)
      .plus(run.realisedPnl)
      .plus(run.fundingPnl)
      .minus(run.fees)
      .plus(run.transfers)
      .minus(run.counterpartyLoss)
      .plus(run.lostCollateral);
    expect(flows.toFixed()).toBe(plain(run.endCash));
    expect(run.revaluation).toBe('0');
    expect(money(run.endCash).plus(run.endUnrealised).plus(run.endCollateral).toFixed()).toBe(
      plain(run.endEquity),
    );
    for (const one of run.ledgers) {
      const sum = money(one.start)
        .plus(one.realised)
        .plus(one.funding)
        .minus(one.fees)
        .plus(one.transfers)
        .minus(one.lost);
      expect(sum.toFixed()).toBe(plain(one.end));
    }
    expect(Number(run.endEquity)).toBeGreaterThanOrEqual(0);
  });

  test('without a liquidation, no fees end exactly the fees higher', () => {
    const trade = roundTrips([{ entry: 100, exit: 101.37, qty: '2.5', from: HOUR, to: 5 * HOUR }]);
    const scene: Scene = { bars: [walkBars(3, 10)], book: bookOf([]), ...trade };
    const fees = { maker: 0, taker: 0.0007, liquidation: 0 };
    const paid = complete({ ...scene, config: { ...frictionless, fees } });
    const free = complete(scene);
    expect(money(free.endEquity).minus(paid.endEquity).toFixed()).toBe(plain(paid.fees));
    // By hand: 2.5 x 0.07 % x (100 + 101.37) and 2.5 x 1.37.
    expect(paid.fees).toBe('0.3523975');
    expect(free.endCash).toBe('100003.425');
  });
});

describe('the price that the venue liquidates at', () => {
  const table = bracketTable([
    { cap: 5_000, rate: 0.004, maxLeverage: 125 },
    { cap: 60_000, rate: 0.005, maxLeverage: 100 },
    { cap: 300_000, rate: 0.01, maxLeverage: 50 },
    { cap: 1e9, rate: 0.05, maxLeverage: 20 },
  ]);

  test.each([
    ['1', 10],
    ['-1', 10],
    ['55', 20],
    ['-900', 5],
    ['4000', 4],
  ])('is the one that is computed beforehand: %s at %dx', (qty, leverage) => {
    const long = Number(qty) > 0;
    const bars = [barsOf(long ? [[100, 100, 1, 50]] : [[100, 300, 100, 200]])];
    const book = bookOf([positionOf({ qty, entry: '100', leverage })], { balance: '1000000' });
    const run = complete({ bars, book, table });
    const margin = (Math.abs(Number(qty)) * 100) / leverage;
    const leg = { contract: 'linear' as const, qty: Number(qty), entry: 100, table, feeRate: 0 };
    const { lower, upper } = liquidationPrices(margin, [leg]);
    expect(run.liquidations[0]?.mark).toBe((long ? lower : upper)?.price);
  });

  test('is that of the account as a whole where two symbols fall together', () => {
    // By hand, both at a share u of their fall: equity 30 - 50 u - 10 u, maintenance 0.005 (100 - 50 u + 50 - 10 u).
    const bars = [barsOf([[100, 100, 50, 60]]), barsOf([[50, 50, 40, 45]], { symbol: 'ETHUSDT' })];
    const book = bookOf(
      [
        positionOf({ qty: '1', entry: '100', marginMode: 'cross' }),
        positionOf({ qty: '1', entry: '50', marginMode: 'cross', symbol: 'ETHUSDT' }),
      ],
      { balance: '30' },
    );
    const run = complete({ bars, book });
    const share = (30 - 0.75) / (60 - 0.3);
    expect(run.liquidations.map(({ mark }) => mark)).toEqual([
      expect.closeTo(50 - 10 * share, 10),
      expect.closeTo(100 - 50 * share, 10),
    ]);
    expect(Number(run.endEquity)).toBeCloseTo(30 - 60 * share, 7);
    expect(run.shortfall).toBe('0');
  });

  test('is in coin for an inverse long', () => {
    const bars = [barsOf([[50_000, 50_000, 40_000, 42_000]], { symbol: 'BTCUSD' })];
    const position = positionOf({
      symbol: 'BTCUSD',
      contract: 'inverse',
      qty: '10000',
      entry: '50000',
      leverage: 10,
    });
    const run = complete({ bars, book: bookOf([position], { currency: 'BTC', balance: '1' }) });
    // liquidation.json: 10,000 USD at 50,000 and 10x at 45,681.8181..., where it has lost 10,000 / 45,681.8181 - 0.2 coin.
    expect(run.liquidations[0]?.mark).toBeCloseTo(45_681.81818181818, 8);
    expect(run.endCash).toBe('0.9810945273');
  });
});

describe('a run', () => {
  test('never survives longer with a higher leverage', () => {
    let ended = 0;
    for (let seed = 1; seed <= 30; seed += 1) {
      const bars = [walkBars(seed, 200, 'BTCUSDT', 0.02)];
      const lives = [2, 3, 5, 8, 13, 20, 50].map((leverage) => {
        const book = bookOf([positionOf({ qty: seed % 2 === 0 ? '1' : '-1', entry: '100', leverage })]);
        return complete({ bars, book }).liquidations[0]?.time ?? Number.POSITIVE_INFINITY;
      });
      expect(lives).toEqual(lives.toSorted((a, b) => (a === b ? 0 : b - a)));
      ended += lives.filter((life) => life < Number.POSITIVE_INFINITY).length;
    }
    expect(ended).toBeGreaterThan(60);
  });

  test('has the same ratios with twice the size and twice the equity', () => {
    for (let seed = 1; seed <= 10; seed += 1) {
      const scene = (k: number): Scene => ({
        bars: [walkBars(seed, 200)],
        book: bookOf([positionOf({ qty: String(3 * k), entry: '100', leverage: 3 })], {
          balance: String(200 * k),
        }),
        happenings: fundingEvery(200, 8, 0.0002),
      });
      const one = complete(scene(1));
      const two = complete(scene(2));
      expect(two.maxDrawdown).toBeCloseTo(one.maxDrawdown, 9);
      expect(two.minMarginLevel).toBeCloseTo(one.minMarginLevel ?? 0, 7);
      expect(two.minMarginRemaining).toBeCloseTo(one.minMarginRemaining ?? 0, 9);
      expect(Number(two.endEquity) / 2).toBeCloseTo(Number(one.endEquity), 6);
    }
  });

  test('gives the same bytes 20 times', () => {
    const scene: Scene = {
      bars: [walkBars(5, 300), walkBars(6, 300, 'ETHUSDT')],
      book: bookOf([
        positionOf({ qty: '30', entry: '100', leverage: 20 }),
        positionOf({ qty: '-5', entry: '100', symbol: 'ETHUSDT', marginMode: 'cross' }),
      ]),
      happenings: fundingEvery(300, 8, 0.0003),
    };
    const texts = Array.from({ length: 20 }, () => JSON.stringify(complete(scene)));
    expect(new Set(texts).size).toBe(1);
  });

  test('does the same up to a cut of its data', () => {
    let seen = 0;
    for (let seed = 1; seed <= 10; seed += 1) {
      const all = walkBars(seed, 200, 'BTCUSDT', 0.02);
      const book = bookOf([positionOf({ qty: '1', entry: '100', leverage: 10 })]);
      const liquidations = (count: number) => complete({ bars: [firstBars(all, count)], book }).liquidations;
      const whole = liquidations(200);
      seen += whole.length;
      for (const count of [1, 7, 50, 120, 199])
        expect(liquidations(count)).toEqual(whole.filter(({ time }) => time <= count * HOUR));
    }
    expect(seen).toBeGreaterThan(0);
  });

  test('keeps at most 2,000 points of equity, the extremes among them', () => {
    const bars = [walkBars(9, 3000)];
    const run = complete({
      bars,
      book: bookOf([positionOf({ qty: '1', entry: '100', leverage: 1 })], { balance: '1000' }),
    });
    const values = run.equity.map(([, value]) => value);
    expect(values.length).toBeLessThanOrEqual(2000);
    const { low, high } = bars[0] ?? walkBars(9, 1);
    expect(Math.min(...values)).toBeCloseTo(900 + Math.min(...low), 9);
    expect(Math.max(...values)).toBeCloseTo(900 + Math.max(...high), 9);
    expect(run.equity[0]).toEqual([0, Number(run.startEquity)]);
    expect(run.equity.at(-1)).toEqual([3000 * HOUR, expect.closeTo(Number(run.endEquity), 6)]);
  });
});

test('the maintenance of a flat table asks nothing of a book without positions', () => {
  const run = complete({ bars: [walkBars(1, 5)], book: bookOf([]), table: flatTable(0.5) });
  expect(run.minMarginLevel).toBeNull();
  expect(run.minMarginRemaining).toBeNull();
  expect(run.maxDrawdown).toBe(0);
});

describe('what a venue does to a book stands in the report', () => {
  const flat = (price: number, symbol: string) =>
    barsOf(
      Array.from({ length: 4 }, () => [price, price, price, price] as const),
      { symbol },
    );
  const at = (event: VenueEvent): Happening => ({ rank: 'venue', time: 2 * HOUR, event });

  test('a bankruptcy costs cash in every asset, and the identity holds with it', () => {
    const scene: Scene = {
      bars: [flat(90, 'BTCUSDT'), flat(2000, 'BTCUSD')],
      book: bookOf(
        [
          positionOf({ qty: '10', entry: '100', marginMode: 'cross' }),
          positionOf({
            symbol: 'BTCUSD',
            contract: 'inverse',
            qty: '2000',
            entry: '2000',
            marginMode: 'cross',
          }),
        ],
        {
          collateral: [
            { asset: 'USDT', qty: '1000', haircut: 0, price: null },
            { asset: 'BTC', qty: '2', haircut: 0, price: null },
            { asset: 'USDC', qty: '300', haircut: 0.5, price: null },
          ],
        },
      ),
      happenings: [at({ kind: 'bankruptcy', venue: 0, recovery: 0.2 })],
    };
    const run = complete(scene);
    // Dollars: 1,000 - 100 = 900, coins: 2 at 2,000, other dollars: 300 at half their value; four fifths of each.
    expect(run).toMatchObject({
      realisedPnl: '-100',
      counterpartyLoss: '4040',
      lostCollateral: '120',
      endCash: '980',
      revaluation: '0',
    });
    expect(
      money(run.startCash)
        .plus(run.realisedPnl)
        .minus(run.counterpartyLoss)
        .plus(run.lostCollateral)
        .toFixed(),
    ).toBe(run.endCash);
    expect(run.ledgers.map(({ asset, end, lost }) => [asset, end, lost])).toEqual([
      ['USDT', '180', '720'],
      ['BTC', '0.4', '1.6'],
    ]);
    // 300 and 60 dollars at half their value.
    expect([run.startCollateral, run.endCollateral, run.endEquity]).toEqual(['150', '30', '1010']);
  });

  test('a lost coin is worth what it is worth at the end, and the identity still closes', () => {
    const rising = barsOf(
      [1000, 1000, 1000, 3333.33].map((price) => [price, price, price, price] as const),
      { symbol: 'BTCUSD' },
    );
    const book = bookOf(
      [positionOf({ symbol: 'BTCUSD', contract: 'inverse', qty: '1', entry: '1000', marginMode: 'cross' })],
      {
        collateral: [
          { asset: 'USDT', qty: '10', haircut: 0, price: null },
          { asset: 'BTC', qty: '0.123456789', haircut: 0, price: null },
        ],
      },
    );
    const run = complete({
      bars: [rising],
      book,
      happenings: [at({ kind: 'bankruptcy', venue: 0, recovery: 0.3 })],
    });
    const flows = money(run.startCash)
      .plus(run.realisedPnl)
      .plus(run.fundingPnl)
      .minus(run.fees)
      .plus(run.transfers)
      .plus(run.revaluation)
      .minus(run.counterpartyLoss)
      .plus(run.lostCollateral);
    expect(flows.toFixed()).toBe(run.endCash);
    expect(Number(run.counterpartyLoss)).toBeCloseTo(7 + 0.7 * 0.123456789 * 3333.33, 6);
    for (const one of run.ledgers) {
      expect(money(one.start).plus(one.realised).minus(one.lost).toFixed()).toBe(one.end);
    }
  });

  test('an ADL is told with its symbol, its result and its rank', () => {
    const run = complete({
      bars: [flat(80, 'BTCUSDT')],
      book: bookOf([positionOf({ qty: '-2', entry: '100', leverage: 10 })]),
      happenings: [at({ kind: 'adl', venue: -1, symbol: -1, side: -1, share: 0.5 })],
    });
    // 0.2 x 160 / 60, as in test/venue/end-positions.test.ts.
    expect(run.adl).toEqual([
      {
        time: 2 * HOUR,
        account: 'main',
        symbol: 'BTCUSDT',
        qty: '1',
        price: 80,
        asset: 'USDT',
        pnl: '20',
        rank: expect.closeTo(8 / 15, 14),
      },
    ]);
    expect([run.realisedPnl, run.fees, run.endUnrealised]).toEqual(['20', '0', '20']);
  });
});
