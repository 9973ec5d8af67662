import { describe, expect, test } from 'vitest';
import { withConfig } from '../../../src/engine/engine.ts';
import { type MarginLadderState, marginLadder } from '../../../src/engine/guards/margin-ladder.ts';
import {
  type MarginLadderConfig,
  marginLadderConfig,
} from '../../../src/engine/guards/margin-ladder-config.ts';
import {
  type EngineScene,
  type EngineSettings,
  engineScene,
  play,
  story,
  tell,
} from '../../support/engine-scene.ts';
import { bookOf, positionOf } from '../../support/venue-scene.ts';

/** S2 layer 4: margin_action. */
const s2: MarginLadderConfig = {
  rungs: [
    { bound: 0.5, action: 'monitor' },
    { bound: 0.3, action: 'reduce', reduceBy: 0.25 },
    { bound: 0.2, action: 'reduce', reduceBy: 0.5 },
    { bound: 0.15, action: 'close' },
  ],
};

type Setting = Partial<Omit<EngineSettings, 'guards' | 'book'>> & {
  readonly config?: MarginLadderConfig;
  readonly held?: readonly Parameters<typeof positionOf>[0][];
  readonly account?: Parameters<typeof bookOf>[1];
};

/** A long of 1 at 100, with a margin of 10: what remains of it is (price - 90) / 10. */
const long = { qty: '1', entry: '100', leverage: 10 } as const;
const short = { ...long, qty: '-1' } as const;

function sceneOf({ config = s2, held = [long], account, marks = [100], ...rest }: Setting = {}): EngineScene {
  const symbols = ['BTCUSDT', 'ETHUSDT'].slice(0, marks.length);
  const book = bookOf(held.map(positionOf), account);
  return engineScene({ symbols, ...rest, marks, book, guards: [withConfig(marginLadder, config)] });
}

function told(setting: Setting, text: string): void {
  expect(play(sceneOf(setting), text)).toBe(story(text));
}

const stateOf = (scene: EngineScene) => scene.engine.state.guards['margin-ladder'] as MarginLadderState;

describe('each rung of S2 layer 4, reached where the measure falls to its bound: one cent above it nothing happens', () => {
  test('0.5: monitor', () => {
    told(
      {},
      `0:01 mark BTCUSDT 95.01
       0:02 mark BTCUSDT 95 -> margin-ladder alert monitor-at-0.5
       0:03 mark BTCUSDT 94`,
    );
  });

  test('0.3: a quarter', () => {
    told(
      {},
      `0:01 mark BTCUSDT 93.01 -> margin-ladder alert monitor-at-0.5
       0:02 mark BTCUSDT 93 -> margin-ladder reduce reduce-25-at-0.3 BTCUSDT 0.25
       0:03 mark BTCUSDT 92.5`,
    );
  });

  test('0.2: a half', () => {
    told(
      {},
      `0:01 mark BTCUSDT 92.01 -> margin-ladder reduce reduce-25-at-0.3 BTCUSDT 0.25
       0:02 mark BTCUSDT 92 -> margin-ladder reduce reduce-50-at-0.2 BTCUSDT 0.5`,
    );
  });

  test('0.15: all', () => {
    told(
      {},
      `0:01 mark BTCUSDT 91.51 -> margin-ladder reduce reduce-50-at-0.2 BTCUSDT 0.5
       0:02 mark BTCUSDT 91.5 -> margin-ladder close close-at-0.15 BTCUSDT 1`,
    );
  });

  test('of a short, the mirror', () => {
    told(
      { held: [short] },
      `0:01 mark BTCUSDT 106.99 -> margin-ladder alert monitor-at-0.5
       0:02 mark BTCUSDT 107 -> margin-ladder reduce reduce-25-at-0.3 BTCUSDT 0.25`,
    );
  });

  test('decided in decimals where doubles are too close: 3 at 0.1 with a margin of 0.03', () => {
    // 0.03 + 3 (0.095 - 0.1) = 0.015 is half of it, and is less in doubles of other orders of the same sum.
    told(
      { held: [{ qty: '3', entry: '0.1', leverage: 10 }], marks: [0.1] },
      `0:01 mark BTCUSDT 0.09500000001
       0:02 mark BTCUSDT 0.095 -> margin-ladder alert monitor-at-0.5`,
    );
  });

  test('named by what was seen, and by the bound', () => {
    const scene = sceneOf();
    const [said] = tell(priced(scene, 92.5), { kind: 'marks', time: 1 });
    expect(said).toMatchObject({
      severity: 'critical',
      measure: 'marginRemaining',
      observed: 0.25,
      threshold: 0.3,
    });
    const [alert] = tell(priced(sceneOf(), 94), { kind: 'marks', time: 1 });
    expect(alert).toMatchObject({ kind: 'alert', severity: 'warning', observed: 0.4, threshold: 0.5 });
  });
});

