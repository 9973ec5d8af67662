import { describe, expect, test } from 'vitest';
import { bracketTable } from '../../../src/risk/brackets.ts';
import type { StressOutcome } from '../../../src/studies/stress/reverse-outcome.ts';
import { outcomesOf } from '../../../src/studies/stress/reverse-outcomes.ts';
import { nearestOutcome, plausibleShocks } from '../../../src/studies/stress/reverse-plausible.ts';
import type { PlausibleRow } from '../../../src/studies/stress/reverse-result.ts';
import { bySymbol, type Standing, stand } from '../../../src/studies/stress/reverse-standing.ts';
import {
  barsOfReturns,
  type ReverseSetting,
  reverseScene,
  shocksByName,
  solved,
} from '../../support/reverse-scene.ts';
import { bookOf, positionOf } from '../../support/venue-scene.ts';

/** Volatilities 4 % and 5 %, correlation 0.8. */
const C = Float64Array.of(0.0016, 0.0016, 0.0016, 0.0025);

function distanceOf(x: number, y: number): number {
  const [a = 0, b = 0, , d = 0] = C;
  return Math.sqrt((d * x * x - 2 * b * x * y + a * y * y) / (a * d - b * b));
}

const symbols = ['BTCUSDT', 'ETHUSDT'];

function solve(setting: ReverseSetting, name: string, covariance = C) {
  const standing = stand(reverseScene(setting).standing);
  const outcome = outcomeOf(standing, name);
  return { standing, outcome, found: nearestOutcome(standing, outcome, covariance) };
}

function outcomeOf(standing: Standing, name: string): StressOutcome {
  const found = outcomesOf(standing).outcomes.find(({ ref }) => ref.name === name);
  if (found === undefined) throw new Error(`no outcome ${name}`);
  return found;
}

const cross = (btc: string, eth: string, balance: string) =>
  bookOf(
    [
      positionOf({ qty: btc, entry: '100', marginMode: 'cross' }),
      positionOf({ symbol: 'ETHUSDT', qty: eth, entry: '50', marginMode: 'cross' }),
    ],
    { balance, marginMode: 'cross' },
  );

/** Both directions of both assets, to 100 % either way. */
function nearestOfGrid(standing: Standing, outcome: StressOutcome, step: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let x = -0.995; x < 1; x += step) {
    for (let y = -0.995; y < 1; y += step) {
      const distance = distanceOf(x, y);
      if (distance >= nearest) continue;
      if (outcome.isReached(standing.at(bySymbol(standing, Float64Array.of(x, y))))) nearest = distance;
    }
  }
  return nearest;
}

describe('straight limits by hand', () => {
  test('a loss of 5 % of 1,000 by 100 and 50', () => {
    // 50 + 100 x + 50 y = 0: as in the test of the kernel, five times as far. C w = (0.24, 0.285), w' C w = 38.25.
    const { found } = solve(
      { book: cross('1', '1', '1000'), marks: [100, 50], symbols },
      'circuit-breakers/daily-loss',
    );
    expect(found?.distance).toBeCloseTo(50 / Math.sqrt(38.25), 8);
    expect(found?.point[0]).toBeCloseTo((-50 * 0.24) / 38.25, 8);
    expect(found?.point[1]).toBeCloseTo((-50 * 0.285) / 38.25, 8);
  });

  test('a hedge is broken by two moves apart', () => {
    // Long 100, short 100 of ETH: g = 50 + 100 x - 100 y, C w = (0, -0.09), w' C w = 9: distance 50 / 3.
    const { found } = solve(
      { book: cross('1', '-2', '1000'), marks: [100, 50], symbols },
      'circuit-breakers/daily-loss',
    );
    expect(found?.distance).toBeCloseTo(50 / 3, 8);
    expect(found?.point[0]).toBeCloseTo(0, 8);
    expect(found?.point[1]).toBeCloseTo(0.5, 8);
  });

  test('a jump of any price: the calmer asset in volatilities of its bars decides', () => {
    // Ten bar volatilities of 0.4 % are 4 % = 1 day's volatility of BTC; of 0.6 % 6 % = 1.2 of ETH.
    const moments = [{ barVolatility: 0.004 }, { barVolatility: 0.006 }];
    const setting = { book: cross('1', '1', '1000'), marks: [100, 50], symbols, moments };
    const { found } = solve(setting, 'circuit-breakers/data-sanity');
    expect(found?.distance).toBeCloseTo(1, 8);
    expect(Math.abs(found?.point[0] ?? 0)).toBeCloseTo(0.04, 8);
  });

  test('a unit of another size changes nothing: a thousandth of the quantity at a thousand times the price', () => {
    const one = solve({ book: cross('3', '-2', '150'), marks: [100, 50], symbols }, 'liquidation');
    const book = bookOf(
      [
        positionOf({ qty: '0.003', entry: '100000', marginMode: 'cross' }),
        positionOf({ symbol: 'ETHUSDT', qty: '-2', entry: '50', marginMode: 'cross' }),
      ],
      { balance: '150', marginMode: 'cross' },
    );
    const other = solve({ book, marks: [100_000, 50], symbols }, 'liquidation');
    expect(other.found?.distance).toBeCloseTo(one.found?.distance ?? 0, 7);
    expect(other.found?.point[0]).toBeCloseTo(one.found?.point[0] ?? 0, 7);
  });
});

