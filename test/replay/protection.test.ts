import { describe, expect, test } from 'vitest';
import type { Finding, GuardName } from '../../src/engine/decision.ts';
import { type Configured, withConfig } from '../../src/engine/engine.ts';
import type { Guard } from '../../src/engine/guard.ts';
import { compareRemaining, marginRemaining } from '../../src/engine/measures.ts';
import { positionKey } from '../../src/engine/view.ts';
import { drive } from '../../src/replay/drive.ts';
import { createProtection } from '../../src/replay/protection.ts';
import { createRun, moneyOf, reportRun } from '../../src/replay/run.ts';
import { unknownMarket } from '../support/engine-scene.ts';
import {
  barsOf,
  bookOf,
  frictionless,
  HOUR,
  planOf,
  positionOf,
  type Scene,
} from '../support/venue-scene.ts';
import { roundTrips } from '../support/walk.ts';

const finding = (rule: string, observed: number | null = null): Finding => ({
  rule,
  severity: 'critical',
  measure: 'marginRemaining',
  observed,
  threshold: 0.5,
});

/** Closes or reduces every position whose remaining margin falls to a half. */
function halfway(effect: 'close' | 'flip', name: GuardName = 'margin-ladder'): Configured {
  type Own = { done: string[] };
  const guard: Guard<null, Own> = {
    name,
    init: () => ({ done: [] }),
    watch: (own, view, bounds) => {
      for (const one of view.positions) {
        if (!own.done.includes(positionKey(one))) bounds.remainingBelow(one.scope, 0.5);
      }
    },
    on: {
      marks: (view, own, _, say) => {
        for (const one of view.positions) {
          if (own.done.includes(positionKey(one)) || compareRemaining(view, one.scope, 0.5) > 0) continue;
          own.done.push(positionKey(one));
          say[effect](one, finding('half', marginRemaining(view, one.scope)));
        }
      },
    },
    rules: () => [{ rule: 'half', dead: null }],
  };
  return withConfig(guard, null);
}

type Options = { readonly latency?: number; readonly guards: readonly Configured[] };

function guarded(scene: Scene, { latency = 0, guards }: Options) {
  const plan = {
    guards,
    book: scene.book,
    mode: 'moderate',
    market: {
      at: () => unknownMarket,
      hourlyReturns: () => new Float64Array(),
      hourlyVolume: () => new Float64Array(),
    },
    nextBar: () => Number.POSITIVE_INFINITY,
    latency,
    operatorDelay: null,
    moves: new Float64Array(),
    listener: null,
  };
  const run = createRun({ ...planOf(scene), protect: (venue) => createProtection(plan, venue) });
  const start = moneyOf(run.venue);
  drive(run);
  const { protection } = run;
  if (protection === null) throw new Error('the run must be protected');
  return {
    run,
    report: reportRun(run, start),
    log: protection.state.log,
    reactions: protection.state.reactions,
  };
}

const long10 = bookOf([positionOf({ qty: '1', entry: '100', leverage: 10 })], { balance: '100' });
// 100 down to 80 within the first third of the hour: half of the margin of 10 is left at 95, after five minutes.
const crash = [
  barsOf([
    [100, 100, 80, 90],
    [90, 92, 85, 85],
  ]),
];

