import { describe, expect, test } from 'vitest';
import { readMargin } from '../../src/risk/read-margin.ts';
import { accountMoney } from '../../src/venue/account-equity.ts';
import { beginDay } from '../../src/venue/daily-loss.ts';
import { liquidateBroken } from '../../src/venue/liquidate.ts';
import { buildMarginView } from '../../src/venue/margin-view.ts';
import { settleFunding } from '../../src/venue/settle-funding.ts';
import { applyVenueEvent } from '../../src/venue/venue-events.ts';
import { codeOf } from '../support/codes.ts';
import { flatTable } from '../support/flat-table.ts';
import { venueAt } from '../support/still-venue.ts';
import { bookOf, positionOf, venueOfTable } from '../support/venue-scene.ts';

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

  test('keeps one wallet for all contracts that settle in one coin', () => {
    const inverse = { contract: 'inverse' as const, qty: '1000', entry: '1000' };
    const book = bookOf(
      [positionOf({ ...inverse, symbol: 'BTCUSD' }), positionOf({ ...inverse, symbol: 'XBTUSD' })],
      {
        collateral: [{ asset: 'BTC', qty: '1', haircut: 0, price: null }],
      },
    );
    const venue = venueAt({ book, marks: [1000, 1000], symbols: ['BTCUSD', 'XBTUSD'] });
    const [account] = venue.state.accounts;
    if (account === undefined) throw new Error('the account must exist');
    expect(account.wallets.map(({ ledger, symbol }) => [ledger.asset, symbol])).toEqual([
      ['USDT', -1],
      ['BTC', 0],
    ]);
    expect(accountMoney(venue, account).cash.toFixed()).toBe('1000');
  });

  test('values an asset by the first of the symbols as by any other', () => {
    const spot = positionOf({ symbol: 'ETHUSDT', type: 'spot', qty: '2', entry: '3000' });
    const book = bookOf([spot, positionOf({ symbol: 'BTCUSDT', qty: '1', entry: '100' })], {
      collateral: [
        { asset: 'USDT', qty: '100', haircut: 0, price: null },
        { asset: 'SOL', qty: '3', haircut: 0.5, price: null },
      ],
    });
    const at = (symbols: readonly string[], marks: readonly number[]) => {
      const venue = venueAt({ book, marks, symbols });
      readMargin(venue.view, venue.prices.mark, 0);
      const [account] = venue.state.accounts;
      if (account === undefined) throw new Error('the account must exist');
      const { holdings } = account;
      expect(holdings.map(({ asset, spot: isSpot }) => [asset, isSpot])).toEqual([
        ['SOL', false],
        ['ETHUSDT', true],
      ]);
      return [venue.view.equity[0], accountMoney(venue, account).collateral.toFixed()];
    };
    // 100 less 10 in the long, and what counts of the assets: 15 and 80.
    expect(at(['SOLUSDT', 'ETHUSDT', 'BTCUSDT'], [10, 40, 100])).toEqual([185, '95']);
    expect(at(['ETHUSDT', 'SOLUSDT', 'BTCUSDT'], [40, 10, 100])).toEqual([185, '95']);
  });

  test('needs a price for every asset and every symbol', async () => {
    const odd = bookOf([positionOf({ qty: '1', entry: '1' })], {
      collateral: [{ asset: 'SOL', qty: '1', haircut: 0, price: null }],
    });
    expect(() => venueAt({ book: odd, marks: [1] })).toThrow('collateral must have a price, SOL has none');
    const lost = bookOf([positionOf({ symbol: 'ADAUSDT', qty: '1', entry: '1' })]);
    expect(() => venueAt({ book: lost, marks: [1] })).toThrow(
      'every symbol of the book must have prices, ADAUSDT has none',
    );
    expect(() => venueAt({ book: odd, marks: [1] })).toThrow('or bars of SOLUSDT');
    expect(() => venueAt({ book: lost, marks: [1] })).toThrow('Give bars of ADAUSDT with --ohlcv');
    expect(await codeOf(() => venueAt({ book: odd, marks: [1] }))).toBe('PORTFOLIO');
    expect(await codeOf(() => venueAt({ book: lost, marks: [1] }))).toBe('SYMBOL_UNKNOWN');
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

describe('two accounts at two venues', () => {
  const symbols = ['BTCUSDT', 'ETHUSDT'];
  const stop = {
    symbol: 'BTCUSDT',
    kind: 'stop-market' as const,
    qty: null,
    price: '1',
    trigger: 'last' as const,
    reduceOnly: true,
    leverage: 1,
    contract: 'linear' as const,
  };
  const one = bookOf([]);
  const collateral = [{ asset: 'USDT', qty: '50', haircut: 0, price: null }];
  const book = {
    accounts: one.accounts.flatMap((account) => [
      { ...account, collateral },
      { ...account, collateral, id: 'side', venue: 'other' },
    ]),
    positions: [
      positionOf({ account: 'side', qty: '-2', entry: '100', leverage: 5, marginMode: 'cross' }),
      positionOf({ qty: '1', entry: '100', leverage: 10 }),
      positionOf({ qty: '30', entry: '10', leverage: 10, symbol: 'ETHUSDT', marginMode: 'cross' }),
    ],
    orders: [
      { ...stop, account: 'side' },
      { ...stop, account: 'main', price: '2' },
    ],
    dailyLossLimits: [{ account: 'side', fraction: 0.1 }],
  };
  const specs = [venueOfTable(flatTable(0.005)), { ...venueOfTable(flatTable(0.02)), name: 'other' }];
  const both = (...marks: number[]) => venueAt({ book, marks, symbols, specs });

  test('have each their own positions, orders, limit, venue and margin', () => {
    const { state, view, prices } = both(100, 10);
    expect(state.accounts.map(({ id, venue }) => [id, venue])).toEqual([
      ['main', 0],
      ['side', 1],
    ]);
    expect(state.accounts.map(({ positions }) => positions.map(({ qty }) => qty))).toEqual([
      ['1', '30'],
      ['2'],
    ]);
    expect(state.accounts.map(({ orders }) => orders.map(({ id, price }) => [id, price]))).toEqual([
      [[0, 2]],
      [[1, 1]],
    ]);
    expect(state.accounts.map(({ dailyLoss }) => dailyLoss)).toEqual([
      null,
      { fraction: 0.1, dayEquity: 0, halted: false },
    ]);
    readMargin(view, prices.mark, 0);
    // Shared of main, its isolated long, shared of side; initial margins are cost / leverage.
    expect([...view.account]).toEqual([0, 0, 1]);
    expect([...view.equity]).toEqual([40, 10, 50]);
    expect([...view.maintenance]).toEqual([1.5, 0.5, 4]);
    expect([...view.initial]).toEqual([30, 10, 40]);
  });

  test('have a limit where one of them has one', () => {
    const venue = both(100, 10);
    beginDay(venue, Float64Array.of(50, 50));
    expect([...venue.watch.equityLow]).toEqual([Number.NEGATIVE_INFINITY, 45]);
    expect(venue.watch.limits).toBe(true);
  });

  test('are liquidated and settled each by its own venue, and not by one that is halted', () => {
    // The short of side is broken at 123: 50 - 46 = 4 against 4.92.
    const halted = both(123, 10);
    applyVenueEvent(halted, { kind: 'halt', venue: 1, on: true });
    expect(readMargin(halted.view, halted.prices.mark, 0)).toBe(false);
    // At 8 what main shares is broken as well: 40 - 60.
    for (const [shut, left] of [
      [1, 'main'],
      [0, 'side'],
    ] as const) {
      const broken = both(123, 8);
      applyVenueEvent(broken, { kind: 'halt', venue: shut, on: true });
      expect(liquidateBroken(broken)).toBe(true);
      expect(broken.state.liquidations.map(({ account }) => account)).toEqual([left]);
    }
    const venue = both(100, 10);
    expect(settleFunding(venue, { symbol: 0, venue: 0, rate: 0.001, mark: 100 })).toBe(1);
    expect(venue.state.accounts.map(({ wallets }) => wallets[0]?.ledger.funding)).toEqual(['-0.1', '0']);
    expect(settleFunding(venue, { symbol: 0, venue: -1, rate: 0.001, mark: 100 })).toBe(2);
  });
});