/** Steep enough that the bracket decides the direction. */
const steep = bracketTable([
  { cap: 100, rate: 0.01, maxLeverage: 50 },
  { cap: 300, rate: 0.1, maxLeverage: 5 },
  { cap: 1e9, rate: 0.4, maxLeverage: 2 },
]);

const curved: readonly (readonly [string, ReverseSetting, string])[] = [
  [
    'a long and a short across brackets',
    { book: cross('3', '-4', '150'), marks: [100, 50], symbols, table: steep },
    'liquidation',
  ],
  [
    'two longs across brackets',
    { book: cross('3', '4', '250'), marks: [100, 50], symbols, table: steep },
    'account-levels/critical',
  ],
  [
    'two shorts across brackets',
    { book: cross('-2', '-3', '200'), marks: [100, 50], symbols, table: steep },
    'liquidation',
  ],
  [
    'two isolated positions: the nearer of them',
    {
      book: bookOf([
        positionOf({ qty: '1', entry: '100', leverage: 5 }),
        positionOf({ symbol: 'ETHUSDT', qty: '-2', entry: '50', leverage: 4 }),
      ]),
      marks: [100, 50],
      symbols,
    },
    'first-liquidation',
  ],
  [
    'a long in coin beside coin of another',
    {
      book: bookOf(
        [
          positionOf({
            symbol: 'BTCUSD',
            contract: 'inverse',
            qty: '3000',
            entry: '100',
            marginMode: 'cross',
          }),
          positionOf({ symbol: 'ETHUSDT', qty: '20', entry: '50', marginMode: 'cross' }),
        ],
        {
          marginMode: 'cross',
          collateral: [
            { asset: 'BTC', qty: '8', haircut: 0, price: null },
            { asset: 'USDT', qty: '400', haircut: 0, price: null },
          ],
        },
      ),
      marks: [100, 50],
      symbols: ['BTCUSD', 'ETHUSDT'],
    },
    'first-liquidation',
  ],
];

describe('curved limits', () => {
  test.each(curved)('%s: no point of a grid is nearer', (_, setting, name) => {
    const { standing, outcome, found } = solve(setting, name);
    const step = 0.005;
    const grid = nearestOfGrid(standing, outcome, step);
    expect(Number.isFinite(grid)).toBe(true);
    expect(grid).toBeGreaterThanOrEqual((found?.distance ?? Number.NaN) * (1 - 1e-6));
    // A step lies at most sqrt(2) x 0.005 away, some 0.3 of these volatilities in the stiffest direction.
    expect(grid).toBeLessThan((found?.distance ?? 0) + 0.3);
    const at = (scale: number) => {
      const point = (found?.point ?? new Float64Array(2)).map((one) => one * scale);
      return outcome.isReached(standing.at(bySymbol(standing, point)));
    };
    expect(at(1 - 1e-6)).toBe(false);
    expect(at(1 + 1e-6)).toBe(true);
  });
});

test('of a fall and a rise that both reach it the nearer counts, wherever the limit points at rest', () => {
  // Long 10 and short 9 of one coin at 100, 50 of cash; 1 % up to a notional of 1,001, above it 20 % less 190.19. A fall:
  // 50 + 100 s = 19 (1 + s), s = -31 / 81. A rise lifts both above 1,001: 50 + 100 s = 380 (1 + s) - 380.38.
  const table = bracketTable([
    { cap: 1001, rate: 0.01, maxLeverage: 50 },
    { cap: 1e9, rate: 0.2, maxLeverage: 5 },
  ]);
  const book = bookOf(
    [
      positionOf({ qty: '10', entry: '100', marginMode: 'cross' }),
      positionOf({ symbol: 'BTCUSDC', qty: '-9', entry: '100', marginMode: 'cross' }),
    ],
    { balance: '50', marginMode: 'cross' },
  );
  const setting = { book, marks: [100, 100], symbols: ['BTCUSDT', 'BTCUSDC'], table };
  const { standing, found } = solve(setting, 'liquidation', Float64Array.of(0.0016));
  expect(standing.assets).toEqual([{ name: 'BTC', symbols: [0, 1] }]);
  expect(found?.point[0]).toBeCloseTo(50.38 / 280, 8);
  expect(found?.distance).toBeCloseTo(50.38 / 280 / 0.04, 6);
  expect(shocksByName(solved(setting, 'fall')).get('liquidation')).toBeCloseTo(-31 / 81, 12);
});

