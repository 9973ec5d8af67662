import { describe, expect, test } from 'vitest';
import { fireOrders, placeOrder } from '../../src/venue/resting-orders.ts';
import type { RestingOrder } from '../../src/venue/venue-state.ts';
import { restingOrder as order } from '../support/resting-order.ts';
import { venueAt } from '../support/still-venue.ts';
import { bookOf, positionOf } from '../support/venue-scene.ts';

const long = bookOf([positionOf({ qty: '10', entry: '100', leverage: 5 })]);
const settings = { fees: { maker: 0.001, taker: 0.01 } };

function placed(last: number, one: Partial<RestingOrder>, more: Partial<Parameters<typeof venueAt>[0]> = {}) {
  const venue = venueAt({ book: long, marks: [100], last: [last], ...settings, ...more });
  const { id: _, resumesAt: __, ...rest } = order(one);
  placeOrder(venue, 0, rest);
  const fired = fireOrders(venue);
  const { ledger } = venue.state.accounts[0]?.wallets[0] ?? { ledger: null };
  return { venue, fired, ledger, counts: venue.state.counts };
}

describe('fills', () => {
  test('a stop at market, as taker, at the price that it finds', () => {
    const { ledger, counts, fired } = placed(93, {});
    expect(fired).toBe(true);
    expect(ledger).toMatchObject({ realised: '-70', fees: '9.3' });
    expect(counts).toEqual({ intents: 1, filled: 1, partly: 0, rejected: 0 });
  });

  test('a limit at its price or better, as maker', () => {
    const limit = { kind: 'limit' as const, price: 105, qty: '4' };
    expect(placed(105, limit).ledger).toMatchObject({ realised: '20', fees: '0.42' });
    expect(placed(107, limit).ledger).toMatchObject({ realised: '28', fees: '0.428' });
    expect(placed(104.99, limit).fired).toBe(false);
  });

  test('no more than the position holds', () => {
    const { venue, ledger } = placed(93, { qty: '25' });
    expect(ledger?.realised).toBe('-70');
    expect(venue.state.accounts[0]).toMatchObject({ positions: [], orders: [] });
  });

  test('nothing where the venue does not trade, or nothing is held against it', () => {
    const { venue, fired } = placed(93, { side: 1, price: 90 });
    expect(fired).toBe(true);
    expect(venue.state.accounts[0]?.orders).toEqual([]);
    expect(venue.state.counts.filled).toBe(0);
    const [status] = venue.state.venues;
    if (status !== undefined) status.outage = true;
    placeOrder(venue, 0, order());
    expect(fireOrders(venue)).toBe(false);
  });

  test('with half the spread and the mean impact, told beside what was expected', () => {
    const slippage = { halfSpreadBps: 10, impactCoefficient: 1, impactExponent: 0.5, maxBarShare: null };
    const { venue, ledger } = placed(95, {}, { config: { slippage }, fees: { taker: 0 } });
    // 0.1 % and 0.04 x sqrt(10 / 10,000) x 2 / 3, of 95, for 10: sold that much lower.
    const share = 0.001 + (0.04 * Math.sqrt(0.001) * 2) / 3;
    expect(Number(ledger?.realised)).toBeCloseTo(-50 - 950 * share, 7);
    expect(Number(venue.state.slippage.expected)).toBeCloseTo(950 * share, 7);
    expect(Number(venue.state.slippage.actual)).toBeCloseTo(950 * share, 7);
  });

  test('in parts where a share of the bar is all it gets, the rest in the next bar at market', () => {
    const slippage = { halfSpreadBps: 0, impactCoefficient: 0, impactExponent: 0.5, maxBarShare: 0.04 };
    const { venue, ledger, counts } = placed(95, {}, { config: { slippage } });
    // 4 % of a bar of 100.
    expect(ledger?.realised).toBe('-20');
    expect(counts).toEqual({ intents: 1, filled: 0, partly: 1, rejected: 0 });
    expect(venue.state.accounts[0]?.orders).toMatchObject([{ qty: '6', resumesAt: 1000 }]);
    expect(venue.watch.wake).toBe(1000);
    venue.state.time = 999;
    expect(fireOrders(venue)).toBe(false);
    venue.state.time = 1000;
    venue.prices.last[0] = 97;
    expect(fireOrders(venue)).toBe(true);
    expect(ledger?.realised).toBe('-32');
    // The bar is over: without another one the rest goes on a millisecond later.
    expect(venue.state.accounts[0]?.orders).toMatchObject([{ qty: '2', resumesAt: 1001 }]);
    venue.state.time = 1001;
    fireOrders(venue);
    expect(counts).toEqual({ intents: 1, filled: 1, partly: 1, rejected: 0 });
    expect(venue.state.accounts[0]).toMatchObject({ positions: [], orders: [] });
  });
});

