import { describe, expect, test } from 'vitest';
import { money } from '../../src/model/money.ts';
import { adlRank } from '../../src/venue/end-positions.ts';
import { openPosition } from '../../src/venue/open-position.ts';
import { placeOrder } from '../../src/venue/resting-orders.ts';
import { applyVenueEvent } from '../../src/venue/venue-events.ts';
import { flatTable } from '../support/flat-table.ts';
import { restingOrder } from '../support/resting-order.ts';
import { venueAt } from '../support/still-venue.ts';
import { bookOf, positionOf, venueOfTable } from '../support/venue-scene.ts';

const symbols = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'];
const opening = {
  account: 0,
  symbol: 0,
  contract: 'linear' as const,
  side: 1 as const,
  qty: money(1),
  price: 100,
  feeRate: 0,
  leverage: 10,
  marginMode: 'isolated' as const,
  trade: -1,
};

describe('adl', () => {
  const book = bookOf(
    [
      positionOf({ qty: '-2', entry: '100', leverage: 10 }),
      positionOf({ qty: '1', entry: '100', leverage: 10, symbol: 'ETHUSDT' }),
      positionOf({ qty: '3', entry: '100', leverage: 5, symbol: 'SOLUSDT', marginMode: 'cross' }),
    ],
    { balance: '1000' },
  );
  const taken = (event: { symbol?: number; side?: 1 | -1 | null; share?: number; venue?: number }) => {
    const venue = venueAt({ book, marks: [80, 95, 120], symbols, terms: { feeRate: 0.01 } });
    applyVenueEvent(venue, { kind: 'adl', venue: -1, symbol: -1, side: null, share: 0.5, ...event });
    return venue;
  };
  const closed = (event: Parameters<typeof taken>[0]) =>
    taken(event).state.adl.map(({ symbol, qty }) => [symbol, qty]);

  test('closes half of a winning short at the mark, without a fee, and tells of its rank', () => {
    const venue = taken({ symbol: 0 });
    // 40 of result on 200, a fifth; 160 of value on 20 + 40 of equity: 0.2 x 8 / 3.
    expect(venue.state.adl).toEqual([
      {
        time: 0,
        account: 'main',
        symbol: 0,
        qty: '1',
        price: 80,
        asset: 'USDT',
        pnl: '20',
        rank: expect.closeTo(8 / 15, 14),
      },
    ]);
    const [account] = venue.state.accounts;
    // What it made stays in the isolated position: 20 + 20.
    expect(account?.positions[0]).toMatchObject({ qty: '1', cost: '100', margin: '40' });
    expect(account?.wallets[0]?.ledger).toMatchObject({ cash: '1020', realised: '20', fees: '0' });
    expect(venue.fills).toMatchObject([{ cause: 'adl', opening: false, position: -1, qty: 1, fee: 0 }]);
    expect(venue.state.liquidations).toEqual([]);
  });

  test('takes of winners only, by symbol, side and venue', () => {
    expect(closed({})).toEqual([
      [0, '1'],
      [2, '-1.5'],
    ]);
    expect(closed({ side: 1 })).toEqual([[2, '-1.5']]);
    expect(closed({ side: -1 })).toEqual([[0, '1']]);
    expect(closed({ symbol: 1 })).toEqual([]);
    expect(closed({ symbol: 0, side: 1 })).toEqual([]);
    expect(closed({ venue: 0, symbol: 2, share: 1 })).toEqual([[2, '-3']]);
  });

  test('leaves what neither wins nor loses, and other venues', () => {
    const flat = venueAt({ book, marks: [100, 100, 100], symbols });
    applyVenueEvent(flat, { kind: 'adl', venue: 0, symbol: -1, side: null, share: 1 });
    expect(flat.state.adl).toEqual([]);
    const two = [venueOfTable(flatTable(0.005)), { ...venueOfTable(flatTable(0.005)), name: 'other' }];
    const elsewhere = venueAt({ book, marks: [80, 95, 120], symbols, specs: two });
    applyVenueEvent(elsewhere, { kind: 'adl', venue: 1, symbol: -1, side: null, share: 1 });
    expect(elsewhere.state.adl).toEqual([]);
  });

  test('cancels the stop of what it closes whole, and keeps that of a rest', () => {
    for (const [share, left] of [
      [1, 0],
      [0.5, 1],
    ] as const) {
      const venue = venueAt({ book, marks: [80, 95, 120], symbols });
      placeOrder(venue, 0, restingOrder({ side: 1, price: 110 }));
      applyVenueEvent(venue, { kind: 'adl', venue: 0, symbol: 0, side: null, share });
      expect(venue.state.accounts[0]?.orders).toHaveLength(left);
    }
  });

  test('ranks a cross position by its initial margin, and one in debt not at all', () => {
    const position = { ...opening, qty: '3', cost: '300', openedAt: 0, owners: [], leverage: 5 };
    // 60 on 300; 360 on 60 + 60.
    expect(adlRank({ ...position, margin: null }, 120)).toBeCloseTo(0.2 * 3, 14);
    expect(adlRank({ ...position, margin: '-60' }, 120)).toBe(0);
  });
});

