import { describe, expect, test } from 'vitest';
import type { Decision } from '../../../src/engine/decision.ts';
import { withConfig } from '../../../src/engine/engine.ts';
import type { OrderState } from '../../../src/engine/event.ts';
import { accountLevels } from '../../../src/engine/guards/account-levels.ts';
import type { AccountLevelsConfig } from '../../../src/engine/guards/account-levels-config.ts';
import type { AccountLevelsState } from '../../../src/engine/level-zones.ts';
import {
  decisionText,
  type EngineScene,
  type EngineSettings,
  engineScene,
  play,
  story,
  tell,
} from '../../support/engine-scene.ts';
import { flatTable } from '../../support/flat-table.ts';
import { s3 } from '../../support/source-levels.ts';
import { bookOf, positionOf } from '../../support/venue-scene.ts';

type Setting = Partial<Omit<EngineSettings, 'guards' | 'book'>> & {
  readonly levels?: Partial<AccountLevelsConfig>;
  readonly held?: readonly Parameters<typeof positionOf>[0][];
  readonly account?: Parameters<typeof bookOf>[1];
};

/**
 * A long of 1 at 100 with a margin of 20 and more: at 80 its equity is what was added, and 1 % of maintenance are 0.8. So
 * 1.6 more are a level of 2, 1.2 of 1.5, 0.96 of 1.2.
 */
const withMargin = (addedMargin: string, qty = '1') => ({ qty, entry: '100', leverage: 5, addedMargin });

function sceneOf({
  levels,
  held = [withMargin('1')],
  account,
  marks = [100],
  ...rest
}: Setting = {}): EngineScene {
  const symbols = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'].slice(0, marks.length);
  const book = bookOf(held.map(positionOf), account);
  const guards = [withConfig(accountLevels, { ...s3, ...levels })];
  return engineScene({ symbols, table: flatTable(0.01), ...rest, marks, book, guards });
}

function told(setting: Setting, text: string): void {
  expect(play(sceneOf(setting), text)).toBe(story(text));
}

const stateOf = (scene: EngineScene) => scene.engine.state.guards['account-levels'] as AccountLevelsState;

/** Tells of new marks of BTCUSDT and returns the decisions whole. */
function marksAt(scene: EngineScene, price: number) {
  scene.venue.prices.mark[0] = price;
  scene.venue.prices.last[0] = price;
  return tell(scene, { kind: 'marks', time: scene.engine.state.time });
}

const near = (value: number): number => expect.closeTo(value, 9);

/** An order of ours that the venue has cancelled. */
function cancelled(scene: EngineScene, { symbol = 0, account = 0, state = 'cancelled' as OrderState } = {}) {
  const { time } = scene.engine.state;
  return tell(scene, { kind: 'order-state', time, account, symbol, state, reason: 'venue' });
}

