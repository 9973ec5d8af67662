import { describe, expect, test } from 'vitest';
import { drive } from '../../src/replay/drive.ts';
import { createRun, moneyOf, reportRun } from '../../src/replay/run.ts';
import type { Run } from '../../src/replay/run-state.ts';
import type { Happening } from '../../src/replay/timeline.ts';
import { venueOf } from '../../src/venue/venue.ts';
import { bookOf, frictionless, HOUR, planOf, positionOf, type Scene } from '../support/venue-scene.ts';
import { fundingEvery, roundTrips, walkBars } from '../support/walk.ts';

/** The same run in another process: its state through JSON, everything derived made anew. */
function revived(run: Run): Run {
  const { world, state, prices } = run.venue;
  const saved = { last: prices.last.slice(), mark: prices.mark.slice() };
  return {
    ...run,
    venue: venueOf(world, JSON.parse(JSON.stringify(state)), saved),
    recorder: structuredClone(run.recorder),
    trades: structuredClone(run.trades),
    equity: run.equity.slice(),
    place: { ...run.place },
  };
}

const trips = roundTrips([
  { entry: 100, exit: 99, qty: '1', from: 2 * HOUR, to: 9 * HOUR },
  { entry: 101, exit: 100.5, qty: '2', from: 3.4 * HOUR, to: 12 * HOUR, window: HOUR, side: -1 },
]);
const venueEvents: Happening[] = [
  { rank: 'venue', time: 15.2 * HOUR, event: { kind: 'outage', venue: 0, on: true } },
  { rank: 'venue', time: 18 * HOUR, event: { kind: 'outage', venue: 0, on: false } },
  { rank: 'transfer', time: 20 * HOUR, event: { kind: 'transfer', account: 0, asset: 'USDT', amount: '-5' } },
  { rank: 'clock', time: 24 * HOUR },
];
const order = {
  account: 'main',
  symbol: 'BTCUSDT',
  kind: 'stop-market' as const,
  qty: null,
  price: '97',
  trigger: 'last' as const,
  reduceOnly: true,
  leverage: 1,
  contract: 'linear' as const,
};
const scene: Scene = {
  bars: [walkBars(21, 30, 'BTCUSDT', 0.02), walkBars(22, 30, 'ETHUSDT', 0.02)],
  book: {
    ...bookOf(
      [
        positionOf({ qty: '30', entry: '100', leverage: 5, marginMode: 'cross' }),
        positionOf({ qty: '-9', entry: '100', leverage: 20, symbol: 'ETHUSDT' }),
      ],
      { balance: '900', positionMode: 'hedge' },
    ),
    orders: [order],
    dailyLossLimits: [{ account: 'main', fraction: 0.12 }],
  },
  config: {
    ...frictionless,
    fees: { maker: 0.0002, taker: 0.0005, liquidation: 0.01 },
    slippage: { halfSpreadBps: 1, impactCoefficient: 1, impactExponent: 0.5, maxBarShare: 0.01 },
  },
  ...trips,
  happenings: [...trips.happenings, ...venueEvents, ...fundingEvery(30, 4, 0.001)],
};

describe('drive', () => {
  test('stopped at any instant, saved, loaded and gone on with, ends as the unbroken run to the last byte', () => {
    const plan = planOf(scene);
    const whole = createRun(plan);
    const start = moneyOf(whole.venue);
    drive(whole);
    const unbroken = JSON.stringify(reportRun(whole, start));
    const { liquidations, orders } = JSON.parse(unbroken);
    expect(liquidations.length + orders.filled).toBeGreaterThan(2);
    for (let stop = 0; stop <= plan.path.time.length; stop += 1) {
      const first = createRun(plan);
      drive(first, stop);
      const second = revived(first);
      drive(second);
      expect(JSON.stringify(reportRun(second, start))).toBe(unbroken);
    }
  });

  test('leaves the path and the timeline as they are', () => {
    const plan = planOf(scene);
    const before = structuredClone({ path: plan.path, rows: plan.timeline.rows });
    drive(createRun(plan));
    expect({ path: plan.path, rows: plan.timeline.rows }).toEqual(before);
  });
});
