import { describe, expect, test } from 'vitest';
import type { Decision } from '../../../src/engine/decision.ts';
import { withConfig } from '../../../src/engine/engine.ts';
import { tradeLimits } from '../../../src/engine/guards/trade-limits.ts';
import type { TradeLimitsConfig } from '../../../src/engine/guards/trade-limits-config.ts';
import {
  type EngineScene,
  type EngineSettings,
  engineScene,
  play,
  story,
  tellLine,
} from '../../support/engine-scene.ts';
import { bookOf, positionOf } from '../../support/venue-scene.ts';

const adjust: TradeLimitsConfig['adjust'] = {
  closes: 2,
  winRateBelow: 0.5,
  winRateFactor: 0.5,
  volatilityAbove: 0.25,
  volatilityFactor: 0.6,
  ceiling: 0.05,
};

/** Every limit off: a test switches on what it is about. */
const off: TradeLimitsConfig = {
  maxPositionMargin: null,
  maxPositionNotional: null,
  maxRisk: null,
  assumedStopAtrs: 2,
  maxCorrelation: null,
  maxSpread: null,
  maxImpact: null,
  onExceed: 'deny',
  adjust,
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

function told(setting: Setting, text: string): void {
  expect(play(sceneOf(setting), text)).toBe(story(text));
}

const first = (decisions: readonly Decision[]) => {
  const [decision] = decisions;
  if (decision === undefined) throw new Error('something must be said');
  return decision;
};

describe('size: initial margin of the position over equity (S4 10 %, RULES 3.2)', () => {
  const config = { maxPositionMargin: 0.1 };

  test('at 10 % it passes, beyond it does not', () => {
    // 1000 x 100 / 10 = 10,000 of 100,000.
    told(
      { config },
      `0:00 order BTCUSDT +1000 @ 100 x10 -> engine allow within-limits 1000
       0:00 order BTCUSDT +1000.0001 @ 100 x10 -> trade-limits deny position-margin 0
       0:00 order BTCUSDT -1000 @ 100 x10 -> engine allow within-limits 1000
       0:00 order BTCUSDT -1000.0001 @ 100 x10 -> trade-limits deny position-margin 0
       0:00 order BTCUSDT +1000 @ 100 x9.99 -> trade-limits deny position-margin 0`,
    );
    told(
      { config: { maxPositionMargin: 0.05 } },
      '0:00 order BTCUSDT +501 @ 100 x10 -> trade-limits deny position-margin 0',
    );
  });

  test('what is held on the same side counts, at its entry; other sides and symbols do not', () => {
    // 400 x 100 / 10 = 4,000 are held; 600 more are 10,000. The mark of 101 gives 400 of equity: 10,040 in all.
    const held = [{ qty: '400', entry: '100' }];
    const hedge = { positionMode: 'hedge' } as const;
    told(
      { config, held, marks: [100, 100], account: hedge },
      `0:00 order BTCUSDT +600 @ 100 x10 -> engine allow within-limits 600
       0:00 order BTCUSDT +600.0001 @ 100 x10 -> trade-limits deny position-margin 0
       0:00 order BTCUSDT -1000 @ 100 x10 -> engine allow within-limits 1000
       0:00 order ETHUSDT +1000 @ 100 x10 -> engine allow within-limits 1000
       1:00 mark BTCUSDT 101
       1:00 order BTCUSDT +604 @ 100 x10 -> engine allow within-limits 604
       1:00 order BTCUSDT +604.0001 @ 100 x10 -> trade-limits deny position-margin 0`,
    );
  });

  test('of another account nothing counts but its equity', () => {
    const [main] = bookOf([]).accounts;
    if (main === undefined) throw new Error('a book must have an account');
    const book = {
      ...bookOf([positionOf({ qty: '400', entry: '100' })]),
      accounts: [main, { ...main, id: 'other' }],
    };
    const scene = engineScene({
      book,
      marks: [100],
      guards: [withConfig(tradeLimits, { ...off, ...config })],
    });
    // 10 % of 200,000.
    const text = `0:00 order BTCUSDT +2000 @ 100 x10 account=1 -> engine allow within-limits 2000
      0:00 order BTCUSDT +2000.1 @ 100 x10 account=1 -> trade-limits deny position-margin 0
      0:00 order BTCUSDT +1600.1 @ 100 x10 -> trade-limits deny position-margin 0`;
    expect(play(scene, text)).toBe(story(text));
  });

  test('amounts that are equal on paper are equal here', () => {
    // 0.1 + 0.2 is not 0.3 in doubles, and it is 10 % of 3.
    told(
      { config, held: [{ qty: '0.1', entry: '1', leverage: 1 }], marks: [1], account: { balance: '3' } },
      `0:00 order BTCUSDT +0.2 @ 1 x1 -> engine allow within-limits 0.2
       0:00 order BTCUSDT +0.2000000001 @ 1 x1 -> trade-limits deny position-margin 0`,
    );
    // Thirds, and a third of an account.
    told(
      { config: { maxPositionMargin: 1 }, marks: [1], account: { balance: '0.1' } },
      '0:00 order BTCUSDT +0.3 @ 1 x3 -> engine allow within-limits 0.3',
    );
  });

  test('what turns a position is judged on the part that opens', () => {
    told(
      { config, held: [{ qty: '-500', entry: '100' }] },
      `0:00 order BTCUSDT +1500 @ 100 x10 -> engine allow within-limits 1500
       0:00 order BTCUSDT +1500.5 @ 100 x10 -> trade-limits resize position-margin 500
       0:00 order BTCUSDT +500 @ 100 x1 -> engine allow within-limits 500`,
    );
  });

  test('resize lets pass what fits, rounded down; nothing where nothing does (S0: the minimum of the limits)', () => {
    const resize = { ...config, onExceed: 'resize' } as const;
    told(
      { config: resize, held: [{ qty: '400', entry: '100' }] },
      `0:00 order BTCUSDT +600 @ 100 x10 -> engine allow within-limits 600
       0:00 order BTCUSDT +700 @ 100 x10 -> trade-limits resize position-margin 600`,
    );
    // 10,000 / 3 = 3333.333...
    const third = first(tellLine(sceneOf({ config: resize }), '0:00 order BTCUSDT +4000 @ 3 x1'));
    expect(third.effect).toMatchObject({ qty: 3333.333333333333 });
    told(
      { config: resize, held: [{ qty: '1000', entry: '100' }] },
      '0:00 order BTCUSDT +1 @ 100 x10 -> trade-limits deny position-margin 0',
    );
    told(
      { config: resize, held: [{ qty: '2000', entry: '100' }] },
      '0:00 order BTCUSDT +1 @ 100 x10 -> trade-limits deny position-margin 0',
    );
  });

  test('it names the share and how much of the limit is used', () => {
    const said = tellLine(sceneOf({ config }), '0:00 order BTCUSDT +1250 @ 100 x10');
    expect(said).toMatchObject([
      {
        guard: 'trade-limits',
        rule: 'position-margin',
        severity: 'warning',
        measure: 'positionMargin',
        observed: 0.125,
        threshold: 0.1,
        uses: [{ guard: 'trade-limits', limit: 'position-margin', use: 1.25 }],
      },
    ]);
    const held = [{ qty: '500', entry: '100' }];
    expect(first(tellLine(sceneOf({ config, held }), '0:00 order BTCUSDT +500 @ 100 x10')).uses).toEqual([
      { guard: 'trade-limits', limit: 'position-margin', use: 1, before: 0.5 },
    ]);
  });
});

describe('size by notional, the literal quantity x price of S4', () => {
  const config = { maxPositionNotional: 0.1 };

  test('at 10 % it passes, beyond it does not; held notional counts at the mark', () => {
    told(
      { config },
      `0:00 order BTCUSDT +100 @ 100 x20 -> engine allow within-limits 100
       0:00 order BTCUSDT +100.0001 @ 100 x20 -> trade-limits deny position-notional 0`,
    );
    // 40 at 150 are 6,000, and equity is 102,000.
    told(
      { config, held: [{ qty: '40', entry: '100' }] },
      `0:00 mark BTCUSDT 150
       0:00 order BTCUSDT +28 @ 150 x20 -> engine allow within-limits 28
       0:00 order BTCUSDT +28.0001 @ 150 x20 -> trade-limits deny position-notional 0`,
    );
    const said = first(tellLine(sceneOf({ config }), '0:00 order BTCUSDT +200 @ 100 x20'));
    expect(said).toMatchObject({ measure: 'positionNotional', observed: 0.2, threshold: 0.1 });
  });
});

describe('risk of the trade: |entry - stop| x quantity over equity (S4 2 %)', () => {
  const config = { maxRisk: 0.02 };

  test('at 2 % it passes, beyond it does not, on both sides', () => {
    // 5 x 400 = 2,000.
    told(
      { config },
      `0:00 order BTCUSDT +400 @ 100 x10 stop=95 -> engine allow within-limits 400
       0:00 order BTCUSDT +400.0001 @ 100 x10 stop=95 -> trade-limits deny risk 0
       0:00 order BTCUSDT +400 @ 100 x10 stop=94.9999 -> trade-limits deny risk 0
       0:00 order BTCUSDT -400 @ 100 x10 stop=105 -> engine allow within-limits 400
       0:00 order BTCUSDT -400 @ 100 x10 stop=105.0001 -> trade-limits deny risk 0`,
    );
    told(
      { config: { maxRisk: 0.015 } },
      `0:00 order BTCUSDT +300 @ 100 x10 stop=95 -> engine allow within-limits 300
       0:00 order BTCUSDT +300.0001 @ 100 x10 stop=95 -> trade-limits deny risk 0`,
    );
  });

  test('equal on paper is equal', () => {
    // 1.1 - 1 is more than 0.1 in doubles; 0.1 x 20,000 = 2 % of 100,000.
    told(
      { config, marks: [1.1] },
      `0:00 order BTCUSDT +20000 @ 1.1 x1 stop=1 -> engine allow within-limits 20000
       0:00 order BTCUSDT +20000.0001 @ 1.1 x1 stop=1 -> trade-limits deny risk 0`,
    );
  });

  test('without a stop: so many ATRs, and before an ATR is known all of its margin', () => {
    // 2 x 5 = 10 a unit: 200 units are 2,000.
    told(
      { config, moments: [{ atr: 5 }] },
      `0:00 order BTCUSDT +200 @ 100 x20 -> engine allow within-limits 200
       0:00 order BTCUSDT +200.0001 @ 100 x20 -> trade-limits deny risk 0`,
    );
    told(
      { config: { ...config, assumedStopAtrs: 4 }, moments: [{ atr: 5 }] },
      `0:00 order BTCUSDT +100 @ 100 x20 -> engine allow within-limits 100
       0:00 order BTCUSDT +100.0001 @ 100 x20 -> trade-limits deny risk 0`,
    );
    // 100 / 20 = 5 a unit.
    told(
      { config },
      `0:00 order BTCUSDT +400 @ 100 x20 -> engine allow within-limits 400
       0:00 order BTCUSDT +400.0001 @ 100 x20 -> trade-limits deny risk 0`,
    );
  });

  test('of this trade alone: what is held has been judged before', () => {
    told(
      { config, held: [{ qty: '400', entry: '100', stop: '95' }] },
      '0:00 order BTCUSDT +400 @ 100 x10 stop=95 -> engine allow within-limits 400',
    );
  });

  test('resize: 2,000 of risk at 8 a unit are 250', () => {
    told(
      { config: { ...config, onExceed: 'resize' } },
      '0:00 order BTCUSDT +400 @ 100 x10 stop=92 -> trade-limits resize risk 250',
    );
    const said = first(tellLine(sceneOf({ config }), '0:00 order BTCUSDT +500 @ 100 x10 stop=92'));
    expect(said).toMatchObject({ measure: 'riskPerTrade', observed: 0.04, threshold: 0.02 });
    expect(said.uses).toEqual([{ guard: 'trade-limits', limit: 'risk', use: 2, before: 0 }]);
  });
});

describe('risk is adjusted, and only down (S0 DynamicRiskAdjuster; RULES 3.5)', () => {
  const config = { maxRisk: 0.02 };
  const threshold = (setting: Setting, lines: string) => {
    const scene = sceneOf(setting);
    play(scene, lines);
    return first(tellLine(scene, '9:00 order BTCUSDT +100000 @ 100 x10 stop=95')).threshold;
  };
  const trade = (time: string, exit: number) => `${time} open BTCUSDT +1 @ 100 x1
    ${time} close BTCUSDT 1 @ ${exit} exit`;

  test('a win rate below 50 % of the last two halves it; at 50 % it stays', () => {
    expect(threshold({ config }, trade('1:00', 99))).toBe(0.02);
    expect(threshold({ config }, `${trade('1:00', 99)}\n${trade('2:00', 101)}`)).toBe(0.02);
    expect(threshold({ config }, `${trade('1:00', 99)}\n${trade('2:00', 99)}`)).toBe(0.01);
    expect(threshold({ config }, `${trade('1:00', 99)}\n${trade('2:00', 99)}\n${trade('3:00', 101)}`)).toBe(
      0.02,
    );
  });

  test('a close that realised nothing is neither; an opening is none', () => {
    const lines = `${trade('1:00', 99)}\n${trade('2:00', 100)}\n${trade('3:00', 100)}`;
    expect(threshold({ config }, lines)).toBe(0.02);
    expect(threshold({ config }, `${lines}\n${trade('4:00', 99)}`)).toBe(0.01);
  });

  test('over as many closes as configured, below the rate that is, by the factor that is', () => {
    const lines = `${trade('1:00', 101)}\n${trade('2:00', 99)}\n${trade('3:00', 99)}`;
    const three = { ...adjust, closes: 3 };
    // One in three.
    expect(threshold({ config: { ...config, adjust: three } }, lines)).toBe(0.01);
    expect(threshold({ config: { ...config, adjust: { ...three, winRateBelow: 0.33 } } }, lines)).toBe(0.02);
    expect(threshold({ config: { ...config, adjust: { ...three, winRateFactor: 0.25 } } }, lines)).toBe(
      0.005,
    );
  });

  test('volatility above 25 % takes 60 % of it, at 25 % all of it stays', () => {
    const at = (volatility24h: number, changed: Partial<TradeLimitsConfig['adjust']> = {}) =>
      threshold(
        { config: { ...config, adjust: { ...adjust, ...changed } }, moments: [{ volatility24h }] },
        '',
      );
    expect(at(0.25)).toBe(0.02);
    expect(at(0.250001)).toBe(0.012);
    expect(at(0.3, { volatilityAbove: 0.3 })).toBe(0.02);
    expect(at(0.3, { volatilityFactor: 0.5 })).toBe(0.01);
    expect(at(Number.NaN)).toBe(0.02);
  });

  test('both together: 0.02 x 0.5 x 0.6', () => {
    const lines = `${trade('1:00', 99)}\n${trade('2:00', 99)}`;
    expect(threshold({ config, moments: [{ volatility24h: 0.4 }] }, lines)).toBe(0.006);
  });

  test('never above the ceiling, which is applied last (S0: min(adjusted, 0.05))', () => {
    expect(threshold({ config: { maxRisk: 0.08 } }, '')).toBe(0.05);
    expect(threshold({ config: { maxRisk: 0.05 } }, '')).toBe(0.05);
    expect(threshold({ config: { maxRisk: 0.08, adjust: { ...adjust, ceiling: 0.03 } } }, '')).toBe(0.03);
    const lines = `${trade('1:00', 99)}\n${trade('2:00', 99)}`;
    expect(threshold({ config: { maxRisk: 0.08 } }, lines)).toBe(0.04);
  });

  test('the limit itself moves: 1 % of 100,000 is 200 units at 5', () => {
    const scene = sceneOf({ config });
    // Two losses of 1, given back.
    play(scene, `${trade('1:00', 99)}\n${trade('2:00', 99)}\n3:00 transfer 2`);
    const text = `4:00 order BTCUSDT +200 @ 100 x10 stop=95 -> engine allow within-limits 200
      4:00 order BTCUSDT +200.0001 @ 100 x10 stop=95 -> trade-limits deny risk 0`;
    expect(play(scene, text)).toBe(story(text));
  });
});

describe('what taking the quantity costs (S1: liquidity conditions, market impact)', () => {
  test('a spread of 20 bps passes, more does not; it is twice the half', () => {
    const config = { maxSpread: 0.002 };
    told(
      { config },
      `0:00 order BTCUSDT +1 @ 100 x1 spread=0.001 -> engine allow within-limits 1
       0:00 order BTCUSDT +1 @ 100 x1 spread=0.0010000001 -> trade-limits deny spread 0`,
    );
    expect(tellLine(sceneOf({ config }), '0:00 order BTCUSDT +1 @ 100 x1 spread=0.002')).toMatchObject([
      {
        rule: 'spread',
        severity: 'warning',
        measure: 'spread',
        observed: 0.004,
        threshold: 0.002,
        uses: [{ guard: 'trade-limits', limit: 'spread', use: 2 }],
      },
    ]);
  });

  test('an impact of 1 % passes, more does not', () => {
    const config = { maxImpact: 0.01 };
    told(
      { config },
      `0:00 order BTCUSDT +1 @ 100 x1 impact=0.01 -> engine allow within-limits 1
       0:00 order BTCUSDT +1 @ 100 x1 impact=0.0100001 -> trade-limits deny impact 0`,
    );
    expect(tellLine(sceneOf({ config }), '0:00 order BTCUSDT +1 @ 100 x1 impact=0.005')).toMatchObject([
      { kind: 'allow', uses: [{ limit: 'impact', use: 0.5 }] },
    ]);
    expect(tellLine(sceneOf({ config }), '0:00 order BTCUSDT +1 @ 100 x1 impact=0.02')).toMatchObject([
      { rule: 'impact', severity: 'warning', measure: 'impact', observed: 0.02, threshold: 0.01 },
    ]);
  });
});

describe('an account without equity takes no new risk', () => {
  const config = { maxPositionMargin: 0.1, maxPositionNotional: 0.1, maxRisk: 0.02 };
  // An isolated margin of 10 and nothing beside it.
  const poor: Setting = {
    config,
    held: [{ qty: '1', entry: '100' }],
    account: { balance: '10' },
  };

  test.each([
    ['nothing', 90],
    ['less than nothing', 80],
  ])('%s: every limit says so, without a number', (_, mark) => {
    const scene = sceneOf(poor);
    tellLine(scene, `0:00 mark BTCUSDT ${mark}`);
    const said = first(tellLine(scene, '0:00 order BTCUSDT +0.01 @ 90 x10 stop=89'));
    expect(said).toMatchObject({ kind: 'deny', rule: 'position-margin', observed: null, threshold: 0.1 });
    expect(said.reasons.map(({ rule, observed }) => [rule, observed])).toEqual([
      ['position-margin', null],
      ['position-notional', null],
      ['risk', null],
    ]);
    expect(said.uses.map(({ use }) => use)).toEqual([1, 1, 1]);
    expect(first(tellLine(scene, '0:00 order BTCUSDT -1 @ 90 x10')).kind).toBe('allow');
  });
});

test('all reasons in the order of the rules, and the use of each limit', () => {
  const scene = sceneOf({
    config: {
      maxPositionMargin: 0.1,
      maxPositionNotional: 0.5,
      maxRisk: 0.02,
      maxSpread: 0.002,
      maxImpact: 0.01,
    },
  });
  const line = '0:00 order BTCUSDT +2000 @ 100 x10 stop=90 spread=0.004 impact=0.02';
  const said = first(tellLine(scene, line));
  const rules = ['position-margin', 'position-notional', 'risk', 'spread', 'impact'];
  expect(said.reasons.map(({ guard, rule }) => `${guard} ${rule}`)).toEqual(
    rules.map((rule) => `trade-limits ${rule}`),
  );
  expect(said.uses.map(({ limit, use }) => [limit, use])).toEqual([
    ['position-margin', 2],
    ['position-notional', 4],
    ['risk', 10],
    ['spread', 4],
    ['impact', 2],
  ]);
});

test('its rules: dead where they are switched off, broken from an order that breaks them to one that does not', () => {
  const rules = ['position-margin', 'position-notional', 'risk', 'correlation', 'spread', 'impact'];
  expect(sceneOf().engine.guards[0]?.rules()).toEqual(
    rules.map((rule) => ({ rule, dead: 'it is switched off' })),
  );
  const config = {
    maxPositionMargin: 0.1,
    maxPositionNotional: 0.5,
    maxRisk: 0.02,
    maxCorrelation: 0.8,
    maxSpread: 0.002,
    maxImpact: 0.01,
  };
  const scene = sceneOf({ config });
  expect(scene.engine.guards[0]?.rules()).toEqual(rules.map((rule) => ({ rule, dead: null })));
  tellLine(scene, '1:00 order BTCUSDT +2000 @ 100 x10 stop=90 spread=0.004 impact=0.02');
  tellLine(scene, '3:00 order BTCUSDT +1 @ 100 x10 stop=90');
  const HOURS2 = 2 * 3_600_000;
  expect(
    scene.engine.state.rules.map(({ rule, fired, since, brokenFor }) => [rule, fired, since, brokenFor]),
  ).toEqual([
    ['position-margin', 1, null, HOURS2],
    ['position-notional', 1, null, HOURS2],
    ['risk', 1, null, HOURS2],
    ['correlation', 0, null, 0],
    ['spread', 1, null, HOURS2],
    ['impact', 1, null, HOURS2],
  ]);
});
