/**
 * Every pair of simultaneous reasons has one answer. It follows from three sentences (DESIGN 3; `said.ts`):
 *
 *   1  deny > resize (the smallest) > allow;  close > flip > reduce (the largest, not their sum)
 *   2  reasons stand in the order of the guards; of one guard halts that stand come first, in the order in which they began,
 *      then its rules in the order in which it lists them
 *   3  the decision bears the name of the first reason that allows least; of two that ask for the same the first guard stands
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Decision, type Finding, type GuardName, guardNames } from '../src/engine/decision.ts';
import { withConfig } from '../src/engine/engine.ts';
import type { Guard, Handlers, Say } from '../src/engine/guard.ts';
import { configureGuards } from '../src/engine/guards.ts';
import type { GuardsConfig } from '../src/engine/guards-config.ts';
import type { PositionView } from '../src/engine/view.ts';
import { type EngineScene, engineScene, play, story, tell, tellLine } from './support/engine-scene.ts';
import { flatTable } from './support/flat-table.ts';
import { guardsOff, guardsOn } from './support/guard-settings.ts';
import { bookOf, HOUR, positionOf } from './support/venue-scene.ts';

/** What a halt of these tests was for. */
const stood = { measure: 'test', observed: 1, threshold: 0 } as const;

/** DESIGN 3, the one ordered list. */
const documented = [
  'emergency-stop',
  'account-levels',
  'margin-ladder',
  'circuit-breakers',
  'funding-breaker',
  'stops',
  'session-limits',
  'leverage-cap',
  'portfolio-limits',
  'trade-limits',
  'flags',
] as const satisfies readonly GuardName[];

test('the order of the guards is that of DESIGN 3', () => {
  expect(guardNames).toEqual(documented);
  const scene = engineScene({
    book: bookOf([]),
    marks: [100],
    guards: configureGuards(guardsOn, guardNames),
  });
  expect(scene.engine.guards.map(({ name }) => name)).toEqual(documented);
  const some = configureGuards(guardsOn, ['flags', 'stops', 'emergency-stop']);
  expect(some.map(({ name }) => name)).toEqual(['emergency-stop', 'stops', 'flags']);
  expect(configureGuards(guardsOn, [])).toEqual([]);
});

/** A reason that an order can meet, and how to bring it about. */
type Reason = {
  readonly guard: GuardName;
  readonly rule: string;
  /** What still fits where limits resize; null where they can only deny. */
  readonly fits: number | null;
  readonly config: (config: GuardsConfig) => GuardsConfig;
  /** True where it is a halt that stands. */
  readonly halt: boolean;
};

const halted = (guard: GuardName, rule: string): Reason => {
  return { guard, rule: `halted-${rule}`, fits: null, config: (config) => config, halt: true };
};

function limit<G extends GuardName>(
  guard: G,
  rule: string,
  settings: Partial<GuardsConfig[G]>,
  fits: number | null = null,
): Reason {
  const config = (before: GuardsConfig): GuardsConfig => {
    return { ...before, [guard]: { ...before[guard], ...settings } };
  };
  return { guard, rule, fits, config, halt: false };
}

/**
 * In the documented order. The book is 1000 ETHUSDT at 100 by 10 with its stop at 95, of 100,000; the order as much of BTCUSDT.
 * Each limit lies below what they are together, so that it resizes to what is written beside it.
 */
