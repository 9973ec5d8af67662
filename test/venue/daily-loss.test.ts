import { describe, expect, test } from 'vitest';
import { completeRun } from '../../src/replay/run.ts';
import { beginDay, closeAndHalt } from '../../src/venue/daily-loss.ts';
import { dailyLossBound } from '../../src/venue/order-watch.ts';
import { venueAt } from '../support/still-venue.ts';
import { barsOf, bookOf, HOUR, planOf, positionOf } from '../support/venue-scene.ts';
import { roundTrips } from '../support/walk.ts';

const held = bookOf([positionOf({ qty: '2', entry: '100', leverage: 2 })], { balance: '1000' });
const limited = { ...held, dailyLossLimits: [{ account: 'main', fraction: 0.05 }] };

describe('the daily limit of a venue', () => {
  test('lies at a share of the equity that the day began with', () => {
    const venue = venueAt({ book: limited, marks: [100], fees: { taker: 0.001 } });
    beginDay(venue, Float64Array.of(1000));
    const [account] = venue.state.accounts;
    if (account === undefined) throw new Error('the account must exist');
    expect([dailyLossBound(account), venue.watch.equityLow[0], venue.watch.limits]).toEqual([950, 950, true]);
    closeAndHalt(venue, 0);
    expect(account).toMatchObject({ positions: [], orders: [] });
    expect(account.wallets[0]?.ledger).toMatchObject({ fees: '0.2' });
    expect([dailyLossBound(account), venue.watch.limits]).toEqual([Number.NEGATIVE_INFINITY, false]);
    beginDay(venue, Float64Array.of(800));
    expect(dailyLossBound(account)).toBe(760);
    expect(venue.state.counts).toMatchObject({ intents: 1, filled: 1 });
  });

  test('is none where an account has none', () => {
    const venue = venueAt({ book: held, marks: [100] });
    beginDay(venue, Float64Array.of(1000));
    expect([venue.watch.equityLow[0], venue.watch.limits]).toEqual([Number.NEGATIVE_INFINITY, false]);
  });

  test('closes on the way where it is met, and lets nothing open before the next day', () => {
    // 1,000 less 2 x 25 is met at 75; liquidation would be at 50.25.
    const bars = [
      barsOf([[100, 100, 60, 70], ...Array.from({ length: 30 }, () => [70, 70, 70, 70] as const)]),
    ];
    const trips = roundTrips([
      { entry: 70, exit: 70, qty: '1', from: 2 * HOUR, to: 3 * HOUR },
      { entry: 70, exit: 71, qty: '1', from: 25 * HOUR, to: 26 * HOUR },
    ]);
    const happenings = [...trips.happenings, { rank: 'clock' as const, time: 24 * HOUR }];
    const run = completeRun(planOf({ bars, book: limited, ...trips, happenings }));
    expect(run.liquidations).toEqual([]);
    expect(run.trades).toMatchObject({ entered: 1, refused: 1, closed: 1 });
    expect(run.orders.reasons).toEqual([{ reason: 'daily-loss-limit', count: 1 }]);
    expect(run.endCash).toBe('951');
  });
});

test('a loss of exactly the limit is allowed, more is not', () => {
  // 1,000 less 2 x 25 = 950.
  const cashAfter = (low: number) =>
    completeRun(planOf({ bars: [barsOf([[100, 100, low, 100]])], book: limited })).endCash;
  expect([cashAfter(75), cashAfter(74.9)]).toEqual(['1000', '950']);
});

test('closing all sells longs and buys shorts back, at market, fees from the wallet', () => {
  const slippage = { halfSpreadBps: 100, impactCoefficient: 0, impactExponent: 0.5, maxBarShare: null };
  const book = bookOf([
    positionOf({ qty: '1', entry: '100', leverage: 2 }),
    positionOf({ symbol: 'ETHUSDT', qty: '-1', entry: '50', leverage: 25 }),
  ]);
  const venue = venueAt({
    book,
    marks: [100, 50],
    last: [90, 51],
    symbols: ['BTCUSDT', 'ETHUSDT'],
    config: { slippage },
    fees: { taker: 0.1 },
  });
  closeAndHalt(venue, 0);
  // Sold at 89.1, bought at 51.51; 10 % of both, more than the margin of the short.
  const { ledger } = venue.state.accounts[0]?.wallets[0] ?? { ledger: null };
  expect(ledger).toMatchObject({ realised: '-12.41', fees: '14.061' });
  expect(Number(venue.state.slippage.actual)).toBeCloseTo(0.9 + 0.51, 8);
  expect(() => closeAndHalt(venue, 7)).toThrow('account 7 must exist');
});
