import { describe, expect, test } from 'vitest';
import { type Configured, withConfig } from '../../../src/engine/engine.ts';
import { circuitBreakers } from '../../../src/engine/guards/circuit-breakers.ts';
import type { CircuitBreakersConfig } from '../../../src/engine/guards/circuit-breakers-config.ts';
import { emergencyStop } from '../../../src/engine/guards/emergency-stop.ts';
import {
  type EmergencyStopConfig,
  emergencyStopConfig,
} from '../../../src/engine/guards/emergency-stop-config.ts';
import { type EngineScene, engineScene, play, story, tellLine } from '../../support/engine-scene.ts';
import { bookOf, HOUR, positionOf } from '../../support/venue-scene.ts';

const MINUTE = HOUR / 60;

const off: EmergencyStopConfig = {
  consecutiveLosses: null,
  drawdown: null,
  breakersAtOnce: null,
  overrideHash: null,
};

type Setting = {
  readonly config?: Partial<EmergencyStopConfig>;
  readonly beside?: readonly Configured[];
};

/** 1000 and a long of 10 at 100: equity is 10 x the price, so that a price of 80 is a drawdown of 20 %. */
function sceneOf({ config = {}, beside = [] }: Setting = {}): EngineScene {
  const held = positionOf({ qty: '10', entry: '100', leverage: 5, marginMode: 'cross' });
  return engineScene({
    symbols: ['BTCUSDT', 'ETHUSDT'],
    marks: [100, 1],
    book: bookOf([held], { balance: '1000', marginMode: 'cross' }),
    guards: [withConfig(emergencyStop, { ...off, ...config }), ...beside],
  });
}

function told(setting: Setting, text: string): void {
  expect(play(sceneOf(setting), text)).toBe(story(text));
}

const near = (value: number): number => expect.closeTo(value, 9);
const guard = 'emergency-stop';
const said = (kind: string, rule: string) => `${guard} ${kind} ${rule}`;
const order = 'order ETHUSDT +1 @ 1 x1';
const open = 'open ETHUSDT +1 @ 1 x1';
const allow = 'engine allow within-limits 1';

/** A trade in ETHUSDT that ends at a price. */
const trade = (time: string, price: number, then = '') =>
  `${time} ${open}\n${time} close ETHUSDT 1 @ ${price} exit${then === '' ? '' : ` -> ${then}`}\n`;