function priced(scene: EngineScene, price: number): EngineScene {
  scene.venue.prices.mark[0] = price;
  scene.venue.prices.last[0] = price;
  return scene;
}

describe('a rung acts once (RULES 3.3)', () => {
  test('a move over several takes only the lowest', () => {
    told({}, '0:01 mark BTCUSDT 91.9 -> margin-ladder reduce reduce-50-at-0.2 BTCUSDT 0.5');
    told({}, '0:01 mark BTCUSDT 90.6 -> margin-ladder close close-at-0.15 BTCUSDT 1');
  });

  test('it is armed again above the next higher bound, and not at it', () => {
    told(
      {},
      `0:01 mark BTCUSDT 93 -> margin-ladder reduce reduce-25-at-0.3 BTCUSDT 0.25
       0:02 mark BTCUSDT 95
       0:03 mark BTCUSDT 93
       0:04 mark BTCUSDT 95.01 -> margin-ladder alert recovered
       0:05 mark BTCUSDT 93 -> margin-ladder reduce reduce-25-at-0.3 BTCUSDT 0.25`,
    );
  });

  test('which is told of by the bound of the rung that is armed', () => {
    const scene = sceneOf();
    tell(priced(scene, 93), { kind: 'marks', time: 1 });
    expect(tell(priced(scene, 96), { kind: 'marks', time: 2 })).toMatchObject([
      { kind: 'alert', rule: 'recovered', severity: 'info', observed: 0.6, threshold: 0.3 },
    ]);
  });

  test('the first above 1, where a position begins', () => {
    told(
      {},
      `0:01 mark BTCUSDT 95 -> margin-ladder alert monitor-at-0.5
       0:02 mark BTCUSDT 100
       0:03 mark BTCUSDT 95
       0:04 mark BTCUSDT 100.01 -> margin-ladder alert recovered
       0:05 mark BTCUSDT 95 -> margin-ladder alert monitor-at-0.5`,
    );
  });

  test('those that were passed over stay passed until they are armed one after another', () => {
    told(
      {},
      `0:01 mark BTCUSDT 91.9 -> margin-ladder reduce reduce-50-at-0.2 BTCUSDT 0.5
       0:02 mark BTCUSDT 93.1 -> margin-ladder alert recovered
       0:03 mark BTCUSDT 92.9
       0:04 mark BTCUSDT 92 -> margin-ladder reduce reduce-50-at-0.2 BTCUSDT 0.5
       0:05 mark BTCUSDT 101 -> margin-ladder alert recovered
       0:06 mark BTCUSDT 92.9 -> margin-ladder reduce reduce-25-at-0.3 BTCUSDT 0.25`,
    );
  });

  test('on the quantity held then; a reduction releases no margin, so that more of it remains for each unit', () => {
    told(
      {},
      `0:01 mark BTCUSDT 93 -> margin-ladder reduce reduce-25-at-0.3 BTCUSDT 0.25
       0:01 close BTCUSDT 0.25 @ 93 engine
       0:02 mark BTCUSDT 92
       0:03 mark BTCUSDT 91 -> margin-ladder reduce reduce-50-at-0.2 BTCUSDT 0.375`,
    );
    // 10 - 0.25 x 7 = 8.25 stay of 7.5 for 0.75: at 92 they are (8.25 - 6) / 7.5 = 0.3, at 91 exactly 0.2.
  });

  test('rounded up to 12 places, of decimals and not of doubles', () => {
    const rungs = [{ bound: 0.5, action: 'reduce', reduceBy: 0.1 }] as const;
    told(
      { config: { rungs: [...rungs] }, held: [{ ...long, qty: '3' }] },
      '0:01 mark BTCUSDT 95 -> margin-ladder reduce reduce-10-at-0.5 BTCUSDT 0.3',
    );
    const scene = sceneOf({ config: { rungs: [...rungs] }, held: [{ ...long, qty: '1.0000000000001' }] });
    const [said] = tell(priced(scene, 94.9), { kind: 'marks', time: 1 });
    expect(said?.effect).toMatchObject({ kind: 'reduce', qty: 0.100_000_000_001 });
  });

  test('of one position the share is of its quantity: 0.1 of 1, where 0.1 of its 80.02 over 80.02 is more in doubles', () => {
    expect((0.1 * 80.02) / 80.02).toBeGreaterThan(0.1);
    // Of the margin of 8.5 that 85 asks for, 8.5 - 4.98 = 3.52 remain: 0.414.
    const rungs = [{ bound: 0.5, action: 'reduce', reduceBy: 0.1 }] as const;
    const scene = sceneOf({ config: { rungs: [...rungs] }, held: [{ ...long, entry: '85' }], marks: [85] });
    const [said] = tell(priced(scene, 80.02), { kind: 'marks', time: 1 });
    expect(said?.effect).toMatchObject({ kind: 'reduce', qty: 0.1 });
  });

  test('a part of all is all, and a close', () => {
    const config: MarginLadderConfig = { rungs: [{ bound: 0.5, action: 'reduce', reduceBy: 1 }] };
    told({ config }, '0:01 mark BTCUSDT 95 -> margin-ladder close reduce-100-at-0.5 BTCUSDT 1');
  });
});

