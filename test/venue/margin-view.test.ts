import { describe, expect, test } from 'vitest';
import { bracketTable } from '../../src/risk/brackets.ts';
import { readMargin } from '../../src/risk/read-margin.ts';
import { venueAt } from '../support/still-venue.ts';
import { bookOf, positionOf } from '../support/venue-scene.ts';

describe('the margin scopes of an account', () => {
  test('are what it shares, wallet by wallet, and every isolated position by itself', () => {
    const book = bookOf(
      [
        positionOf({ qty: '1', entry: '100', leverage: 10 }),
        positionOf({ symbol: 'ETHUSDT', qty: '-2', entry: '50', leverage: 4, marginMode: 'cross' }),
        positionOf({
          symbol: 'BTCUSD',
          contract: 'inverse',
          qty: '1000',
          entry: '1000',
          leverage: 5,
          marginMode: 'cross',
        }),
      ],
      {
        collateral: [
          { asset: 'USDT', qty: '60', haircut: 0, price: null },
          { asset: 'BTC', qty: '2', haircut: 0, price: null },
        ],
      },
    );
    const symbols = ['BTCUSDT', 'ETHUSDT', 'BTCUSD'];
    const { view } = venueAt({ book, marks: [100, 50, 1000], symbols });
    expect([...view.wallet]).toEqual([0, 1, 0]);
    expect([...view.position]).toEqual([-1, -1, 0]);
    // 60 less the isolated 10; the coin; the isolated margin. Initial: 100 / 4, 1 coin / 5, 100 / 10.
    expect([...view.base]).toEqual([50, 2, 10]);
    expect([...view.initial]).toEqual([25, 0.2, 10]);
    expect([...view.from]).toEqual([0, 1, 2, 3]);
    expect([...view.symbol]).toEqual([1, 2, 0]);
    expect([...view.qty]).toEqual([-2, 1000, 1]);
  });

  test('of a hedge in cross: results cancel, both legs ask for maintenance, each by its own bracket', () => {
    const table = bracketTable([
      { cap: 500, rate: 0.01, maxLeverage: 50 },
      { cap: 9000, rate: 0.1, maxLeverage: 5 },
    ]);
    const leg = (qty: string) => positionOf({ qty, entry: '100', marginMode: 'cross' });
    const book = bookOf([leg('4'), leg('-6')], { balance: '300', positionMode: 'hedge' });
    const venue = venueAt({ book, marks: [120], table });
    readMargin(venue.view, venue.prices.mark, 0);
    // 300 + 4 x 20 - 6 x 20; 480 x 1 %, and 720 x 10 % - 45.
    expect(venue.view.equity[0]).toBe(260);
    expect(venue.view.maintenance[0]).toBeCloseTo(4.8 + 27, 12);
    expect(venue.view.initial[0]).toBe(100);
  });
});
