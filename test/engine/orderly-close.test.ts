import { describe, expect, test } from 'vitest';
import { withConfig } from '../../src/engine/engine.ts';
import { accountLevels } from '../../src/engine/guards/account-levels.ts';
import type { AccountLevelsConfig } from '../../src/engine/guards/account-levels-config.ts';
import type { AccountLevelsState } from '../../src/engine/level-zones.ts';
import { type CloseRule, createPlan, moveOn, nextShare } from '../../src/engine/orderly-close.ts';
import { type EngineScene, engineScene, play, story, tell } from '../support/engine-scene.ts';
import { flatTable } from '../support/flat-table.ts';
import { bookOf, HOUR, positionOf } from '../support/venue-scene.ts';

const MINUTE = HOUR / 60;

/** S3 29.3.1; an hour in four slices. */
const s3: AccountLevelsConfig = {
  warning: 2,
  critical: 1.5,
  liquidation: 1.2,
  target: 2,
  strategy: 'proportional',
  method: 'twap',
  slices: 4,
  durationMinutes: 60,
  priority: 'size',
  dynamic: { accountSize: [], strategyRisk: [], market: [], history: [] },
};

/** By symbol, the newest last; what a test does not state is not known. */
type Volumes = readonly (readonly number[])[];

/** A long of 1 at 100 with a margin of 21: at 79.9 there are 0.9 of 0.799, a level of 1.126. */
const long = { qty: '1', entry: '100', leverage: 5, addedMargin: '1' } as const;

type Setting = {
  readonly levels?: Partial<AccountLevelsConfig>;
  readonly held?: readonly Parameters<typeof positionOf>[0][];
  readonly account?: Parameters<typeof bookOf>[1];
  readonly volumes?: Volumes;
};

/** What was asked of the volumes is kept in `asked`. */
function sceneOf({ levels, held = [long], account, volumes = [] }: Setting = {}) {
  const asked: number[][] = [];
  const scene = engineScene({
    symbols: ['BTCUSDT', 'ETHUSDT'],
    marks: [100, 100],
    table: flatTable(0.01),
    book: bookOf(held.map(positionOf), account),
    guards: [withConfig(accountLevels, { ...s3, ...levels })],
  });
  const viewNow = () => {
    const view = scene.viewNow();
    const hourlyVolume = (symbol: number, time: number, hours: number) => {
      asked.push([symbol, time, hours]);
      return Float64Array.from(volumes[symbol] ?? []);
    };
    return { ...view, market: { ...view.market, hourlyVolume } };
  };
  return { ...scene, viewNow, asked };
}

function told(setting: Setting, text: string): void {
  expect(play(sceneOf(setting), text)).toBe(story(text));
}

const planOf = ({ engine }: EngineScene) =>
  (engine.state.guards['account-levels'] as AccountLevelsState).scopes[0]?.plan;

const wake = ({ engine }: EngineScene) => engine.watch.wake / MINUTE;

/** A day of hours, the oldest first: 1 but for those that are stated. */
function dayOf(stated: Readonly<Record<number, number>>): number[] {
  return Array.from({ length: 24 }, (_, hour) => stated[hour] ?? 1);
}

