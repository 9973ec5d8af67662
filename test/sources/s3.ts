/** "Capital Protection and Liquidation Guard System Design". */
import type { Row, Story } from './row.ts';

/**
 * A long of 1 at 100 with a margin of 50, of whose notional a tenth is kept: its level is (mark - 50) / (mark / 10). It is 2 at
 * 62.5, 1.5 at 58.824 and 1.2 at 56.818.
 */
const level = (inside: number, beyond: number, says: string): Story => ({
  stage: { held: [{ qty: '1', entry: '100', leverage: 2 }], rate: 0.1 },
  inside: `0:01 mark BTCUSDT ${inside}`,
  beyond: `0:01 mark BTCUSDT ${beyond}`,
  says: `account-levels ${says}`,
});

const guard = 'guards.account-levels';
const engine = 'test/engine';

const zones: readonly Row[] = [
  {
    document: 'S3',
    row: '29.3.1 SAFE: margin ratio > 2.0; WARNING 1.5-2.0, risk alert',
    path: `${guard}.warning`,
    states: 2,
    cites: 'S3 29.3.1: WARNING 1.5-2.0, SAFE above 2.0',
    trip: level(62.51, 62.5, 'alert warning'),
  },
  {
    document: 'S3',
    row: '29.3.1 CRITICAL: 1.2-1.5, automatic deleveraging',
    path: `${guard}.critical`,
    states: 1.5,
    cites: 'S3 29.3.1: CRITICAL 1.2-1.5',
    trip: level(58.83, 58.82, 'reduce critical'),
  },
  {
    document: 'S3',
    row: '29.3.1 LIQUIDATION: below 1.2, force liquidation',
    path: `${guard}.liquidation`,
    states: 1.2,
    cites: 'S3 29.3.1: LIQUIDATION below 1.2',
    trip: level(56.82, 56.81, 'close liquidation BTCUSDT 1'),
  },
  {
    document: 'S3',
    row: '29.3.1 SAFE: margin ratio > 2.0, as what deleveraging reaches',
    path: `${guard}.target`,
    states: 2,
    cites: 'S3 29.3.1: the bound of SAFE',
    // At 58.5 there are 8.5 of 5.85: 8.5 = 2 x 5.85 (1 - f), f = 3.2 / 11.7.
    trip: level(58.83, 58.5, 'reduce critical BTCUSDT 0.273504274'),
  },
  {
    document: 'S3',
    row: '29.3.1 SAFE: margin ratio > 2.0, as what a flip asks for',
    path: 'guards.funding-breaker.safeLevel',
    states: 2,
    cites: 'S3 29.3.1: SAFE above 2.0',
    trip: {
      ...level(62.5, 62.51, ''),
      sets: ['guards.funding-breaker.action=flip', 'guards.funding-breaker.settlements=1'],
      inside: '0:01 mark BTCUSDT 62.5\n8:00 funding BTCUSDT 0.01 8h',
      beyond: '0:01 mark BTCUSDT 62.51\n8:00 funding BTCUSDT 0.01 8h',
      says: 'funding-breaker flip funding',
    },
  },
];

/** S3 names no numbers: every table multiplies by 1. */
const tables = {
  accountSize: [{ above: 0, multiplier: 1 }],
  strategyRisk: ['conservative', 'moderate', 'aggressive', 'speculative', 'paper'].map((mode) => ({
    mode,
    multiplier: 1,
  })),
  market: ['trending', 'choppy', 'volatile', 'stable'].map((regime) => ({ regime, multiplier: 1 })),
  history: [{ drawdownAbove: 0, multiplier: 1 }],
};

const dynamic: readonly Row[] = (
  [
    ['accountSize', 'account size', 'by account size: strictly above, and the last of several'],
    ['strategyRisk', 'strategy risk', 'without tables, or in a mode that none names, they are those of S3'],
    ['market', 'market condition', 'by the market: the largest of the symbols that are held'],
    ['history', 'historical performance', 'by what was lost: strictly above, and the last of several'],
  ] as const
).map(
  ([key, name, test]): Row => ({
    document: 'S3',
    row: `29.3.1 dynamic thresholds: ${name} based`,
    path: `${guard}.dynamic.${key}`,
    states: tables[key],
    cites: `S3 29.3.1 dynamic thresholds by ${name}`,
    trip: { folder: 'test/engine', test },
  }),
);

