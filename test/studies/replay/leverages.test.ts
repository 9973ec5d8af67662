import { expect, test } from 'vitest';
import type { Entry } from '../../../src/replay/timeline.ts';
import { leveragesOf } from '../../../src/studies/replay/leverages.ts';
import { bookOf, positionOf } from '../../support/venue-scene.ts';

const held = (leverage: number, type: 'perp' | 'spot' = 'perp') =>
  positionOf({ qty: '1', entry: '100', leverage, type });

const entry = (leverage: number): Entry & { readonly time: number } => ({
  time: 0,
  trade: 0,
  account: 0,
  symbol: 0,
  contract: 'linear',
  side: 1,
  qty: '1',
  price: 100,
  feeRate: null,
  leverage,
  marginMode: 'isolated',
  strategy: null,
  model: null,
});

const resting = (leverage: number, reduceOnly: boolean) => ({
  account: 'main',
  symbol: 'BTCUSDT',
  kind: 'limit' as const,
  qty: '1',
  price: '90',
  trigger: 'last' as const,
  reduceOnly,
  leverage,
  contract: 'linear' as const,
});

test('the most of what is held, rests or is opened; spot has none', () => {
  const book = bookOf([held(3), held(7), held(50, 'spot')]);
  expect(leveragesOf({ book, entries: [] })).toEqual({ most: 7, leastOfOrders: null });
  const orders = [resting(9, false), resting(40, true)];
  expect(leveragesOf({ book: { ...book, orders }, entries: [] }).most).toBe(9);
  expect(leveragesOf({ book, entries: [entry(12)] }).most).toBe(12);
});

test('the least of what is opened', () => {
  const book = bookOf([held(3)]);
  expect(leveragesOf({ book, entries: [entry(12), entry(8), entry(10)] })).toEqual({
    most: 12,
    leastOfOrders: 8,
  });
});

test('null where nothing is', () => {
  expect(leveragesOf({ book: bookOf([]), entries: [] })).toEqual({ most: null, leastOfOrders: null });
});