describe('twap: equal slices at equal times (S3 29.5.2, S1 execution strategies)', () => {
  test('four in an hour, the first at once; a level that comes back ends nothing', () => {
    told(
      {},
      `0:01 mark BTCUSDT 79.9 -> account-levels reduce liquidation BTCUSDT 0.25
       0:02 close BTCUSDT 0.25 @ 79.9 engine
       0:15 clock
       0:16 clock -> account-levels reduce liquidation BTCUSDT 0.25
       0:17 close BTCUSDT 0.25 @ 79.9 engine
       0:20 mark BTCUSDT 90 -> account-levels alert recovered
       0:31 clock -> account-levels reduce liquidation BTCUSDT 0.25
       0:32 close BTCUSDT 0.25 @ 90 engine
       0:46 clock -> account-levels close liquidation BTCUSDT 0.25
       0:47 close BTCUSDT 0.25 @ 90 engine
       1:01 clock`,
    );
  });

  test('of other slices and another time', () => {
    told(
      { levels: { slices: 2, durationMinutes: 20 } },
      `0:01 mark BTCUSDT 79.9 -> account-levels reduce liquidation BTCUSDT 0.5
       0:02 close BTCUSDT 0.5 @ 79.9 engine
       0:10 clock
       0:11 clock -> account-levels close liquidation BTCUSDT 0.5`,
    );
  });

  test('the engine asks to be woken for the next one, and for none after the last', () => {
    const scene = sceneOf({ levels: { slices: 2 } });
    expect(wake(scene)).toBe(Number.POSITIVE_INFINITY);
    play(scene, '0:01 mark BTCUSDT 79.9');
    expect(planOf(scene)).toEqual({ left: 1, next: 31 * MINUTE, weights: [] });
    expect(wake(scene)).toBe(31);
    play(scene, '0:02 close BTCUSDT 0.5 @ 79.9 engine\n0:31 clock');
    expect(planOf(scene)).toBeNull();
    expect(wake(scene)).toBe(Number.POSITIVE_INFINITY);
  });

  test('a slice that comes late moves those after it', () => {
    told(
      {},
      `0:01 mark BTCUSDT 79.9 -> account-levels reduce liquidation BTCUSDT 0.25
       0:02 close BTCUSDT 0.25 @ 79.9 engine
       0:20 clock -> account-levels reduce liquidation BTCUSDT 0.25
       0:21 close BTCUSDT 0.25 @ 79.9 engine
       0:34 clock
       0:35 clock -> account-levels reduce liquidation BTCUSDT 0.25`,
    );
  });

  test('while one is on its way the next is left out, those after it are larger, and the last takes all', () => {
    told(
      {},
      `0:01 mark BTCUSDT 79.9 -> account-levels reduce liquidation BTCUSDT 0.25
       0:16 clock
       0:17 close BTCUSDT 0.25 @ 79.9 engine
       0:31 clock -> account-levels reduce liquidation BTCUSDT 0.375
       0:46 clock -> account-levels close liquidation BTCUSDT 0.75`,
    );
  });

  test('what others sell in between makes the slices smaller', () => {
    told(
      {},
      `0:01 mark BTCUSDT 79.9 -> account-levels reduce liquidation BTCUSDT 0.25
       0:02 close BTCUSDT 0.25 @ 79.9 engine
       0:03 close BTCUSDT 0.3 @ 79.9 exit
       0:16 clock -> account-levels reduce liquidation BTCUSDT 0.15`,
    );
  });

  test('the first slice is named by the level that began it, those that follow by their number', () => {
    const scene = sceneOf();
    play(scene, '0:01 mark BTCUSDT 79.9\n0:02 close BTCUSDT 0.25 @ 79.9 engine');
    expect(tell(scene, { kind: 'clock', time: 16 * MINUTE })).toMatchObject([
      {
        kind: 'reduce',
        rule: 'liquidation',
        severity: 'emergency',
        measure: 'slice',
        observed: 2,
        threshold: 4,
      },
    ]);
  });

  test('once the last has filled nothing is left to check', () => {
    const scene = sceneOf({ levels: { slices: 1 } });
    expect(play(scene, '0:01 mark BTCUSDT 79.9')).toBe(
      '0:01 mark BTCUSDT 79.9 -> account-levels close liquidation BTCUSDT 1',
    );
    expect(play(scene, '0:02 close BTCUSDT 1 @ 79.9 engine')).toBe('0:02 close BTCUSDT 1 @ 79.9 engine');
  });

  test('a fall from CRITICAL in the midst of a plan sells nothing beside it', () => {
    told(
      {},
      `0:01 mark BTCUSDT 79.9 -> account-levels reduce liquidation BTCUSDT 0.25
       0:02 close BTCUSDT 0.25 @ 79.9 engine
       0:03 mark BTCUSDT 80.5 -> account-levels alert recovered
       0:04 mark BTCUSDT 79.5
       0:05 mark BTCUSDT 79.2`,
    );
  });
});

