import { describe, expect, test } from 'vitest';
import { withConfig } from '../../src/engine/engine.ts';
import { accountLevels } from '../../src/engine/guards/account-levels.ts';
import type { AccountLevelsConfig } from '../../src/engine/guards/account-levels-config.ts';
import type { Regime } from '../../src/market/regime.ts';
import { type EngineScene, type EngineSettings, engineScene, play, tell } from '../support/engine-scene.ts';
import { flatTable } from '../support/flat-table.ts';
import { s3 } from '../support/source-levels.ts';
import { bookOf, positionOf } from '../support/venue-scene.ts';

type Dynamic = AccountLevelsConfig['dynamic'];

type Setting = Partial<Pick<EngineSettings, 'mode' | 'moments'>> & {
  readonly dynamic?: Partial<Dynamic>;
  readonly addedMargin?: string;
  readonly more?: readonly Parameters<typeof positionOf>[0][];
};

/**
 * A long of 1 at 100 in an account of 1000, with a margin of 20 and more: at 80 its equity is what was added, 0.8 are kept,
 * and the account has 980 of a peak of 1000.
 */
function sceneOf({ dynamic = {}, addedMargin = '2.4', more = [], ...rest }: Setting = {}): EngineScene {
  const held = [{ qty: '1', entry: '100', leverage: 5, addedMargin }, ...more];
  return engineScene({
    symbols: ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'],
    marks: [100, 100, 100],
    table: flatTable(0.01),
    book: bookOf(held.map(positionOf), { balance: '1000' }),
    guards: [withConfig(accountLevels, { ...s3, dynamic: { ...s3.dynamic, ...dynamic } })],
    ...rest,
  });
}

/** What is said at 80: the level is what was added over 0.8. */
function saidAt80(scene: EngineScene) {
  scene.venue.prices.mark[0] = 80;
  scene.venue.prices.last[0] = 80;
  return tell(scene, { kind: 'marks', time: 1 });
}

/** The factor that a fall to WARNING shows; 1 where a level of 2.4 / 0.8 = 3 is SAFE. */
function factorOf(setting: Setting): number {
  const [said] = saidAt80(sceneOf(setting));
  return said === undefined ? 1 : (said.threshold ?? Number.NaN) / 2;
}

describe('dynamic thresholds (S3 29.3.1): tables of multipliers that only tighten (RULES 3.5)', () => {
  test('all four levels are multiplied, and the target', () => {
    const dynamic = { strategyRisk: [{ mode: 'moderate', multiplier: 1.5 }] };
    const said = (addedMargin: string) => saidAt80(sceneOf({ dynamic, addedMargin }))[0];
    expect(said('2.40000001')).toBeUndefined();
    expect(said('2.4')).toMatchObject({ rule: 'warning', threshold: 3 });
    expect(said('1.8')).toMatchObject({ rule: 'warning', threshold: 3 });
    // 1.79999999 = 3 x 0.8 (1 - f).
    expect(said('1.79999999')).toMatchObject({
      rule: 'critical',
      threshold: 2.25,
      effect: { kind: 'reduce', qty: expect.closeTo(1 - 1.79999999 / 2.4, 10) },
    });
    expect(said('1.44')).toMatchObject({ rule: 'critical', threshold: 2.25 });
    expect(said('1.43999999')).toMatchObject({ rule: 'liquidation', threshold: expect.closeTo(1.8, 12) });
  });

  test('without tables, or in a mode that none names, they are those of S3', () => {
    expect(saidAt80(sceneOf({ addedMargin: '1.6' }))).toMatchObject([{ rule: 'warning', threshold: 2 }]);
    const dynamic = { strategyRisk: [{ mode: 'aggressive', multiplier: 1.5 }] };
    expect(factorOf({ dynamic })).toBe(1);
    expect(factorOf({ dynamic, mode: 'aggressive' })).toBe(1.5);
  });

  test('by account size: strictly above, and the last of several', () => {
    const size = (...table: (readonly [number, number])[]): Setting => ({
      dynamic: { accountSize: table.map(([above, multiplier]) => ({ above, multiplier })) },
    });
    expect(factorOf(size([980, 1.5]))).toBe(1);
    expect(factorOf(size([979.99, 1.5]))).toBe(1.5);
    expect(factorOf(size([0, 1.75], [500, 1.5], [981, 2]))).toBe(1.5);
    expect(factorOf(size([0, 1.75], [500, 1]))).toBe(1);
  });

  test('by what was lost: strictly above, and the last of several', () => {
    const history = (...table: (readonly [number, number])[]): Setting => ({
      dynamic: { history: table.map(([drawdownAbove, multiplier]) => ({ drawdownAbove, multiplier })) },
    });
    expect(factorOf(history([0.02, 1.5]))).toBe(1);
    expect(factorOf(history([0.019_999, 1.5]))).toBe(1.5);
    expect(factorOf(history([0, 1.75], [0.01, 1.5], [0.03, 2]))).toBe(1.5);
    expect(factorOf(history([0, 1.75], [0.01, 1]))).toBe(1);
  });

  test('by the market: the largest of the symbols that are held', () => {
    const market = (['volatile', 'choppy'] as const).map((regime, i) => ({ regime, multiplier: 2 - i / 2 }));
    const of = (regimes: readonly (Regime | null)[], more: Setting['more'] = []) =>
      factorOf({ dynamic: { market }, moments: regimes.map((regime) => ({ regime })), more });
    const eth = { qty: '1', entry: '100', leverage: 1, symbol: 'ETHUSDT' };
    expect(of(['volatile'])).toBe(2);
    expect(of(['choppy'])).toBe(1.5);
    expect(of(['stable'])).toBe(1);
    expect(of([null])).toBe(1);
    // Not held.
    expect(of(['choppy', 'volatile'])).toBe(1.5);
    expect(of(['choppy', 'volatile', 'stable'], [eth])).toBe(2);
    expect(of(['choppy', 'stable', 'volatile'], [eth])).toBe(1.5);
  });

  test('the tables multiply, to 2 at most', () => {
    const dynamic: Partial<Dynamic> = {
      accountSize: [{ above: 0, multiplier: 1.1 }],
      strategyRisk: [{ mode: 'moderate', multiplier: 1.2 }],
      history: [{ drawdownAbove: 0, multiplier: 1.25 }],
    };
    expect(factorOf({ dynamic })).toBeCloseTo(1.65, 12);
    const market = [{ regime: 'stable' as const, multiplier: 1.2 }];
    expect(factorOf({ dynamic: { ...dynamic, market }, moments: [{ regime: 'stable' }] })).toBeCloseTo(
      1.98,
      12,
    );
    const all = { ...dynamic, market: [{ regime: 'stable' as const, multiplier: 1.5 }] };
    expect(factorOf({ dynamic: all, moments: [{ regime: 'stable' }] })).toBe(2);
  });

  test('a bound that moves over a level that stands still is a crossing', () => {
    const dynamic = { market: [{ regime: 'volatile' as const, multiplier: 2 }] };
    const scene = sceneOf({ dynamic, addedMargin: '2', moments: [{ regime: 'stable' }] });
    // 2.5 is SAFE, and LIQUIDATION below 2.4 is not reached; of 3 CRITICAL is: 2 = 4 x 0.8 (1 - f).
    const text = `0:01 mark BTCUSDT 80
0:02 bar BTCUSDT regime=volatile
0:02 mark BTCUSDT 80 -> account-levels reduce critical BTCUSDT 0.375
0:03 bar BTCUSDT regime=stable
0:03 mark BTCUSDT 80 -> account-levels alert recovered`;
    expect(play(scene, text)).toBe(text);
  });
});

