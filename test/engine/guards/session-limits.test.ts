import { describe, expect, test } from 'vitest';
import { withConfig } from '../../../src/engine/engine.ts';
import { sessionLimits } from '../../../src/engine/guards/session-limits.ts';
import {
  type SessionLimitsConfig,
  sessionLimitsConfig,
} from '../../../src/engine/guards/session-limits-config.ts';
import {
  type EngineScene,
  type EngineSettings,
  engineScene,
  play,
  story,
  tell,
} from '../../support/engine-scene.ts';
import { bookOf, HOUR, positionOf } from '../../support/venue-scene.ts';

const off: SessionLimitsConfig = {
  dailyLoss: null,
  weeklyDrawdown: null,
  tradesPerDay: null,
  ordersPerMinute: null,
};
/** S4, session level. */
const day3 = { dailyLoss: 0.03 };
const week8 = { weeklyDrawdown: 0.08 };

type Setting = Partial<Omit<EngineSettings, 'guards' | 'book'>> & {
  readonly config?: Partial<SessionLimitsConfig>;
};

/** 1000 and a long of 10 at 100: equity is 10 x the price, so that a price of 97 is a loss of 3 %. */
function sceneOf({ config = {}, ...rest }: Setting = {}): EngineScene {
  const held = positionOf({ qty: '10', entry: '100', leverage: 5, marginMode: 'cross' });
  return engineScene({
    symbols: ['BTCUSDT', 'ETHUSDT'],
    marks: [100, 1],
    book: bookOf([held], { balance: '1000', marginMode: 'cross' }),
    guards: [withConfig(sessionLimits, { ...off, ...config })],
    ...rest,
  });
}

function told(setting: Setting, text: string): void {
  expect(play(sceneOf(setting), text)).toBe(story(text));
}

const near = (value: number): number => expect.closeTo(value, 9);

function marksAt(scene: EngineScene, price: number) {
  scene.venue.prices.mark[0] = price;
  scene.venue.prices.last[0] = price;
  return tell(scene, { kind: 'marks', time: scene.engine.state.time });
}

const order = 'order ETHUSDT +1 @ 1 x1';
const open = 'open ETHUSDT +1 @ 1 x1';
const allow = 'engine allow within-limits 1';