describe('a settlement', () => {
  const jelly = (entry: string, marginMode: 'isolated' | 'cross' = 'isolated') =>
    venueAt({
      book: bookOf([positionOf({ qty: '-100000', entry, leverage: 5, marginMode })], { balance: '1000' }),
      marks: [0.045],
      terms: { feeRate: 0.01 },
    });
  const settle = { kind: 'settle', venue: -1, symbol: 0, price: 0.0095 } as const;

  test('at 0.0095 of a 5x isolated short pays what that price gives, whatever the mark', () => {
    const venue = jelly('0.0125');
    applyVenueEvent(venue, settle);
    // 100,000 x 0.003.
    expect(venue.state.accounts[0]?.wallets[0]?.ledger).toMatchObject({
      cash: '1300',
      fees: '0',
      shortfall: '0',
    });
    expect(venue.state.accounts[0]?.positions).toEqual([]);
    expect(venue.fills).toMatchObject([
      { cause: 'settlement', price: 0.0095, qty: 100_000, fee: 0, left: 0 },
    ]);
  });

  test('costs an isolated short its margin, the rest is the shortfall of the fund; a cross one pays from its cash', () => {
    const venue = jelly('0.005');
    applyVenueEvent(venue, settle);
    // A loss of 450 on a margin of 100, which is gone at 0.006.
    expect(venue.state.accounts[0]?.wallets[0]?.ledger).toMatchObject({ cash: '900', shortfall: '350' });
    expect(venue.fills[0]?.price).toBeCloseTo(0.006, 12);
    const shared = jelly('0.005', 'cross');
    applyVenueEvent(shared, settle);
    expect(shared.state.accounts[0]?.wallets[0]?.ledger).toMatchObject({ cash: '550', shortfall: '0' });
  });

  test('without a price is at the mark', () => {
    const venue = jelly('0.05', 'cross');
    applyVenueEvent(venue, { ...settle, venue: 0, price: null });
    expect(venue.state.accounts[0]?.wallets[0]?.ledger.cash).toBe('1500');
  });

  test('of both sides of a symbol lets the gain pay for the loss', () => {
    const side = (qty: string) => positionOf({ qty, entry: '100', marginMode: 'cross' });
    const venue = venueAt({
      book: bookOf([side('10'), side('-10')], { balance: '1', positionMode: 'hedge' }),
      marks: [100],
    });
    applyVenueEvent(venue, { ...settle, price: 50 });
    expect(venue.state.accounts[0]?.wallets[0]?.ledger).toMatchObject({ cash: '1', shortfall: '0' });
  });

  test('cancels the orders of the symbol and takes no new ones, there and nowhere else', () => {
    const venue = venueAt({
      book: bookOf([
        positionOf({ qty: '1', entry: '100' }),
        positionOf({ qty: '1', entry: '100', symbol: 'ETHUSDT' }),
      ]),
      marks: [100, 100],
      symbols: symbols.slice(0, 2),
    });
    for (const symbol of [0, 1]) placeOrder(venue, 0, restingOrder({ symbol }));
    applyVenueEvent(venue, { ...settle, price: null });
    expect(venue.state.accounts[0]?.orders.map(({ symbol }) => symbol)).toEqual([1]);
    expect(openPosition(venue, opening)).toBe('settled');
    expect(openPosition(venue, { ...opening, symbol: 1 })).toBeNull();
    expect(venue.state.rejections).toEqual([{ reason: 'settled', count: 1 }]);
  });
});

