import { describe, expect, test } from 'vitest';
import { type BookBreak, bookBreaks } from '../../src/engine/book-breaks.ts';
import type { GuardsConfig } from '../../src/engine/guards-config.ts';
import { engineScene } from '../support/engine-scene.ts';
import { flatTable } from '../support/flat-table.ts';
import { guardsOff } from '../support/guard-settings.ts';
import { bookOf, positionOf } from '../support/venue-scene.ts';

type Limits = {
  readonly cap?: Partial<GuardsConfig['leverage-cap']>;
  readonly portfolio?: Partial<GuardsConfig['portfolio-limits']>;
  readonly trade?: Partial<GuardsConfig['trade-limits']>;
  readonly mode?: string;
};

type Held = Parameters<typeof positionOf>[0];

const btc: Held = { qty: '1000', entry: '100' };
const eth: Held = { ...btc, symbol: 'ETHUSDT', qty: '-500' };

/** 100,000 USDT, two symbols at 100; no maintenance. */
function breaksOf(held: readonly Held[], limits: Limits, { marks = [100, 100], balance = '100000' } = {}) {
  const { engine } = engineScene({
    symbols: ['BTCUSDT', 'ETHUSDT'],
    marks,
    table: flatTable(0),
    book: bookOf(held.map(positionOf), { balance }),
    guards: [],
  });
  const { cap = {}, portfolio = {}, trade = {}, mode = 'moderate' } = limits;
  const config: GuardsConfig = {
    ...guardsOff,
    'leverage-cap': { ...guardsOff['leverage-cap'], ...cap },
    'portfolio-limits': { ...guardsOff['portfolio-limits'], ...portfolio },
    'trade-limits': { ...guardsOff['trade-limits'], ...trade },
  };
  return bookBreaks(engine.view, config, mode);
}

const ofBook = { guard: 'portfolio-limits', account: null, symbol: null } as const;

test('a book within its limits breaks none', () => {
  expect(breaksOf([btc, eth], {})).toEqual([]);
  expect(
    breaksOf([], { portfolio: { maxGrossMargin: 0.0001 }, trade: { maxPositionMargin: 0.0001 } }),
  ).toEqual([]);
});

describe('leverage above the cap of the mode, each position', () => {
  test('at the cap none', () => {
    const held = [
      { ...btc, leverage: 5 },
      { ...eth, leverage: 6 },
    ];
    expect(breaksOf(held, { cap: { moderate: 5 } })).toEqual<BookBreak[]>([
      {
        guard: 'leverage-cap',
        rule: 'leverage',
        account: 0,
        symbol: 1,
        measure: 'leverage',
        observed: 6,
        threshold: 5,
      },
    ]);
    expect(breaksOf(held, { cap: { moderate: 5, aggressive: 10 }, mode: 'aggressive' })).toEqual([]);
    expect(breaksOf(held, { cap: { unlisted: 5 }, mode: 'paper' })).toHaveLength(1);
  });
});

describe('the limits on the book as a whole', () => {
  // Margins of 10,000 and 5,000, notionals of 100,000 and -50,000.
  const held: Held[] = [
    { ...btc, sector: 'layer1', stop: '95' },
    { ...eth, sector: 'layer1', stop: '104' },
  ];

  test.each([
    ['maxPositions', 'positions', 'positions', 2, 1],
    ['maxGrossMargin', 'gross-margin', 'grossMargin', 0.15, 0.149999],
    ['maxGrossNotional', 'gross-notional', 'grossNotional', 1.5, 1.499999],
    ['maxNetDelta', 'net-delta', 'netDelta', 0.5, 0.499999],
    // 1000 x 5 + 500 x 4.
    ['maxOpenRisk', 'open-risk', 'openRisk', 0.07, 0.069999],
    ['maxSectorMargin', 'sector-margin', 'sectorMargin', 0.15, 0.149999],
    ['maxSymbolMargin', 'symbol-margin', 'symbolMargin', 0.1, 0.099999],
    ['maxVenueShare', 'venue-share', 'venueShare', 1, 0.999999],
  ] as const)('%s: at the limit none, below it named', (key, rule, measure, at, beyond) => {
    expect(breaksOf(held, { portfolio: { [key]: at } })).toEqual([]);
    const [found, ...others] = breaksOf(held, { portfolio: { [key]: beyond } });
    expect(found).toMatchObject({ ...ofBook, rule, measure, threshold: beyond });
    expect(found?.observed).toBeCloseTo(at, 12);
    expect(others).toEqual([]);
  });

  test('equal on paper is equal', () => {
    const small: Held[] = [
      { qty: '0.1', entry: '1', leverage: 1 },
      { qty: '0.2', entry: '1', leverage: 1, symbol: 'ETHUSDT' },
    ];
    const setting = { marks: [1, 1], balance: '3' };
    expect(breaksOf(small, { portfolio: { maxGrossMargin: 0.1 } }, setting)).toEqual([]);
    expect(breaksOf(small, { portfolio: { maxGrossMargin: 0.0999999999 } }, setting)).toHaveLength(1);
  });
});