describe('vwap: as large as the hour of its time was the day before', () => {
  const levels = { method: 'vwap', durationMinutes: 120 } as const;

  test('from 0:30 on, four in two hours lie in the hours 0, 1, 1 and 2 of the day before', () => {
    // 1, 2, 2 and 1 of 6; what is left after each: 5/6, 3/6, 1/6.
    const scene = sceneOf({ levels, volumes: [dayOf({ 0: 100, 1: 200, 2: 100 })] });
    const text = `0:30 mark BTCUSDT 79.9 -> account-levels reduce liquidation BTCUSDT 0.166666667
       0:31 close BTCUSDT 0.166666666667 @ 79.9 engine
       1:00 clock -> account-levels reduce liquidation BTCUSDT 0.333333333
       1:01 close BTCUSDT 0.333333333334 @ 79.9 engine
       1:30 clock -> account-levels reduce liquidation BTCUSDT 0.333333333
       1:31 close BTCUSDT 0.333333333333 @ 79.9 engine
       2:00 clock -> account-levels close liquidation BTCUSDT 0.166666667`;
    expect(play(scene, text)).toBe(story(text));
    expect(scene.asked).toEqual([[0, 30 * MINUTE, 24]]);
  });

  test('a slice at the full hour belongs to the hour that begins', () => {
    const scene = sceneOf({ levels, volumes: [dayOf({ 0: 3, 1: 5 })] });
    play(scene, '3:00 mark BTCUSDT 79.9');
    expect(planOf(scene)?.weights).toEqual([{ key: '0/0/1', slices: [3, 3, 5, 5] }]);
  });

  test('beyond a day the hours begin again', () => {
    const volumes = [dayOf({ 0: 2, 12: 7, 23: 9 })];
    const scene = sceneOf({ levels: { ...levels, durationMinutes: 48 * 60 }, volumes });
    play(scene, '0:00 mark BTCUSDT 79.9');
    expect(planOf(scene)?.weights).toEqual([{ key: '0/0/1', slices: [2, 7, 2, 7] }]);
  });

  test.each([
    ['is missing', Number.NaN],
    ['is 0', 0],
    ['is no number', Number.POSITIVE_INFINITY],
  ])('where the volume of one of its hours %s the slices are equal', (_, volume) => {
    const scene = sceneOf({ levels, volumes: [dayOf({ 0: 100, 1: volume })] });
    expect(play(scene, '0:30 mark BTCUSDT 79.9')).toBe(
      '0:30 mark BTCUSDT 79.9 -> account-levels reduce liquidation BTCUSDT 0.25',
    );
    expect(planOf(scene)).toEqual({ left: 3, next: 60 * MINUTE, weights: [] });
  });

  test('each market by its own volumes, in the order of priority', () => {
    // Two longs in a cross scope of 20: 1.1 x 0.99 of them at 89.9 and 90.2 are kept at most.
    const shared = { entry: '100', leverage: 10, marginMode: 'cross' } as const;
    told(
      {
        levels: { method: 'vwap', slices: 2, durationMinutes: 120 },
        held: [
          { ...shared, qty: '1' },
          { ...shared, qty: '1', symbol: 'ETHUSDT' },
        ],
        account: { balance: '22', marginMode: 'cross' },
        volumes: [dayOf({ 0: 3 }), []],
      },
      `0:00 mark BTCUSDT 89.9 ETHUSDT 90.2 -> account-levels reduce liquidation ETHUSDT 0.5; account-levels reduce liquidation BTCUSDT 0.75
       0:01 close BTCUSDT 0.75 @ 89.9 engine
       0:02 close ETHUSDT 0.5 @ 90.2 engine
       1:00 clock -> account-levels close liquidation ETHUSDT 0.5; account-levels close liquidation BTCUSDT 0.25`,
    );
  });

  test('twap and iceberg look at no volume', () => {
    for (const method of ['twap', 'iceberg', 'immediate'] as const) {
      const scene = sceneOf({ levels: { method }, volumes: [dayOf({ 0: 9 })] });
      play(scene, '0:30 mark BTCUSDT 79.9');
      expect(scene.asked).toEqual([]);
    }
  });
});