describe('a bankruptcy', () => {
  const specs = ['test', 'other'].map((name) => ({ ...venueOfTable(flatTable(0.005)), name }));
  const book = () => {
    const own = bookOf(
      [
        positionOf({ qty: '1', entry: '100', marginMode: 'cross' }),
        positionOf({ qty: '2', entry: '30', symbol: 'SOLUSDT', type: 'spot' }),
        positionOf({ qty: '1', entry: '100', marginMode: 'cross', account: 'b' }),
      ],
      {
        collateral: [
          { asset: 'USDT', qty: '1000', haircut: 0, price: null },
          { asset: 'USDC', qty: '50', haircut: 0, price: null },
        ],
      },
    );
    const [first] = own.accounts;
    if (first === undefined) throw new Error('the account must exist');
    return { ...own, accounts: [first, { ...first, id: 'b', venue: 'other' }] };
  };
  const fallen = (recovery: number) => {
    const venue = venueAt({ book: book(), marks: [90, 10, 30], symbols, specs });
    placeOrder(venue, 0, restingOrder());
    applyVenueEvent(venue, { kind: 'bankruptcy', venue: 0, recovery });
    return venue;
  };

  test('ends positions at the mark and leaves a fifth of cash and of every holding', () => {
    const [own, other] = fallen(0.2).state.accounts;
    // 1,000 - 10 = 990: 792 are gone.
    expect(own?.wallets[0]?.ledger).toMatchObject({ cash: '198', realised: '-10', lost: '792', fees: '0' });
    expect(own?.holdings.map(({ asset, qty }) => [asset, qty])).toEqual([
      ['USDC', '10'],
      ['SOLUSDT', '0.4'],
    ]);
    // 40 of 50 dollars, and 1.6 of 2 coins at 30.
    expect(own?.lostCollateral).toBe('88');
    expect(other?.lostCollateral).toBe('0');
    expect([own?.positions, own?.orders]).toEqual([[], []]);
    expect(other?.wallets[0]?.ledger).toMatchObject({ cash: '1000', lost: '0' });
    expect(other?.positions).toHaveLength(1);
  });

  test('takes everything without a recovery, nothing with a whole one', () => {
    const cash = (recovery: number) => fallen(recovery).state.accounts[0]?.wallets[0]?.ledger;
    expect(cash(0)).toMatchObject({ cash: '0', lost: '990' });
    expect(cash(1)).toMatchObject({ cash: '990', lost: '0' });
  });

  test('is the end: no order, no money out, also when an outage ends', () => {
    const venue = fallen(0.2);
    applyVenueEvent(venue, { kind: 'outage', venue: 0, on: false });
    applyVenueEvent(venue, { kind: 'withdrawals', venue: 0, on: true });
    expect(openPosition(venue, opening)).toBe('bankrupt');
    applyVenueEvent(venue, { kind: 'transfer', account: 0, asset: 'USDT', amount: '-1' });
    expect(venue.state.rejections).toEqual([
      { reason: 'bankrupt', count: 1 },
      { reason: 'withdrawals', count: 1 },
    ]);
    expect(venue.view.active[0]).toBe(0);
    expect(openPosition(venue, { ...opening, account: 1 })).toBeNull();
  });

  test('of a venue that is not there is a fault', () => {
    const venue = venueAt({ book: bookOf([]), marks: [100] });
    expect(() => applyVenueEvent(venue, { kind: 'bankruptcy', venue: 2, recovery: 0 })).toThrow(
      'venue 2 must exist',
    );
  });
});