describe('drawdown (S0: 20 %; S1: portfolio drawdown limit), unrealised included', () => {
  const config = { drawdown: 0.2 };

  test('20 % reaches the limit, more closes everything and halts until an operator resumes', () => {
    told(
      { config },
      `1:00 mark BTCUSDT 90 -> ${said('alert', 'drawdown')}
       1:01 mark BTCUSDT 85 -> ${said('alert', 'drawdown')}
       1:02 mark BTCUSDT 80 -> ${said('alert', 'drawdown')}
       1:03 ${order} -> ${allow}
       1:04 mark BTCUSDT 79.9999 -> ${said('close', 'drawdown')} BTCUSDT 10; ${said('halt', 'drawdown')}
       1:05 ${order} -> ${guard} deny halted-drawdown 0
       1:06 order BTCUSDT -2 @ 79 x5 -> engine allow within-limits 2
       1:07 mark BTCUSDT 70
       48:00 clock
       49:00 ${order} -> ${guard} deny halted-drawdown 0
       50:00 operator resume -> ${said('resume', 'drawdown')}; ${said('alert', 'drawdown-recovered')}
       51:00 ${order} -> ${allow}`,
    );
  });

  test('of another limit; off, nothing stops', () => {
    told(
      { config: { drawdown: 0.1 } },
      `1:00 mark BTCUSDT 90 -> ${said('alert', 'drawdown')}
       1:01 mark BTCUSDT 89.9 -> ${said('close', 'drawdown')} BTCUSDT 10; ${said('halt', 'drawdown')}`,
    );
    told({}, '1:00 mark BTCUSDT 20');
  });

  test('named by the fall and the limit, an emergency, with no time', () => {
    const scene = sceneOf({ config });
    const finding = {
      guard,
      rule: 'drawdown',
      severity: 'emergency',
      measure: 'drawdown',
      observed: near(0.25),
      threshold: 0.2,
    };
    expect(tellLine(scene, '1:00 mark BTCUSDT 75').slice(1)).toMatchObject([
      { ...finding, kind: 'close', effect: { kind: 'close', symbol: 0, side: 1, qty: 10 } },
      { ...finding, kind: 'halt', effect: { kind: 'halt', until: null, manual: true } },
    ]);
    expect(scene.engine.state.halts).toEqual([
      {
        ...{ guard, rule: 'drawdown', since: HOUR, until: null, manual: true },
        why: { measure: 'drawdown', observed: near(0.25), threshold: 0.2 },
      },
    ]);
  });

  test('a resume restarts the peak (RULES 3.7), and the limit holds from there on: 20 % of 700', () => {
    told(
      { config },
      `1:00 mark BTCUSDT 70 -> ${said('alert', 'drawdown')}; ${said('close', 'drawdown')} BTCUSDT 10; ${said('halt', 'drawdown')}
       2:00 operator resume -> ${said('resume', 'drawdown')}; ${said('alert', 'drawdown-recovered')}
       3:00 mark BTCUSDT 56
       4:00 mark BTCUSDT 55.99 -> ${said('close', 'drawdown')} BTCUSDT 10; ${said('halt', 'drawdown')}`,
    );
  });

  test.each([
    ['a transfer', '1:00 transfer -500', `1:02 transfer -1`],
    ['the clock', '1:00 clock', '1:02 clock'],
    ['a bar', '1:00 bar BTCUSDT', '1:02 bar BTCUSDT'],
    ['an order that the venue has taken', '1:00 rejected ETHUSDT', '1:02 rejected ETHUSDT'],
  ])('%s looks at it too', (_, before, event) => {
    const scene = sceneOf({ config });
    play(scene, before);
    for (const prices of [scene.venue.prices.mark, scene.venue.prices.last]) prices[0] = 60;
    expect(tellLine(scene, event).map(({ kind }) => kind)).toContain('halt');
  });

  test('a fill looks at it too: what it cost is gone', () => {
    told(
      { config },
      `1:00 close BTCUSDT 10 @ 79 engine -> ${said('alert', 'drawdown')}; ${said('halt', 'drawdown')}`,
    );
  });
});

