/**
 * `step` is total (DESIGN 3): whatever it is told of whatever account, no guard throws, what it says can be written down, its
 * state can be saved at any event, and the same again gives the same again.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Decision, guardNames } from '../src/engine/decision.ts';
import { createEngine, type Engine, type EngineState } from '../src/engine/engine.ts';
import type { EngineEvent } from '../src/engine/event.ts';
import { configureGuards } from '../src/engine/guards.ts';
import type { GuardsConfig } from '../src/engine/guards-config.ts';
import { step } from '../src/engine/step.ts';
import { findPosition, positionKey } from '../src/engine/view.ts';
import { setTotals, TOTAL, TOTALS, totalReached } from '../src/engine/watch.ts';
import { MS_PER_DAY } from '../src/model/time.ts';
import { type AnyStep, type AnyWorld, anySteps, viewOf } from './support/any-engine.ts';
import { engineScene, tellLine } from './support/engine-scene.ts';
import { guardsOn } from './support/guard-settings.ts';
import { bookOf, positionOf } from './support/venue-scene.ts';

const onExceed = fc.constantFrom('deny' as const, 'resize' as const);
const action = fc.constantFrom('halt' as const, 'close-and-halt' as const);
const resume = fc.constantFrom('day' as const, 'cooldown' as const, 'manual' as const);

/** The documents' settings with every choice of words that a guard knows. */
const anyConfig = fc
  .record({
    onExceed,
    action,
    resume,
    strategy: fc.constantFrom(
      'proportional' as const,
      'by-risk' as const,
      'by-age' as const,
      'by-liquidity' as const,
    ),
    method: fc.constantFrom('immediate' as const, 'twap' as const, 'vwap' as const, 'iceberg' as const),
    priority: fc.constantFrom('risk' as const, 'size' as const, 'market' as const, 'age' as const),
    type: fc.constantFrom(
      'atr' as const,
      'percent' as const,
      'trailing-atr' as const,
      'chandelier' as const,
      'adaptive' as const,
    ),
    funding: fc.constantFrom('close' as const, 'flip' as const),
    settlements: fc.constantFrom(1, 3),
    few: fc.constantFrom(1, 20),
  })
  .map((one): GuardsConfig => {
    const breakers = guardsOn['circuit-breakers'];
    const reaction = { action: one.action, resume: one.resume };
    return {
      ...guardsOn,
      'emergency-stop': { ...guardsOn['emergency-stop'], consecutiveLosses: one.few, drawdown: 0.9 },
      'account-levels': {
        ...guardsOn['account-levels'],
        strategy: one.strategy,
        method: one.method,
        priority: one.priority,
        slices: 3,
      },
      'circuit-breakers': {
        dailyLoss: { ...breakers.dailyLoss, ...reaction },
        drawdown: { ...breakers.drawdown, ...reaction },
        volatility: { ...breakers.volatility, ...reaction },
        tradeCount: { ...breakers.tradeCount, ...reaction, limit: one.few },
        executionFailures: { ...breakers.executionFailures, ...reaction, window: 2 },
        dataSanity: breakers.dataSanity,
      },
      'funding-breaker': {
        ...guardsOn['funding-breaker'],
        action: one.funding,
        settlements: one.settlements,
      },
      stops: { ...guardsOn.stops, type: one.type, adaptive: { ...guardsOn.stops.adaptive, trails: true } },
      'session-limits': { ...guardsOn['session-limits'], ordersPerMinute: one.few, tradesPerDay: one.few },
      'portfolio-limits': { ...guardsOn['portfolio-limits'], onExceed: one.onExceed },
      'trade-limits': { ...guardsOn['trade-limits'], onExceed: one.onExceed },
    };
  });

function engineOf(config: GuardsConfig, world: AnyWorld, now: number, saved: EngineState | null): Engine {
  const guards = configureGuards(config, guardNames);
  return createEngine({ guards, book: bookOf([]), mode: 'moderate', saved }, (ground) =>
    viewOf(world, now, ground),
  );
}

function timeOf({ wait }: AnyStep, now: number): number {
  return wait === 'day' ? (Math.floor(now / MS_PER_DAY) + 1) * MS_PER_DAY : now + wait;
}

function tell(engine: Engine, { world, event }: AnyStep, time: number): readonly Decision[] {
  engine.view = viewOf(world, time, engine.state);
  return step(engine, { ...event, time });
}