describe('iceberg: each when the one before has filled', () => {
  const levels = { method: 'iceberg' } as const;

  test('four, and no clock', () => {
    told(
      { levels },
      `0:01 mark BTCUSDT 79.9 -> account-levels reduce liquidation BTCUSDT 0.25
       1:01 clock
       1:02 close BTCUSDT 0.25 @ 79.9 engine -> account-levels reduce liquidation BTCUSDT 0.25
       1:03 close BTCUSDT 0.25 @ 79.9 engine -> account-levels reduce liquidation BTCUSDT 0.25
       1:04 close BTCUSDT 0.25 @ 79.9 engine -> account-levels close liquidation BTCUSDT 0.25
       1:05 close BTCUSDT 0.25 @ 79.9 engine`,
    );
  });

  test('it wakes nobody, and part of a fill shows no more', () => {
    const scene = sceneOf({ levels });
    play(scene, '0:01 mark BTCUSDT 79.9');
    expect(wake(scene)).toBe(Number.POSITIVE_INFINITY);
    expect(planOf(scene)).toEqual({ left: 3, next: null, weights: [] });
    expect(play(scene, '0:02 close BTCUSDT 0.2 @ 79.9 engine')).toBe('0:02 close BTCUSDT 0.2 @ 79.9 engine');
  });

  test('one that was cancelled shows the next', () => {
    const scene = sceneOf({ levels });
    play(scene, '0:01 mark BTCUSDT 79.9');
    const order = { account: 0, symbol: 0, state: 'cancelled', reason: 'venue' } as const;
    expect(tell(scene, { kind: 'order-state', time: 2 * MINUTE, ...order })).toMatchObject([
      // A third of all, rounded up to 12 places.
      { kind: 'reduce', rule: 'liquidation', effect: { qty: 0.333_333_333_334 } },
    ]);
  });
});

describe('a plan by itself', () => {
  const rule: CloseRule = { method: 'twap', slices: 3, durationMinutes: 30 };
  const scene = sceneOf();
  const view = { ...scene.viewNow(), time: 5 * MINUTE };
  const [position] = view.positions;
  if (position === undefined) throw new Error('the scene holds a position');

  test('immediate is one slice, whatever is stated', () => {
    const plan = createPlan(view, [position], { ...rule, method: 'immediate' });
    expect(plan).toEqual({ left: 1, next: 5 * MINUTE, weights: [] });
    expect(nextShare(plan, position)).toBe(1);
  });

  test('twap: a third, a half, all; 10 minutes from one to the next', () => {
    const plan = createPlan(view, [position], rule);
    expect(plan).toEqual({ left: 3, next: 5 * MINUTE, weights: [] });
    expect(nextShare(plan, position)).toBe(1 / 3);
    moveOn(plan, 5 * MINUTE, rule);
    expect(plan).toEqual({ left: 2, next: 15 * MINUTE, weights: [] });
    expect(nextShare(plan, position)).toBe(1 / 2);
    moveOn(plan, 16 * MINUTE, rule);
    expect(plan).toEqual({ left: 1, next: 26 * MINUTE, weights: [] });
    expect(nextShare(plan, position)).toBe(1);
  });

  test('of the weights of a position the first that is left over all that are left', () => {
    const weights = [
      { key: '9/9/1', slices: [1, 1, 1] },
      { key: '0/0/1', slices: [1, 2, 5] },
    ];
    const plan = { left: 3, next: null, weights };
    expect(nextShare(plan, position)).toBe(1 / 8);
    moveOn(plan, 0, rule);
    expect(plan).toEqual({ left: 2, next: null, weights });
    expect(nextShare(plan, position)).toBe(2 / 7);
    expect(nextShare({ ...plan, left: 1 }, position)).toBe(1);
    expect(nextShare(plan, { ...position, symbol: 1 })).toBe(1 / 2);
  });
});