const reasons: readonly Reason[] = [
  halted('emergency-stop', 'drawdown'),
  halted('emergency-stop', 'consecutive-losses'),
  halted('emergency-stop', 'breakers-at-once'),
  halted('emergency-stop', 'operator'),
  halted('circuit-breakers', 'daily-loss'),
  halted('circuit-breakers', 'drawdown'),
  halted('circuit-breakers', 'volatility'),
  halted('circuit-breakers', 'trade-count'),
  halted('circuit-breakers', 'execution-failures'),
  halted('circuit-breakers', 'data-sanity'),
  limit('circuit-breakers', 'data-sanity', {
    dataSanity: { moveSigmas: null, markGap: null, silenceSeconds: 60 },
  }),
  halted('session-limits', 'daily-loss'),
  halted('session-limits', 'weekly-drawdown'),
  limit('session-limits', 'trades-per-day', { tradesPerDay: 1 }),
  limit('session-limits', 'orders-per-minute', { ordersPerMinute: 1 }),
  limit('leverage-cap', 'leverage', { moderate: 9 }),
  limit('portfolio-limits', 'positions', { maxPositions: 1 }),
  // 15,000 of margin less 10,000, at 10 a unit.
  limit('portfolio-limits', 'gross-margin', { maxGrossMargin: 0.15 }, 500),
  // 140,000 less 100,000, at 100 a unit.
  limit('portfolio-limits', 'gross-notional', { maxGrossNotional: 1.4 }, 400),
  limit('portfolio-limits', 'net-delta', { maxNetDelta: 1.3 }, 300),
  // 7,500 less 5,000, at 5 a unit.
  limit('portfolio-limits', 'open-risk', { maxOpenRisk: 0.075 }, 500),
  limit('portfolio-limits', 'sector-margin', { maxSectorMargin: 0.12 }, 200),
  limit('portfolio-limits', 'symbol-margin', { maxSymbolMargin: 0.06 }, 600),
  limit('portfolio-limits', 'venue-share', { maxVenueShare: 0.9 }),
  limit('trade-limits', 'position-margin', { maxPositionMargin: 0.05 }, 500),
  limit('trade-limits', 'position-notional', { maxPositionNotional: 0.7 }, 700),
  // 4,000 at 5 a unit.
  limit('trade-limits', 'risk', { maxRisk: 0.04 }, 800),
  limit('trade-limits', 'correlation', { maxCorrelation: 0.8 }),
  limit('trade-limits', 'spread', { maxSpread: 0.001 }),
  limit('trade-limits', 'impact', { maxImpact: 0.001 }),
];

const nameOf = ({ guard, rule }: Pick<Reason, 'guard' | 'rule'>) => `${guard} ${rule}`;

/** The order meets exactly these reasons. */
function judged(met: readonly Reason[], onExceed: 'deny' | 'resize'): Decision {
  const start: GuardsConfig = {
    ...guardsOff,
    'portfolio-limits': { ...guardsOff['portfolio-limits'], onExceed },
    'trade-limits': { ...guardsOff['trade-limits'], onExceed },
  };
  const config = met.reduce((before, one) => one.config(before), start);
  const held = positionOf({ symbol: 'ETHUSDT', qty: '1000', entry: '100', stop: '95', sector: 'layer1' });
  const scene = engineScene({
    symbols: ['BTCUSDT', 'ETHUSDT'],
    marks: [100, 100],
    table: flatTable(0),
    book: bookOf([held]),
    guards: configureGuards(config, guardNames),
    moments: [{ end: 0, close: 100, interval: HOUR }],
  });
  const returns = Float64Array.from({ length: 300 }, (_, i) => (i % 2 === 0 ? 0.01 : -0.01));
  scene.returns.splice(0, 2, returns, returns);
  const { state } = scene.engine;
  // One trade of the day, and one order of the minute before.
  Object.assign(state.guards['session-limits'] ?? {}, { trades: 1, orders: [10 * HOUR] });
  // The later guard was halted before the earlier one; of one guard they keep the order in which they began.
  const standing = met.filter(({ halt }) => halt).toSorted((a, b) => rank(b) - rank(a));
  for (const { guard, rule } of standing)
    state.halts.push({
      guard,
      rule: rule.slice('halted-'.length),
      since: 0,
      until: null,
      manual: true,
      why: stood,
    });
  const line = '10:00 order BTCUSDT +1000 @ 100 x10 stop=95 sector=layer1 spread=0.001 impact=0.005';
  const [decision] = tellLine(scene, line);
  if (decision === undefined) throw new Error('an order must be answered');
  return decision;
}

const rank = ({ guard }: Pick<Reason, 'guard'>) => documented.indexOf(guard);

