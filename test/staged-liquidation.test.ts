/** A staged liquidation in a run: its pause ends by itself, whatever the path, and holds nothing up. */
import { describe, expect, test } from 'vitest';
import { drive } from '../src/replay/drive.ts';
import { completeRun, createRun, moneyOf, reportRun } from '../src/replay/run.ts';
import type { Run } from '../src/replay/run-state.ts';
import { venueOf } from '../src/venue/venue.ts';
import { flatTable } from './support/flat-table.ts';
import { barsOf, bookOf, HOUR, planOf, positionOf, type Scene, venueOfTable } from './support/venue-scene.ts';

const MINUTE = 60_000;
type Row = readonly [number, number, number, number];

/** Of test/venue/cooldown.test.ts: at 9,645 a fifth of 20 coins goes, and the rest is still broken. */
function sceneOf(rows: readonly Row[], interval: number, more: Partial<Scene> = {}): Scene {
  return {
    bars: [barsOf([[10_000, 10_000, 10_000, 10_000], ...rows], { interval })],
    book: bookOf([positionOf({ qty: '20', entry: '10000', leverage: 20 })]),
    specs: [venueOfTable(flatTable(0.02), { profile: 'staged' })],
    ...more,
  };
}

const flat: Row = [9645, 9645, 9645, 9645];
const sold = (scene: Scene) => completeRun(planOf(scene)).liquidations.map(({ time, qty }) => [time, qty]);

describe('the pause ends', () => {
  test('by itself at a price that does not move, 30 s after the first part', () => {
    expect(sold(sceneOf([flat, flat, flat], HOUR))).toEqual([
      [HOUR, '-4'],
      [HOUR + 30_000, '-16'],
    ]);
  });

  test('at the first point behind it, where the run acts at points alone', () => {
    // Points of a bar of a minute lie 20 s apart.
    expect(sold(sceneOf([flat, flat], MINUTE, { legs: 'jump' }))).toEqual([
      [MINUTE, '-4'],
      [MINUTE + 40_000, '-16'],
    ]);
  });

  test('without a sale where the price has come back, and a later fall begins anew', () => {
    // Flat for 20 s, then up to 9,955 within 20 s: at 30 s it is 9,800.
    const rows: Row[] = [
      [9645, 9955, 9645, 9955],
      [9955, 9955, 9955, 9955],
      [9955, 9955, 9955, 9955],
    ];
    expect(sold(sceneOf(rows, MINUTE))).toEqual([[MINUTE, '-4']]);
    // 2,900 of equity are then enough for 12.8 coins: 2 % of 123,456 is 2,469.12.
    expect(sold(sceneOf([...rows, [9645, 9645, 9645, 9645]], MINUTE))).toEqual([
      [MINUTE, '-4'],
      [4 * MINUTE, '-3.2'],
    ]);
  });

  test('when an outage is over that began within it', () => {
    const at = (time: number, on: boolean) =>
      ({ rank: 'venue', time, event: { kind: 'outage', venue: 0, on } }) as const;
    const happenings = [at(MINUTE + 10_000, true), at(3 * MINUTE + 5000, false)];
    expect(sold(sceneOf([flat, flat, flat, flat], MINUTE, { happenings }))).toEqual([
      [MINUTE, '-4'],
      [3 * MINUTE + 5000, '-16'],
    ]);
  });
});

test('the backstop is found on the way within the pause, at its own price', () => {
  const run = completeRun(planOf(sceneOf([[9645, 9645, 9500, 9600]], MINUTE)));
  const [, last] = run.liquidations;
  // 8,580 + 16 (P - 10,000) = 2 / 3 x 0.32 P.
  const price = 151_420 / (16 - (0.32 * 2) / 3);
  expect(last).toMatchObject({ qty: '-16', shortfall: '0' });
  expect([last?.mark, last?.price]).toEqual([expect.closeTo(price, 8), expect.closeTo(price, 8)]);
  expect(Number(last?.fee)).toBeCloseTo(8580 + 16 * (price - 10_000), 6);
  // It takes 20 s from 9,645 to 9,500.
  expect(last?.time).toBe(Math.round(MINUTE + (20_000 * (9645 - price)) / 145));
  expect(run.endCash).toBe('90000');
});

test('a run that is stopped within the pause, saved and loaded, ends as the unbroken one', () => {
  const plan = planOf(sceneOf([flat, flat, flat], MINUTE));
  const whole = createRun(plan);
  const start = moneyOf(whole.venue);
  drive(whole);
  const unbroken = JSON.stringify(reportRun(whole, start));
  let paused = 0;
  for (let stop = 0; stop <= plan.path.time.length; stop += 1) {
    const first = createRun(plan);
    drive(first, stop);
    paused += first.venue.state.accounts[0]?.cooldowns.length ?? 0;
    const second = revived(first);
    drive(second);
    expect(JSON.stringify(reportRun(second, start))).toBe(unbroken);
  }
  expect(paused).toBeGreaterThan(0);
});

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