describe('a protection', () => {
  test('acts where its bound is crossed between two points, before the venue would', () => {
    const { report, log, reactions } = guarded({ bars: crash, book: long10 }, { guards: [halfway('close')] });
    expect(log).toHaveLength(1);
    expect(log[0]).toMatchObject({ guard: 'margin-ladder', kind: 'close', rule: 'half', stands: true });
    expect(log[0]?.observed).toBeCloseTo(0.5, 8);
    expect(reactions).toHaveLength(1);
    expect(reactions[0]?.price).toBeCloseTo(95, 6);
    expect(reactions[0]).toMatchObject({ qty: 1, loss: 0 });
    expect(Number(report.endEquity)).toBeCloseTo(95, 6);
    expect(report.liquidations).toEqual([]);
    // A third of an hour for 20 down: 5 of it take five minutes.
    expect(log[0]?.time).toBeCloseTo(5 * 60_000, 1);
  });

  test('whose order takes its time fills where the path is then, at the worse of both prices', () => {
    const { reactions, report } = guarded(
      { bars: crash, book: long10 },
      { latency: 60_000, guards: [halfway('close')] },
    );
    // One minute later the price is 94, and the venue would act at 90.45.
    expect(reactions[0]?.cause).toBeCloseTo(95, 6);
    expect(reactions[0]?.reference).toBeCloseTo(94, 6);
    expect(reactions[0]?.loss).toBeCloseTo(1, 6);
    expect((reactions[0]?.filled ?? 0) - (reactions[0]?.decided ?? 0)).toBeCloseTo(60_000, 5);
    expect(Number(report.endEquity)).toBeCloseTo(94, 6);
    // Where the price has come back by then, the order still fills at the price that caused it.
    const back = [barsOf([[100, 100, 95, 100]])];
    const later = guarded({ bars: back, book: long10 }, { latency: 10 * 60_000, guards: [halfway('close')] });
    expect(later.reactions[0]?.reference).toBeCloseTo(95, 6);
  });

  test('tells what its delay has lost in the currency of the account, also where that is coin', () => {
    const collateral = [
      { asset: 'USDT', qty: '1000', haircut: 0, price: null },
      { asset: 'BTC', qty: '20', haircut: 0, price: null },
    ];
    const position = {
      symbol: 'BTCUSD',
      contract: 'inverse',
      qty: '1000',
      entry: '100',
      leverage: 10,
    } as const;
    const bars = [barsOf([[100, 100, 80, 90]], { symbol: 'BTCUSD' })];
    const book = bookOf([positionOf(position)], { collateral });
    const { reactions } = guarded({ bars, book }, { latency: 60_000, guards: [halfway('close')] });
    // Half of the coin is left where 1000 / P - 10 = 0.5, at 100 / 1.05; a minute later the price is 1 lower. The coin that
    // is lost by then, 1000 / (P - 1) - 1000 / P, is worth 1000 / P there.
    expect(reactions[0]?.cause).toBeCloseTo(100 / 1.05, 6);
    expect(reactions[0]?.loss).toBeCloseTo(10.5, 5);
  });

  test('that is too slow comes after the liquidation, and finds nothing', () => {
    const { report, reactions, log } = guarded(
      { bars: crash, book: long10 },
      { latency: 10 * 60_000, guards: [halfway('close')] },
    );
    expect(log).toHaveLength(1);
    expect(report.liquidations).toHaveLength(1);
    expect(reactions).toEqual([]);
  });

  test('acts at the points alone where legs are jumps', () => {
    const { log } = guarded({ bars: crash, book: long10, legs: 'jump' }, { guards: [halfway('close')] });
    // At the first low the venue has been there before.
    expect(log).toEqual([]);
    const slow = [barsOf([[100, 100, 93, 94]])];
    const seen = guarded({ bars: slow, book: long10, legs: 'jump' }, { guards: [halfway('close')] });
    expect(seen.reactions[0]?.price).toBe(93);
  });

  test('turns a position, and what it opens is an order of its own', () => {
    const bars = [
      barsOf([
        [100, 100, 96, 96],
        [96, 96, 85, 85],
      ]),
    ];
    const { report } = guarded({ bars, book: long10 }, { guards: [halfway('flip')] });
    // Long 1 to 95, then short 1 from 95 to 85.
    expect(Number(report.endEquity)).toBeCloseTo(105, 6);
    expect(report.orders).toMatchObject({ intents: 2, filled: 2 });
    const denying = withConfig<null, object>(
      {
        name: 'trade-limits',
        init: () => ({}),
        on: { order: (_, __, ___, say) => say.deny(finding('never')) },
        rules: () => [],
      },
      null,
    );
    const denied = guarded({ bars, book: long10 }, { guards: [halfway('flip'), denying] });
    expect(Number(denied.report.endEquity)).toBeCloseTo(95, 6);
    expect(denied.log.map(({ kind }) => kind)).toEqual(['flip', 'deny']);
  });

  test('waits for a venue that takes no orders, and comes with the first moment that it does', () => {
    const outage = {
      rank: 'venue' as const,
      time: 0,
      event: { kind: 'outage' as const, venue: 0, on: true },
    };
    const over = { ...outage, time: HOUR, event: { ...outage.event, on: false } };
    const { report, reactions } = guarded(
      {
        bars: [
          barsOf([
            [100, 100, 94, 96],
            [96, 97, 95.5, 97],
          ]),
        ],
        book: long10,
        happenings: [outage, over],
      },
      { guards: [halfway('close')] },
    );
    expect(reactions[0]).toMatchObject({
      filled: HOUR,
      cause: expect.closeTo(95, 6),
      price: expect.closeTo(95, 6),
    });
    expect(report.orders.reasons).toEqual([{ reason: 'outage', count: 1 }]);
    expect(report.orders.rejected).toBe(1);
  });
});

describe('entries of a journal', () => {
  const trips = roundTrips([
    { entry: 100, exit: 110, qty: '1', from: 0, to: HOUR },
    { entry: 100, exit: 110, qty: '3', from: 0, to: HOUR },
  ]);
  const bars = [
    barsOf([
      [100, 110, 100, 110],
      [110, 110, 110, 110],
    ]),
  ];
  const limited = (most: number) =>
    withConfig<null, object>(
      {
        name: 'trade-limits',
        init: () => ({}),
        on: {
          order: (_, __, { order }, say) => {
            if (order.qty > most) say.resize(most, finding('size'));
          },
        },
        rules: () => [],
      },
      null,
    );

  test('are made smaller, and leave with what they have', () => {
    const { report } = guarded({ bars, book: bookOf([]), ...trips }, { guards: [limited(2)] });
    expect(report.realisedPnl).toBe('30');
    expect(report.trades).toMatchObject({ entered: 2, closed: 2 });
  });

  test('that are denied never leave', () => {
    const { report, log } = guarded({ bars, book: bookOf([]), ...trips }, { guards: [limited(0)] });
    expect(report.realisedPnl).toBe('0');
    expect(report.trades).toMatchObject({ entered: 0, closed: 0 });
    expect(log.map(({ kind }) => kind)).toEqual(['deny', 'deny']);
  });
});

test('nothing is decided, and no byte differs, on a path without a crossing', () => {
  const flat = [
    barsOf([
      [100, 101, 99, 100],
      [100, 101, 99, 100],
    ]),
  ];
  const { report, log } = guarded({ bars: flat, book: long10 }, { guards: [halfway('close')] });
  const alone = createRun(planOf({ bars: flat, book: long10 }));
  const start = moneyOf(alone.venue);
  drive(alone);
  expect(log).toEqual([]);
  expect(JSON.stringify(report)).toBe(JSON.stringify(reportRun(alone, start)));
});

test('a guard that does not move its bound is a bug that ends the run', () => {
  const stuck = withConfig<null, object>(
    {
      name: 'flags',
      init: () => ({}),
      watch: (_, __, bounds) => bounds.markBelow(0, 95),
      on: {},
      rules: () => [],
    },
    null,
  );
  expect(() => guarded({ bars: crash, book: long10, config: frictionless }, { guards: [stuck] })).toThrow(
    'a guard that is told of its bound moves it',
  );
});