/** The three sentences, for a list in the documented order. */
function answer(met: readonly Reason[], onExceed: 'deny' | 'resize') {
  const qtyOf = ({ fits }: Reason) => (onExceed === 'resize' && fits !== null ? fits : 0);
  const qty = Math.min(...met.map(qtyOf));
  const first = met.find((one) => qtyOf(one) === qty);
  return { qty, kind: qty > 0 ? 'resize' : 'deny', first: first === undefined ? '' : nameOf(first) };
}

function expectAnswer(met: readonly Reason[], onExceed: 'deny' | 'resize'): void {
  const { guard, rule, kind, effect, reasons: said } = judged(met, onExceed);
  expect({
    first: nameOf({ guard: guard === 'engine' ? 'flags' : guard, rule }),
    kind,
    qty: effect?.kind === 'order' ? effect.qty : null,
    reasons: said.map(nameOf),
  }).toEqual({ ...answer(met, onExceed), reasons: met.map(nameOf) });
}

describe('of an order', () => {
  test('each reason by itself is its only one', () => {
    for (const one of reasons) {
      expectAnswer([one], 'deny');
      expectAnswer([one], 'resize');
    }
    expect(judged([], 'deny')).toMatchObject({ guard: 'engine', kind: 'allow', reasons: [] });
  });

  const pairs = reasons.flatMap((a, i) => reasons.slice(i + 1).map((b) => [a, b] as const));

  test(`every pair of ${reasons.length}, where limits deny`, () => {
    expect(pairs).toHaveLength((reasons.length * (reasons.length - 1)) / 2);
    for (const pair of pairs) expectAnswer(pair, 'deny');
  });

  test('and where they resize', () => {
    for (const pair of pairs) expectAnswer(pair, 'resize');
  });

  test('all of them at once', () => {
    expectAnswer(reasons, 'deny');
    expectAnswer(reasons, 'resize');
    expectAnswer(
      reasons.filter(({ fits }) => fits !== null),
      'resize',
    );
  });

  test('every rule that can meet an order is in the table', () => {
    const scene = engineScene({
      book: bookOf([]),
      marks: [100],
      guards: configureGuards(guardsOn, guardNames),
    });
    const judging: readonly GuardName[] = ['leverage-cap', 'portfolio-limits', 'trade-limits'];
    const named = scene.engine.guards
      .filter(({ name }) => judging.includes(name))
      .flatMap(({ name, rules }) => rules().map(({ rule }) => nameOf({ guard: name, rule })));
    const listed = reasons.filter(({ guard }) => judging.includes(guard)).map(nameOf);
    expect(listed).toEqual(named);
    const halts: readonly GuardName[] = ['emergency-stop', 'circuit-breakers', 'session-limits'];
    for (const { name, rules } of scene.engine.guards.filter((one) => halts.includes(one.name)))
      for (const { rule } of rules())
        expect(reasons.some((one) => one.guard === name && one.rule.endsWith(rule))).toBe(true);
  });

  test('a halt that is said again keeps its place', () => {
    const halt = (rule: string): Finding => {
      return { rule, severity: 'warning', measure: 'test', observed: 1, threshold: 0 };
    };
    const scene = sceneOf(
      puppet('session-limits', {
        marks: (view, _, __, say) => {
          if (view.mark[0] === 90) say.halt(halt('first'), null, true);
          if (view.mark[0] === 80) say.halt(halt('second'), null, true);
          if (view.mark[0] === 70) say.halt(halt('first'), 50 * HOUR, false);
        },
      }),
    );
    play(scene, '1:00 mark BTCUSDT 90\n2:00 mark BTCUSDT 80\n3:00 mark BTCUSDT 70');
    expect(scene.engine.state.halts).toEqual([
      { guard: 'session-limits', rule: 'first', since: HOUR, until: 50 * HOUR, manual: false, why: stood },
      { guard: 'session-limits', rule: 'second', since: 2 * HOUR, until: null, manual: true, why: stood },
    ]);
    const [decision] = tellLine(scene, '4:00 order BTCUSDT +1 @ 70 x2');
    expect(decision?.reasons).toEqual([
      {
        guard: 'session-limits',
        rule: 'halted-first',
        severity: 'warning',
        ...stood,
      },
      {
        guard: 'session-limits',
        rule: 'halted-second',
        severity: 'warning',
        ...stood,
      },
    ]);
  });
});