describe('a book that begins at or below a bound (RULES 3.1)', () => {
  test('is named, and acted on when it next falls to one', () => {
    told(
      { marks: [92.5] },
      `0:01 mark BTCUSDT 92.5 -> margin-ladder alert starts-below
       0:02 mark BTCUSDT 92.1
       0:03 mark BTCUSDT 92 -> margin-ladder reduce reduce-50-at-0.2 BTCUSDT 0.5`,
    );
  });

  test('by what it was below of at its start, also where the first prices are lower', () => {
    told(
      { marks: [95] },
      '0:01 mark BTCUSDT 93 -> margin-ladder alert starts-below; margin-ladder reduce reduce-25-at-0.3 BTCUSDT 0.25',
    );
    const scene = sceneOf({ marks: [95] });
    const [said] = tell(scene, { kind: 'marks', time: 1 });
    expect(said).toMatchObject({ kind: 'alert', severity: 'info', observed: 0.5, threshold: 0.5 });
  });

  test('by a bound that it was below of is told of once its prices are, and those of no other', () => {
    const held = [long, { ...long, symbol: 'ETHUSDT' }];
    const started = (marks: readonly number[]) => stateOf(sceneOf({ held, marks })).scopes;
    expect(started([92.5, 100])).toEqual([
      { key: '0/0/1', passed: 2, start: 'unnamed' },
      { key: '0/1/1', passed: 0, start: null },
    ]);
    expect(started([Number.NaN, 100])[0]).toEqual({ key: '0/0/1', passed: 0, start: 'unread' });
    told(
      { held, marks: [Number.NaN, 100] },
      `0:01 mark ETHUSDT 99
       0:02 mark BTCUSDT 92.5 -> margin-ladder alert starts-below`,
    );
  });

  test('by a cent above it is not below it', () => {
    told({ marks: [95.01] }, '0:01 mark BTCUSDT 95 -> margin-ladder alert monitor-at-0.5');
  });

  test('and has come back first', () => {
    told(
      { marks: [91] },
      `0:01 mark BTCUSDT 91 -> margin-ladder alert starts-below
       0:02 mark BTCUSDT 90.6
       0:03 mark BTCUSDT 92.1 -> margin-ladder alert recovered
       0:04 mark BTCUSDT 91.5 -> margin-ladder close close-at-0.15 BTCUSDT 1`,
    );
  });

  test('is read at its first prices where it begins without any', () => {
    told(
      { marks: [Number.NaN] },
      `0:01 clock
       0:02 mark BTCUSDT 92.5 -> margin-ladder alert starts-below
       0:03 mark BTCUSDT 92 -> margin-ladder reduce reduce-50-at-0.2 BTCUSDT 0.5`,
    );
  });
});