test('two orders at one price fire in the order in which they were placed, and the second has what is left', () => {
  const venue = venueAt({ book: long, marks: [100], last: [94], ...settings });
  placeOrder(venue, 0, order({ qty: '7' }));
  placeOrder(venue, 0, order({ qty: '7', price: 94.5 }));
  fireOrders(venue);
  expect(venue.state.accounts[0]?.wallets[0]?.ledger.realised).toBe('-60');
  expect(venue.state.counts.filled).toBe(2);
});

describe('orders of several symbols', () => {
  const symbols = ['BTCUSDT', 'ETHUSDT'];
  const both = bookOf([
    positionOf({ qty: '1', entry: '100', leverage: 5 }),
    positionOf({ symbol: 'ETHUSDT', qty: '-1', entry: '100', leverage: 5 }),
  ]);

  test('fire against their own position, and are cancelled with it alone', () => {
    const venue = venueAt({ book: both, marks: [100, 100], last: [94, 100], symbols, ...settings });
    placeOrder(venue, 0, order());
    placeOrder(venue, 0, order({ kind: 'take-profit', price: 120 }));
    placeOrder(venue, 0, order({ symbol: 1, side: 1, price: 110 }));
    placeOrder(
      venue,
      0,
      order({
        side: 1,
        qty: '1',
        kind: 'limit',
        price: 80,
        opens: { leverage: 2, marginMode: 'cross', contract: 'linear' },
      }),
    );
    fireOrders(venue);
    const [account] = venue.state.accounts;
    expect(account?.positions.map(({ symbol }) => symbol)).toEqual([1]);
    expect(account?.orders.map(({ id }) => id)).toEqual([2, 3]);
  });

  test('a limit buys at its price or lower', () => {
    const venue = venueAt({ book: both, marks: [100, 100], last: [100, 88], symbols, ...settings });
    placeOrder(venue, 0, order({ symbol: 1, side: 1, kind: 'limit', price: 90 }));
    fireOrders(venue);
    expect(venue.state.accounts[0]?.wallets[0]?.ledger).toMatchObject({ realised: '12', fees: '0.088' });
  });

  test('an order that closes pays its fee from the wallet, whatever its margin', () => {
    const venue = venueAt({ book: both, marks: [100, 100], last: [81, 100], symbols, fees: { taker: 0.5 } });
    placeOrder(venue, 0, order());
    fireOrders(venue);
    expect(venue.state.accounts[0]?.wallets[0]?.ledger).toMatchObject({ realised: '-19', fees: '40.5' });
  });

  test('an order that may open is refused and gone where the account cannot pay', () => {
    const venue = venueAt({ book: bookOf([], { balance: '10' }), marks: [100], last: [79], ...settings });
    placeOrder(
      venue,
      0,
      order({
        side: 1,
        qty: '1',
        kind: 'limit',
        price: 80,
        opens: { leverage: 2, marginMode: 'cross', contract: 'linear' },
      }),
    );
    fireOrders(venue);
    expect(venue.state.accounts[0]).toMatchObject({ positions: [], orders: [] });
    expect(venue.state.counts).toEqual({ intents: 1, filled: 0, partly: 0, rejected: 1 });
  });
});