describe('positions closed at a loss in a row (S1: consecutive losses)', () => {
  const config = { consecutiveLosses: 3 };
  const rule = 'consecutive-losses';

  test('the third stops everything; alerts on the way', () => {
    told(
      { config },
      `${trade('1:00', 0.9)}${trade('2:00', 0.99, said('alert', rule))}
       2:30 ${order} -> ${allow}
       ${trade('3:00', 0.5, `${said('alert', rule)}; ${said('close', rule)} BTCUSDT 10; ${said('halt', rule)}`)}
       3:01 ${order} -> ${guard} deny halted-${rule} 0
       48:00 operator resume -> ${said('resume', rule)}; ${said('alert', `${rule}-recovered`)}
       49:00 ${order} -> ${allow}
       ${trade('50:00', 0.9)}`,
    );
  });

  test('of another number; off, none stops', () => {
    const stops = `${said('alert', rule)}; ${said('close', rule)} BTCUSDT 10; ${said('halt', rule)}`;
    told({ config: { consecutiveLosses: 1 } }, trade('1:00', 0.9, stops));
    told({}, `${trade('1:00', 0.9)}${trade('2:00', 0.9)}${trade('3:00', 0.9)}`);
  });

  test('a gain ends the row, what neither gained nor lost does not', () => {
    told(
      { config },
      `${trade('1:00', 0.9)}${trade('1:01', 0.9, said('alert', rule))}${trade('1:02', 1.01, said('alert', `${rule}-recovered`))}
       ${trade('1:03', 0.9)}${trade('1:04', 1)}${trade('1:05', 0.9)}
       ${trade('1:06', 0.9, `${said('alert', rule)}; ${said('close', rule)} BTCUSDT 10; ${said('halt', rule)}`)}`,
    );
  });

  test('a position that is sold in slices is lost once, by the sum of them', () => {
    // -1, -1 and +3 are a gain.
    told(
      { config: { consecutiveLosses: 2 } },
      `1:00 close BTCUSDT 1 @ 99 exit
       1:01 close BTCUSDT 1 @ 99 engine
       1:02 close BTCUSDT 1 @ 103 exit
       ${trade('1:03', 0.9, said('alert', rule))}
       1:04 close BTCUSDT 7 @ 100 exit -> ${said('alert', `${rule}-recovered`)}
       ${trade('1:05', 0.9, said('alert', rule)).replace(/ -> .*/, '')}
       1:06 ${open}
       1:06 ${open}
       1:07 close ETHUSDT 1 @ 0.9 exit
       1:08 close ETHUSDT 1 @ 0.9 exit -> ${said('alert', rule)}; ${said('halt', rule)}`,
    );
  });

  test('each position by itself, and a new one begins anew', () => {
    const scene = sceneOf({ config });
    play(scene, `1:00 ${open}\n1:01 close BTCUSDT 4 @ 90 exit`);
    const state = () => scene.engine.state.guards[guard];
    expect(state()).toMatchObject({ losses: 0, partly: [{ key: '0/0/1', realised: -40 }] });
    play(scene, '1:02 close ETHUSDT 1 @ 2 exit');
    expect(state()).toMatchObject({ losses: 0, partly: [{ key: '0/0/1', realised: -40 }] });
    play(scene, '1:03 close BTCUSDT 6 @ 100 exit');
    expect(state()).toMatchObject({ losses: 1, partly: [] });
  });

  test('what the stop itself closes is its consequence, and begins no new row', () => {
    const scene = sceneOf({ config });
    play(scene, '1:00 operator halt\n1:01 close BTCUSDT 10 @ 50 engine');
    expect(scene.engine.state.guards[guard]).toMatchObject({ losses: 0, partly: [] });
    play(scene, `1:02 operator resume\n${trade('1:03', 0.9)}`);
    expect(scene.engine.state.guards[guard]).toMatchObject({ losses: 1 });
  });

  test('a resume forgets the row', () => {
    const scene = sceneOf({ config });
    play(
      scene,
      `${trade('1:00', 0.9)}${trade('1:01', 0.9)}1:02 close BTCUSDT 1 @ 90 exit\n1:03 operator override`,
    );
    expect(scene.engine.state.guards[guard]).toMatchObject({ losses: 0, partly: [] });
  });

  test('named by how many there were', () => {
    const scene = sceneOf({ config: { consecutiveLosses: 1 } });
    tellLine(scene, `1:00 ${open}`);
    expect(tellLine(scene, '1:00 close ETHUSDT 1 @ 0.9 exit')[2]).toMatchObject({
      kind: 'halt',
      rule,
      severity: 'emergency',
      measure: 'lossesInARow',
      observed: 1,
      threshold: 1,
    });
    expect(scene.engine.state.rules[0]).toMatchObject({ rule, since: HOUR });
    play(scene, '2:00 operator resume');
    expect(scene.engine.state.rules[0]).toMatchObject({ since: null, brokenFor: HOUR });
  });
});