describe('the limits on one trade, each position', () => {
  test('margin at entry, notional at mark', () => {
    expect(breaksOf([btc, eth], { trade: { maxPositionMargin: 0.1 } })).toEqual([]);
    expect(breaksOf([btc, eth], { trade: { maxPositionMargin: 0.0625 } })).toEqual<BookBreak[]>([
      {
        guard: 'trade-limits',
        rule: 'position-margin',
        account: 0,
        symbol: 0,
        measure: 'positionMargin',
        observed: 0.1,
        threshold: 0.0625,
      },
    ]);
    // The short at 120 is 60,000 of 90,000.
    const moved = { marks: [100, 120] };
    expect(breaksOf([eth], { trade: { maxPositionNotional: 0.75 } }, moved)).toEqual([]);
    expect(breaksOf([eth], { trade: { maxPositionNotional: 0.5 } }, moved)).toMatchObject([
      {
        guard: 'trade-limits',
        rule: 'position-notional',
        symbol: 1,
        measure: 'positionNotional',
        observed: 60_000 / 90_000,
        threshold: 0.5,
      },
    ]);
  });

  test('risk, where the stop is known', () => {
    const held = [{ ...btc, stop: '98' }, eth];
    expect(breaksOf(held, { trade: { maxRisk: 0.02 } })).toEqual([]);
    expect(breaksOf(held, { trade: { maxRisk: 0.016 } })).toEqual<BookBreak[]>([
      {
        guard: 'trade-limits',
        rule: 'risk',
        account: 0,
        symbol: 0,
        measure: 'riskPerTrade',
        observed: 0.02,
        threshold: 0.016,
      },
    ]);
  });
});

test('in the order of the guards: leverage, book, trades', () => {
  const limits: Limits = {
    cap: { moderate: 1 },
    portfolio: { maxPositions: 1, maxNetDelta: 0.1 },
    trade: { maxPositionMargin: 0.01, maxPositionNotional: 0.01 },
  };
  const found = breaksOf([btc, eth], limits).map(({ guard, rule, symbol }) => `${guard} ${rule} ${symbol}`);
  expect(found).toEqual([
    'leverage-cap leverage 0',
    'leverage-cap leverage 1',
    'portfolio-limits positions null',
    'portfolio-limits net-delta null',
    'trade-limits position-margin 0',
    'trade-limits position-notional 0',
    'trade-limits position-margin 1',
    'trade-limits position-notional 1',
  ]);
});

test('of an account that has nothing only the leverage is known', () => {
  const limits: Limits = {
    cap: { moderate: 5 },
    portfolio: { maxPositions: 1, maxGrossMargin: 0.1 },
    trade: { maxPositionMargin: 0.01, maxRisk: 0.01 },
  };
  const held = [{ ...btc, qty: '1', stop: '95' }];
  const found = breaksOf(held, limits, { marks: [80, 100], balance: '10' });
  expect(found.map(({ rule }) => rule)).toEqual(['leverage']);
});