/** A guard that does what a test says. */
function puppet(name: GuardName, on: Handlers<object>) {
  const guard: Guard<null, object> = { name, init: () => ({}), on, rules: () => [] };
  return withConfig(guard, null);
}

/** A long of 2 at 100. */
function sceneOf(...guards: ReturnType<typeof puppet>[]): EngineScene {
  return engineScene({
    book: bookOf([positionOf({ qty: '2', entry: '100', leverage: 2 })]),
    marks: [100],
    guards,
  });
}

type Ask = { readonly kind: 'reduce' | 'close' | 'flip'; readonly qty: number };

/** Strongest first. */
const asks: readonly Ask[] = [
  { kind: 'close', qty: 2 },
  { kind: 'flip', qty: 2 },
  { kind: 'reduce', qty: 1.5 },
  { kind: 'reduce', qty: 0.5 },
];

const gone: Finding = { rule: 'gone', severity: 'critical', measure: 'test', observed: 1, threshold: 2 };

function ask(say: Say, position: PositionView, { kind, qty }: Ask): void {
  if (kind === 'reduce') say.reduce(position, qty, gone);
  else say[kind](position, gone);
}

const asking = (name: GuardName, one: Ask) =>
  puppet(name, {
    marks: (view, _, __, say) => {
      for (const position of view.positions) ask(say, position, one);
    },
  });

describe('of effects on one position', () => {
  test('every pair of guards and effects: the stronger stands, the first guard on a tie', () => {
    for (const [i, first] of documented.entries()) {
      for (const second of documented.slice(i + 1)) {
        for (const [strengthA, a] of asks.entries()) {
          for (const [strengthB, b] of asks.entries()) {
            const said = tellLine(sceneOf(asking(first, a), asking(second, b)), '1:00 mark BTCUSDT 90');
            const wins = strengthA <= strengthB;
            expect(said.map(({ guard, kind, effect, stands }) => ({ guard, kind, effect, stands }))).toEqual([
              { guard: first, kind: a.kind, stands: wins, effect: effectOf(a) },
              { guard: second, kind: b.kind, stands: !wins, effect: effectOf(b) },
            ]);
          }
        }
      }
    }
  });

  const effectOf = ({ kind, qty }: Ask) => ({ kind, account: 0, symbol: 0, side: 1, qty });

  test.each(asks)('all eleven ask to $kind $qty: the first of the list stands', (one) => {
    const said = tellLine(sceneOf(...documented.map((name) => asking(name, one))), '1:00 mark BTCUSDT 90');
    expect(said.map(({ guard }) => guard)).toEqual(documented);
    expect(said.map(({ stands }) => stands)).toEqual(documented.map((_, i) => i === 0));
  });

  test('all eleven deny, all eleven halt: all are heard, the first is the reason', () => {
    const all = documented.map((name) =>
      puppet(name, {
        order: (_, __, ___, say) => say.deny({ ...gone, rule: `of-${name}` }),
        marks: (_, __, ___, say) => say.halt({ ...gone, rule: `by-${name}` }, null, true),
      }),
    );
    const scene = sceneOf(...all);
    const [denied] = tellLine(scene, '0:00 order BTCUSDT +1 @ 100 x2');
    expect(denied).toMatchObject({ guard: 'emergency-stop', kind: 'deny', rule: 'of-emergency-stop' });
    expect(denied?.reasons.map(nameOf)).toEqual(documented.map((name) => `${name} of-${name}`));
    const halts = tellLine(scene, '1:00 mark BTCUSDT 90');
    expect(halts.map(({ guard, kind }) => [guard, kind])).toEqual(documented.map((name) => [name, 'halt']));
    expect(scene.engine.state.halts.map(({ guard }) => guard)).toEqual(documented);
    // Each halt before the denial of its own guard.
    const [both] = tellLine(scene, '2:00 order BTCUSDT +1 @ 100 x2');
    expect(both?.reasons.map(nameOf)).toEqual(
      documented.flatMap((name) => [`${name} halted-by-${name}`, `${name} of-${name}`]),
    );
    expect(both).toMatchObject({ guard: 'emergency-stop', rule: 'halted-by-emergency-stop' });
  });

  test('a stop yields to a close and a flip of its position, and stands beside a reduction', () => {
    for (const one of asks) {
      const setting = puppet('stops', {
        marks: (view, _, __, say) => {
          for (const position of view.positions) say.setStop(position, 80, gone);
        },
      });
      const said = tellLine(sceneOf(asking('account-levels', one), setting), '1:00 mark BTCUSDT 90');
      expect(said.map(({ stands }) => stands)).toEqual([true, one.kind === 'reduce']);
    }
  });

  test('positions do not yield to one another', () => {
    const book = bookOf(
      [
        positionOf({ qty: '2', entry: '100', leverage: 2 }),
        positionOf({ qty: '-1', entry: '100', leverage: 2 }),
      ],
      { positionMode: 'hedge' },
    );
    const each = puppet('margin-ladder', {
      marks: (view, _, __, say) => {
        for (const position of view.positions) {
          if (position.side > 0) say.close(position, gone);
          else say.reduce(position, 0.5, gone);
        }
      },
    });
    const scene = engineScene({ book, marks: [100], guards: [each] });
    expect(tellLine(scene, '1:00 mark BTCUSDT 90').map(({ kind, stands }) => [kind, stands])).toEqual([
      ['close', true],
      ['reduce', true],
    ]);
  });
});

