import { describe, expect, test } from 'vitest';
import {
  type CircuitBreakersConfig,
  circuitBreakersConfig,
} from '../../../src/engine/guards/circuit-breakers-config.ts';
import { halt, off, sceneOf } from '../../support/breakers-scene.ts';
import { play, tellLine } from '../../support/engine-scene.ts';

const near = (value: number): number => expect.closeTo(value, 9);
const guard = 'circuit-breakers';
const order = 'order ETHUSDT +1 @ 1 x1';
const open = 'open ETHUSDT +1 @ 1 x1';

describe('what an order uses, and which rules can fire', () => {
  const all: CircuitBreakersConfig = {
    dailyLoss: { limit: 0.04, ...halt },
    drawdown: { limit: 0.1, ...halt },
    volatility: { limit: 0.4, ...halt },
    tradeCount: { limit: 10, ...halt },
    executionFailures: { limit: 0.5, window: 4, ...halt },
    dataSanity: { moveSigmas: 10, markGap: 0.05, silenceSeconds: 60 },
  };

  test('losses and volatility as they stand, the count with the order and without', () => {
    const scene = sceneOf({ config: all });
    play(scene, `1:00 ${open}\n1:01 mark BTCUSDT 98\n2:00 bar ETHUSDT volatility24h=0.1`);
    expect(tellLine(scene, `2:01 ${order}`)[0]?.uses).toEqual([
      { guard, limit: 'daily-loss', use: near(0.5), before: near(0.5) },
      { guard, limit: 'drawdown', use: near(0.2), before: near(0.2) },
      { guard, limit: 'volatility', use: 0.25, before: 0.25 },
      { guard, limit: 'trade-count', use: 0.2, before: 0.1 },
    ]);
    play(scene, '2:02 mark BTCUSDT 105');
    expect(tellLine(scene, `2:03 ${order}`)[0]?.uses.map(({ use }) => use)).toEqual([0, 0, 0.25, 0.2]);
    expect(tellLine(sceneOf(), `1:00 ${order}`)[0]?.uses).toEqual([]);
  });

  test('after a count that an operator has lifted it begins anew', () => {
    const tradeCount = { ...halt, limit: 2, resume: 'manual' as const };
    const scene = sceneOf({ config: { tradeCount } });
    const used = (line: string) => tellLine(scene, line)[0]?.uses.map(({ use, before }) => [before, use]);
    play(scene, `1:00 ${open}\n1:01 ${open}`);
    expect(used(`1:02 ${order}`)).toEqual([[1, 1.5]]);
    play(scene, '1:03 operator resume');
    expect(used(`1:04 ${order}`)).toEqual([[0, 0.5]]);
  });

  test('a rule that is off is dead; data sanity as long as none of its limits is on', () => {
    const rules = (config: Partial<CircuitBreakersConfig>) => sceneOf({ config }).engine.guards[0]?.rules();
    const names = [
      'daily-loss',
      'drawdown',
      'volatility',
      'trade-count',
      'execution-failures',
      'data-sanity',
    ];
    expect(rules({})).toEqual(names.map((rule) => ({ rule, dead: 'it is switched off' })));
    expect(rules(all)).toEqual(names.map((rule) => ({ rule, dead: null })));
    for (const one of [{ moveSigmas: 1 }, { markGap: 0.1 }, { silenceSeconds: 1 }]) {
      const dataSanity = { ...off.dataSanity, ...one };
      expect(rules({ dataSanity })?.[5]).toEqual({ rule: 'data-sanity', dead: null });
    }
  });

  test('its state is plain', () => {
    const scene = sceneOf({ config: all });
    play(scene, '1:00 rejected ETHUSDT\n1:01 bar BTCUSDT volatility24h=0.5\n1:02 mark BTCUSDT 90');
    const state = scene.engine.state.guards[guard];
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });
});

test.each([
  [{ dailyLoss: { ...halt, limit: 0 } }, false],
  [{ dailyLoss: { ...halt, limit: 0.999 } }, true],
  [{ drawdown: { ...halt, limit: 1 } }, false],
  [{ volatility: { ...halt, limit: 0 } }, false],
  [{ volatility: { ...halt, limit: 3 } }, true],
  [{ tradeCount: { ...halt, limit: 0 } }, false],
  [{ tradeCount: { ...halt, limit: 1.5 } }, false],
  [{ tradeCount: { ...halt, limit: 1, cooldownHours: 0 } }, false],
  [{ executionFailures: { ...halt, limit: 0.1, window: 0 } }, false],
  [{ executionFailures: { ...halt, limit: 0.1, window: 1 } }, true],
  [{ dataSanity: { ...off.dataSanity, moveSigmas: 0 } }, false],
  [{ dataSanity: { ...off.dataSanity, markGap: 1 } }, false],
  [{ dataSanity: { ...off.dataSanity, silenceSeconds: 0.5 } }, true],
])('its configuration: %o holds: %s', (config, holds) => {
  expect(circuitBreakersConfig.safeParse({ ...off, ...config }).success).toBe(holds);
});