/** All that is said in a sequence; each moment is handed to `look` before it is told of. */
function playAll(
  config: GuardsConfig,
  steps: readonly AnyStep[],
  look: (engine: Engine, one: AnyStep, time: number) => (said: readonly Decision[]) => void,
): (readonly Decision[])[] {
  const [first] = steps;
  if (first === undefined) return [];
  const engine = engineOf(config, first.world, 0, null);
  let now = 0;
  return steps.map((one) => {
    now = timeOf(one, now);
    const check = look(engine, one, now);
    const said = tell(engine, one, now);
    if (engine.failure !== null) throw engine.failure;
    check(said);
    return said;
  });
}

const blind = () => () => undefined;

const number = (value: number | null) => value === null || Number.isFinite(value);

/** What every decision must hold, whoever made it. */
function checkDecision(engine: Engine, event: EngineEvent, decision: Decision): void {
  const { time, rule, measure, observed, threshold, effect, reasons, uses } = decision;
  expect(time).toBe(event.time);
  expect(rule).toMatch(/^[a-z][a-z0-9.-]*$/);
  expect(measure).toMatch(/^[a-zA-Z0-9]+$/);
  expect([rule, observed, number(observed)]).toEqual([rule, observed, true]);
  expect([rule, threshold, number(threshold)]).toEqual([rule, threshold, true]);
  for (const one of reasons)
    expect([one.rule, number(one.observed), number(one.threshold)]).toEqual([one.rule, true, true]);
  for (const { limit, use } of uses) expect([limit, Number.isFinite(use) && use >= 0]).toEqual([limit, true]);
  if (effect === null || effect.kind === 'resume') return;
  if (effect.kind === 'halt') expect(number(effect.until)).toBe(true);
  else if (effect.kind === 'set-stop') expect(Number.isFinite(effect.price) && effect.price > 0).toBe(true);
  else if (effect.kind !== 'order') {
    const held = findPosition(engine.view, effect);
    expect(effect.qty).toBeGreaterThan(0);
    expect(effect.qty).toBeLessThanOrEqual(held?.qty ?? 0);
  }
}

/** One order, one answer; and of a position at most one effect that stands. */
function checkTogether(engine: Engine, event: EngineEvent, said: readonly Decision[]): void {
  const answers = said.filter(({ effect }) => effect?.kind === 'order');
  expect(answers).toHaveLength(event.kind === 'order' ? 1 : 0);
  if (event.kind === 'order') checkAnswer(engine, event, answers);
  const standing = said.flatMap(({ effect, stands }) =>
    stands &&
    effect !== null &&
    (effect.kind === 'reduce' || effect.kind === 'close' || effect.kind === 'flip')
      ? [positionKey(effect)]
      : [],
  );
  expect(new Set(standing).size).toBe(standing.length);
}

function checkAnswer(
  { view }: Engine,
  { order }: Extract<EngineEvent, { kind: 'order' }>,
  [answer]: readonly Decision[],
): void {
  const qty = answer?.effect?.kind === 'order' ? answer.effect.qty : Number.NaN;
  const kind = qty <= 0 ? 'deny' : qty < order.qty ? 'resize' : 'allow';
  expect(qty).toBeGreaterThanOrEqual(0);
  expect(qty).toBeLessThanOrEqual(order.qty);
  expect(answer?.kind).toBe(kind);
  const hedge = view.accounts[order.account]?.hedge === true;
  const against = findPosition(view, { ...order, side: order.side > 0 ? -1 : 1 });
  const lowers = order.reduceOnly ? order.qty : hedge ? 0 : Math.min(order.qty, against?.qty ?? 0);
  expect(qty).toBeGreaterThanOrEqual(lowers);
}