describe('of the guards themselves', () => {
  const closing = { action: 'close-and-halt', resume: 'manual', cooldownHours: 24 } as const;
  const config: GuardsConfig = {
    ...guardsOn,
    'circuit-breakers': {
      ...guardsOn['circuit-breakers'],
      dailyLoss: { limit: 0.05, ...closing },
      drawdown: { limit: 0.1, ...closing },
    },
  };
  const crash = (enabled: readonly GuardName[]) =>
    engineScene({
      // A margin of 10,000 and 30,000 beside it; 0.5 % are asked.
      book: bookOf([positionOf({ qty: '1000', entry: '100', leverage: 10 })], { balance: '40000' }),
      marks: [100],
      guards: configureGuards(config, enabled),
    });

  test('a crash that all of them see: one close, by the emergency stop', () => {
    // At 91: 31,000 of 40,000 are a fall of 22.5 %; 1,000 of margin remain of 10,000, 455 are asked: a level of 2.2.
    const said = tellLine(crash(guardNames), '1:00 mark BTCUSDT 91');
    const acting = said.filter(({ effect }) => effect !== null && effect.kind !== 'halt');
    expect(acting.map(({ guard, kind, rule, stands }) => `${guard} ${kind} ${rule} ${stands}`)).toEqual([
      'emergency-stop close drawdown true',
      'margin-ladder close close-at-0.15 false',
      'circuit-breakers close daily-loss false',
      'circuit-breakers close drawdown false',
    ]);
    const halts = said.filter(({ kind }) => kind === 'halt').map(nameOfDecision);
    expect(halts).toEqual([
      'emergency-stop drawdown',
      'circuit-breakers daily-loss',
      'circuit-breakers drawdown',
      'session-limits daily-loss',
      'session-limits weekly-drawdown',
    ]);
  });

  test('without it the next of the list closes, and so on', () => {
    const standing = (enabled: readonly GuardName[]) =>
      tellLine(crash(enabled), '1:00 mark BTCUSDT 91')
        .filter(({ stands, kind }) => stands && kind === 'close')
        .map(nameOfDecision);
    expect(standing(documented)).toEqual(['emergency-stop drawdown']);
    expect(standing(documented.slice(1))).toEqual(['margin-ladder close-at-0.15']);
    expect(standing(documented.slice(3))).toEqual(['circuit-breakers daily-loss']);
    expect(standing(documented.slice(4))).toEqual([]);
  });

  const nameOfDecision = ({ guard, rule }: Decision) => `${guard} ${rule}`;
});

