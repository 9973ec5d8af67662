import { describe, expect, test } from 'vitest';
import { buildMarginView } from '../../src/venue/margin-view.ts';
import { readMargin } from '../../src/venue/read-margin.ts';
import { flatTable } from '../support/flat-table.ts';
import { venueAt } from '../support/still-venue.ts';
import { bookOf, positionOf } from '../support/venue-scene.ts';

describe('the state of a book at its start', () => {
  test('holds a wallet in the currency and one for every coin that is settled in', () => {
    const inverse = positionOf({
      symbol: 'XBTUSD',
      contract: 'inverse',
      qty: '-20000',
      entry: '50000',
      leverage: 4,
    });
    const book = bookOf([positionOf({ qty: '1', entry: '100' }), inverse], {
      collateral: [
        { asset: 'USDT', qty: '500', haircut: 0, price: null },
        { asset: 'XBT', qty: '2', haircut: 0, price: null },
        { asset: 'USDC', qty: '300', haircut: 0.1, price: null },
        { asset: 'SOL', qty: '4', haircut: 0, price: '25' },
      ],
    });
    const venue = venueAt({ book, marks: [100, 50_000], symbols: ['BTCUSDT', 'XBTUSD'] });
    const [account] = venue.state.accounts;
    expect(account?.wallets.map(({ ledger, symbol }) => [ledger.asset, ledger.cash, symbol])).toEqual([
      ['USDT', '500', -1],
      ['BTC', '2', 1],
    ]);
    expect(account?.holdings.map(({ asset, price }) => [asset, price])).toEqual([
      ['USDC', 1],
      ['SOL', 25],
    ]);
    expect(account?.positions[1]).toMatchObject({ side: -1, qty: '20000', cost: '0.4', margin: '0.1' });
    readMargin(venue.view, venue.prices.mark, 0);
    // USDT: 500 - 10 + 270 + 100; coin: 2 - 0.1; then the isolated ones.
    expect([...venue.view.equity]).toEqual([860, 1.9, 10, 0.1]);
    expect([...venue.view.rate]).toEqual([-1, 1, -1, 1]);
  });

  test('values an asset by its own bars where there are some, and a spot holding after its haircut', () => {
    const spot = positionOf({ symbol: 'ETHUSDT', type: 'spot', qty: '2', entry: '3000', haircut: 0.25 });
    const book = bookOf([spot, positionOf({ qty: '-1', entry: '100', marginMode: 'cross' })], {
      collateral: [
        { asset: 'USDT', qty: '100', haircut: 0, price: null },
        { asset: 'SOL', qty: '3', haircut: 0.5, price: null },
      ],
    });
    const venue = venueAt({ book, marks: [100, 40, 10], symbols: ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'] });
    readMargin(venue.view, venue.prices.mark, 0);
    expect(venue.view.equity[0]).toBe(100 + 2 * 0.75 * 40 + 3 * 0.5 * 10);
    expect(venue.view.maintenance[0]).toBe(0.5);
  });

  test('needs a price for every asset and every symbol', () => {
    const odd = bookOf([positionOf({ qty: '1', entry: '1' })], {
      collateral: [{ asset: 'SOL', qty: '1', haircut: 0, price: null }],
    });
    expect(() => venueAt({ book: odd, marks: [1] })).toThrow('collateral must have a price, SOL has none');
    const lost = bookOf([positionOf({ symbol: 'ADAUSDT', qty: '1', entry: '1' })]);
    expect(() => venueAt({ book: lost, marks: [1] })).toThrow(
      'every symbol of the book must have prices, ADAUSDT has none',
    );
  });

  test('places its orders against the positions that they close, the first first', () => {
    const order = {
      account: 'main',
      symbol: 'BTCUSDT',
      kind: 'limit' as const,
      qty: null,
      price: '90',
      trigger: 'mark' as const,
      reduceOnly: true,
      leverage: 1,
      contract: 'linear' as const,
    };
    const book = {
      ...bookOf([positionOf({ qty: '-1', entry: '100' })]),
      orders: [order, { ...order, qty: '-0.5' }, { ...order, qty: '2', reduceOnly: false, leverage: 3 }],
    };
    const { state } = venueAt({ book, marks: [100] });
    expect(state.accounts[0]?.orders).toMatchObject([
      { id: 0, side: 1, qty: null, price: 90, trigger: 'mark', opens: null },
      { id: 1, side: -1, qty: '0.5' },
      { id: 2, side: 1, qty: '2', opens: { leverage: 3, marginMode: 'isolated', contract: 'linear' } },
    ]);
    expect([state.nextOrder, state.counts.intents]).toEqual([3, 3]);
  });

  test('makes the same view from a state that went through JSON', () => {
    const book = bookOf([
      positionOf({ qty: '1.5', entry: '99.9', addedMargin: '3' }),
      positionOf({ symbol: 'ETHUSDT', qty: '-2', entry: '7', marginMode: 'cross' }),
    ]);
    const venue = venueAt({ book, marks: [100, 7], symbols: ['BTCUSDT', 'ETHUSDT'], table: flatTable(0.01) });
    expect(venue.state.accounts[0]?.positions[0]?.margin).toBe('17.985');
    expect(buildMarginView(venue.world, JSON.parse(JSON.stringify(venue.state)))).toEqual(venue.view);
  });
});
