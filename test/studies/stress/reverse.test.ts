import { describe, expect, test } from 'vitest';
import { outcomeNames, reverseStress } from '../../../src/studies/stress/reverse.ts';
import { outcomesOf } from '../../../src/studies/stress/reverse-outcomes.ts';
import { reverseResult, standingReverse } from '../../../src/studies/stress/reverse-result.ts';
import { smallestScales } from '../../../src/studies/stress/reverse-scale.ts';
import { stand } from '../../../src/studies/stress/reverse-standing.ts';
import { barsOfReturns, reverseScene } from '../../support/reverse-scene.ts';
import { bookOf, positionOf } from '../../support/venue-scene.ts';

const returns = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 0.04 : -0.04));
const book = bookOf(
  [
    positionOf({ qty: '1', entry: '100', leverage: 20 }),
    positionOf({ symbol: 'ETHUSDT', qty: '-2', entry: '50', leverage: 20 }),
  ],
  {
    balance: '40',
    collateral: [
      { asset: 'USDT', qty: '40', haircut: 0, price: null },
      { asset: 'USDC', qty: '40', haircut: 0, price: null },
    ],
  },
);
const { standing } = reverseScene({
  book,
  marks: [100, 50, 1],
  symbols: ['BTCUSDT', 'ETHUSDT', 'USDCUSDT'],
});
const ohlcv = [
  barsOfReturns('BTCUSDT', returns),
  barsOfReturns(
    'ETHUSDT',
    returns.map((one, i) => (i % 3 === 0 ? -one : one)),
  ),
];

describe('reverseStress', () => {
  const result = reverseStress(standing, { ohlcv, correlation: 'sample' });

  test('is what its schema says, with the scales of scenarios beside it', () => {
    expect(standingReverse.parse(result)).toEqual(result);
    const outcomes = smallestScales((scale) => new Set(scale >= 0.5 ? ['insolvency'] : []), ['insolvency']);
    const whole = { ...result, scales: [{ scenario: 'luna', outcomes }] };
    expect(reverseResult.parse(whole)).toEqual(whole);
  });

  test('names what moves and what stands still', () => {
    expect(result.moving).toEqual(['BTCUSDT', 'ETHUSDT']);
    expect(result.still).toEqual(['USDCUSDT']);
  });

  test('a fall liquidates the long, a rise the short', () => {
    const first = (rows: typeof result.fall) => rows.find(({ name }) => name === 'liquidation');
    // 5 + 100 s = 0.5 (1 + s), and 5 - 100 s = 0.5 (1 + s)
    expect(first(result.fall)).toMatchObject({ symbol: 'BTCUSDT', direction: 'long' });
    expect(first(result.fall)?.shock).toBeCloseTo(-4.5 / 99.5, 12);
    expect(first(result.rise)).toMatchObject({ symbol: 'ETHUSDT', direction: 'short' });
    expect(first(result.rise)?.shock).toBeCloseTo(4.5 / 100.5, 12);
  });

  test('inversions of both directions stand together, the soonest first', () => {
    // The emergency stop closes at a loss of 20 % of 80, which opposite positions never make: it never comes.
    const told = result.inversions.map(({ move, outcome, rule, ruleShock }) => [
      move,
      outcome.symbol,
      rule.name,
      ruleShock,
    ]);
    expect(told).toEqual([
      ['rise', 'ETHUSDT', 'emergency-stop/drawdown', null],
      ['fall', 'BTCUSDT', 'emergency-stop/drawdown', null],
    ]);
  });

  test('without bars the rest stands, and it is said what is missing', () => {
    const bare = reverseStress(standing, { ohlcv: [], correlation: 'crisis' });
    expect(bare.plausible.reason).toBe('no bars (--ohlcv) of BTC, ETH');
    expect(bare.fall).toEqual(result.fall);
  });
});

test('names of outcomes stand once', () => {
  const names = outcomeNames(outcomesOf(stand(standing)).outcomes);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toContain('liquidation');
  expect(names).toContain('margin-ladder/close-at-0.15');
});
