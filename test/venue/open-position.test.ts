import { describe, expect, test } from 'vitest';
import { money } from '../../src/model/money.ts';
import { bracketTable } from '../../src/risk/brackets.ts';
import { freeMargin, type Opening, openPosition } from '../../src/venue/open-position.ts';
import { applyVenueEvent } from '../../src/venue/venue-events.ts';
import { venueAt } from '../support/still-venue.ts';
import { bookOf, positionOf } from '../support/venue-scene.ts';

const buy = (over: Partial<Opening> = {}): Opening => ({
  account: 0,
  symbol: 0,
  contract: 'linear',
  side: 1,
  qty: money(1),
  price: 100,
  feeRate: null,
  leverage: 10,
  marginMode: 'isolated',
  trade: -1,
  ...over,
});

describe('an opening', () => {
  test('moves its margin into the position, and its fee out of the wallet', () => {
    const venue = venueAt({ book: bookOf([], { balance: '50' }), marks: [100], fees: { taker: 0.001 } });
    expect(openPosition(venue, buy({ trade: 4 }))).toBeNull();
    const [account] = venue.state.accounts;
    expect(account?.positions).toMatchObject([
      { qty: '1', cost: '100', margin: '10', leverage: 10, owners: [{ trade: 4, qty: '1' }] },
    ]);
    expect(account?.wallets[0]?.ledger).toMatchObject({ cash: '49.9', fees: '0.1' });
    expect(venue.state.counts).toEqual({ intents: 1, filled: 1, partly: 0, rejected: 0 });
    if (account !== undefined) expect(freeMargin(venue, account, 0).toFixed()).toBe('39.9');
  });

  test('adds to a position of its side, at the leverage that this has', () => {
    const venue = venueAt({
      book: bookOf([positionOf({ qty: '1', entry: '100', leverage: 10 })]),
      marks: [100],
    });
    openPosition(venue, buy({ qty: money(2), price: 103, leverage: 5 }));
    expect(venue.state.accounts[0]?.positions).toMatchObject([
      { qty: '3', cost: '306', margin: '30.6', leverage: 10 },
    ]);
  });

  test('takes its own fee where it has one', () => {
    const venue = venueAt({ book: bookOf([]), marks: [100], fees: { taker: 0.001 } });
    openPosition(venue, buy({ feeRate: 0.002 }));
    expect(venue.state.accounts[0]?.wallets[0]?.ledger.fees).toBe('0.2');
  });

  test('closes an opposite position of a one-way account first, and flips with the rest', () => {
    const venue = venueAt({
      book: bookOf([positionOf({ qty: '1', entry: '90', leverage: 10 })]),
      marks: [100],
    });
    openPosition(venue, buy({ side: -1, qty: money(3) }));
    const [account] = venue.state.accounts;
    expect(account?.positions).toMatchObject([{ side: -1, qty: '2', cost: '200', margin: '20' }]);
    expect(account?.wallets[0]?.ledger).toMatchObject({ realised: '10', cash: '100010' });
    openPosition(venue, buy({ qty: money(1), price: 95 }));
    expect(account?.positions).toMatchObject([{ side: -1, qty: '1' }]);
    expect(account?.wallets[0]?.ledger.realised).toBe('15');
  });

  test('stands beside an opposite position of a hedging account', () => {
    const book = bookOf([positionOf({ qty: '1', entry: '90', leverage: 10 })], { positionMode: 'hedge' });
    const venue = venueAt({ book, marks: [100] });
    openPosition(venue, buy({ side: -1, qty: money(3) }));
    expect(venue.state.accounts[0]?.positions.map(({ side, qty }) => side * Number(qty))).toEqual([1, -3]);
  });
});

