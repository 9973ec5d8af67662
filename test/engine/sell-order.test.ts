import { expect, test } from 'vitest';
import { createSaid } from '../../src/engine/said.ts';
import { cutLeg, inOrder, type SellOrder, sell, shareOfQty } from '../../src/engine/sell-order.ts';
import type { PositionView } from '../../src/engine/view.ts';
import { engineScene } from '../support/engine-scene.ts';
import { flatTable } from '../support/flat-table.ts';
import { bookOf, positionOf, venueOfTable } from '../support/venue-scene.ts';
import { sayOf } from '../support/voice.ts';

const symbols = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'];
const cross = { entry: '100', leverage: 1, marginMode: 'cross' } as const;

function viewOf(held: readonly Parameters<typeof positionOf>[0][], balance = '400') {
  const book = bookOf(held.map(positionOf), { balance, marginMode: 'cross' });
  const venue = venueOfTable(flatTable(0.01));
  const [terms] = venue.terms;
  if (terms === undefined) throw new Error('a venue has terms');
  const eth = { contract: 'linear' as const, brackets: flatTable(0.05), fundingCap: null };
  const specs = [{ ...venue, terms: [{ ...terms, symbols: new Map([['ETHUSDT', eth]]) }] }];
  return engineScene({ book, symbols, marks: [100, 100, 100], specs, guards: [] }).viewNow();
}

const namesOf = (positions: readonly PositionView[]) => positions.map(({ symbol }) => symbols[symbol]);

const three = viewOf([
  { ...cross, qty: '1', openedAt: 5 },
  { ...cross, qty: '2', symbol: 'ETHUSDT', openedAt: 4 },
  { ...cross, qty: '3', symbol: 'SOLUSDT', openedAt: 6 },
]);

test.each<readonly [SellOrder, string]>([
  ['proportional', 'BTCUSDT ETHUSDT SOLUSDT'],
  ['by-age', 'ETHUSDT BTCUSDT SOLUSDT'],
  ['age', 'ETHUSDT BTCUSDT SOLUSDT'],
  ['size', 'SOLUSDT ETHUSDT BTCUSDT'],
])('%s: %s', (order, names) => {
  expect(namesOf(inOrder(three, three.positions, order)).join(' ')).toBe(names);
});

test.each(['by-liquidity', 'market'] as const)('%s: by the share of the volume of a day', (order) => {
  // A tenth, a fiftieth, unknown.
  const volumes = [10, 100, 0];
  const positions = three.positions.map((one, i) => ({ ...one, volumeDaily: volumes[i] ?? 0 }));
  expect(namesOf(inOrder(three, positions.toReversed(), order))).toEqual(['ETHUSDT', 'BTCUSDT', 'SOLUSDT']);
});

test.each(['by-risk', 'risk'] as const)('%s: what no price liquidates is the farthest', (order) => {
  // The long loses 100 of 400 at most; the short is liquidated far above twice its price.
  const view = viewOf([
    { ...cross, qty: '1' },
    { ...cross, qty: '-1', symbol: 'ETHUSDT' },
  ]);
  expect(namesOf(inOrder(view, view.positions, order))).toEqual(['ETHUSDT', 'BTCUSDT']);
  // 386 above what they keep survive a fall of each to 0: the largest maintenance first, 10, 3 and 1.
  expect(namesOf(inOrder(three, three.positions, order))).toEqual(['ETHUSDT', 'SOLUSDT', 'BTCUSDT']);
});

test('the list that it is given stays as it was', () => {
  const before = [...three.positions];
  inOrder(three, three.positions, 'size');
  inOrder(three, three.positions, 'proportional').pop();
  expect(three.positions).toEqual(before);
});

test('what is to be cut has its own table, its mark, and the cost of closing all of it', () => {
  const [btc, eth] = three.positions;
  if (btc === undefined || eth === undefined) throw new Error('the scene holds positions');
  expect(cutLeg(three, btc)).toEqual({
    contract: 'linear',
    qty: 1,
    mark: 100,
    table: flatTable(0.01),
    cost: 0,
  });
  expect(cutLeg(three, { ...eth, exitCost: 0.002 })).toMatchObject({
    qty: 2,
    table: flatTable(0.05),
    cost: 0.002,
  });
  // A cost that is not known counts nothing.
  expect(cutLeg(three, { ...eth, exitCost: Number.NaN })?.cost).toBe(0);
  expect(cutLeg(three, { ...eth, symbol: 7 })).toBeNull();
});

test('coins that count as margin are no leg to cut', () => {
  const spot = { type: 'spot', qty: '2', entry: '100', marginMode: 'cross' } as const;
  const view = viewOf([spot, { ...cross, qty: '1' }]);
  const [position] = view.positions;
  if (position === undefined) throw new Error('the scene holds a position');
  expect(cutLeg(view, position)?.table).toEqual(flatTable(0.01));
});

test('a share of a quantity is rounded up to 12 places, and is all of it at most', () => {
  expect(shareOfQty({ qty: 1 }, 1 / 3)).toBe(0.333_333_333_334);
  expect(shareOfQty({ qty: 0.3 }, 0.5)).toBe(0.15);
  expect(shareOfQty({ qty: 0.3 }, 1)).toBe(0.3);
  expect(shareOfQty({ qty: 1e-13 }, 0.5)).toBe(1e-13);
  expect(shareOfQty({ qty: 3 }, 0)).toBe(0);
});

test('all of a position is a close, a part a reduction, nothing is nothing', () => {
  const [position] = three.positions;
  if (position === undefined) throw new Error('the scene holds a position');
  const finding = { rule: 'r', severity: 'info', measure: 'm', observed: 1, threshold: 2 } as const;
  const saidOf = (qty: number) => {
    const said = createSaid(0);
    sell(sayOf(said, 'account-levels'), position, qty, finding);
    return said.decisions.map(({ kind, effect }) => [kind, effect]);
  };
  const about = { account: 0, symbol: 0, side: 1 };
  expect(saidOf(1)).toEqual([['close', { kind: 'close', ...about, qty: 1 }]]);
  expect(saidOf(1.5)).toEqual([['close', { kind: 'close', ...about, qty: 1 }]]);
  expect(saidOf(0.999)).toEqual([['reduce', { kind: 'reduce', ...about, qty: 0.999 }]]);
  expect(saidOf(0)).toEqual([]);
});