const strategies: readonly Row[] = (
  [
    ['proportional', 'proportional reduction', 'proportional: the same share of each'],
    ['by-risk', 'risk-based reduction', 'by risk: what is nearest to its liquidation first'],
    ['by-age', 'time-based reduction', 'by age: the oldest first'],
    [
      'by-liquidity',
      'market-based reduction',
      'by liquidity: what takes the least of the volume of a day first, all of it before the next',
    ],
  ] as const
).map(
  ([strategy, name, test]): Row => ({
    document: 'S3',
    row: `29.5.1 deleveraging strategies: ${name}`,
    path: `${guard}.strategy`,
    states: strategy,
    cites: `S3 29.5.1: ${name}`,
    ...(strategy === 'proportional' ? {} : { wins: [] }),
    trip: { folder: engine, test },
  }),
);

const methods: readonly Row[] = (
  [
    ['immediate', 'S3 29.5.2: immediate liquidation', 'immediate is one slice, whatever is stated'],
    [
      'twap',
      'S3 29.5.2: orderly liquidation',
      'four in an hour, the first at once; a level that comes back ends nothing',
    ],
    [
      'vwap',
      'S3 29.5.2: orderly liquidation',
      'from 0:30 on, four in two hours lie in the hours 0, 1, 1 and 2 of the day before',
    ],
    ['iceberg', 'S3 29.5.2: orderly liquidation', 'four, and no clock'],
  ] as const
).map(
  ([method, cites, test]): Row => ({
    document: 'S3',
    row: `29.5.2 liquidation procedures, ${method}`,
    path: `${guard}.method`,
    states: method,
    cites,
    ...(method === 'immediate' ? {} : { wins: [] }),
    trip: { folder: engine, test },
  }),
);

/**
 * Three of one cross scope, of whose notional a tenth is kept. At 100, 10 and 100 of 100, 90 and 50, with 28 of 24: below 1.2.
 * The short is nearest to its liquidation, as what is lost asks for more.
 */
const first = (priority: string, symbol: string): Story => ({
  stage: {
    symbols: ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'],
    marks: [100, 10, 160],
    balance: '28',
    rate: 0.1,
    cross: true,
    held: [
      { qty: '1', entry: '100', leverage: 10, openedAt: 3 },
      { qty: '-9', entry: '10', leverage: 10, symbol: 'ETHUSDT', openedAt: 1 },
      { qty: '0.5', entry: '100', leverage: 10, symbol: 'SOLUSDT', openedAt: 2 },
    ].map((one) => ({ ...one, marginMode: 'cross' })),
  },
  sets: [`${guard}.priority=${priority}`],
  inside: '0:01 mark SOLUSDT 110',
  beyond: '0:01 mark SOLUSDT 100',
  says: `-> account-levels close liquidation ${symbol}`,
});

const priorities: readonly Row[] = (
  [
    ['risk', 'risk priority', 'ETHUSDT 9; account-levels close liquidation BTCUSDT'],
    ['size', 'size priority', 'BTCUSDT 1'],
    ['market', 'market priority', 'SOLUSDT 0.5'],
    ['age', 'time priority', 'ETHUSDT 9; account-levels close liquidation SOLUSDT'],
  ] as const
).map(
  ([priority, name, symbol]): Row => ({
    document: 'S3',
    row: `29.5.2 liquidation priority: ${name}`,
    path: `${guard}.priority`,
    states: priority,
    cites: `S3 29.5.2: ${name}`,
    ...(priority === 'risk' ? {} : { wins: [] }),
    trip: first(priority, symbol),
  }),
);

export const rows: readonly Row[] = [...zones, ...dynamic, ...strategies, ...methods, ...priorities];