describe('daily loss (S4: 3 %), unrealised included, from the start of the UTC day (RULES 3.6)', () => {
  test('3 % reaches the limit, more halts until 00:00 UTC', () => {
    told(
      { config: day3 },
      `0:01 mark BTCUSDT 98.51
       0:02 mark BTCUSDT 98.5 -> session-limits alert daily-loss
       0:03 mark BTCUSDT 97.75 -> session-limits alert daily-loss
       0:04 mark BTCUSDT 97 -> session-limits alert daily-loss
       0:05 ${order} -> ${allow}
       0:06 mark BTCUSDT 96.999999 -> session-limits halt daily-loss
       0:07 ${order} -> session-limits deny halted-daily-loss 0
       23:59 ${order} -> session-limits deny halted-daily-loss 0
       24:00 clock -> session-limits resume daily-loss; session-limits alert daily-loss-recovered
       24:01 ${order} -> ${allow}`,
    );
  });

  test('named by what was lost, the limit and the end of the day', () => {
    const scene = sceneOf({ config: day3 });
    play(scene, '7:00 mark BTCUSDT 97');
    const finding = { rule: 'daily-loss', severity: 'critical', measure: 'dailyLoss', threshold: 0.03 };
    expect(marksAt(scene, 95)).toMatchObject([
      {
        ...finding,
        guard: 'session-limits',
        kind: 'halt',
        observed: near(0.05),
        effect: { kind: 'halt', until: 24 * HOUR, manual: false },
      },
    ]);
    expect(scene.engine.state.halts).toEqual([
      {
        ...{ guard: 'session-limits', rule: 'daily-loss', since: 7 * HOUR, until: 24 * HOUR, manual: false },
        why: { measure: 'dailyLoss', observed: near(0.05), threshold: 0.03 },
      },
    ]);
    // Who is denied by it is told the same.
    expect(tellOrder(scene)[0]?.reasons).toMatchObject([
      { rule: 'halted-daily-loss', measure: 'dailyLoss', observed: near(0.05), threshold: 0.03 },
    ]);
  });

  test('on a later day until the end of that one', () => {
    const scene = sceneOf({ config: day3 });
    play(scene, '48:00 clock\n50:00 mark BTCUSDT 90');
    expect(scene.engine.state.halts).toMatchObject([{ since: 50 * HOUR, until: 72 * HOUR }]);
  });

  test('of another limit', () => {
    told(
      { config: { dailyLoss: 0.02 } },
      `0:01 mark BTCUSDT 98 -> session-limits alert daily-loss
       0:02 mark BTCUSDT 97.999 -> session-limits halt daily-loss`,
    );
    told({ config: off }, '0:01 mark BTCUSDT 91');
  });

  test('the positions stay, and what lowers them passes; it halts once, however often it is passed again', () => {
    told(
      { config: day3 },
      `0:01 mark BTCUSDT 96 -> session-limits alert daily-loss; session-limits halt daily-loss
       0:02 order BTCUSDT -4 @ 96 x5 -> ${allow.replace('1', '4')}
       0:03 mark BTCUSDT 97.1
       0:04 mark BTCUSDT 96`,
    );
  });

  test('the next day begins at its own equity', () => {
    // 3 % of 950 is 28.5: at 92.15.
    told(
      { config: day3 },
      `1:00 mark BTCUSDT 95 -> session-limits alert daily-loss; session-limits halt daily-loss
       24:00 clock -> session-limits resume daily-loss; session-limits alert daily-loss-recovered
       25:00 mark BTCUSDT 92.15 -> session-limits alert daily-loss
       26:00 mark BTCUSDT 92.149 -> session-limits halt daily-loss
       48:00 clock -> session-limits resume daily-loss; session-limits alert daily-loss-recovered`,
    );
  });

  test('a transfer is no gain and no loss: the base moves with it (RULES 3.7)', () => {
    told(
      { config: day3 },
      `0:01 transfer -500
       0:02 mark BTCUSDT 99.25 -> session-limits alert daily-loss
       0:03 mark BTCUSDT 98.499 -> session-limits alert daily-loss; session-limits halt daily-loss`,
    );
    told(
      { config: day3 },
      `0:01 transfer 1000
       0:02 mark BTCUSDT 97.001
       0:03 transfer -1000 -> session-limits alert daily-loss`,
    );
  });

  test('an operator resumes no halt that has a time', () => {
    told(
      { config: day3 },
      `0:01 mark BTCUSDT 96 -> session-limits alert daily-loss; session-limits halt daily-loss
       0:02 operator resume
       0:03 ${order} -> session-limits deny halted-daily-loss 0`,
    );
  });
});

