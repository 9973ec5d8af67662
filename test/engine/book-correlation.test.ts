import { describe, expect, test } from 'vitest';
import type { Decision } from '../../src/engine/decision.ts';
import { withConfig } from '../../src/engine/engine.ts';
import { tradeLimits } from '../../src/engine/guards/trade-limits.ts';
import type { TradeLimitsConfig } from '../../src/engine/guards/trade-limits-config.ts';
import {
  type EngineScene,
  type EngineSettings,
  engineScene,
  play,
  story,
  tellLine,
} from '../support/engine-scene.ts';
import { guardsOff } from '../support/guard-settings.ts';
import { bookOf, positionOf } from '../support/venue-scene.ts';

/** Correlation alone. */
const off: TradeLimitsConfig = {
  ...guardsOff['trade-limits'],
  maxCorrelation: 0.8,
};

type Setting = Partial<Omit<EngineSettings, 'guards' | 'book'>> & {
  readonly config?: Partial<TradeLimitsConfig>;
  readonly held?: readonly Parameters<typeof positionOf>[0][];
  readonly account?: Parameters<typeof bookOf>[1];
};

/** 100,000 USDT, everything at 100. */
function sceneOf({ config = {}, held = [], account, marks = [100], ...rest }: Setting = {}): EngineScene {
  const symbols = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'].slice(0, marks.length);
  const book = bookOf(held.map(positionOf), account);
  const guards = [withConfig(tradeLimits, { ...off, ...config })];
  return engineScene({ symbols, ...rest, marks, book, guards });
}

const first = (decisions: readonly Decision[]) => {
  const [decision] = decisions;
  if (decision === undefined) throw new Error('something must be said');
  return decision;
};

/** Two patterns of returns that have nothing to do with each other: mean 0, scalar product 0, equal length. */
const across = (hours: number) =>
  Float64Array.from({ length: hours }, (_, i) => (i % 2 === 0 ? 0.01 : -0.01));
const along = (hours: number) => Float64Array.from({ length: hours }, (_, i) => (i % 4 < 2 ? 0.01 : -0.01));
/** Correlates with `across` by `rho`: rho x + sqrt(1 - rho^2) y. */
const mixed = (hours: number, rho: number) => {
  const other = along(hours);
  return across(hours).map((one, i) => rho * one + Math.sqrt(1 - rho * rho) * other[i]!);
};