describe('rows', () => {
  /** 40 days; BTC 4 % up and down by turns, ETH by turns of two days: no correlation but rounding. */
  const btc = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 0.04 : -0.04));
  const eth = Array.from({ length: 40 }, (_, i) => (i % 4 < 2 ? 0.06 : -0.06));
  const bars = [barsOfReturns('BTCUSDT', btc), barsOfReturns('ETHUSDT', eth)];
  const setting: ReverseSetting = { book: cross('1', '1', '300'), marks: [100, 50], symbols };
  const solveRows = (correlation: 'sample' | 'crisis', ohlcv = bars, of = setting) => {
    const standing = stand(reverseScene(of).standing);
    return plausibleShocks(standing, outcomesOf(standing).outcomes, { ohlcv, correlation });
  };
  const rowOf = (rows: readonly PlausibleRow[], name: string) => rows.find((row) => row.name === name);

  test('distance and probability of a loss of 5 %, by the sample and in a crisis', () => {
    // Variances 0.0016 and 0.0036 x 40 / 39. 15 + 100 x + 50 y = 0: w' C w = 16 + 9 = 25, in a crisis + 2 x 0.9 x 12.
    const stretch = Math.sqrt(40 / 39);
    const sample = rowOf(solveRows('sample').outcomes, 'circuit-breakers/daily-loss');
    expect(sample?.distance).toBeCloseTo(15 / 5 / stretch, 8);
    const crisis = rowOf(solveRows('crisis').outcomes, 'circuit-breakers/daily-loss');
    expect(crisis?.distance).toBeCloseTo(15 / Math.sqrt(46.6) / stretch, 8);
    // Python: math.erfc(3 / math.sqrt(40 / 39) / math.sqrt(2)) / 2
    expect(sample?.probability).toBeCloseTo(0.001527, 6);
    const shocks = new Map(sample?.shocks.map(({ symbol, shock }) => [symbol, shock]));
    // C w = (0.16, 0.18): -15 / 25 of them
    expect(shocks.get('BTCUSDT')).toBeCloseTo(-0.096, 8);
    expect(shocks.get('ETHUSDT')).toBeCloseTo(-0.108, 8);
  });

  test('the nearest stand first, and what is not reached last with the reason', () => {
    const { outcomes, days, reason } = solveRows('crisis');
    expect([days, reason]).toEqual([40, null]);
    const distances = outcomes.map(({ distance }) => distance ?? Number.MAX_VALUE);
    expect(distances).toEqual(distances.toSorted((a, b) => a - b));
    for (const { distance, reason: why } of outcomes) expect(distance === null).toBe(why !== null);
  });

  test('two symbols that move as one are solved all the same', () => {
    const same = [barsOfReturns('BTCUSDT', btc), barsOfReturns('ETHUSDT', btc)];
    const row = rowOf(solveRows('sample', same).outcomes, 'circuit-breakers/daily-loss');
    // 15 + 150 s = 0, at 4 % a deviation
    expect(row?.distance).toBeCloseTo(0.1 / 0.04 / Math.sqrt(40 / 39), 8);
    const hedge: ReverseSetting = { ...setting, book: cross('1', '-2', '300') };
    const never = rowOf(solveRows('sample', same, hedge).outcomes, 'circuit-breakers/daily-loss');
    expect(never).toMatchObject({
      distance: null,
      reason: 'no move of these assets above -100 % was found to reach it',
    });
  });

  test('insolvency is as near as the nearest margin that is gone, whatever else the book holds', () => {
    // BTC at 10x of 1,000 owes from -10 % on: 10 % at 4 % a deviation.
    const book = bookOf([positionOf({ qty: '1', entry: '100', leverage: 10 })], { balance: '1000' });
    const row = rowOf(solveRows('sample', bars, { book, marks: [100] }).outcomes, 'insolvency');
    expect(row?.distance).toBeCloseTo(0.1 / 0.04 / Math.sqrt(40 / 39), 8);
    expect(row?.shocks).toEqual([{ symbol: 'BTCUSDT', shock: expect.closeTo(-0.1, 8) }]);
  });

  test('what would take a price below 0 is not reached', () => {
    // 1x: nothing is left at -100 % alone.
    const book = bookOf([positionOf({ qty: '1', entry: '100', marginMode: 'cross' })], {
      balance: '100',
      marginMode: 'cross',
    });
    const row = rowOf(solveRows('sample', bars, { book, marks: [100] }).outcomes, 'insolvency');
    expect(row?.distance).toBeNull();
  });

  test('what is reached as the book stands has no distance', () => {
    const book = bookOf([positionOf({ qty: '1', entry: '100', leverage: 10 })]);
    const row = rowOf(
      solveRows('sample', bars, { book, marks: [94.5] }).outcomes,
      'margin-ladder/monitor-at-0.5',
    );
    expect(row).toMatchObject({ distance: null, reason: 'it is reached as the book stands' });
  });

  test('without enough days nothing is solved, and it is said why', () => {
    const short = bars.map(({ symbol }) => barsOfReturns(symbol, btc.slice(0, 29)));
    expect(solveRows('sample', short)).toMatchObject({
      outcomes: [],
      days: 29,
      reason: 'needs 30 daily returns in common, has 29',
    });
  });
});
