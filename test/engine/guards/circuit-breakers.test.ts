import { describe, expect, test } from 'vitest';
import type { OrderState } from '../../../src/engine/event.ts';
import type { CircuitBreakersConfig } from '../../../src/engine/guards/circuit-breakers-config.ts';
import { halt, type Setting, sceneOf } from '../../support/breakers-scene.ts';
import { type EngineScene, play, story, tell, tellLine } from '../../support/engine-scene.ts';
import { HOUR } from '../../support/venue-scene.ts';

function told(setting: Setting, text: string): void {
  expect(play(sceneOf(setting), text)).toBe(story(text));
}

const near = (value: number): number => expect.closeTo(value, 9);
const guard = 'circuit-breakers';
const order = 'order ETHUSDT +1 @ 1 x1';
const open = 'open ETHUSDT +1 @ 1 x1';
const allow = 'engine allow within-limits 1';
const said = (kind: string, rule: string) => `${guard} ${kind} ${rule}`;
const denied = (rule: string) => `${guard} deny ${rule} 0`;

describe('daily loss: strictly more than the limit halts (S0 CircuitBreaker, S4: 3 %; RULES 3.6)', () => {
  const daily = (rest: Partial<CircuitBreakersConfig['dailyLoss']> = {}) => ({
    config: { dailyLoss: { limit: 0.03, ...halt, ...rest } },
  });

  test('3 % reaches it, more halts until 00:00 UTC; positions stay with their stops', () => {
    told(
      daily(),
      `1:00 mark BTCUSDT 98.51
       1:01 mark BTCUSDT 98.5 -> ${said('alert', 'daily-loss')}
       1:02 mark BTCUSDT 97.75 -> ${said('alert', 'daily-loss')}
       1:03 mark BTCUSDT 97 -> ${said('alert', 'daily-loss')}
       1:04 ${order} -> ${allow}
       1:05 mark BTCUSDT 96.999999 -> ${said('halt', 'daily-loss')}
       1:06 mark BTCUSDT 97.1
       1:07 mark BTCUSDT 96
       23:59 ${order} -> ${denied('halted-daily-loss')}
       24:00 clock -> ${said('resume', 'daily-loss')}; ${said('alert', 'daily-loss-recovered')}
       24:01 ${order} -> ${allow}`,
    );
  });

  test('of another limit; off, no loss halts', () => {
    told(
      daily({ limit: 0.05 }),
      `1:00 mark BTCUSDT 95 -> ${said('alert', 'daily-loss')}\n1:01 mark BTCUSDT 94.99 -> ${said('halt', 'daily-loss')}`,
    );
    told(daily({ limit: null }), '1:00 mark BTCUSDT 50');
  });

  test('close-and-halt closes everything too, and once', () => {
    told(
      daily({ action: 'close-and-halt' }),
      `1:00 mark BTCUSDT 96 -> ${said('alert', 'daily-loss')}; ${said('close', 'daily-loss')} BTCUSDT 10; ${said('halt', 'daily-loss')}
       1:01 mark BTCUSDT 97.5
       1:02 mark BTCUSDT 96`,
    );
  });

  test('manual: no time ends it, an operator does', () => {
    told(
      daily({ resume: 'manual' }),
      `1:00 mark BTCUSDT 96 -> ${said('alert', 'daily-loss')}; ${said('halt', 'daily-loss')}
       48:00 clock -> ${said('alert', 'daily-loss-recovered')}
       49:00 ${order} -> ${denied('halted-daily-loss')}
       50:00 operator resume -> ${said('resume', 'daily-loss')}
       51:00 ${order} -> ${allow}`,
    );
  });

  test('an operator restarts the base (RULES 3.7), and the limit holds from there on: 3 % of 960', () => {
    told(
      daily({ resume: 'manual' }),
      `1:00 mark BTCUSDT 96 -> ${said('alert', 'daily-loss')}; ${said('halt', 'daily-loss')}
       2:00 operator resume -> ${said('resume', 'daily-loss')}; ${said('alert', 'daily-loss-recovered')}
       3:00 mark BTCUSDT 93.12
       4:00 mark BTCUSDT 93.11 -> ${said('halt', 'daily-loss')}`,
    );
  });

  test('cooldown: after so many hours, and the day begins anew there: 3 % of 960', () => {
    told(
      daily({ resume: 'cooldown', cooldownHours: 2 }),
      `1:00 mark BTCUSDT 96 -> ${said('alert', 'daily-loss')}; ${said('halt', 'daily-loss')}
       2:59 ${order} -> ${denied('halted-daily-loss')}
       3:00 clock -> ${said('resume', 'daily-loss')}; ${said('alert', 'daily-loss-recovered')}
       3:01 ${order} -> ${allow}
       3:02 mark BTCUSDT 93.12
       3:03 mark BTCUSDT 93.11 -> ${said('halt', 'daily-loss')}`,
    );
  });

  test('named by what was lost, the limit, and when it ends', () => {
    const halts = (config: Setting) => {
      const scene = sceneOf(config);
      const [, second] = marksAt(scene, 95, HOUR);
      return [second, scene.engine.state.halts[0], scene.engine.watch.wake];
    };
    const finding = {
      guard,
      rule: 'daily-loss',
      severity: 'critical',
      measure: 'dailyLoss',
      observed: near(0.05),
      threshold: 0.03,
    };
    const why = { measure: 'dailyLoss', observed: near(0.05), threshold: 0.03 };
    const by = { guard, rule: 'daily-loss', since: HOUR, why };
    expect(halts(daily())).toMatchObject([
      { ...finding, effect: { kind: 'halt', until: 24 * HOUR, manual: false } },
      { ...by, until: 24 * HOUR, manual: false },
      24 * HOUR,
    ]);
    expect(halts(daily({ resume: 'cooldown', cooldownHours: 0.5 }))[1]).toEqual({
      ...by,
      until: 1.5 * HOUR,
      manual: false,
    });
    expect(halts(daily({ resume: 'manual' })).slice(1)).toEqual([
      { ...by, until: null, manual: true },
      Number.POSITIVE_INFINITY,
    ]);
  });

  test('a transfer moves the base', () => {
    told(
      daily(),
      `1:00 transfer -500
       1:01 mark BTCUSDT 98.5 -> ${said('alert', 'daily-loss')}
       1:02 transfer -1 -> ${said('halt', 'daily-loss')}`,
    );
  });
});