describe('weekly drawdown (S4: 8 %, manual intervention), from the highest equity since Monday', () => {
  test('8 % reaches the limit, more halts until an operator resumes', () => {
    told(
      { config: week8 },
      `0:01 mark BTCUSDT 96 -> session-limits alert weekly-drawdown
       0:02 mark BTCUSDT 94 -> session-limits alert weekly-drawdown
       0:03 mark BTCUSDT 92 -> session-limits alert weekly-drawdown
       0:04 mark BTCUSDT 91.9999 -> session-limits halt weekly-drawdown
       24:00 clock
       96:00 clock -> session-limits alert weekly-drawdown-recovered
       200:00 ${order} -> session-limits deny halted-weekly-drawdown 0
       201:00 operator resume -> session-limits resume weekly-drawdown
       202:00 ${order} -> ${allow}`,
    );
  });

  test('named by the fall, the limit, and by no time', () => {
    const scene = sceneOf({ config: week8 });
    marksAt(scene, 92);
    expect(marksAt(scene, 90)).toMatchObject([
      {
        kind: 'halt',
        rule: 'weekly-drawdown',
        severity: 'critical',
        measure: 'weekDrawdown',
        observed: near(0.1),
        threshold: 0.08,
        effect: { kind: 'halt', until: null, manual: true },
      },
    ]);
  });

  test('from the peak of the week: 8 % of 1100 are 88', () => {
    told(
      { config: week8 },
      `0:01 mark BTCUSDT 110
       0:02 mark BTCUSDT 101.2 -> session-limits alert weekly-drawdown
       0:03 mark BTCUSDT 101.19 -> session-limits halt weekly-drawdown`,
    );
  });

  test('a new week begins at Monday 00:00 UTC at its own equity, a day before it does not', () => {
    // The first of January 1970 was a Thursday: Monday is four days later.
    told(
      { config: week8 },
      `0:01 mark BTCUSDT 95 -> session-limits alert weekly-drawdown
       72:00 clock
       95:59 mark BTCUSDT 93 -> session-limits alert weekly-drawdown
       96:00 clock -> session-limits alert weekly-drawdown-recovered
       97:00 mark BTCUSDT 89.29
       98:00 mark BTCUSDT 89.28 -> session-limits alert weekly-drawdown`,
    );
  });

  test('a resume restarts the base at the equity of that moment, and the limit holds from there on (RULES 3.7)', () => {
    told(
      { config: week8 },
      `0:01 mark BTCUSDT 91 -> session-limits alert weekly-drawdown; session-limits halt weekly-drawdown
       0:02 operator resume -> session-limits resume weekly-drawdown; session-limits alert weekly-drawdown-recovered
       0:03 mark BTCUSDT 83 -> session-limits halt weekly-drawdown`,
    );
  });

  test('both limits halt by themselves', () => {
    told(
      { config: { ...day3, ...week8 } },
      `0:01 mark BTCUSDT 91 -> session-limits alert daily-loss; session-limits halt daily-loss; session-limits alert weekly-drawdown; session-limits halt weekly-drawdown
       24:00 clock -> session-limits resume daily-loss; session-limits alert daily-loss-recovered
       24:01 ${order} -> session-limits deny halted-weekly-drawdown 0`,
    );
  });
});

describe('trades of a day (S4: 20): opening fills, the n-th is allowed, the next denied (RULES 3.6)', () => {
  const config = { tradesPerDay: 4 };

  test('four, with alerts on the way, until 00:00 UTC', () => {
    told(
      { config },
      `1:00 ${open}
       2:00 ${open} -> session-limits alert trades-per-day
       3:00 ${open} -> session-limits alert trades-per-day
       3:01 ${order} -> ${allow}
       4:00 ${open} -> session-limits alert trades-per-day
       5:00 ${order} -> session-limits deny trades-per-day 0
       23:59 ${order} -> session-limits deny trades-per-day 0
       24:00 ${order} -> ${allow}; session-limits alert trades-per-day-recovered
       24:01 ${open}`,
    );
  });

  test('what closes is no trade', () => {
    told(
      { config: { tradesPerDay: 1 } },
      `1:00 close BTCUSDT 5 @ 100 exit
       2:00 ${order} -> ${allow}
       3:00 ${open} -> session-limits alert trades-per-day
       4:00 order BTCUSDT -5 @ 100 x5 -> ${allow.replace('1', '5')}
       5:00 ${order} -> session-limits deny trades-per-day 0`,
    );
  });

  test('a day that turns is told by its clock as well, or by the first fill of it', () => {
    told(
      { config },
      `1:00 ${open}
       1:00 ${open} -> session-limits alert trades-per-day
       24:00 clock -> session-limits alert trades-per-day-recovered
       25:00 ${open}
       26:00 ${open} -> session-limits alert trades-per-day
       48:00 close BTCUSDT 5 @ 100 exit -> session-limits alert trades-per-day-recovered`,
    );
  });

  test('named by the trade that it would be', () => {
    const scene = sceneOf({ config: { tradesPerDay: 1 } });
    play(scene, `1:00 ${open}`);
    const [denied] = tellOrder(scene);
    expect(denied).toMatchObject({
      kind: 'deny',
      guard: 'session-limits',
      rule: 'trades-per-day',
      severity: 'warning',
      measure: 'tradesOfDay',
      observed: 2,
      threshold: 1,
    });
    expect(denied?.reasons).toMatchObject([{ guard: 'session-limits', rule: 'trades-per-day' }]);
  });
});