describe('correlation with the PnL of the book over 30 days of hours, 0.8 (S4, RULES 3.8)', () => {
  const config = { maxCorrelation: 0.8 };
  const eth = { symbol: 'ETHUSDT', qty: '10', entry: '100', leverage: 10 } as const;

  function moving(held: Setting['held'], returns: readonly Float64Array[], rest: Setting = {}): EngineScene {
    const scene = sceneOf({
      config,
      ...(held === undefined ? {} : { held }),
      marks: [100, 100, 100],
      ...rest,
    });
    scene.returns.splice(0, returns.length, ...returns);
    return scene;
  }

  test.each([
    [0.81, 'trade-limits deny correlation 0'],
    [0.79, 'engine allow within-limits 1'],
    [-0.99, 'engine allow within-limits 1'],
  ])('%d: %s', (rho, said) => {
    const scene = moving([eth], [across(400), mixed(400, rho)]);
    const text = `0:00 order BTCUSDT +1 @ 100 x1 -> ${said}`;
    expect(play(scene, text)).toBe(story(text));
    const against = `0:00 order BTCUSDT -1 @ 100 x1 -> ${rho < -0.8 ? 'trade-limits deny correlation 0' : 'engine allow within-limits 1'}`;
    expect(play(scene, against)).toBe(story(against));
  });

  test('a short beside a short is as correlated as a long beside a long; a hedge passes', () => {
    const scene = moving([{ ...eth, qty: '-10' }], [across(400), mixed(400, 0.9)]);
    const text = `0:00 order BTCUSDT -1 @ 100 x1 -> trade-limits deny correlation 0
      0:00 order BTCUSDT +1 @ 100 x1 -> engine allow within-limits 1`;
    expect(play(scene, text)).toBe(story(text));
  });

  test('it is strict: at the limit it passes', () => {
    const [seen] = tellLine(moving([eth], [across(400), mixed(400, 0.9)]), '0:00 order BTCUSDT +1 @ 100 x1');
    const rho = seen?.observed ?? 0;
    expect(rho).toBeCloseTo(0.9, 12);
    const at = (maxCorrelation: number) =>
      first(
        tellLine(
          moving([eth], [across(400), mixed(400, 0.9)], { config: { maxCorrelation } }),
          '0:00 order BTCUSDT +1 @ 100 x1',
        ),
      ).kind;
    expect(at(rho)).toBe('allow');
    expect(at(rho - 1e-12)).toBe('deny');
    // Nor is the rule broken at the limit, or an open book told of.
    const scene = moving([eth], [across(400), mixed(400, 0.9)], { config: { maxCorrelation: rho } });
    tellLine(scene, '0:00 order BTCUSDT +1 @ 100 x1');
    expect(scene.engine.state.rules.filter(({ since }) => since !== null)).toEqual([]);
    const book = [{ ...eth, symbol: 'BTCUSDT' }, eth];
    const held = (maxCorrelation: number) =>
      tellLine(
        moving(book, [across(400), mixed(400, 0.9)], { config: { maxCorrelation } }),
        '24:00 clock',
      ).map(({ observed }) => observed ?? 0);
    // Each of the two is measured against the other; they may differ in the last digit.
    const both = held(rho - 1e-12);
    expect(both).toEqual([expect.closeTo(0.9, 12), expect.closeTo(0.9, 12)]);
    expect(held(Math.max(...both))).toEqual([]);
  });

  test('it names the correlation and its use; a hedge uses nothing', () => {
    const scene = moving([eth], [across(400), across(400)]);
    expect(tellLine(scene, '0:00 order BTCUSDT +1 @ 100 x1')).toMatchObject([
      {
        rule: 'correlation',
        severity: 'warning',
        measure: 'correlation',
        observed: 1,
        threshold: 0.8,
        uses: [{ guard: 'trade-limits', limit: 'correlation', use: 1.25 }],
      },
    ]);
    expect(first(tellLine(scene, '0:00 order BTCUSDT -1 @ 100 x1')).uses).toMatchObject([
      { limit: 'correlation', use: 0 },
    ]);
  });

  test('positions weigh by their notional: 3 to 1 correlate by 3 / sqrt(10) with the larger', () => {
    const held = [
      { ...eth, qty: '30' },
      { ...eth, symbol: 'SOLUSDT' },
    ];
    const scene = moving(held, [across(400), across(400), along(400)]);
    expect(first(tellLine(scene, '0:00 order BTCUSDT +1 @ 100 x1')).observed).toBeCloseTo(
      3 / Math.sqrt(10),
      12,
    );
    // A short takes away: 30 long, 30 short of the same returns leave the third alone.
    const hedged = moving(
      [
        { ...eth, qty: '30' },
        { ...eth, symbol: 'SOLUSDT', qty: '-10' },
      ],
      [across(400), across(400), across(400)],
    );
    expect(first(tellLine(hedged, '0:00 order BTCUSDT +1 @ 100 x1')).observed).toBeCloseTo(1, 12);
  });

  test('720 hours and no more; series of different lengths end together', () => {
    const older = across(280).map((one) => -one);
    const long = Float64Array.from([...older, ...across(720)]);
    const told = (btc: Float64Array, own: Float64Array) =>
      first(tellLine(moving([eth], [btc, own]), '0:00 order BTCUSDT +1 @ 100 x1')).observed;
    expect(told(long, across(1000))).toBeCloseTo(1, 12);
    expect(told(across(400), Float64Array.from([...older, ...across(400)]))).toBeCloseTo(1, 12);
    expect(told(Float64Array.from([...older, ...across(400)]), across(400))).toBeCloseTo(1, 12);
  });

  test('199 hours in common are too few: it passes and is told; 200 are enough', () => {
    const few = moving([eth], [across(400), across(199)]);
    const text = `0:00 order BTCUSDT +1 @ 100 x1 -> engine allow within-limits 1; trade-limits alert correlation-unknown`;
    expect(play(few, text)).toBe(story(text));
    expect(tellLine(few, '0:00 order BTCUSDT +1 @ 100 x1')[1]).toMatchObject({
      severity: 'info',
      measure: 'correlation',
      observed: null,
      threshold: 0.8,
      about: { account: 0, symbol: 0 },
    });
    const enough = moving([eth], [across(400), across(200)]);
    expect(first(tellLine(enough, '0:00 order BTCUSDT +1 @ 100 x1')).kind).toBe('deny');
    // A missing hour is none.
    const holes = across(200);
    holes[7] = Number.NaN;
    const missing = moving([eth], [across(400), holes]);
    expect(tellLine(missing, '0:00 order BTCUSDT +1 @ 100 x1')).toMatchObject([
      { kind: 'allow' },
      { rule: 'correlation-unknown' },
    ]);
  });

  test('without a book, or switched off, nothing is asked', () => {
    const text = '0:00 order BTCUSDT +1 @ 100 x1 -> engine allow within-limits 1';
    expect(play(moving([], [across(400)]), text)).toBe(story(text));
    const free = moving([eth], [across(400), across(400)], { config: { maxCorrelation: null } });
    expect(play(free, text)).toBe(story(text));
    expect(first(tellLine(free, text.split('->')[0] ?? '')).uses).toEqual([]);
  });

  test('what an order closes is no part of the book that it meets', () => {
    // The long that hedged the short goes first; what is left moves with the new short.
    const held = [
      { symbol: 'BTCUSDT', qty: '20', entry: '100' },
      { ...eth, qty: '-10' },
    ];
    const scene = moving(held, [across(400), mixed(400, 0.9)]);
    const text = `0:00 order BTCUSDT -20 @ 100 x1 -> engine allow within-limits 20
      0:00 order BTCUSDT -21 @ 100 x1 -> trade-limits resize correlation 20`;
    expect(play(scene, text)).toBe(story(text));
  });

  test('open books are measured again daily, each position once as long as it lasts', () => {
    const held = [{ ...eth, symbol: 'BTCUSDT' }, eth];
    const scene = moving(held, [across(400), mixed(400, 0.9)]);
    const twice = 'trade-limits alert correlation; trade-limits alert correlation';
    const text = `24:00 clock -> ${twice}\n48:00 clock`;
    expect(play(scene, text)).toBe(story(text));
    scene.returns[1] = mixed(400, 0.7);
    expect(play(scene, '72:00 clock')).toBe('72:00 clock');
    scene.returns[1] = mixed(400, 0.9);
    const again = tellLine(scene, '96:00 clock');
    expect(again).toMatchObject([
      { kind: 'alert', severity: 'warning', threshold: 0.8, about: { account: 0, symbol: 0 } },
      { kind: 'alert', severity: 'warning', threshold: 0.8, about: { account: 0, symbol: 1 } },
    ]);
    expect(again[0]?.observed).toBeCloseTo(0.9, 12);
  });

  test('a position that is left alone moves with no book: beside another it is told of again', () => {
    const held = [{ ...eth, symbol: 'BTCUSDT' }, eth];
    const scene = moving(held, [across(400), mixed(400, 0.9)]);
    const toldOf = (one: EngineScene) => one.engine.state.guards['trade-limits'];
    const twice = 'trade-limits alert correlation; trade-limits alert correlation';
    expect(toldOf(scene)).toMatchObject({ correlated: [] });
    const text = `24:00 clock -> ${twice}
      25:00 close ETHUSDT 10 @ 100 exit
      48:00 clock
      49:00 open ETHUSDT +10 @ 100 x10
      72:00 clock -> ${twice}`;
    const [first, close, alone, ...rest] = text.split('\n');
    expect(play(scene, `${first}\n${close}`)).toBe(story(`${first}\n${close}`));
    expect(toldOf(scene)).toMatchObject({ correlated: ['0/0/1', '0/1/1'] });
    expect(play(scene, `${alone}`)).toBe(story(`${alone}`));
    expect(toldOf(scene)).toMatchObject({ correlated: [] });
    expect(play(scene, rest.join('\n'))).toBe(story(rest.join('\n')));
    const off = moving(held, [across(400), across(400)], { config: { maxCorrelation: null } });
    play(off, '24:00 clock');
    expect(toldOf(off)).toMatchObject({ correlated: [] });
  });

  test('its rule is broken from an order that is refused for it to one that is not', () => {
    const scene = moving([eth], [across(400), mixed(400, 0.9)]);
    const rule = scene.engine.state.rules.find((one) => one.rule === 'correlation');
    tellLine(scene, '1:00 order BTCUSDT +1 @ 100 x1');
    expect(rule).toMatchObject({ fired: 1, since: 3_600_000, brokenFor: 0 });
    tellLine(scene, '3:00 order BTCUSDT -1 @ 100 x1');
    expect(rule).toMatchObject({ fired: 1, since: null, brokenFor: 7_200_000 });
  });

  test('one position, a hedge, or too little history is no news', () => {
    expect(play(moving([eth], [across(400), across(400)]), '24:00 clock')).toBe('24:00 clock');
    const hedged = moving([{ ...eth, symbol: 'BTCUSDT', qty: '-10' }, eth], [across(400), across(400)]);
    expect(play(hedged, '24:00 clock')).toBe('24:00 clock');
    const young = moving([{ ...eth, symbol: 'BTCUSDT' }, eth], [across(100), across(100)]);
    expect(play(young, '24:00 clock')).toBe('24:00 clock');
    const free = moving([{ ...eth, symbol: 'BTCUSDT' }, eth], [across(400), across(400)], {
      config: { maxCorrelation: null },
    });
    expect(play(free, '24:00 clock')).toBe('24:00 clock');
  });
});