function marksAt(scene: EngineScene, price: number, time = scene.engine.state.time) {
  scene.venue.prices.mark[0] = price;
  scene.venue.prices.last[0] = price;
  return tell(scene, { kind: 'marks', time });
}

describe('drawdown: the fall from the highest equity, unrealised included (S4; S1 modes)', () => {
  const fall = (rest: Partial<CircuitBreakersConfig['drawdown']> = {}) => ({
    config: { drawdown: { limit: 0.05, ...halt, ...rest } },
  });

  test('from the peak: 5 % of 1200 are 60', () => {
    told(
      fall(),
      `1:00 mark BTCUSDT 120
       1:01 mark BTCUSDT 114 -> ${said('alert', 'drawdown')}
       1:02 mark BTCUSDT 113.9999 -> ${said('halt', 'drawdown')}`,
    );
    told(
      fall({ limit: 0.2 }),
      `1:00 mark BTCUSDT 90.1\n1:01 mark BTCUSDT 90 -> ${said('alert', 'drawdown')}`,
    );
    told(fall({ limit: null }), '1:00 mark BTCUSDT 50');
  });

  test('close-and-halt, manual: it stays over days until an operator resumes at a new peak', () => {
    told(
      fall({ action: 'close-and-halt', resume: 'manual' }),
      `1:00 mark BTCUSDT 94 -> ${said('alert', 'drawdown')}; ${said('close', 'drawdown')} BTCUSDT 10; ${said('halt', 'drawdown')}
       48:00 clock
       49:00 ${order} -> ${denied('halted-drawdown')}
       50:00 operator override -> ${said('resume', 'drawdown')}; ${said('alert', 'drawdown-recovered')}
       51:00 mark BTCUSDT 89.3 -> ${said('alert', 'drawdown')}
       52:00 mark BTCUSDT 89.2 -> ${said('close', 'drawdown')} BTCUSDT 10; ${said('halt', 'drawdown')}`,
    );
  });

  test('cooldown: the peak begins at the equity of its end, else the same fall would halt again', () => {
    told(
      fall({ resume: 'cooldown', cooldownHours: 3 }),
      `1:00 mark BTCUSDT 90 -> ${said('alert', 'drawdown')}; ${said('halt', 'drawdown')}
       4:00 clock -> ${said('resume', 'drawdown')}; ${said('alert', 'drawdown-recovered')}
       5:00 mark BTCUSDT 85.5
       6:00 mark BTCUSDT 85.4 -> ${said('halt', 'drawdown')}`,
    );
  });

  test('day: at 00:00 UTC', () => {
    told(
      fall(),
      `25:00 mark BTCUSDT 90 -> ${said('alert', 'drawdown')}; ${said('halt', 'drawdown')}
       47:59 ${order} -> ${denied('halted-drawdown')}
       48:00 clock -> ${said('resume', 'drawdown')}; ${said('alert', 'drawdown-recovered')}`,
    );
  });

  test('named by the fall and the limit', () => {
    expect(marksAt(sceneOf(fall()), 90)[1]).toMatchObject({
      kind: 'halt',
      rule: 'drawdown',
      severity: 'critical',
      measure: 'drawdown',
      observed: near(0.1),
      threshold: 0.05,
    });
  });
});