describe('several breakers at once (S1 alerting, level Emergency)', () => {
  const rest = { action: 'halt', cooldownHours: 2 } as const;
  const breakers: CircuitBreakersConfig = {
    dailyLoss: { limit: 0.1, resume: 'day', ...rest },
    drawdown: { limit: null, resume: 'manual', ...rest },
    volatility: { limit: 0.3, resume: 'cooldown', ...rest },
    tradeCount: { limit: 1, resume: 'day', ...rest },
    executionFailures: { limit: null, window: 1, resume: 'day', ...rest },
    dataSanity: { moveSigmas: null, markGap: null, silenceSeconds: null },
  };
  const beside = [withConfig(circuitBreakers, breakers)];
  const rule = 'breakers-at-once';
  const tripVolatility =
    'bar BTCUSDT volatility24h=0.4 -> circuit-breakers alert volatility; circuit-breakers halt volatility';
  const tripLoss = 'mark BTCUSDT 89 -> circuit-breakers alert daily-loss; circuit-breakers halt daily-loss';

  test('the second stops everything, at the next moment: the breakers speak after it', () => {
    told(
      { config: { breakersAtOnce: 2 }, beside },
      `1:00 ${tripVolatility}
       1:01 clock -> ${said('alert', rule)}
       1:02 ${tripLoss}
       1:03 clock -> ${said('alert', rule)}; ${said('close', rule)} BTCUSDT 10; ${said('halt', rule)}
       1:04 clock
       1:05 ${order} -> ${guard} deny halted-${rule} 0`,
    );
  });

  test('of three two are not enough; off, none stops', () => {
    told(
      { config: { breakersAtOnce: 3 }, beside },
      `1:00 ${tripVolatility}
       1:01 ${tripLoss}
       1:02 clock -> ${said('alert', rule)}
       1:03 ${open} -> circuit-breakers alert trade-count; circuit-breakers halt trade-count
       1:04 clock -> ${said('alert', rule)}; ${said('close', rule)} BTCUSDT 10; ${said('close', rule)} ETHUSDT 1; ${said('halt', rule)}`,
    );
    told({ beside }, `1:00 ${tripVolatility}\n1:01 ${tripLoss}\n1:02 clock`);
  });

  test('it asks for the moment that follows, once', () => {
    const scene = sceneOf({ config: { breakersAtOnce: 2 }, beside });
    play(scene, `1:00 ${tripVolatility}`);
    expect(scene.engine.watch.wake).toBe(3 * HOUR);
    play(scene, `1:01 ${tripLoss}`);
    expect(scene.engine.watch.wake).toBe(61 * MINUTE + 1);
    play(scene, '1:02 clock');
    expect(scene.engine.watch.wake).toBe(3 * HOUR);
  });

  test('an operator who resumes while they halt is not stopped again by the same ones, but by a new one', () => {
    told(
      { config: { breakersAtOnce: 2 }, beside },
      `1:00 ${tripVolatility}
       1:01 ${tripLoss.replace('->', `-> ${said('alert', rule)};`)}
       1:02 clock -> ${said('alert', rule)}; ${said('close', rule)} BTCUSDT 10; ${said('halt', rule)}
       1:03 operator resume -> ${said('resume', rule)}; circuit-breakers alert daily-loss-recovered
       1:04 clock
       2:00 bar BTCUSDT volatility24h=0.2 -> circuit-breakers alert volatility-recovered
       3:00 clock -> circuit-breakers resume volatility
       3:01 clock -> ${said('alert', `${rule}-recovered`)}
       4:00 bar BTCUSDT volatility24h=0.4 -> circuit-breakers halt volatility
       4:01 clock -> ${said('close', rule)} BTCUSDT 10; ${said('halt', rule)}`,
    );
  });

  test('named by how many halt; halts of other guards are no breakers', () => {
    const scene = sceneOf({ config: { breakersAtOnce: 1, drawdown: 0.2 }, beside });
    play(scene, '1:00 operator halt\n1:01 clock');
    expect(scene.engine.state.halts).toHaveLength(1);
    play(scene, `1:02 ${tripVolatility}`);
    expect(tellLine(scene, '1:03 clock')).toMatchObject([
      { kind: 'alert', rule, severity: 'critical', measure: 'breakers', observed: 1, threshold: 1 },
      { kind: 'close', rule, severity: 'emergency', measure: 'breakers', observed: 1, threshold: 1 },
      { kind: 'halt', rule, severity: 'emergency', observed: 1, threshold: 1 },
    ]);
    expect(scene.engine.state.rules[2]).toMatchObject({ guard, rule, since: 63 * MINUTE });
    play(scene, '2:00 bar BTCUSDT volatility24h=0.1\n4:00 clock\n4:03 clock');
    expect(scene.engine.state.rules[2]).toMatchObject({ since: null, brokenFor: 180 * MINUTE });
  });
});

