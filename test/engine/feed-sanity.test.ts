import { describe, expect, test } from 'vitest';
import type { CircuitBreakersConfig } from '../../src/engine/guards/circuit-breakers-config.ts';
import { off, type Setting, sceneOf } from '../support/breakers-scene.ts';
import { type EngineScene, play, story, tell, tellLine } from '../support/engine-scene.ts';
import { HOUR } from '../support/venue-scene.ts';

function told(setting: Setting, text: string): void {
  expect(play(sceneOf(setting), text)).toBe(story(text));
}

const near = (value: number): number => expect.closeTo(value, 9);
const guard = 'circuit-breakers';
const order = 'order ETHUSDT +1 @ 1 x1';
const allow = 'engine allow within-limits 1';
const said = (kind: string, rule: string) => `${guard} ${kind} ${rule}`;
const denied = (rule: string) => `${guard} deny ${rule} 0`;

describe('data sanity: no new risk while a price cannot be right (RULES 3.9; S0 case study 3)', () => {
  const sanity = (rest: Partial<CircuitBreakersConfig['dataSanity']>): Setting => ({
    config: { dataSanity: { ...off.dataSanity, ...rest } },
    // A power of two, so that a move of 31.25 % is 10 of them to the bit.
    moments: [{ barVolatility: 0.03125, close: 100 }],
  });

  test('a move of 10 bar volatilities reaches the limit, more halts until a bar agrees', () => {
    told(
      sanity({ moveSigmas: 10 }),
      `1:00 mark BTCUSDT 131.25
       1:01 mark BTCUSDT 100
       1:02 mark BTCUSDT 131.26 -> ${said('halt', 'data-sanity')}
       1:03 ${order} -> ${denied('halted-data-sanity')}
       1:04 mark BTCUSDT 131.26
       2:00 bar BTCUSDT close=99.9
       3:00 bar ETHUSDT close=1
       4:00 bar BTCUSDT close=131.26 -> ${said('resume', 'data-sanity')}
       4:01 ${order} -> ${allow}`,
    );
  });

  test('down as well, and of another limit; off, or where no volatility is known, nothing is doubted', () => {
    told(sanity({ moveSigmas: 10 }), `1:00 mark BTCUSDT 68.7 -> ${said('halt', 'data-sanity')}`);
    told(
      sanity({ moveSigmas: 4 }),
      `1:00 mark BTCUSDT 112.5\n1:01 mark BTCUSDT 98.4 -> ${said('halt', 'data-sanity')}`,
    );
    told(sanity({}), '1:00 mark BTCUSDT 500');
    told({ ...sanity({ moveSigmas: 10 }), moments: [] }, '1:00 mark BTCUSDT 500');
  });

  test('a feed agrees within so many bar volatilities of its bar', () => {
    const text = (close: number, ends: boolean) => `1:00 mark BTCUSDT 140 -> ${said('halt', 'data-sanity')}
       1:01 mark BTCUSDT 131.25
       2:00 bar BTCUSDT close=${close}${ends ? ` -> ${said('resume', 'data-sanity')}` : ''}`;
    told(sanity({ moveSigmas: 10 }), text(100, true));
    told(sanity({ moveSigmas: 10 }), text(99.99, false));
  });

  const apart = (scene: EngineScene, mark: number) => {
    scene.venue.prices.mark[0] = mark;
    return tell(scene, { kind: 'marks', time: HOUR });
  };

  test('mark and last 5 % apart reach the limit, more halts until a bar sees them closer', () => {
    const scene = sceneOf(sanity({ markGap: 0.05 }));
    expect(apart(scene, 105)).toEqual([]);
    expect(apart(scene, 95)).toEqual([]);
    expect(apart(scene, 94.99)).toMatchObject([
      {
        guard,
        kind: 'halt',
        rule: 'data-sanity',
        severity: 'critical',
        measure: 'markGap',
        observed: near(0.0501),
        threshold: 0.05,
        about: { account: null, symbol: 0 },
        effect: { kind: 'halt', until: null, manual: false },
      },
    ]);
    expect(apart(scene, 90)).toEqual([]);
    expect(play(scene, '2:00 bar BTCUSDT close=100')).toBe('2:00 bar BTCUSDT close=100');
    scene.venue.prices.mark[0] = 95;
    expect(tellLine(scene, '3:00 bar BTCUSDT close=100')).toMatchObject([
      {
        kind: 'resume',
        rule: 'data-sanity',
        severity: 'info',
        measure: 'close',
        observed: 100,
        threshold: null,
      },
    ]);
    expect(apart(sceneOf(sanity({ markGap: 0.2 })), 81)).toEqual([]);
    expect(apart(sceneOf(sanity({ moveSigmas: 10 })), 50)).toEqual([]);
  });

  test('a move is named in bar volatilities', () => {
    expect(tellLine(sceneOf(sanity({ moveSigmas: 10 })), '1:00 mark BTCUSDT 150')).toMatchObject([
      { kind: 'halt', measure: 'moveSigmas', observed: 16, threshold: 10, about: { symbol: 0 } },
    ]);
  });

  test('of several feeds the last that agrees ends it', () => {
    const moments = [
      { barVolatility: 0.01, close: 100 },
      { barVolatility: 0.01, close: 1 },
    ];
    told(
      { ...sanity({ moveSigmas: 10 }), moments },
      `1:00 mark BTCUSDT 120 -> ${said('halt', 'data-sanity')}
       1:01 mark ETHUSDT 1.2 -> ${said('halt', 'data-sanity')}
       2:00 bar BTCUSDT close=120
       2:01 ${order} -> ${denied('halted-data-sanity')}
       3:00 bar ETHUSDT close=1.2 -> ${said('resume', 'data-sanity')}`,
    );
  });

  test('an operator does not make a feed right, nor does a day', () => {
    told(
      sanity({ moveSigmas: 10 }),
      `1:00 mark BTCUSDT 140 -> ${said('halt', 'data-sanity')}
       1:01 operator resume
       24:00 clock
       25:00 ${order} -> ${denied('halted-data-sanity')}`,
    );
  });

  test('silence: a bar that is 60 s late may be, a later one denies the orders of its symbol', () => {
    const silence = { config: { dataSanity: { ...off.dataSanity, silenceSeconds: 60 } } };
    told(
      silence,
      `1:00 ${order} -> ${allow}
       1:00 bar ETHUSDT close=1
       1:00 bar BTCUSDT close=100
       2:01 ${order} -> ${allow}
       2:01.01 ${order} -> ${denied('data-sanity')}
       2:01.01 order BTCUSDT -1 @ 100 x5 -> ${allow}
       2:02 bar ETHUSDT close=1
       2:02 ${order} -> ${allow}
       2:03 order BTCUSDT +1 @ 100 x5 margin=cross -> ${denied('data-sanity')}`,
    );
    told(
      { config: { dataSanity: { ...off.dataSanity, silenceSeconds: 600 } } },
      `1:00 bar ETHUSDT close=1\n2:09 ${order} -> ${allow}\n2:11 ${order} -> ${denied('data-sanity')}`,
    );
  });

  test('silence is named by how late the bar is', () => {
    const scene = sceneOf({ config: { dataSanity: { ...off.dataSanity, silenceSeconds: 60 } } });
    play(scene, '1:00 bar ETHUSDT close=1');
    expect(tellLine(scene, `2:03 ${order}`)[0]).toMatchObject({
      kind: 'deny',
      guard,
      rule: 'data-sanity',
      severity: 'warning',
      measure: 'silenceSeconds',
      observed: 180,
      threshold: 60,
    });
  });

  test('watched: the move and the gap of each feed, of one in doubt every bar; and how long it was', () => {
    const scene = sceneOf(sanity({ moveSigmas: 10, markGap: 0.05 }));
    const watched = () => {
      const { move, gap, everyBar } = scene.engine.watch;
      return [[...move], [...gap], [...everyBar]];
    };
    const none = Number.POSITIVE_INFINITY;
    expect(watched()).toEqual([
      [10, 10],
      [0.05, 0.05],
      [0, 0],
    ]);
    play(scene, '1:00 mark BTCUSDT 140');
    expect(watched()).toEqual([
      [none, 10],
      [none, 0.05],
      [1, 0],
    ]);
    expect(scene.engine.state.rules[5]).toMatchObject({ rule: 'data-sanity', since: HOUR });
    play(scene, '3:00 bar BTCUSDT close=140');
    expect(scene.engine.state.rules[5]).toMatchObject({ since: null, brokenFor: 2 * HOUR });
    expect([...sceneOf(sanity({})).engine.watch.move]).toEqual([none, none]);
    expect([...sceneOf(sanity({})).engine.watch.gap]).toEqual([none, none]);
  });
});