describe('volatility24h of any symbol (S0: 0.30; RULES 1.12, not annualised)', () => {
  const spike = (rest: Partial<CircuitBreakersConfig['volatility']> = {}) => ({
    config: { volatility: { limit: 0.3, ...halt, ...rest } },
  });

  test('0.3 reaches it, more halts; with alerts on the way, of the highest', () => {
    told(
      spike(),
      `1:00 bar BTCUSDT volatility24h=0.149
       2:00 bar BTCUSDT volatility24h=0.15 -> ${said('alert', 'volatility')}
       3:00 bar ETHUSDT volatility24h=0.225 -> ${said('alert', 'volatility')}
       4:00 bar BTCUSDT volatility24h=0.3 -> ${said('alert', 'volatility')}
       4:01 ${order} -> ${allow}
       5:00 bar ETHUSDT volatility24h=0.300001 -> ${said('halt', 'volatility')}
       5:01 ${order} -> ${denied('halted-volatility')}
       6:00 bar BTCUSDT volatility24h=0.31`,
    );
    told(spike({ limit: null }), '1:00 bar BTCUSDT volatility24h=9');
    told(spike({ limit: 0.8 }), `1:00 bar BTCUSDT volatility24h=0.5 -> ${said('alert', 'volatility')}`);
  });

  test('close-and-halt closes', () => {
    told(
      spike({ action: 'close-and-halt' }),
      `1:00 bar ETHUSDT volatility24h=0.4 -> ${said('alert', 'volatility')}; ${said('close', 'volatility')} BTCUSDT 10; ${said('halt', 'volatility')}`,
    );
  });

  test('cooldown: after so many hours, and not before every market is back', () => {
    told(
      spike({ resume: 'cooldown', cooldownHours: 2 }),
      `1:00 bar BTCUSDT volatility24h=0.4 -> ${said('alert', 'volatility')}; ${said('halt', 'volatility')}
       1:30 bar ETHUSDT volatility24h=0.35
       2:00 bar BTCUSDT volatility24h=0.2
       3:00 clock
       3:01 ${order} -> ${denied('halted-volatility')}
       4:00 bar ETHUSDT volatility24h=0.300001
       5:00 bar ETHUSDT volatility24h=0.3 -> ${said('resume', 'volatility')}
       5:01 ${order} -> ${allow}
       6:00 bar ETHUSDT volatility24h=0.31 -> ${said('halt', 'volatility')}`,
    );
  });

  test('where it is calm before, the clock ends it', () => {
    told(
      spike({ resume: 'cooldown', cooldownHours: 2 }),
      `1:00 bar BTCUSDT volatility24h=0.4 -> ${said('alert', 'volatility')}; ${said('halt', 'volatility')}
       2:00 bar BTCUSDT volatility24h=0.29
       3:00 clock -> ${said('resume', 'volatility')}`,
    );
  });

  test('day: from 00:00 UTC on, and not before every market is back', () => {
    told(
      spike(),
      `1:00 bar BTCUSDT volatility24h=0.4 -> ${said('alert', 'volatility')}; ${said('halt', 'volatility')}
       23:00 bar BTCUSDT volatility24h=0.31
       24:00 clock
       24:01 ${order} -> ${denied('halted-volatility')}
       25:00 bar BTCUSDT volatility24h=0.25 -> ${said('resume', 'volatility')}
       25:01 ${order} -> ${allow}`,
    );
    told(
      spike(),
      `1:00 bar BTCUSDT volatility24h=0.4 -> ${said('alert', 'volatility')}; ${said('halt', 'volatility')}
       23:00 bar BTCUSDT volatility24h=0.3
       24:00 clock -> ${said('resume', 'volatility')}`,
    );
  });

  test('manual: a calm market does not end it, an operator does', () => {
    told(
      spike({ resume: 'manual' }),
      `1:00 bar BTCUSDT volatility24h=0.4 -> ${said('alert', 'volatility')}; ${said('halt', 'volatility')}
       48:00 clock
       49:00 bar BTCUSDT volatility24h=0.2 -> ${said('alert', 'volatility-recovered')}
       50:00 ${order} -> ${denied('halted-volatility')}
       51:00 operator resume -> ${said('resume', 'volatility')}
       52:00 bar BTCUSDT volatility24h=0.31 -> ${said('alert', 'volatility')}; ${said('halt', 'volatility')}`,
    );
  });

  test('an operator ends no halt that ends by itself, and it does end', () => {
    told(
      spike({ resume: 'cooldown', cooldownHours: 2 }),
      `1:00 bar BTCUSDT volatility24h=0.4 -> ${said('alert', 'volatility')}; ${said('halt', 'volatility')}
       1:01 operator resume
       1:02 ${order} -> ${denied('halted-volatility')}
       2:00 bar BTCUSDT volatility24h=0.29
       3:00 clock -> ${said('resume', 'volatility')}`,
    );
  });

  test('a market that trades no more has no volatility: a day after its last bar', () => {
    told(
      spike({ resume: 'cooldown', cooldownHours: 1 }),
      `1:00 bar ETHUSDT volatility24h=0.4 -> ${said('alert', 'volatility')}; ${said('halt', 'volatility')}
       25:00 bar BTCUSDT volatility24h=0.1
       25:01 bar BTCUSDT volatility24h=0.1 -> ${said('alert', 'volatility-recovered')}; ${said('resume', 'volatility')}`,
    );
  });

  test('named by what was seen, its symbol and the limit', () => {
    const scene = sceneOf(spike({ resume: 'cooldown', cooldownHours: 2 }));
    Object.assign(scene.market[1] ?? {}, { volatility24h: 0.4, end: HOUR });
    const finding = { guard, rule: 'volatility', measure: 'volatility24h', threshold: 0.3 };
    const about = { account: null, symbol: 1 };
    expect(tell(scene, { kind: 'bar-close', time: HOUR, symbol: 1 })).toMatchObject([
      { ...finding, kind: 'alert', severity: 'critical', observed: 0.4 },
      {
        ...finding,
        kind: 'halt',
        severity: 'critical',
        observed: 0.4,
        about,
        effect: { kind: 'halt', until: null, manual: false },
      },
    ]);
    expect(scene.engine.watch.wake).toBe(3 * HOUR);
    Object.assign(scene.market[1] ?? {}, { volatility24h: 0.3, end: 3 * HOUR });
    expect(tell(scene, { kind: 'clock', time: 3 * HOUR })).toMatchObject([
      { ...finding, kind: 'resume', severity: 'info', observed: 0.3 },
    ]);
  });

  test('watched: the next share of every market, and where a halt may end', () => {
    const scene = sceneOf(spike({ resume: 'cooldown', cooldownHours: 2 }));
    const watched = () => {
      const { volatilityHigh, volatilityLow } = scene.engine.watch;
      return [[...volatilityHigh], [...volatilityLow]];
    };
    const none = Number.POSITIVE_INFINITY;
    expect(watched()).toEqual([
      [0.15, 0.15],
      [-none, -none],
    ]);
    play(scene, '1:00 bar BTCUSDT volatility24h=0.2');
    expect(watched()).toEqual([
      [near(0.225), near(0.225)],
      [0.075, -none],
    ]);
    play(scene, '2:00 bar BTCUSDT volatility24h=0.4');
    expect(watched()).toEqual([
      [none, none],
      [near(0.225), -none],
    ]);
    play(scene, '4:00 clock');
    expect(watched()).toEqual([
      [none, none],
      [0.3, 0.3],
    ]);
  });
});