describe('a scope is', () => {
  const hedge = { positionMode: 'hedge', balance: '20', marginMode: 'cross' } as const;
  const cross = { ...long, marginMode: 'cross' } as const;

  test('an isolated position, whatever the account holds beside it', () => {
    told(
      { held: [long, { ...long, symbol: 'ETHUSDT' }], marks: [100, 100] },
      `0:01 mark BTCUSDT 93 -> margin-ladder reduce reduce-25-at-0.3 BTCUSDT 0.25
       0:02 mark ETHUSDT 91.5 -> margin-ladder close close-at-0.15 ETHUSDT 1
       0:02 close ETHUSDT 1 @ 91.5 engine
       0:03 mark BTCUSDT 92.8
       0:04 mark BTCUSDT 92 -> margin-ladder reduce reduce-50-at-0.2 BTCUSDT 0.5`,
    );
  });

  test('either side of a hedge', () => {
    told(
      { held: [long, short], account: { positionMode: 'hedge' } },
      `0:01 mark BTCUSDT 93 -> margin-ladder reduce reduce-25-at-0.3 BTCUSDT 0.25
       0:02 mark BTCUSDT 107 -> margin-ladder alert recovered; margin-ladder reduce reduce-25-at-0.3 BTCUSDT 0.25`,
    );
  });

  test('what an account shares: the share is of all notional, from the position that loses most on', () => {
    // Initial margins of 20, an equity of 20. At 90 and 96 the equity is 6, 0.3 of it: 0.25 x 186 = 46.5 of notional go.
    told(
      { held: [cross, { ...cross, symbol: 'ETHUSDT' }], marks: [100, 100], account: { ...hedge } },
      '0:01 mark BTCUSDT 90 ETHUSDT 96 -> margin-ladder reduce reduce-25-at-0.3 BTCUSDT 0.516666667',
    );
    // At 96 and 88: 0.5 x 184 = 92 are one of 88 and 4 of the other.
    told(
      { held: [cross, { ...cross, symbol: 'ETHUSDT' }], marks: [100, 100], account: { ...hedge } },
      '0:01 mark BTCUSDT 96 ETHUSDT 88 -> margin-ladder close reduce-50-at-0.2 ETHUSDT 1; margin-ladder reduce reduce-50-at-0.2 BTCUSDT 0.041666667',
    );
  });

  test('closed whole by the last rung', () => {
    told(
      { held: [cross, { ...cross, symbol: 'ETHUSDT' }], marks: [100, 100], account: { ...hedge } },
      '0:01 mark BTCUSDT 91 ETHUSDT 92 -> margin-ladder close close-at-0.15 BTCUSDT 1; margin-ladder close close-at-0.15 ETHUSDT 1',
    );
  });

  test('just one position where that is the share: nothing is left over for the next by rounding', () => {
    told(
      { held: [cross, { ...cross, symbol: 'ETHUSDT' }], marks: [100, 100], account: { ...hedge } },
      '0:01 mark BTCUSDT 91.7 ETHUSDT 91.7 -> margin-ladder close reduce-50-at-0.2 BTCUSDT 1',
    );
  });

  test('nor by that of large sums: 0.6 of 15,000 are 9,000, though doubles leave 1e-10 of the notional', () => {
    // At 90.32 equity is 155,000 - 15,000 x 9.68 = 9,800 of 150,000. From NEAR of all on, 0.0014, it would count.
    expect(0.6 * (9000 * 90.32 + 6000 * 90.32)).toBeGreaterThan(9000 * 90.32);
    const rungs = [{ bound: 0.5, action: 'reduce', reduceBy: 0.6 }] as const;
    told(
      {
        config: { rungs: [...rungs] },
        held: [
          { ...cross, qty: '9000' },
          { ...cross, qty: '6000', symbol: 'ETHUSDT' },
        ],
        marks: [100, 100],
        account: { ...hedge, balance: '155000' },
      },
      '0:01 mark BTCUSDT 90.32 ETHUSDT 90.32 -> margin-ladder close reduce-60-at-0.5 BTCUSDT 9000',
    );
  });

  test('known by a name that lasts: closing the first of two leaves the rungs of the other passed', () => {
    const scene = sceneOf({ held: [long, { ...long, symbol: 'ETHUSDT' }], marks: [100, 100] });
    play(scene, '0:01 mark BTCUSDT 93 ETHUSDT 94');
    expect(stateOf(scene).scopes).toMatchObject([
      { key: '0/0/1', passed: 2 },
      { key: '0/1/1', passed: 1 },
    ]);
    play(scene, '0:02 close BTCUSDT 1 @ 93 exit');
    expect(stateOf(scene).scopes).toMatchObject([{ key: '0/1/1', passed: 1 }]);
  });

  test('begun anew where it is opened again', () => {
    told(
      {},
      `0:01 mark BTCUSDT 92.9 -> margin-ladder reduce reduce-25-at-0.3 BTCUSDT 0.25
       0:02 close BTCUSDT 1 @ 92.9 exit
       0:03 open BTCUSDT +1 @ 100 x10
       0:04 mark BTCUSDT 92.9 -> margin-ladder reduce reduce-25-at-0.3 BTCUSDT 0.25`,
    );
  });
});

