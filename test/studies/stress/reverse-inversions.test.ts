import { expect, test } from 'vitest';
import { inversionsOf } from '../../../src/studies/stress/reverse-inversions.ts';
import { guardsOff, guardsOn } from '../../support/guard-settings.ts';
import { type ReverseSetting, solved } from '../../support/reverse-scene.ts';
import { bookOf, positionOf } from '../../support/venue-scene.ts';

/** 20x at 100, maintenance 0.5 %: liquidated at -4.5 / 99.5 = -4.5226 %. */
const position = positionOf({ qty: '1', entry: '100', leverage: 20 });

function inverted(setting: Omit<ReverseSetting, 'marks'>): string[] {
  return inversionsOf(solved({ marks: [100], ...setting }, 'fall'), 'fall').map(
    ({ outcome, rule, ruleShock }) =>
      `${outcome.name} before ${rule.name} ${ruleShock === null ? 'never' : ruleShock.toFixed(4)}`,
  );
}

/** Levels that are out of the way: above liquidation, as every level above 1 is. */
const ladder = (...bounds: readonly number[]) => ({
  ...guardsOff,
  'margin-ladder': { rungs: bounds.map((bound) => ({ bound, action: 'close' as const })) },
});

test('a rung below what liquidation leaves is named, one above it is not', () => {
  // What is left of 5 at -4.5226 %: 5 - 4.5226 = 0.4774, a bound of 0.0955.
  expect(inverted({ book: bookOf([position]), guards: ladder(0.096) })).toEqual([]);
  expect(inverted({ book: bookOf([position]), guards: ladder(0.3, 0.09) })).toEqual([
    'liquidation before margin-ladder/close-at-0.09 -0.0455',
  ]);
});

test('a rung that only tells prevents nothing', () => {
  const guards = { ...guardsOff, 'margin-ladder': { rungs: [{ bound: 0.09, action: 'monitor' as const }] } };
  expect(inverted({ book: bookOf([position]), guards })).toEqual([]);
});

test('a stop beyond liquidation is named, in the direction that it is for', () => {
  const book = (stop: string) => bookOf([{ ...position, stop }]);
  expect(inverted({ book: book('95.5'), guards: guardsOff })).toEqual([]);
  expect(inverted({ book: book('95'), guards: guardsOff })).toEqual(['liquidation before stop -0.0500']);
  // A short that a rise liquidates, beside a long with a stop: the stop of the long is for a fall.
  const hedge = bookOf(
    [
      positionOf({ qty: '1', entry: '100', stop: '50', marginMode: 'cross' }),
      positionOf({ symbol: 'ETHUSDT', qty: '-3', entry: '100', marginMode: 'cross' }),
    ],
    { balance: '20', marginMode: 'cross' },
  );
  const setting = { book: hedge, marks: [100, 100], symbols: ['BTCUSDT', 'ETHUSDT'], guards: guardsOff };
  const rise = solved(setting, 'rise');
  expect(rise.some(({ row }) => row.name === 'liquidation' && row.shock !== null)).toBe(true);
  expect(inversionsOf(rise, 'rise')).toEqual([]);
});

test('a breaker that closes the book is named where it comes later, or never; one that only halts is not', () => {
  const breaker = (action: 'halt' | 'close-and-halt', limit: number) => ({
    ...guardsOff,
    'circuit-breakers': {
      ...guardsOff['circuit-breakers'],
      dailyLoss: { ...guardsOff['circuit-breakers'].dailyLoss, limit, action },
    },
  });
  // 10 of cash: 5 % of it are lost at -0.5 %, 40 % at -4 %, 49 % at -4.9 %. The margin of 5 ends at -5 %, so that never more
  // than 50 % are lost.
  const small = bookOf([position], { balance: '10' });
  expect(inverted({ book: small, guards: breaker('close-and-halt', 0.05) })).toEqual([]);
  expect(inverted({ book: small, guards: breaker('close-and-halt', 0.49) })).toEqual([
    'liquidation before circuit-breakers/daily-loss -0.0490',
  ]);
  expect(inverted({ book: small, guards: breaker('close-and-halt', 0.9) })).toEqual([
    'liquidation before circuit-breakers/daily-loss never',
  ]);
  // Beside a long of 100 at 2x, 60 in all: 20 % are 12, of which the first can lose 5: the second loses 7 at -7 %.
  const two = bookOf([position, positionOf({ symbol: 'ETHUSDT', qty: '1', entry: '100', leverage: 2 })], {
    balance: '60',
  });
  const setting = { marks: [100, 100], symbols: ['BTCUSDT', 'ETHUSDT'] };
  const behind = solved({ ...setting, book: two, guards: breaker('close-and-halt', 0.2) }, 'fall');
  expect(inversionsOf(behind, 'fall').map(({ outcome, ruleShock }) => [outcome.name, ruleShock])).toEqual([
    ['liquidation', expect.closeTo(-0.07, 12)],
    ['insolvency', expect.closeTo(-0.07, 12)],
  ]);
  expect(inverted({ book: small, guards: breaker('halt', 0.9) })).toEqual([]);
  const large = bookOf([position], { balance: '100000' });
  expect(inverted({ book: large, guards: breaker('close-and-halt', 0.9) })).toEqual([
    'liquidation before circuit-breakers/daily-loss never',
  ]);
});

test('the end of the book before a rule that would come later', () => {
  // Cross, 20 of cash: nothing is left at -20 %, the emergency stop at 99.9 % of it just before; its stop at -30 %.
  const book = bookOf([{ ...position, marginMode: 'cross', stop: '70' }], {
    balance: '20',
    marginMode: 'cross',
  });
  const guards = { ...guardsOff, 'emergency-stop': { ...guardsOff['emergency-stop'], drawdown: 0.999 } };
  expect(inverted({ book, guards })).toEqual([
    'liquidation before emergency-stop/drawdown -0.1998',
    'liquidation before stop -0.3000',
    'insolvency before stop -0.3000',
  ]);
});

test('a stop of one scope is no rule against the insolvency of another', () => {
  // BTC at 20x owes from -5 % on, its stop comes before; ETH at 2x has its own at -30 %, before its liquidation at -49.7 %.
  const book = bookOf([
    { ...position, stop: '97' },
    positionOf({ symbol: 'ETHUSDT', qty: '1', entry: '100', leverage: 2, stop: '70' }),
  ]);
  const setting = { book, marks: [100, 100], symbols: ['BTCUSDT', 'ETHUSDT'], guards: guardsOff };
  const rows = solved(setting, 'fall');
  expect(rows.find(({ row }) => row.name === 'insolvency')?.row.shock).toBeCloseTo(-0.05, 12);
  expect(inversionsOf(rows, 'fall')).toEqual([]);
});

test('the guards of the documents come before liquidation at 5x', () => {
  const book = bookOf([{ ...position, leverage: 5 }], { balance: '20' });
  expect(inverted({ book, guards: guardsOn })).toEqual([]);
});