/** The same order as in the stories, by its decision. */
function tellOrder(scene: EngineScene, time = scene.engine.state.time) {
  return tell(scene, {
    kind: 'order',
    time,
    order: {
      id: 1,
      account: 0,
      symbol: 1,
      contract: 'linear',
      side: 1,
      qty: 1,
      price: 1,
      leverage: 1,
      marginMode: 'isolated',
      stop: null,
      reduceOnly: false,
      strategy: null,
      sector: null,
      model: null,
      halfSpread: 0,
      impact: 0,
    },
  });
}

describe('orders of a minute: the n-th is allowed, the next denied, whether it passed or not', () => {
  const config = { ordersPerMinute: 4 };

  test('four within 60 seconds; what was sent 60 seconds ago counts no more', () => {
    told(
      { config },
      `0:00 ${order} -> ${allow}
       0:0.25 ${order} -> ${allow}; session-limits alert orders-per-minute
       0:0.5 ${order} -> ${allow}; session-limits alert orders-per-minute
       0:0.75 ${order} -> ${allow}; session-limits alert orders-per-minute
       0:0.99 ${order} -> session-limits deny orders-per-minute 0
       0:1 ${order} -> session-limits deny orders-per-minute 0
       0:1.74 ${order} -> ${allow}
       0:1.745 ${order} -> session-limits deny orders-per-minute 0`,
    );
  });

  test('after a minute of silence the way back is said', () => {
    told(
      { config: { ordersPerMinute: 8 } },
      `0:00 ${order} -> ${allow}
       0:00 ${order} -> ${allow}
       0:00 ${order} -> ${allow}
       0:00 ${order} -> ${allow}; session-limits alert orders-per-minute
       0:00.9 ${order} -> ${allow}
       0:01.9 ${order} -> ${allow}; session-limits alert orders-per-minute-recovered`,
    );
  });

  test('an order that only lowers what is held is not counted', () => {
    told(
      { config: { ordersPerMinute: 1 } },
      `0:00 order BTCUSDT -1 @ 100 x5 -> ${allow}
       0:00 order BTCUSDT -1 @ 100 x5 -> ${allow}
       0:00 ${order} -> ${allow}; session-limits alert orders-per-minute
       0:00 order BTCUSDT -1 @ 100 x5 -> ${allow}
       0:00 ${order} -> session-limits deny orders-per-minute 0`,
    );
  });

  test('named by how many there were', () => {
    const scene = sceneOf({ config: { ordersPerMinute: 2 } });
    tellOrder(scene);
    tellOrder(scene);
    expect(tellOrder(scene)[0]).toMatchObject({
      kind: 'deny',
      rule: 'orders-per-minute',
      severity: 'warning',
      measure: 'ordersOfMinute',
      observed: 3,
      threshold: 2,
    });
  });
});