describe('what it watches', () => {
  const low = (scene: EngineScene) => [...scene.engine.watch.point.equityLow];
  const high = (scene: EngineScene) => [...scene.engine.watch.point.equityHigh];

  test('is the next bound below, and the one above which the last rung is armed again', () => {
    const scene = sceneOf();
    const at = low(scene).findIndex(Number.isFinite);
    expect(low(scene)[at]).toBeCloseTo(5, 6);
    expect(high(scene)[at]).toBe(Number.POSITIVE_INFINITY);
    play(scene, '0:01 mark BTCUSDT 95');
    expect(low(scene)[at]).toBeCloseTo(3, 6);
    expect(high(scene)[at]).toBeCloseTo(10, 6);
    play(scene, '0:02 mark BTCUSDT 91.9');
    expect(low(scene)[at]).toBeCloseTo(1.5, 6);
    expect(high(scene)[at]).toBeCloseTo(3, 6);
    play(scene, '0:03 mark BTCUSDT 91');
    expect(low(scene)[at]).toBe(Number.NEGATIVE_INFINITY);
    expect(high(scene)[at]).toBeCloseTo(2, 6);
  });

  test('is nothing without positions', () => {
    const scene = sceneOf({ held: [] });
    expect(scene.engine.watch.point.scopes).toBe(false);
    expect(play(scene, '0:01 mark BTCUSDT 1')).toBe('0:01 mark BTCUSDT 1');
  });
});

test('every rung is a rule that can fire, and is broken as long as it is passed', () => {
  const scene = sceneOf();
  expect(scene.engine.guards[0]?.rules()).toEqual(
    ['monitor-at-0.5', 'reduce-25-at-0.3', 'reduce-50-at-0.2', 'close-at-0.15'].map((rule) => ({
      rule,
      dead: null,
    })),
  );
  play(scene, '1:00 mark BTCUSDT 93\n3:00 mark BTCUSDT 95.01\n4:00 close BTCUSDT 1 @ 95 exit');
  expect(scene.engine.state.rules).toMatchObject([
    { rule: 'monitor-at-0.5', fired: 0, since: null, brokenFor: 3 * 3_600_000 },
    { rule: 'reduce-25-at-0.3', fired: 1, since: null, brokenFor: 2 * 3_600_000 },
    { rule: 'reduce-50-at-0.2', fired: 0, brokenFor: 0 },
    { rule: 'close-at-0.15', fired: 0, brokenFor: 0 },
  ]);
});

test('what cannot be a ladder is refused: none, bounds that do not descend, a share where nothing is reduced, none where it is', () => {
  const rungs = (...list: object[]) => marginLadderConfig.safeParse({ rungs: list }).success;
  expect(rungs(...s2.rungs)).toBe(true);
  expect(rungs()).toBe(false);
  expect(rungs({ bound: 0.3, action: 'monitor' }, { bound: 0.3, action: 'close' })).toBe(false);
  expect(rungs({ bound: 0.3, action: 'monitor' }, { bound: 0.299, action: 'close' })).toBe(true);
  expect(rungs({ bound: 0.3, action: 'reduce' })).toBe(false);
  expect(rungs({ bound: 0.3, action: 'close', reduceBy: 0.5 })).toBe(false);
  expect(rungs({ bound: 1, action: 'close' })).toBe(false);
});