describe('what would change the factor is watched', () => {
  /** What is watched is 1e-9 within or beyond. */
  const near = (value: number): number => expect.closeTo(value, 5);
  const point = ({ engine }: EngineScene) => engine.watch.point;

  test('the equity at which a bound of account size is reached, from either side', () => {
    const accountSize = [
      { above: 500, multiplier: 1 },
      { above: 2000, multiplier: 1.5 },
    ];
    const scene = sceneOf({ dynamic: { accountSize } });
    expect(point(scene)).toMatchObject({ totalLow: near(500), totalHigh: near(2000) });
    // Of the day's equity, wherever that stands.
    saidAt80(scene);
    expect(point(scene)).toMatchObject({ totalLow: near(500), totalHigh: near(2000) });
  });

  test('the drawdown at which a bound of history is reached, from either side', () => {
    const history = [
      { drawdownAbove: 0.01, multiplier: 1 },
      { drawdownAbove: 0.05, multiplier: 1.5 },
    ];
    const scene = sceneOf({ dynamic: { history } });
    expect(point(scene)).toMatchObject({ peakLow: near(0.99), peakHigh: Number.POSITIVE_INFINITY });
    saidAt80(scene);
    expect(point(scene)).toMatchObject({ peakLow: near(0.95), peakHigh: near(0.99) });
  });

  test('every bar of what is held where the regime counts', () => {
    const market = [{ regime: 'volatile' as const, multiplier: 1.5 }];
    expect([...sceneOf({ dynamic: { market } }).engine.watch.everyBar]).toEqual([1, 0, 0]);
  });

  test('nothing where all multipliers are 1', () => {
    const scene = sceneOf({
      dynamic: {
        accountSize: [{ above: 500, multiplier: 1 }],
        market: [{ regime: 'volatile', multiplier: 1 }],
        history: [{ drawdownAbove: 0.01, multiplier: 1 }],
      },
    });
    const none = Number.POSITIVE_INFINITY;
    expect(point(scene)).toMatchObject({ totalLow: -none, totalHigh: none, peakLow: -none, peakHigh: none });
    expect([...scene.engine.watch.everyBar]).toEqual([0, 0, 0]);
  });

  test('before the first price no table of equity counts', () => {
    const scene = sceneOf({
      dynamic: {
        accountSize: [{ above: 0, multiplier: 1.5 }],
        history: [{ drawdownAbove: 0, multiplier: 1.5 }],
      },
      more: [{ qty: '1', entry: '100', leverage: 1, symbol: 'SOLUSDT' }],
    });
    scene.venue.prices.mark[2] = Number.NaN;
    // 3 is above 2.
    expect(saidAt80(scene)).toEqual([]);
  });
});