/** Where a value is not plain finite data, all the way down. */
function notPlain(value: unknown, path: string): string[] {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return [];
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path} is ${value}`];
  if (typeof value !== 'object') return [`${path} is ${typeof value}`];
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype)
    return [`${path} is of a class`];
  return Object.entries(value).flatMap(([key, one]) => notPlain(one, `${path}.${key}`));
}

/** Columns as text; bounds that are infinite stay so. */
function columnsText(value: object): string {
  return JSON.stringify(value, (_, one: unknown) => {
    if (one instanceof Float64Array || one instanceof Uint8Array) return Array.from(one, String);
    return typeof one === 'number' ? String(one) : one;
  });
}

const runs = { numRuns: 120, seed: 1 };

describe('whatever comes', () => {
  test('no guard throws, and what is said can be written down', () => {
    fc.assert(
      fc.property(anyConfig, anySteps, (config, steps) => {
        playAll(config, steps, (engine, { event }, time) => (said) => {
          for (const one of said) checkDecision(engine, { ...event, time }, one);
          checkTogether(engine, { ...event, time }, said);
        });
      }),
      runs,
    );
  });

  test('the state is plain, and an engine that is saved and loaded goes on as if it had not been', () => {
    fc.assert(
      fc.property(anyConfig, anySteps, (config, steps) => {
        playAll(config, steps, (engine, one, time) => {
          expect(notPlain(engine.state, 'state')).toEqual([]);
          const text = JSON.stringify(engine.state);
          const saved: EngineState = JSON.parse(text);
          const loaded = engineOf(config, one.world, time, saved);
          expect(JSON.stringify(loaded.state)).toBe(text);
          const then = tell(loaded, one, time);
          return (said) => {
            expect(JSON.stringify(then)).toBe(JSON.stringify(said));
            expect(JSON.stringify(loaded.state)).toBe(JSON.stringify(engine.state));
            expect(columnsText(loaded.watch)).toBe(columnsText(engine.watch));
          };
        });
      }),
      runs,
    );
  });

  test('the same again gives the same again', () => {
    fc.assert(
      fc.property(anyConfig, anySteps, (config, steps) => {
        expect(playAll(config, steps, blind)).toEqual(playAll(config, steps, blind));
      }),
      { ...runs, numRuns: 60 },
    );
  });

  test('with no guards nothing is said but the answer to an order', () => {
    fc.assert(
      fc.property(anySteps, (steps) => {
        const [first] = steps;
        if (first === undefined) return;
        const engine = createEngine(
          { guards: [], book: bookOf([]), mode: 'moderate', saved: null },
          (ground) => viewOf(first.world, 0, ground),
        );
        let now = 0;
        for (const one of steps) {
          now = timeOf(one, now);
          const said = tell(engine, one, now);
          if (one.event.kind === 'order') expect(said).toMatchObject([{ guard: 'engine', kind: 'allow' }]);
          else expect(said).toEqual([]);
        }
      }),
      { ...runs, numRuns: 60 },
    );
  });
});

describe('before the first price of all that is held', () => {
  const held = ['BTCUSDT', 'ETHUSDT'].map((symbol) => positionOf({ symbol, qty: '10', entry: '100' }));
  const sceneOf = () =>
    engineScene({
      symbols: ['BTCUSDT', 'ETHUSDT'],
      marks: [100, Number.NaN],
      book: bookOf(held, { balance: '10000' }),
      guards: configureGuards(guardsOn, ['emergency-stop', 'circuit-breakers', 'session-limits']),
    });

  test('nothing is lost, nothing is a peak, and no new risk is taken by what measures it', () => {
    const scene = sceneOf();
    const { state } = scene.engine;
    expect(state).toMatchObject({ measured: false, bases: { day: 0, weekPeak: 0, peak: 0 } });
    for (const line of ['1:00 mark BTCUSDT 50', '1:00 transfer 500', '24:00 clock', '25:00 operator resume'])
      expect(tellLine(scene, line)).toEqual([]);
    expect(state).toMatchObject({ measured: false, bases: { day: 0, weekPeak: 0, peak: 0 } });
    const limits = engineScene({
      symbols: ['BTCUSDT', 'ETHUSDT'],
      marks: [100, Number.NaN],
      book: bookOf(held),
      guards: configureGuards(guardsOn, ['portfolio-limits', 'trade-limits']),
    });
    const [denied] = tellLine(limits, '1:00 order BTCUSDT +0.001 @ 100 x1');
    expect(denied).toMatchObject({ kind: 'deny', rule: 'gross-margin', observed: null });
  });

  test('losses are measured from the first equity that is known, which is waited for', () => {
    const scene = sceneOf();
    const { state } = scene.engine;
    const isTold = (total: number) => {
      const totals = setTotals(new Float64Array(TOTALS), scene.engine.watch.point, total, {
        peak: state.bases.peak,
        weekPeak: state.bases.weekPeak,
      });
      expect(totals[TOTAL]).toBe(total);
      return totalReached(totals);
    };
    expect([isTold(Number.NaN), isTold(10_000), isTold(-1)]).toEqual([false, true, true]);
    // 10 x (90 - 100) of 10,000.
    expect(tellLine(scene, '2:00 mark ETHUSDT 90')).toEqual([]);
    expect(state).toMatchObject({ measured: true, bases: { day: 9900, weekPeak: 9900, peak: 9900 } });
    expect(isTold(9900)).toBe(false);
    expect(tellLine(scene, '3:00 transfer 100')).toEqual([]);
    expect(state.bases).toEqual({ day: 10_000, weekPeak: 10_000, peak: 10_000 });
  });
});
