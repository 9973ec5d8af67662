import { describe, expect, test } from 'vitest';
import { money } from '../../src/model/money.ts';
import { bookClose, type Close } from '../../src/venue/booking.ts';
import { venueAt } from '../support/still-venue.ts';
import { bookOf, positionOf } from '../support/venue-scene.ts';

function close(position: Parameters<typeof positionOf>[0], over: Partial<Close>, balance = '100') {
  const venue = venueAt({ book: bookOf([positionOf(position)], { balance }), marks: [100] });
  const [account] = venue.state.accounts;
  const [held] = account?.positions ?? [];
  if (account === undefined || held === undefined) throw new Error('the position must exist');
  const booked = bookClose(venue, account, held, {
    qty: money(held.qty),
    price: 100,
    feeRate: 0,
    cause: 'exit',
    trade: null,
    ...over,
  });
  const plain = {
    pnl: booked.pnl.toFixed(),
    fee: booked.fee.toFixed(),
    shortfall: booked.shortfall.toFixed(),
    price: booked.price,
  };
  return { booked: plain, held, account, ledger: account.wallets[0]?.ledger };
}
const long = { qty: '2', entry: '100', leverage: 10 };

describe('a close', () => {
  test('in part books against the margin and releases nothing', () => {
    const { held, ledger } = close(long, { qty: money('0.5'), price: 96, feeRate: 0.01 });
    // 20 of margin less 2; the fee of 0.48 comes out of the wallet.
    expect(held).toMatchObject({ qty: '1.5', cost: '150', margin: '18' });
    expect(ledger).toMatchObject({ realised: '-2', fees: '0.48', cash: '97.52' });
  });

  test('of all of it releases what is left', () => {
    const { account, ledger } = close(long, { price: 105 });
    expect(account.positions).toEqual([]);
    expect(ledger?.cash).toBe('110');
  });

  test('stops at the margin, at the price of bankruptcy, long and short', () => {
    expect(close(long, { price: 85 }).booked).toEqual({ pnl: '-20', fee: '0', shortfall: '10', price: 90 });
    expect(close({ ...long, qty: '-2' }, { price: 115 }).booked).toEqual({
      pnl: '-20',
      fee: '0',
      shortfall: '10',
      price: 110,
    });
    expect(close(long, { price: 90 }).booked).toMatchObject({ pnl: '-20', shortfall: '0', price: 90 });
  });

  test('of an inverse position stops at the margin in coin', () => {
    const inverse = {
      symbol: 'BTCUSD',
      contract: 'inverse' as const,
      qty: '10000',
      entry: '50000',
      leverage: 10,
    };
    const venue = venueAt({
      book: bookOf([positionOf(inverse)], { currency: 'BTC', balance: '1' }),
      marks: [40_000],
      symbols: ['BTCUSD'],
    });
    const [account] = venue.state.accounts;
    const [held] = account?.positions ?? [];
    if (account === undefined || held === undefined) throw new Error('the position must exist');
    const booked = bookClose(venue, account, held, {
      qty: money(10_000),
      price: 40_000,
      feeRate: 0,
      cause: 'exit',
      trade: null,
    });
    expect([booked.pnl.toFixed(), booked.shortfall.toFixed()]).toEqual(['-0.02', '0.03']);
    expect(booked.price).toBeCloseTo(10_000 / 0.22, 8);
  });

  test('of a cross position stops at what the account has, and an ordinary one still pays its fee', () => {
    const cross = { ...long, marginMode: 'cross' as const };
    expect(close(cross, { price: 40 }).booked).toMatchObject({ pnl: '-100', shortfall: '20', price: 50 });
    expect(close(cross, { price: 60, feeRate: 0.01 }).ledger).toMatchObject({ cash: '18.8', fees: '1.2' });
  });
});