describe('trade count: opening fills of a UTC day, the n-th is the last (S0: 100; S4: 20)', () => {
  const count = (rest: Partial<CircuitBreakersConfig['tradeCount']> = {}) => ({
    config: { tradeCount: { limit: 2, ...halt, ...rest } },
  });

  test('two, until 00:00 UTC; what closes is none', () => {
    told(
      count(),
      `1:00 ${open} -> ${said('alert', 'trade-count')}
       1:30 close BTCUSDT 1 @ 100 exit
       1:31 ${order} -> ${allow}
       2:00 ${open} -> ${said('alert', 'trade-count')}; ${said('halt', 'trade-count')}
       2:01 ${order} -> ${denied('halted-trade-count')}
       2:02 ${open}
       24:00 clock -> ${said('resume', 'trade-count')}; ${said('alert', 'trade-count-recovered')}
       25:00 ${open} -> ${said('alert', 'trade-count')}
       26:00 ${open} -> ${said('alert', 'trade-count')}; ${said('halt', 'trade-count')}`,
    );
    told(count({ limit: null }), `1:00 ${open}\n1:01 ${open}\n1:02 ${open}`);
  });

  test('a new day is told by its first fill as well', () => {
    told(
      count(),
      `1:00 ${open} -> ${said('alert', 'trade-count')}
       25:00 ${open} -> ${said('alert', 'trade-count-recovered')}; ${said('alert', 'trade-count')}`,
    );
  });

  test('close-and-halt; cooldown: the count begins anew when it is over', () => {
    told(
      count({ action: 'close-and-halt', resume: 'cooldown', cooldownHours: 1 }),
      `1:00 ${open} -> ${said('alert', 'trade-count')}
       2:00 ${open} -> ${said('alert', 'trade-count')}; ${said('close', 'trade-count')} BTCUSDT 10; ${said('close', 'trade-count')} ETHUSDT 2; ${said('halt', 'trade-count')}
       3:00 clock -> ${said('resume', 'trade-count')}
       4:00 ${open} -> ${said('alert', 'trade-count-recovered')}
       5:00 ${open} -> ${said('close', 'trade-count')} BTCUSDT 10; ${said('close', 'trade-count')} ETHUSDT 4; ${said('halt', 'trade-count')}`,
    );
  });

  test('manual: an operator gives another two', () => {
    told(
      count({ resume: 'manual' }),
      `1:00 ${open} -> ${said('alert', 'trade-count')}
       2:00 ${open} -> ${said('alert', 'trade-count')}; ${said('halt', 'trade-count')}
       3:00 operator resume -> ${said('resume', 'trade-count')}
       4:00 ${open} -> ${said('alert', 'trade-count-recovered')}
       5:00 ${open} -> ${said('halt', 'trade-count')}`,
    );
  });

  test('named by the count', () => {
    const scene = sceneOf(count({ limit: 1 }));
    play(scene, `1:00 ${open}`);
    const { rules, halts } = scene.engine.state;
    const why = { measure: 'tradesOfDay', observed: 1, threshold: 1 };
    expect(halts).toEqual([
      { guard, rule: 'trade-count', since: HOUR, until: 24 * HOUR, manual: false, why },
    ]);
    expect(rules[3]).toEqual({ guard, rule: 'trade-count', fired: 2, since: HOUR, brokenFor: 0 });
    const fill = {
      account: 0,
      symbol: 1,
      side: 1,
      qty: 1,
      price: 1,
      cause: 'order',
      opening: true,
      realised: 0,
      left: 2,
      id: 1,
      position: 1,
    } as const;
    expect(tell(sceneOf(count({ limit: 1 })), { kind: 'fill', time: 5, fill })[1]).toMatchObject({
      kind: 'halt',
      rule: 'trade-count',
      severity: 'warning',
      measure: 'tradesOfDay',
      observed: 1,
      threshold: 1,
    });
  });
});

