import { describe, expect, test } from 'vitest';
import { money } from '../../src/model/money.ts';
import {
  addPart,
  closePart,
  entryPrice,
  initialMargin,
  openingMargin,
  ownedQty,
  removeOwner,
  removePart,
  unrealised,
  valueAt,
} from '../../src/venue/position.ts';
import type { PositionState } from '../../src/venue/venue-state.ts';

const position = (over: Partial<PositionState> = {}): PositionState => ({
  symbol: 0,
  contract: 'linear',
  side: 1,
  qty: '3',
  cost: '301',
  margin: null,
  leverage: 10,
  openedAt: 0,
  owners: [{ trade: 1, qty: '3' }],
  ...over,
});

describe('a linear position', () => {
  test('is worth its quantity at the price, and entered at the mean of what it cost', () => {
    expect(valueAt('linear', money(3), money(100.5)).toFixed()).toBe('301.5');
    expect(entryPrice(position())).toBeCloseTo(301 / 3, 14);
    expect(initialMargin(position()).toFixed()).toBe('30.1');
    expect(unrealised(position(), 101).toFixed()).toBe('2');
    expect(unrealised(position({ side: -1 }), 101).toFixed()).toBe('-2');
  });

  test('closed in part takes its share of the cost, rounded once; the rest keeps the rest', () => {
    const held = position();
    const part = closePart(held, money(1), money(110), 'USDT');
    expect([part.cost.toFixed(), part.value.toFixed(), part.pnl.toFixed()]).toEqual([
      '100.33333333',
      '110',
      '9.66666667',
    ]);
    expect(closePart(position({ side: -1 }), money(1), money(110), 'USDT').pnl.toFixed()).toBe('-9.66666667');
    removePart(held, money(1), part.cost);
    expect([held.qty, held.cost]).toEqual(['2', '200.66666667']);
    const all = closePart(held, money(2), money(110), 'USDT');
    expect(all.cost.toFixed()).toBe('200.66666667');
    // Both parts together gain what the whole would have: 330 - 301.
    expect(part.pnl.plus(all.pnl).toFixed()).toBe('29');
    removePart(held, money(2), all.cost);
    expect([held.qty, held.cost, held.owners]).toEqual(['0', '0', []]);
  });
});

describe('an inverse position', () => {
  const inverse = position({ contract: 'inverse', qty: '10000', cost: '0.2' });
  test('is kept in coin', () => {
    expect(valueAt('inverse', money(10_000), money(40_000)).toFixed()).toBe('0.25');
    expect(entryPrice(inverse)).toBe(50_000);
    expect(unrealised(inverse, 40_000).toFixed()).toBe('-0.05');
    expect(unrealised({ ...inverse, side: -1 }, 40_000).toFixed()).toBe('0.05');
    const part = closePart(inverse, money(5000), money(40_000), 'BTC');
    expect([part.cost.toFixed(), part.pnl.toFixed()]).toEqual(['0.1', '-0.025']);
  });
});

test('an opening moves its initial margin, rounded up', () => {
  expect(openingMargin(money(100), 3, 'USDT').toFixed()).toBe('33.33333334');
  expect(openingMargin(money(1), 3, 'BTC').toFixed()).toBe('0.3333333334');
  expect(openingMargin(money(100), 4, 'USDT').toFixed()).toBe('25');
});

describe('owners', () => {
  test('have the share of what is left, and the last of them all of it', () => {
    const held = position({
      qty: '4',
      owners: [
        { trade: 1, qty: '3' },
        { trade: 2, qty: '5' },
      ],
    });
    // The venue has halved what was 8.
    expect(ownedQty(held, 1).toFixed()).toBe('1.5');
    expect(ownedQty(held, 2).toFixed()).toBe('2.5');
    expect(ownedQty(held, 9).toFixed()).toBe('0');
    removeOwner(held, 1);
    expect(ownedQty(held, 2).toFixed()).toBe('4');
  });

  test('grow with what they add', () => {
    const held = position();
    addPart(held, money(1), money(100), 1);
    addPart(held, money(2), money(210), 7);
    expect(held).toMatchObject({
      qty: '6',
      cost: '611',
      owners: [
        { trade: 1, qty: '4' },
        { trade: 7, qty: '2' },
      ],
    });
  });
});