describe('an operator (S1: immediate halt of all trading, override code, manual recovery)', () => {
  test('halts and closes; resumes or overrides', () => {
    told(
      {},
      `1:00 operator halt -> ${said('close', 'operator')} BTCUSDT 10; ${said('halt', 'operator')}
       1:01 operator halt
       1:02 ${order} -> ${guard} deny halted-operator 0
       72:00 clock
       73:00 operator resume -> ${said('resume', 'operator')}
       73:01 ${order} -> ${allow}
       74:00 operator halt -> ${said('close', 'operator')} BTCUSDT 10; ${said('halt', 'operator')}
       75:00 operator override -> ${said('resume', 'operator')}`,
    );
  });

  test('who resumes one halt leaves the others as they stand, and the row of losses', () => {
    const row = 'consecutive-losses';
    told(
      { config: { consecutiveLosses: 2 } },
      `${trade('1:00', 0.9, said('alert', row))}
       1:30 operator resume session-limits/weekly-drawdown
       1:31 operator resume ${guard}/drawdown
       ${trade('2:00', 0.9, `${said('alert', row)}; ${said('close', row)} BTCUSDT 10; ${said('halt', row)}`)}
       2:01 operator halt -> ${said('close', 'operator')} BTCUSDT 10; ${said('halt', 'operator')}
       2:02 operator resume ${guard}/${row} -> ${said('resume', row)}; ${said('alert', `${row}-recovered`)}
       2:03 ${order} -> ${guard} deny halted-operator 0
       2:04 rejected BTCUSDT -> ${said('close', 'operator')} BTCUSDT 10
       2:05 operator resume ${guard}/operator -> ${said('resume', 'operator')}
       2:06 rejected BTCUSDT`,
    );
  });

  test('named by who did it, without a number', () => {
    expect(tellLine(sceneOf(), '1:00 operator halt')[1]).toMatchObject({
      kind: 'halt',
      guard,
      rule: 'operator',
      severity: 'emergency',
      measure: 'operator',
      observed: null,
      threshold: null,
      effect: { kind: 'halt', until: null, manual: true },
    });
  });

  test('what the venue did not take is asked for again, until it is resumed', () => {
    told(
      {},
      `0:59 rejected BTCUSDT
       1:00 operator halt -> ${said('close', 'operator')} BTCUSDT 10; ${said('halt', 'operator')}
       1:01 rejected BTCUSDT -> ${said('close', 'operator')} BTCUSDT 10
       1:02 close BTCUSDT 4 @ 100 engine
       1:03 rejected BTCUSDT -> ${said('close', 'operator')} BTCUSDT 6
       1:04 operator resume -> ${said('resume', 'operator')}
       1:05 rejected BTCUSDT`,
    );
  });

  test('each reason halts by itself, and one resume ends all', () => {
    told(
      { config: { drawdown: 0.2 } },
      `1:00 operator halt -> ${said('close', 'operator')} BTCUSDT 10; ${said('halt', 'operator')}
       1:01 mark BTCUSDT 75 -> ${said('alert', 'drawdown')}; ${said('close', 'drawdown')} BTCUSDT 10; ${said('halt', 'drawdown')}
       1:02 operator resume -> ${said('resume', 'operator')}; ${said('resume', 'drawdown')}; ${said('alert', 'drawdown-recovered')}`,
    );
  });
});

describe('what it watches and reports', () => {
  test('the next share of the drawdown', () => {
    const none = Number.POSITIVE_INFINITY;
    const { point } = sceneOf({ config: { drawdown: 0.2 } }).engine.watch;
    expect(point.peakLow).toBeCloseTo(0.9, 6);
    expect(sceneOf().engine.watch.point.peakLow).toBe(-none);
    expect(sceneOf().engine.watch.wake).toBe(none);
  });

  test('rules that are off are dead, an operator never is', () => {
    const rules = (config: Partial<EmergencyStopConfig>) => sceneOf({ config }).engine.guards[0]?.rules();
    const names = ['consecutive-losses', 'drawdown', 'breakers-at-once'];
    const operator = { rule: 'operator', dead: null };
    expect(rules({})).toEqual([...names.map((rule) => ({ rule, dead: 'it is switched off' })), operator]);
    expect(rules({ consecutiveLosses: 1, drawdown: 0.1, breakersAtOnce: 1 })).toEqual([
      ...names.map((rule) => ({ rule, dead: null })),
      operator,
    ]);
  });
});

test.each([
  [{ consecutiveLosses: 0 }, false],
  [{ consecutiveLosses: 1 }, true],
  [{ drawdown: 0 }, false],
  [{ drawdown: 1 }, false],
  [{ drawdown: 0.999 }, true],
  [{ breakersAtOnce: 0 }, false],
  [{ breakersAtOnce: 1 }, true],
  [{ overrideHash: 'scrypt$16384$8$1$c2FsdA==$aGFzaA==' }, true],
  [{ overrideHash: 'letmein' }, false],
])('its configuration: %o holds: %s', (config, holds) => {
  expect(emergencyStopConfig.safeParse({ ...off, ...config }).success).toBe(holds);
});