describe('in debt, after funding has taken more than there was', () => {
  // A margin of 20 that funding has charged 26.5: the fund is owed 6.5 before anything is left.
  const owing = (marginMode: 'isolated' | 'cross', part: string, price: number) => {
    const book = bookOf([positionOf({ ...long, marginMode })], { balance: '20' });
    const venue = venueAt({ book, marks: [price] });
    const [account] = venue.state.accounts;
    const [held] = account?.positions ?? [];
    const ledger = account?.wallets[0]?.ledger;
    if (account === undefined || held === undefined || ledger === undefined) throw new Error('must exist');
    ledger.cash = '-6.5';
    if (held.margin !== null) held.margin = '-6.5';
    const booked = bookClose(venue, account, held, {
      qty: money(part),
      price,
      feeRate: 0,
      cause: 'exit',
      trade: null,
    });
    return [booked.pnl.toFixed(), booked.shortfall.toFixed(), booked.price, ledger.cash];
  };

  test.each(['isolated', 'cross'] as const)('a gain pays it, %s', (marginMode) => {
    expect(owing(marginMode, '2', 104)).toEqual(['8', '0', 104, '1.5']);
    expect(owing(marginMode, '2', 103.25)).toEqual(['6.5', '0', 103.25, '0']);
  });

  test.each(['isolated', 'cross'] as const)(
    'what neither gain nor loss can pay is a shortfall, %s',
    (marginMode) => {
      expect(owing(marginMode, '2', 101)).toEqual(['6.5', '4.5', 103.25, '0']);
      expect(owing(marginMode, '2', 98)).toEqual(['6.5', '10.5', 103.25, '0']);
    },
  );

  test.each(['isolated', 'cross'] as const)(
    'a part need not pay what the rest can, and pays with the rest what it can, %s',
    (marginMode) => {
      // 4 of gain with 4 in the remainder against 6.5.
      expect(owing(marginMode, '1', 104)).toEqual(['4', '0', 104, '-2.5']);
      // 1 with 1 in the remainder: 4.5 are missing.
      expect(owing(marginMode, '1', 101)).toEqual(['5.5', '4.5', 105.5, '-1']);
    },
  );
});

describe('in an account of many parts', () => {
  const parts = () => {
    const book = bookOf(
      [
        positionOf({ qty: '1', entry: '100', marginMode: 'cross' }),
        positionOf({ symbol: 'ETHUSDT', qty: '-2', entry: '50', marginMode: 'cross' }),
        positionOf({ symbol: 'SOLUSDT', qty: '1', entry: '30', leverage: 3 }),
        positionOf({
          symbol: 'BTCUSD',
          contract: 'inverse',
          qty: '1000',
          entry: '1000',
          marginMode: 'cross',
        }),
      ],
      {
        collateral: [
          { asset: 'USDT', qty: '40', haircut: 0, price: null },
          { asset: 'BTC', qty: '3', haircut: 0, price: null },
          { asset: 'USDC', qty: '10', haircut: 0.5, price: null },
          { asset: 'SOL', qty: '2', haircut: 0.25, price: null },
        ],
      },
    );
    const symbols = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT', 'BTCUSD'];
    const venue = venueAt({ book, marks: [100, 48, 20, 800], symbols });
    const [account] = venue.state.accounts;
    if (account === undefined) throw new Error('the account must exist');
    const closeAt = (place: number, price: number) => {
      const held = account.positions[place];
      if (held === undefined) throw new Error('the position must exist');
      return bookClose(venue, account, held, {
        qty: money(held.qty),
        price,
        feeRate: 0,
        cause: 'exit',
        trade: null,
      });
    };
    return { account, closeAt };
  };

  test('a cross loss may take the cash that is not isolated, other results, and other assets after their haircut', () => {
    // 40 - 10 isolated + 4 of ETH + 5 of USDC + 1.5 x 20 of SOL = 69.
    const { closeAt } = parts();
    const booked = closeAt(0, 20);
    expect([booked.pnl.toFixed(), booked.shortfall.toFixed(), booked.price]).toEqual(['-69', '11', 31]);
  });

  test('a loss in coin may take the coin alone', () => {
    const { closeAt, account } = parts();
    // 1000 / 100 - 1 = 9 coins lost against 3.
    const booked = closeAt(3, 100);
    expect([booked.pnl.toFixed(), booked.shortfall.toFixed()]).toEqual(['-3', '6']);
    expect(account.wallets.map(({ ledger }) => ledger.cash)).toEqual(['40', '0']);
  });

  test('an isolated loss may take its margin alone', () => {
    const { closeAt } = parts();
    const booked = closeAt(2, 5);
    expect([booked.pnl.toFixed(), booked.shortfall.toFixed(), booked.price]).toEqual(['-10', '15', 20]);
  });
});