describe('beside a position of the same side', () => {
  const longs = bookOf([
    positionOf({ qty: '1', entry: '100', leverage: 5 }),
    positionOf({ symbol: 'ETHUSDT', qty: '2', entry: '50', leverage: 5 }),
  ]);

  test('an order closes its own symbol, and its orphans go', () => {
    const venue = venueAt({
      book: longs,
      marks: [100, 50],
      last: [100, 44],
      symbols: ['BTCUSDT', 'ETHUSDT'],
      ...settings,
    });
    placeOrder(venue, 0, order({ symbol: 1, price: 45 }));
    placeOrder(venue, 0, order({ symbol: 1, kind: 'take-profit', price: 60 }));
    placeOrder(venue, 0, order({ price: 90 }));
    // Whoever buys reduces nothing of a long, so it rests for nothing.
    placeOrder(venue, 0, order({ side: 1, price: 110 }));
    fireOrders(venue);
    const [account] = venue.state.accounts;
    expect(account?.wallets[0]?.ledger.realised).toBe('-12');
    expect(account?.positions.map(({ symbol }) => symbol)).toEqual([0]);
    expect(account?.orders.map(({ id }) => id)).toEqual([2]);
  });

  test('an order that opens belongs to no trade', () => {
    const venue = venueAt({ book: bookOf([]), marks: [100], last: [79], ...settings });
    const opens = { leverage: 2, marginMode: 'cross' as const, contract: 'linear' as const };
    placeOrder(venue, 0, order({ side: 1, qty: '1', kind: 'limit', price: 80, opens }));
    fireOrders(venue);
    expect(venue.state.accounts[0]?.positions).toMatchObject([{ owners: [{ trade: -1, qty: '1' }] }]);
  });
});

test('the rest of an order that filled in part is told against the price of its own moment', () => {
  const slippage = { halfSpreadBps: 0, impactCoefficient: 0, impactExponent: 0.5, maxBarShare: 0.05 };
  const { venue } = placed(93, {}, { config: { slippage } });
  // Five sold 2 below the stop; then five at the market, whatever the stop was.
  expect(venue.state.slippage.actual).toBe('10');
  venue.state.time = 1000;
  venue.prices.last[0] = 97;
  fireOrders(venue);
  expect(venue.state.slippage.actual).toBe('10');
  expect(venue.state.counts).toMatchObject({ filled: 1, partly: 1 });
});

test('a known exit pays its fee from the wallet, whatever its margin', () => {
  const venue = venueAt({ book: long, marks: [100], last: [81], ...settings });
  // 10 long from 100 at 5x hold 200: 190 are lost at 81, and the fee of 81 is more than what is left.
  placeOrder(
    venue,
    0,
    order({ kind: 'known-exit', price: 81, exit: { trade: -1, above: false, feeRate: 0.1 } }),
  );
  fireOrders(venue);
  expect(venue.state.accounts[0]?.wallets[0]?.ledger).toMatchObject({ realised: '-190', fees: '81' });
});

describe('a known exit', () => {
  test('fills whole at its own price and fee, whatever the market and the bar', () => {
    const slippage = { halfSpreadBps: 50, impactCoefficient: 1, impactExponent: 0.5, maxBarShare: 0.01 };
    const venue = venueAt({ book: long, marks: [100], last: [93], config: { slippage }, ...settings });
    const own = venue.state.accounts[0]?.positions[0];
    if (own === undefined) throw new Error('the position must exist');
    own.owners = [
      { trade: 4, qty: '6' },
      { trade: 5, qty: '4' },
    ];
    placeOrder(venue, 0, order({ kind: 'known-exit', exit: { trade: 4, above: false, feeRate: 0.002 } }));
    placeOrder(
      venue,
      0,
      order({ kind: 'known-exit', price: 94, exit: { trade: 5, above: false, feeRate: null } }),
    );
    fireOrders(venue);
    expect(venue.state.knownExits).toEqual([
      { trade: 4, pnl: expect.closeTo(-30 - 1.14, 10) },
      { trade: 5, pnl: expect.closeTo(-24 - 3.76, 10) },
    ]);
    expect(venue.state.slippage).toEqual({ expected: '0', actual: '0' });
    expect(venue.state.counts).toEqual({ intents: 2, filled: 2, partly: 0, rejected: 0 });
  });
});