describe('what an order uses of each limit', () => {
  test('losses as they stand, counts with it and without; a gain uses nothing', () => {
    const config = { ...day3, ...week8, tradesPerDay: 20, ordersPerMinute: 10 };
    const scene = sceneOf({ config });
    play(scene, `0:01 ${open}`);
    const guard = 'session-limits';
    marksAt(scene, 98);
    expect(tellOrder(scene)[0]?.uses).toEqual([
      { guard, limit: 'daily-loss', use: near(2 / 3), before: near(2 / 3) },
      { guard, limit: 'weekly-drawdown', use: near(0.25), before: near(0.25) },
      { guard, limit: 'trades-per-day', use: 0.1, before: 0.05 },
      { guard, limit: 'orders-per-minute', use: 0.1, before: 0 },
    ]);
    marksAt(scene, 105);
    expect(tellOrder(scene)[0]?.uses.map(({ use }) => use)).toEqual([0, 0, 0.1, 0.2]);
  });

  test('limits that are off have no use', () => {
    expect(tellOrder(sceneOf())[0]?.uses).toEqual([]);
  });
});

describe('what it watches and reports', () => {
  const point = ({ engine }: EngineScene) => engine.watch.point;
  const none = Number.POSITIVE_INFINITY;
  const close = (value: number): number => expect.closeTo(value, 5);

  test('the next share of each loss on either side', () => {
    const scene = sceneOf({ config: { ...day3, ...week8 } });
    expect(point(scene)).toMatchObject({ totalLow: close(985), totalHigh: none });
    expect(point(scene)).toMatchObject({ weekLow: close(0.96), weekHigh: none, peakLow: -none });
    marksAt(scene, 96);
    // All of 3 % is announced and passed, the limit is the next on the way back; of 8 % the half is.
    expect(point(scene)).toMatchObject({ totalLow: -none, totalHigh: close(970) });
    expect(point(scene)).toMatchObject({ weekLow: close(0.94), weekHigh: close(0.98) });
  });

  test('nothing where both are off', () => {
    expect(point(sceneOf({ config: { tradesPerDay: 1, ordersPerMinute: 1 } }))).toMatchObject({
      totalLow: -none,
      totalHigh: none,
      weekLow: -none,
      weekHigh: none,
    });
  });

  test('rules that are off are dead, the others can fire', () => {
    const rules = (config: Partial<SessionLimitsConfig>) => sceneOf({ config }).engine.guards[0]?.rules();
    const names = ['daily-loss', 'weekly-drawdown', 'trades-per-day', 'orders-per-minute'];
    expect(rules({})).toEqual(names.map((rule) => ({ rule, dead: 'it is switched off' })));
    expect(rules({ ...day3, ...week8, tradesPerDay: 1, ordersPerMinute: 1 })).toEqual(
      names.map((rule) => ({ rule, dead: null })),
    );
  });

  test('a rule is broken while it denies: counts until the day turns or an order passes', () => {
    const scene = sceneOf({ config: { ...day3, tradesPerDay: 1, ordersPerMinute: 1 } });
    const since = () => scene.engine.state.rules.map((one) => (one.since === null ? null : one.since / HOUR));
    play(scene, `1:00 mark BTCUSDT 97\n2:00 ${open}\n3:00 ${order}`);
    expect(since()).toEqual([null, null, 3, null]);
    play(scene, `4:00 ${order}\n4:00 ${order}\n5:00 mark BTCUSDT 96.9`);
    expect(since()).toEqual([5, null, 3, 4]);
    play(scene, '24:00 clock');
    expect(since()).toEqual([null, null, null, null]);
    expect(scene.engine.state.rules.map(({ brokenFor }) => brokenFor / HOUR)).toEqual([19, 0, 21, 20]);
  });
});

test.each([
  [{ dailyLoss: 0 }, false],
  [{ dailyLoss: 0.001 }, true],
  [{ dailyLoss: 1 }, false],
  [{ weeklyDrawdown: 0 }, false],
  [{ weeklyDrawdown: 0.999 }, true],
  [{ tradesPerDay: 0 }, false],
  [{ tradesPerDay: 1 }, true],
  [{ tradesPerDay: 1.5 }, false],
  [{ ordersPerMinute: 0 }, false],
  [{ ordersPerMinute: 1 }, true],
])('its configuration: %o holds: %s', (config, holds) => {
  expect(sessionLimitsConfig.safeParse({ ...off, ...config }).success).toBe(holds);
});