describe('execution failures: the share of rejected orders among the last ones (S1; RULES 3.9)', () => {
  const failing = (rest: Partial<CircuitBreakersConfig['executionFailures']> = {}) => ({
    config: { executionFailures: { limit: 0.5, window: 4, ...halt, ...rest } },
  });
  const rule = 'execution-failures';

  test('half of four reaches the limit, three of four halt; fewer than four decide nothing', () => {
    told(
      failing(),
      `1:00 rejected ETHUSDT
       1:01 rejected ETHUSDT
       1:02 ${open}
       1:03 ${open} -> ${said('alert', rule)}
       1:04 rejected ETHUSDT
       1:05 rejected ETHUSDT
       1:06 ${order} -> ${allow}
       1:07 rejected ETHUSDT -> ${said('halt', rule)}
       1:08 ${order} -> ${denied(`halted-${rule}`)}
       24:00 clock -> ${said('resume', rule)}`,
    );
    told(failing({ limit: null }), '1:00 rejected ETHUSDT\n1:00 rejected ETHUSDT\n1:00 rejected ETHUSDT');
  });

  test('of another share: one of four are 25 %', () => {
    told(
      failing({ limit: 0.25 }),
      `1:00 rejected ETHUSDT
       1:01 ${open}
       1:02 ${open}
       1:03 ${open} -> ${said('alert', rule)}
       1:04 rejected ETHUSDT
       1:05 rejected ETHUSDT -> ${said('halt', rule)}`,
    );
  });

  test('of another window', () => {
    told(failing({ window: 1 }), `1:00 rejected ETHUSDT -> ${said('alert', rule)}; ${said('halt', rule)}`);
  });

  test('one bad stretch halts once: the count begins anew, and what fills ends it', () => {
    told(
      failing({ window: 2 }),
      `1:00 rejected ETHUSDT
       1:01 rejected ETHUSDT -> ${said('alert', rule)}; ${said('halt', rule)}
       1:02 ${open}
       1:03 ${open} -> ${said('alert', `${rule}-recovered`)}
       1:04 rejected ETHUSDT
       1:05 rejected ETHUSDT`,
    );
  });

  test('fills of our own orders count, stops, exits and liquidations of the venue do not', () => {
    told(
      failing({ window: 2 }),
      `1:00 rejected ETHUSDT
       1:01 close BTCUSDT 1 @ 100 stop
       1:02 close BTCUSDT 1 @ 100 exit
       1:03 close BTCUSDT 1 @ 100 liquidation
       1:04 close BTCUSDT 1 @ 100 engine -> ${said('alert', rule)}
       1:05 rejected ETHUSDT
       1:06 rejected ETHUSDT -> ${said('halt', rule)}`,
    );
  });

  test('an order that is accepted, cancelled or partly filled has not failed', () => {
    const scene = sceneOf(failing({ window: 1 }));
    const about = { kind: 'order-state', time: 1, account: 0, symbol: 1, reason: 'venue' } as const;
    const states: OrderState[] = ['accepted', 'cancelled', 'partly'];
    for (const state of states) expect(tell(scene, { ...about, state })).toEqual([]);
    expect(tell(scene, { ...about, state: 'rejected' })).toHaveLength(2);
  });

  test('close-and-halt, cooldown, manual', () => {
    told(
      failing({ window: 1, action: 'close-and-halt', resume: 'cooldown', cooldownHours: 1 }),
      `1:00 rejected ETHUSDT -> ${said('alert', rule)}; ${said('close', rule)} BTCUSDT 10; ${said('halt', rule)}
       1:59 ${order} -> ${denied(`halted-${rule}`)}
       2:00 clock -> ${said('resume', rule)}`,
    );
    told(
      failing({ window: 1, resume: 'manual' }),
      `1:00 rejected ETHUSDT -> ${said('alert', rule)}; ${said('halt', rule)}
       24:00 clock
       25:00 operator resume -> ${said('resume', rule)}`,
    );
  });

  test('named by the share; it lasts until the end of its own day, though no clock has told of that', () => {
    const scene = sceneOf(failing({ window: 2 }));
    tellLine(scene, '25:00 rejected ETHUSDT');
    expect(tellLine(scene, '25:00 rejected ETHUSDT')[1]).toMatchObject({
      kind: 'halt',
      rule,
      severity: 'critical',
      measure: 'rejectedShare',
      observed: 1,
      threshold: 0.5,
      effect: { kind: 'halt', until: 48 * HOUR, manual: false },
    });
    expect(scene.engine.state.rules[4]).toMatchObject({ rule, since: 25 * HOUR });
    play(scene, `26:00 ${open}\n27:00 ${open}`);
    expect(scene.engine.state.rules[4]).toMatchObject({ since: null, brokenFor: 2 * HOUR });
  });
});