describe('the venue refuses', () => {
  const table = bracketTable([
    { cap: 1000, rate: 0.01, maxLeverage: 20 },
    { cap: 5000, rate: 0.05, maxLeverage: 5 },
  ]);
  const at = (
    opening: Opening,
    balance = '10000',
    prepare: (venue: ReturnType<typeof venueAt>) => void = () => {},
  ) => {
    const venue = venueAt({ book: bookOf([], { balance }), marks: [100], table, fees: { taker: 0.001 } });
    prepare(venue);
    const refusal = openPosition(venue, opening);
    expect(venue.state.accounts[0]?.positions).toHaveLength(refusal === null ? 1 : 0);
    const filled = refusal === null ? 1 : 0;
    expect(venue.state.counts).toMatchObject({ intents: 1, filled, rejected: 1 - filled });
    return refusal;
  };

  test('what the account cannot pay: margin and fee together, to the last digit', () => {
    // 10 of margin and 0.1 of fee.
    expect(at(buy(), '10.1')).toBeNull();
    expect(at(buy(), '10.09999999')).toBe('margin');
  });

  test('a leverage above that of the bracket that the position would be in', () => {
    expect(at(buy({ qty: money(10), leverage: 20 }))).toBeNull();
    expect(at(buy({ qty: money('10.00000001'), leverage: 20 }))).toBe('leverage-cap');
    expect(at(buy({ qty: money(10), leverage: 20.1 }))).toBe('leverage-cap');
  });

  test('a position beyond the last bracket', () => {
    expect(at(buy({ qty: money(50), leverage: 5 }))).toBeNull();
    expect(at(buy({ qty: money('50.00000001'), leverage: 5 }))).toBe('position-limit');
  });

  test('everything in an outage or a halt, and a leverage above the cap that it set', () => {
    expect(
      at(buy(), '10000', (venue) => applyVenueEvent(venue, { kind: 'outage', venue: 0, on: true })),
    ).toBe('outage');
    expect(at(buy(), '10000', (venue) => applyVenueEvent(venue, { kind: 'halt', venue: 0, on: true }))).toBe(
      'halted',
    );
    const cap = (symbol: number, most: number) => (venue: ReturnType<typeof venueAt>) =>
      applyVenueEvent(venue, { kind: 'leverage-cap', venue: 0, symbol, cap: most });
    expect(at(buy(), '10000', cap(-1, 8))).toBe('leverage-cap');
    expect(at(buy(), '10000', cap(0, 10))).toBeNull();
    expect(at(buy(), '10000', cap(0, 8))).toBe('leverage-cap');
    expect(at(buy(), '10000', cap(5, 8))).toBeNull();
  });

  test('a symbol without a price, and an account that its daily limit has closed', () => {
    const venue = venueAt({ book: bookOf([]), marks: [Number.NaN] });
    expect(openPosition(venue, buy())).toBe('no-price');
    venue.prices.mark[0] = 0;
    expect(openPosition(venue, buy())).toBe('no-price');
    venue.prices.mark[0] = 100;
    expect(openPosition(venue, buy({ qty: money(1e9) }))).toBe('margin');
    expect(venue.state.rejections).toEqual([
      { reason: 'no-price', count: 2 },
      { reason: 'margin', count: 1 },
    ]);
    const shut = venueAt({
      book: { ...bookOf([]), dailyLossLimits: [{ account: 'main', fraction: 0.1 }] },
      marks: [100],
    });
    const [account] = shut.state.accounts;
    if (account?.dailyLoss) account.dailyLoss.halted = true;
    expect(openPosition(shut, buy())).toBe('daily-loss-limit');
    expect(openPosition(shut, buy())).toBe('daily-loss-limit');
    expect(shut.state.rejections).toEqual([{ reason: 'daily-loss-limit', count: 2 }]);
  });

  test('nothing that lowers a position below its margin: closing needs none', () => {
    const book = bookOf([positionOf({ qty: '1', entry: '100', leverage: 10 })], { balance: '10' });
    const venue = venueAt({ book, marks: [100], fees: { taker: 0.001 } });
    expect(openPosition(venue, buy({ side: -1 }))).toBeNull();
    expect(venue.state.accounts[0]?.positions).toEqual([]);
  });
});

test('free margin counts cross results both ways, and takes initial and isolated margins off', () => {
  const cross = positionOf({ qty: '2', entry: '100', leverage: 10, marginMode: 'cross' });
  const isolated = positionOf({ symbol: 'ETHUSDT', qty: '1', entry: '50', leverage: 5 });
  const venue = venueAt({
    book: bookOf([cross, isolated], { balance: '100' }),
    marks: [95, 40],
    symbols: ['BTCUSDT', 'ETHUSDT'],
  });
  const [account] = venue.state.accounts;
  // 100 - 10 (isolated, whatever it has lost) - 10 (cross loss) - 20 (its initial margin).
  if (account !== undefined) expect(freeMargin(venue, account, 0).toFixed()).toBe('60');
});