const textOf = (decisions: readonly Decision[]) =>
  decisions.map((one) => decisionText({ symbols: ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'] }, one));

describe('the zones of S3 29.3.1, a hundred-millionth of margin on either side of each bound', () => {
  test.each([
    ['1.60000001', '', 'above 2.0 is SAFE'],
    ['1.6', 'account-levels alert warning', 'at 2.0 is WARNING'],
    ['1.2', 'account-levels alert warning', 'at 1.5 is WARNING'],
    ['1.19999999', 'account-levels reduce critical BTCUSDT 0.250000006', 'below 1.5 is CRITICAL'],
    ['0.96', 'account-levels reduce critical BTCUSDT 0.4', 'at 1.2 is CRITICAL'],
    ['0.95999999', 'account-levels close liquidation BTCUSDT 1', 'below 1.2 is LIQUIDATION'],
  ])('with %s more: %s, %s', (added, said) => {
    const text = `0:01 mark BTCUSDT 80${said === '' ? '' : ` -> ${said}`}`;
    told({ held: [withMargin(added)] }, text);
  });

  test('of a short, the mirror: at 120 its maintenance is 1.2', () => {
    told(
      { held: [withMargin('1.8', '-1')] },
      `0:01 mark BTCUSDT 119
       0:02 mark BTCUSDT 120 -> account-levels alert warning`,
    );
  });

  test('each is named by what was seen and by its bound', () => {
    const seen = (added: string) => marksAt(sceneOf({ held: [withMargin(added)] }), 80)[0];
    const measure = 'marginLevel';
    expect(seen('1.4')).toMatchObject({ severity: 'warning', measure, observed: near(1.75), threshold: 2 });
    expect(seen('1')).toMatchObject({ severity: 'critical', measure, observed: near(1.25), threshold: 1.5 });
    expect(seen('0.8')).toMatchObject({ severity: 'emergency', measure, observed: near(1), threshold: 1.2 });
  });

  test('each acts once on the way down, and again after it has come back', () => {
    told(
      { held: [withMargin('1.4')] },
      `0:01 mark BTCUSDT 80 -> account-levels alert warning
       0:02 mark BTCUSDT 79.9
       0:03 mark BTCUSDT 81 -> account-levels alert recovered
       0:04 mark BTCUSDT 80 -> account-levels alert warning
       0:05 mark BTCUSDT 79.3 -> account-levels close liquidation BTCUSDT 1`,
    );
  });

  test('the way back is named by the bound that it has passed (S3 29.9.1)', () => {
    const scene = sceneOf({ held: [withMargin('1.2')] });
    marksAt(scene, 79.7);
    const back = { rule: 'recovered', severity: 'info', measure: 'marginLevel' };
    expect(marksAt(scene, 80)).toMatchObject([{ ...back, observed: near(1.5), threshold: 1.5 }]);
    expect(marksAt(scene, 81)).toMatchObject([{ ...back, threshold: 2 }]);
    expect(marksAt(scene, 82)).toEqual([]);
  });

  test('an account that keeps nothing is SAFE', () => {
    told({ held: [] }, '0:01 mark BTCUSDT 1');
    told({ table: flatTable(0) }, '0:01 mark BTCUSDT 80');
  });
});

describe('CRITICAL sells until the projected level is at the target (RULES 3.3)', () => {
  test('1 = 2 x 0.8 (1 - f), f = 0.375 (hand)', () => {
    told({}, '0:01 mark BTCUSDT 80 -> account-levels reduce critical BTCUSDT 0.375');
  });

  test('of another target', () => {
    told(
      { levels: { target: 1.6 } },
      '0:01 mark BTCUSDT 80 -> account-levels reduce critical BTCUSDT 0.21875',
    );
  });

  test('after fees: 1 - 0.08 f = 1.6 (1 - f), f = 0.6 / 1.52, rounded up to 12 places', () => {
    const scene = sceneOf({ fees: { taker: 0.001 } });
    expect(marksAt(scene, 80)[0]?.effect).toMatchObject({ kind: 'reduce', qty: 0.394_736_842_106 });
  });

  test('and after the impact of selling all of it: 1 of 10,000 a day at 4 % costs 2/3 x 0.04 x 0.01', () => {
    const slippage = { halfSpreadBps: 1, impactCoefficient: 1, impactExponent: 0.5, maxBarShare: null };
    const scene = sceneOf({ config: { slippage } });
    const cost = 0.0001 + (2 / 3) * 0.04 * 0.01;
    const effect = marksAt(scene, 80)[0]?.effect;
    const share = 0.6 / (1.6 - 80 * cost);
    expect(effect?.kind === 'reduce' ? effect.qty : 0).toBeCloseTo(share, 11);
  });

  test('all of it where even that does not reach the target', () => {
    // Closing costs 2 % of 80 and 1 is there.
    told({ fees: { taker: 0.02 } }, '0:01 mark BTCUSDT 80 -> account-levels close critical BTCUSDT 1');
  });
});

/** Two of 1 at 100 in one cross scope of 20: at 90 and 90 nothing but 0 is left, at 90 and 91 it is 1. */
const shared = { entry: '100', leverage: 10, marginMode: 'cross' } as const;
const btc = { ...shared, qty: '1', openedAt: 2 };
const eth = { ...shared, qty: '1', symbol: 'ETHUSDT', openedAt: 1 };

describe('the strategies of S3 29.5.1, of a scope with several positions', () => {
  const account = { balance: '22', marginMode: 'cross' } as const;
  const both = { held: [btc, eth], account, marks: [100, 100] };

  test('proportional: the same share of each', () => {
    // 2.2 are there and 1.802 kept at 90 and 90.2: 2.2 = 2 x 1.802 (1 - f).
    told(
      both,
      '0:01 mark BTCUSDT 90 ETHUSDT 90.2 -> account-levels reduce critical BTCUSDT 0.389567148; account-levels reduce critical ETHUSDT 0.389567148',
    );
  });

  test('by risk: what is nearest to its liquidation first', () => {
    // 1.1 may be kept of 0.9 + 0.902: 0.702 go. A fall of its own hurts ETHUSDT less, whose price is higher.
    told(
      { ...both, levels: { strategy: 'by-risk' } },
      '0:01 mark BTCUSDT 90 ETHUSDT 90.2 -> account-levels reduce critical ETHUSDT 0.77827051',
    );
  });

  test('by age: the oldest first', () => {
    told(
      { ...both, levels: { strategy: 'by-age' } },
      '0:01 mark BTCUSDT 90.2 ETHUSDT 90 -> account-levels reduce critical ETHUSDT 0.78',
    );
  });

  test('by liquidity: what takes the least of the volume of a day first, all of it before the next', () => {
    // 0.5 of 10,000 before 1.5: 22 - 14.7 - 5.1 = 2.2 are there, 1.1 may be kept of 0.449 + 1.353: all of the first and
    // 1.5 x (1 - 1.1 / 1.353) of the second.
    told(
      {
        ...both,
        held: [
          { ...btc, qty: '1.5' },
          { ...eth, qty: '0.5' },
        ],
        levels: { strategy: 'by-liquidity' },
      },
      '0:01 mark BTCUSDT 90.2 ETHUSDT 89.8 -> account-levels close critical ETHUSDT 0.5; account-levels reduce critical BTCUSDT 0.280487805',
    );
  });
});

/**
 * Three of one cross scope with 10 % of maintenance. At 100, 10 and 100 their notionals are 100, 90 and 50; of what is
 * lost at its own mark a long gives back a tenth and a short asks for a tenth more, so the short is nearest: 1.1 x 90 is
 * more than 0.9 x 100. All markets trade as much a day. At a mark of 160 of the last the scope is SAFE: 28 + 30 of 27.
 */
const three = {
  held: [
    { ...shared, qty: '1', openedAt: 3 },
    { ...shared, qty: '-9', entry: '10', symbol: 'ETHUSDT', openedAt: 1 },
    { ...shared, qty: '0.5', symbol: 'SOLUSDT', openedAt: 2 },
  ],
  account: { balance: '28', marginMode: 'cross' },
  marks: [100, 10, 160],
  table: flatTable(0.1),
} as const;

describe('LIQUIDATION closes the scope, in the order of S3 29.5.2', () => {
  test.each([
    // 28 of 24 is a level of 1.167.
    ['risk', ['ETHUSDT 9', 'BTCUSDT 1', 'SOLUSDT 0.5']],
    ['size', ['BTCUSDT 1', 'ETHUSDT 9', 'SOLUSDT 0.5']],
    ['market', ['SOLUSDT 0.5', 'BTCUSDT 1', 'ETHUSDT 9']],
    ['age', ['ETHUSDT 9', 'SOLUSDT 0.5', 'BTCUSDT 1']],
  ] as const)('by %s', (priority, order) => {
    const closes = order.map((one) => `account-levels close liquidation ${one}`).join('; ');
    told({ ...three, levels: { priority } }, `0:01 mark SOLUSDT 100 -> ${closes}`);
  });

  test('all of it at once, whatever the slices are', () => {
    told(
      { levels: { slices: 9, durationMinutes: 600 } },
      `0:01 mark BTCUSDT 79.9 -> account-levels close liquidation BTCUSDT 1
       0:02 mark BTCUSDT 79.8
       0:03 close BTCUSDT 1 @ 79.8 engine
       9:00 clock`,
    );
  });

  test('each isolated position is a scope of its own, an account that shares another', () => {
    const held = [withMargin('1'), { ...withMargin('1'), symbol: 'ETHUSDT' }];
    told(
      { held, marks: [100, 100] },
      `0:01 mark BTCUSDT 79.9 -> account-levels close liquidation BTCUSDT 1
       0:02 mark ETHUSDT 80 -> account-levels reduce critical ETHUSDT 0.375`,
    );
  });

  test('a market without a known volume is sold last', () => {
    const scene = sceneOf({ ...three, levels: { priority: 'market' } });
    const viewNow = () => {
      const view = scene.viewNow();
      const positions = view.positions.map((one) => (one.symbol === 2 ? { ...one, volumeDaily: 0 } : one));
      return { ...view, positions };
    };
    scene.venue.prices.last[2] = 100;
    scene.venue.prices.mark[2] = 100;
    expect(textOf(tell({ ...scene, viewNow }, { kind: 'marks', time: 1 }))).toEqual(
      ['BTCUSDT 1', 'ETHUSDT 9', 'SOLUSDT 0.5'].map((one) => `account-levels close liquidation ${one}`),
    );
  });

  test('of those that no price liquidates what keeps the most goes first, after those that one does', () => {
    // 90 % are kept. At 211 there are 389 and 0.9 x 361 = 324.9 kept, a level of 1.197. Without BTCUSDT 339 of 279.9 are
    // left, without ETHUSDT 289 of 234.9: no fall liquidates. A rise of SOLUSDT by 64.1 / 1.9 does.
    const held = [
      { ...shared, qty: '0.5', leverage: 1 },
      { ...shared, qty: '1', symbol: 'ETHUSDT', leverage: 1 },
      { ...shared, qty: '-1', symbol: 'SOLUSDT', leverage: 1 },
    ];
    told(
      {
        held,
        account: { balance: '500', marginMode: 'cross' },
        marks: [100, 100, 100],
        table: flatTable(0.9),
      },
      '0:01 mark SOLUSDT 211 -> account-levels close liquidation SOLUSDT 1; account-levels close liquidation ETHUSDT 1; account-levels close liquidation BTCUSDT 0.5',
    );
  });
});

describe('what was sold is checked after execution (S3 29.5.2 validation, RULES 3.3)', () => {
  test('a fill at what was expected leaves the level at the target, where it is WARNING', () => {
    told(
      {},
      `0:01 mark BTCUSDT 80 -> account-levels reduce critical BTCUSDT 0.375
       0:02 close BTCUSDT 0.375 @ 80 engine -> account-levels alert recovered
       0:03 mark BTCUSDT 80.5 -> account-levels alert recovered`,
    );
  });

  test('a worse one that leaves it critical is acted on again: 0.7 = 2 x 0.5 (1 - f) of 0.625', () => {
    // 0.375 x 0.8 less than at 80: 1 - 0.3 are left of 0.625 x 0.8 = 0.5, a level of 1.4.
    told(
      {},
      `0:01 mark BTCUSDT 80 -> account-levels reduce critical BTCUSDT 0.375
       0:02 close BTCUSDT 0.375 @ 79.2 engine -> account-levels reduce after-execution BTCUSDT 0.1875
       0:03 close BTCUSDT 0.1875 @ 80 engine -> account-levels alert recovered`,
    );
  });

  test('a worse one that leaves it below 1.2 closes: 0.59 of 0.5 are 1.18', () => {
    // 0.375 x 1.0934 = 0.41.
    told(
      {},
      `0:01 mark BTCUSDT 80 -> account-levels reduce critical BTCUSDT 0.375
       0:02 close BTCUSDT 0.375 @ 78.9 engine -> account-levels close liquidation BTCUSDT 0.625`,
    );
  });

  test('the check names what it saw, and the bound', () => {
    const scene = sceneOf();
    play(scene, '0:01 mark BTCUSDT 80');
    const { venue } = scene;
    play(scene, '0:02 close BTCUSDT 0.1 @ 80 engine');
    expect(stateOf(scene).scopes[0]?.pending).toEqual([{ key: '0/0/1', qty: 0.375 }]);
    venue.prices.mark[0] = 80;
    expect(cancelled(scene)).toMatchObject([
      // 1 of 0.72 is left, 1.389; 1 = 2 x 0.72 (1 - f).
      {
        rule: 'after-execution',
        severity: 'critical',
        measure: 'marginLevel',
        observed: near(1 / 0.72),
        threshold: 1.5,
        effect: { kind: 'reduce', qty: near(0.9 * (1 - 0.5 / 0.72)) },
      },
    ]);
  });

  test('what is on its way is not asked for twice, in a worse zone it is', () => {
    told(
      {},
      `0:01 mark BTCUSDT 80 -> account-levels reduce critical BTCUSDT 0.375
       0:02 mark BTCUSDT 80.5 -> account-levels alert recovered
       0:03 mark BTCUSDT 80
       0:04 mark BTCUSDT 79.9 -> account-levels close liquidation BTCUSDT 1
       0:05 mark BTCUSDT 81 -> account-levels alert recovered
       0:06 mark BTCUSDT 79.9
       0:07 rejected BTCUSDT
       0:08 close BTCUSDT 0.375 @ 79.9 engine
       0:09 close BTCUSDT 0.625 @ 79.9 engine`,
    );
  });

  test('another fill is not the one that was asked for: too small, of an exit, or an opening', () => {
    told(
      {},
      `0:01 mark BTCUSDT 80 -> account-levels reduce critical BTCUSDT 0.375
       0:02 close BTCUSDT 0.3749 @ 80 engine
       0:03 close BTCUSDT 0.4 @ 80 exit
       0:04 open BTCUSDT +0.001 @ 80 x1
       0:05 close BTCUSDT 0.2261 @ 80 stop`,
    );
  });

  test('nor one of another position', () => {
    const held = [withMargin('1'), { ...withMargin('1'), symbol: 'ETHUSDT' }];
    told(
      { held, marks: [100, 100] },
      `0:01 mark BTCUSDT 80 ETHUSDT 80 -> account-levels reduce critical BTCUSDT 0.375; account-levels reduce critical ETHUSDT 0.375
       0:02 close ETHUSDT 0.375 @ 80 engine -> account-levels alert recovered
       0:03 close BTCUSDT 0.375 @ 80 engine -> account-levels alert recovered`,
    );
  });

  test('of a larger one of the engine it is a part', () => {
    // Half of 80 keep 0.4: 2.5.
    told(
      {},
      `0:01 mark BTCUSDT 80 -> account-levels reduce critical BTCUSDT 0.375
       0:02 close BTCUSDT 0.5 @ 80 engine -> account-levels alert recovered`,
    );
  });

  test('in a scope of several the check waits for the last', () => {
    // 22 - 19.8 + 0.05 x 0.389567148 less: still 2.
    told(
      { held: [btc, eth], account: { balance: '22', marginMode: 'cross' }, marks: [100, 100] },
      `0:01 mark BTCUSDT 90 ETHUSDT 90.2 -> account-levels reduce critical BTCUSDT 0.389567148; account-levels reduce critical ETHUSDT 0.389567148
       0:02 close BTCUSDT 0.389567148301 @ 90 engine
       0:03 close ETHUSDT 0.389567148301 @ 90.2 engine -> account-levels alert recovered`,
    );
  });

  test('an order that is cancelled is no longer on its way, a rejected one is', () => {
    const scene = sceneOf();
    play(scene, '0:01 mark BTCUSDT 80');
    for (const state of ['rejected', 'partly', 'accepted'] as const)
      expect(cancelled(scene, { state })).toEqual([]);
    expect(cancelled(scene, { account: 1 })).toEqual([]);
    expect(textOf(cancelled(scene))).toEqual(['account-levels reduce after-execution BTCUSDT 0.375']);
    expect(textOf(cancelled(scene))).toEqual(['account-levels reduce after-execution BTCUSDT 0.375']);
  });

  test('of a short as well', () => {
    // At 120 there are 1.5 of 1.2: 1.5 = 2.4 (1 - f).
    const scene = sceneOf({ held: [withMargin('1.5', '-1')] });
    expect(textOf(marksAt(scene, 120))).toEqual(['account-levels reduce critical BTCUSDT 0.375']);
    expect(textOf(cancelled(scene))).toEqual(['account-levels reduce after-execution BTCUSDT 0.375']);
  });
});

describe('a book that begins in a zone is named, and acted on when it next falls (RULES 3.1)', () => {
  test('in CRITICAL: nothing is sold before it is below 1.2', () => {
    told(
      { marks: [80] },
      `0:01 mark BTCUSDT 80 -> account-levels alert starts-below
       0:02 mark BTCUSDT 80
       0:03 mark BTCUSDT 79.9 -> account-levels close liquidation BTCUSDT 1`,
    );
  });

  test('in LIQUIDATION: nothing before it has come back and falls again', () => {
    told(
      { marks: [79.9] },
      `0:01 mark BTCUSDT 79.9 -> account-levels alert starts-below
       0:02 mark BTCUSDT 79
       0:03 mark BTCUSDT 82 -> account-levels alert recovered
       0:04 mark BTCUSDT 80 -> account-levels reduce critical BTCUSDT 0.375`,
    );
  });

  test('it is named with what was seen and the bound of its zone', () => {
    expect(marksAt(sceneOf({ marks: [80] }), 80)).toMatchObject([
      {
        kind: 'alert',
        rule: 'starts-below',
        severity: 'info',
        measure: 'marginLevel',
        observed: near(1.25),
        threshold: 1.5,
      },
    ]);
  });

  test('named even where the first mark is another one, and acted on where that is worse', () => {
    told(
      { marks: [80] },
      '0:01 mark BTCUSDT 79.9 -> account-levels alert starts-below; account-levels close liquidation BTCUSDT 1',
    );
  });

  test('before the first price it is not known where it begins', () => {
    told(
      { marks: [Number.NaN] },
      `0:01 clock
       0:02 mark BTCUSDT 80 -> account-levels alert starts-below
       0:03 mark BTCUSDT 79.9 -> account-levels close liquidation BTCUSDT 1`,
    );
    told({ marks: [Number.NaN] }, '0:01 mark BTCUSDT 100\n0:02 mark BTCUSDT 81.5');
  });

  test('what is opened in the run begins SAFE, and is acted on at the next marks', () => {
    told(
      { held: [] },
      `0:01 open BTCUSDT +1 @ 100 x80
       0:02 mark BTCUSDT 100 -> account-levels reduce critical BTCUSDT 0.375`,
    );
  });

  test('on the same constant marks nothing more is said', () => {
    const scene = sceneOf({ marks: [80] });
    marksAt(scene, 80);
    expect(play(scene, '0:01 mark BTCUSDT 80\n0:02 clock\n1:00 bar BTCUSDT')).toBe(
      '0:01 mark BTCUSDT 80\n0:02 clock\n1:00 bar BTCUSDT',
    );
  });
});

describe('what it keeps, watches and reports', () => {
  const columns = ({ engine }: EngineScene) => engine.watch.point;

  test('a scope that has closed is forgotten, one that is opened again begins anew', () => {
    const scene = sceneOf();
    play(scene, '0:01 mark BTCUSDT 80');
    expect(stateOf(scene).scopes).toMatchObject([{ key: '0/0/1', zone: 2, plan: null }]);
    play(scene, '0:02 close BTCUSDT 1 @ 80 engine');
    expect(stateOf(scene).scopes).toEqual([]);
    expect(play(scene, '0:03 open BTCUSDT +1 @ 80 x80\n0:04 mark BTCUSDT 80').split('\n')).toEqual([
      '0:03 open BTCUSDT +1 @ 80 x80',
      '0:04 mark BTCUSDT 80 -> account-levels reduce critical BTCUSDT 0.375',
    ]);
  });

  test('the next worse bound and the one that it has passed', () => {
    const scene = sceneOf();
    const bounds = () => {
      const { levelLow, levelHigh } = columns(scene);
      return [levelLow[1]!, levelHigh[1]!].map((one) => Number(one.toFixed(6)));
    };
    const none = Number.POSITIVE_INFINITY;
    expect(bounds()).toEqual([2, none]);
    marksAt(scene, 80.5);
    expect(bounds()).toEqual([1.5, 2]);
    marksAt(scene, 80);
    expect(bounds()).toEqual([1.2, 1.5]);
    marksAt(scene, 79.9);
    expect(bounds()).toEqual([-none, 1.2]);
  });

  test('a rule is broken as long as its zone is that of a scope, or a worse one', () => {
    const scene = sceneOf();
    const since = () =>
      scene.engine.state.rules.map(({ rule, since: from }) => [rule, from === null ? null : from / 60_000]);
    play(scene, '0:01 mark BTCUSDT 81.5');
    expect(since()).toEqual([
      ['warning', null],
      ['critical', null],
      ['liquidation', null],
      ['after-execution', null],
    ]);
    play(scene, '0:02 mark BTCUSDT 80.5\n0:03 mark BTCUSDT 80');
    expect(since()).toEqual([
      ['warning', 2],
      ['critical', 3],
      ['liquidation', null],
      ['after-execution', null],
    ]);
    play(scene, '0:04 close BTCUSDT 0.375 @ 80 engine');
    expect(since()[1]).toEqual(['critical', null]);
    expect(scene.engine.state.rules[1]).toMatchObject({ fired: 1, brokenFor: 60_000 });
    play(scene, '0:05 mark BTCUSDT 79');
    expect(since()[2]).toEqual(['liquidation', 5]);
  });

  test('without room between critical and liquidation the rule of the former is dead', () => {
    const rulesOf = (levels: Partial<AccountLevelsConfig>) => sceneOf({ levels }).engine.guards[0]?.rules();
    expect(rulesOf({})).toEqual([
      { rule: 'warning', dead: null },
      { rule: 'critical', dead: null },
      { rule: 'liquidation', dead: null },
      { rule: 'after-execution', dead: null },
    ]);
    expect(rulesOf({ liquidation: 1.5 })?.[1]).toEqual({
      rule: 'critical',
      dead: 'what is below critical is below liquidation',
    });
  });

  test('its state is plain: kept, loaded and gone on with, it says the same', () => {
    const scene = sceneOf({ levels: { method: 'twap' } });
    play(scene, '0:01 mark BTCUSDT 79.9');
    expect(JSON.parse(JSON.stringify(stateOf(scene)))).toEqual(stateOf(scene));
  });
});