describe('an order that lowers |qty| is never denied (RULES 3.7; DESIGN 3)', () => {
  const halts = reasons.filter(({ halt }) => halt);

  const lowering = fc.record({
    side: fc.constantFrom(1 as const, -1 as const),
    share: fc.double({ min: 1e-6, max: 1, noNaN: true }),
    reduceOnly: fc.boolean(),
    hedge: fc.boolean(),
    mark: fc.double({ min: 0.01, max: 10_000, noNaN: true }),
    taken: fc.integer({ min: 0, max: 200_000 }),
    leverage: fc.integer({ min: 1, max: 125 }),
    halted: fc.subarray(halts),
    failed: fc.boolean(),
    orders: fc.integer({ min: 0, max: 40 }),
  });

  test('whatever is halted, broken, or lost', () => {
    fc.assert(
      fc.property(lowering, (one) => {
        const scene = engineScene({
          book: bookOf([positionOf({ qty: one.side > 0 ? '50' : '-50', entry: '100', leverage: 10 })], {
            positionMode: one.hedge ? 'hedge' : 'one-way',
          }),
          marks: [100],
          guards: configureGuards(guardsOn, guardNames),
        });
        const { state } = scene.engine;
        for (const { guard, rule } of one.halted)
          state.halts.push({ guard, rule: rule.slice(7), since: 0, until: null, manual: true, why: stood });
        tellLine(scene, `1:00 transfer -${one.taken}`);
        tellLine(scene, `1:00 mark BTCUSDT ${one.mark}`);
        if (one.failed) scene.engine.failure = new Error('a guard of the test');
        for (let i = 0; i < one.orders; i += 1) tellLine(scene, '1:00 order BTCUSDT +9999 @ 100 x100');
        const qty = 50 * one.share;
        const said = tell(scene, {
          kind: 'order',
          time: 2 * HOUR,
          order: {
            id: 9,
            account: 0,
            symbol: 0,
            contract: 'linear',
            side: one.side > 0 ? -1 : 1,
            qty,
            price: one.mark,
            leverage: one.leverage,
            marginMode: 'isolated',
            stop: null,
            // Of a hedge, only this says that it lowers.
            reduceOnly: one.reduceOnly || one.hedge,
            strategy: null,
            sector: null,
            model: null,
            halfSpread: 0.5,
            impact: 0.5,
          },
        });
        expect(said).toMatchObject([{ guard: 'engine', kind: 'allow', reasons: [], effect: { qty } }]);
      }),
      { numRuns: 150, seed: 1 },
    );
  });

  test('and one that turns a position keeps the part that lowers it', () => {
    const scene = sceneOf(puppet('flags', { order: (_, __, ___, say) => say.deny(gone) }));
    const text = `0:00 order BTCUSDT -2 @ 100 x2 -> engine allow within-limits 2
      0:00 order BTCUSDT -2.5 @ 100 x2 -> flags resize gone 2
      0:00 order BTCUSDT +0.5 @ 100 x2 -> flags deny gone 0`;
    expect(play(scene, text)).toBe(story(text));
  });

  test('in a hedge an order against a position opens the other side, unless it may only reduce', () => {
    const scene = engineScene({
      book: bookOf([positionOf({ qty: '2', entry: '100', leverage: 2 })], { positionMode: 'hedge' }),
      marks: [100],
      guards: [puppet('flags', { order: (_, __, ___, say) => say.deny(gone) })],
    });
    const text = `0:00 order BTCUSDT -1 @ 100 x2 -> flags deny gone 0
      0:00 order BTCUSDT -1 @ 100 x2 reduce=only -> engine allow within-limits 1`;
    expect(play(scene, text)).toBe(story(text));
  });
});