describe('with other positions beside it', () => {
  const table = bracketTable([
    { cap: 1000, rate: 0.01, maxLeverage: 20 },
    { cap: 5000, rate: 0.05, maxLeverage: 5 },
  ]);
  const symbols = ['BTCUSDT', 'ETHUSDT'];
  const venueWith = (...held: Parameters<typeof positionOf>[0][]) =>
    venueAt({
      book: bookOf(held.map(positionOf), { positionMode: 'hedge' }),
      marks: [100, 100],
      symbols,
      table,
    });

  test('the bracket counts what is held already in its symbol and side, and nothing else', () => {
    const same = { qty: '9', entry: '100', leverage: 20 };
    expect(openPosition(venueWith(same), buy({ leverage: 20 }))).toBeNull();
    expect(openPosition(venueWith(same), buy({ leverage: 20, qty: money('1.1') }))).toBe('leverage-cap');
    expect(
      openPosition(venueWith({ ...same, symbol: 'ETHUSDT' }), buy({ leverage: 20, qty: money(5) })),
    ).toBeNull();
    expect(openPosition(venueWith({ ...same, qty: '-9' }), buy({ leverage: 20, qty: money(5) }))).toBeNull();
  });

  test('a position keeps its own leverage, so a higher one asked for is no reason to refuse', () => {
    expect(
      openPosition(venueWith({ qty: '1', entry: '100', leverage: 5 }), buy({ leverage: 50 })),
    ).toBeNull();
    expect(openPosition(venueWith({ qty: '1', entry: '100', leverage: 50 }), buy({ leverage: 5 }))).toBe(
      'leverage-cap',
    );
  });

  test('a cross opening moves nothing, and joins the position of its own symbol alone', () => {
    const venue = venueWith({ symbol: 'ETHUSDT', qty: '1', entry: '100', leverage: 5 });
    openPosition(venue, buy({ marginMode: 'cross' }));
    expect(venue.state.accounts[0]?.positions).toMatchObject([
      { symbol: 1, qty: '1', margin: '20' },
      { symbol: 0, qty: '1', margin: null },
    ]);
    openPosition(venue, buy({ marginMode: 'cross', qty: money(2) }));
    expect(venue.state.accounts[0]?.positions.map(({ qty }) => qty)).toEqual(['1', '3']);
  });

  test('an order of a one-way account nets with its own symbol alone', () => {
    const held = [positionOf({ symbol: 'ETHUSDT', qty: '-5', entry: '100', leverage: 5 })];
    const venue = venueAt({ book: bookOf(held), marks: [100, 100], symbols, table });
    openPosition(venue, buy());
    expect(venue.state.accounts[0]?.positions.map(({ side, qty }) => side * Number(qty))).toEqual([-5, 1]);
  });
});

test('closing what is against it pays its fee from the wallet, not from the margin', () => {
  const book = bookOf([positionOf({ qty: '-1', entry: '100', leverage: 10 })]);
  const venue = venueAt({ book, marks: [100], fees: { taker: 0.2 } });
  openPosition(venue, buy());
  expect(venue.state.accounts[0]?.wallets[0]?.ledger).toMatchObject({ fees: '20', cash: '99980' });
});

test('free margin of a coin is that of its own contracts', () => {
  const inverse = positionOf({
    symbol: 'BTCUSD',
    contract: 'inverse',
    qty: '1000',
    entry: '1000',
    leverage: 4,
    marginMode: 'cross',
  });
  const book = bookOf([inverse, positionOf({ qty: '1', entry: '100', leverage: 10 })], {
    collateral: [
      { asset: 'USDT', qty: '30', haircut: 0, price: null },
      { asset: 'BTC', qty: '2', haircut: 0, price: null },
      { asset: 'USDC', qty: '7', haircut: 0, price: null },
    ],
  });
  const venue = venueAt({ book, marks: [100, 800], symbols: ['BTCUSDT', 'BTCUSD'] });
  const [account] = venue.state.accounts;
  if (account === undefined) throw new Error('the account must exist');
  // 30 - 10 + 7; 2 - 0.25 of loss - 0.25 of initial margin.
  expect([0, 1].map((wallet) => freeMargin(venue, account, wallet).toFixed())).toEqual(['27', '1.5']);
});

test('a cap of the first symbol is not one of the second', () => {
  const venue = venueAt({ book: bookOf([]), marks: [100, 100], symbols: ['BTCUSDT', 'ETHUSDT'] });
  applyVenueEvent(venue, { kind: 'leverage-cap', venue: 0, symbol: 0, cap: 2 });
  expect([0, 1].map((symbol) => openPosition(venue, buy({ symbol })))).toEqual(['leverage-cap', null]);
});
