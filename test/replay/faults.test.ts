import { describe, expect, test } from 'vitest';
import { type Configured, withConfig } from '../../src/engine/engine.ts';
import type { EngineEvent, EventKind } from '../../src/engine/event.ts';
import type { Guard } from '../../src/engine/guard.ts';
import { circuitBreakers } from '../../src/engine/guards/circuit-breakers.ts';
import { marginLadder } from '../../src/engine/guards/margin-ladder.ts';
import { sessionLimits } from '../../src/engine/guards/session-limits.ts';
import { stops } from '../../src/engine/guards/stops.ts';
import type { Market, View } from '../../src/engine/view.ts';
import { drive } from '../../src/replay/drive.ts';
import { marketColumns } from '../../src/replay/market-columns.ts';
import { movesOf } from '../../src/replay/moves.ts';
import { nextBarIn } from '../../src/replay/next-bar.ts';
import { createProtection } from '../../src/replay/protection.ts';
import { createRun, moneyOf, reportRun } from '../../src/replay/run.ts';
import type { Entry, Fault, Happening } from '../../src/replay/timeline.ts';
import { unknownMarket } from '../support/engine-scene.ts';
import { guardsOff } from '../support/guard-settings.ts';
import { barsOf, bookOf, HOUR, planOf, positionOf, type Scene } from '../support/venue-scene.ts';
import { roundTrips } from '../support/walk.ts';

const MINUTE = 60_000;
const at = (minutes: number, fault: Fault): Happening => ({ rank: 'fault', time: minutes * MINUTE, fault });
const dead = (from: number, to?: number) => cutOff('crash', from, to);
const blind = (from: number, to: number) => cutOff('blind', from, to);
const cutOff = (kind: 'crash' | 'blind', from: number, to?: number): Happening[] => [
  at(from, { kind, on: true }),
  ...(to === undefined ? [] : [at(to, { kind, on: false })]),
];
const corrupt = (factor: number, from: number, to: number): Happening[] => [
  at(from, { kind: 'corrupt', symbol: -1, factor }),
  at(to, { kind: 'corrupt', symbol: 0, factor: 1 }),
];

/** Closes where a half of the margin is left. */
const ladder = withConfig(marginLadder, { rungs: [{ bound: 0.5, action: 'close' }] });
const percentStops = (multiplier: number) =>
  withConfig(stops, { ...guardsOff.stops, type: 'percent', multiplier });
const sanity = (dataSanity: Partial<typeof circuitBreakersOff.dataSanity>) =>
  withConfig(circuitBreakers, {
    ...circuitBreakersOff,
    dataSanity: { ...circuitBreakersOff.dataSanity, ...dataSanity },
  });
const circuitBreakersOff = guardsOff['circuit-breakers'];

type Heard = { readonly kind: EventKind; readonly time: number; readonly last: number };

/** Writes down what it hears, and the price that it sees. */
function ear(heard: Heard[]): Configured {
  const hear = ({ last }: View, _: object, { kind, time }: EngineEvent) => {
    heard.push({ kind, time, last: last[0] ?? Number.NaN });
  };
  const kinds: readonly EventKind[] = [
    'marks',
    'bar-close',
    'fill',
    'transfer',
    'funding',
    'clock',
    'operator',
  ];
  const guard: Guard<null, object> = {
    name: 'flags',
    init: () => ({}),
    watch: (_, __, bounds) => bounds.everyBar(0),
    on: Object.fromEntries(kinds.map((kind) => [kind, hear])),
    rules: () => [],
  };
  return withConfig(guard, null);
}

/** Closes or flips everything at minute 10, whatever it sees. */
function alarm(effect: 'close' | 'flip' = 'close'): Configured {
  const finding = {
    rule: 'alarm',
    severity: 'critical',
    measure: 'time',
    observed: null,
    threshold: null,
  } as const;
  const guard: Guard<null, { rung: boolean }> = {
    name: 'emergency-stop',
    init: () => ({ rung: false }),
    watch: ({ rung }, _, bounds) => (rung ? undefined : bounds.wake(10 * MINUTE)),
    on: {
      clock: (view, own, { time }, say) => {
        if (own.rung || time < 10 * MINUTE) return;
        own.rung = true;
        for (const one of view.positions) say[effect](one, finding);
      },
    },
    rules: () => [],
  };
  return withConfig(guard, null);
}

type Options = {
  readonly latency?: number;
  readonly operatorDelay?: number;
  readonly market?: Market;
};

/** A run beneath guards; bars begin at 0. */
function guarded(
  scene: Scene,
  guards: readonly Configured[],
  { latency = 0, operatorDelay, market }: Options = {},
) {
  const plan = planOf(scene);
  const columns = marketColumns(scene.bars, { atrPeriod: 14, atrMethod: 'wilder', maxGap: 3 });
  const seen = market ?? columns.market;
  const setting = {
    guards,
    book: scene.book,
    mode: 'moderate',
    market: seen,
    nextBar: nextBarIn(columns),
    moves: movesOf(plan.path, seen),
    latency,
    operatorDelay: operatorDelay ?? null,
    listener: null,
  };
  const run = createRun({ ...plan, protect: (venue) => createProtection(setting, venue) });
  const start = moneyOf(run.venue);
  drive(run);
  const { protection, fills } = run;
  if (protection === null) throw new Error('the run must be protected');
  const { log, reactions } = protection.state;
  return { report: reportRun(run, start), log, reactions, fills };
}

function alone(scene: Scene) {
  const run = createRun(planOf(scene));
  const start = moneyOf(run.venue);
  drive(run);
  return reportRun(run, start);
}

const long10 = bookOf([positionOf({ qty: '1', entry: '100', leverage: 10 })], { balance: '100' });
// The worse extreme comes first, each leg takes a third of the hour. 0.3 a minute down to 94, back to 100, and down again:
// half of the margin of 10 is left at 95, first after 16 2/3 minutes.
const dip = [
  barsOf([
    [100, 100, 94, 94],
    [94, 94, 94, 94],
  ]),
];
// 1 a minute down to 80: 95 after five minutes, and the venue liquidates at 90 / 0.995.
const fall = [
  barsOf([
    [100, 100, 80, 90],
    [90, 90, 90, 90],
  ]),
];

describe('an engine that is dead', () => {
  test('does nothing at its bound, and acts at the price of the moment at which it is back', () => {
    const alive = guarded({ bars: dip, book: long10 }, [ladder]);
    expect(Number(alive.report.endEquity)).toBeCloseTo(95, 6);
    const { report, log } = guarded({ bars: dip, book: long10, happenings: dead(1, 18) }, [ladder]);
    expect(log.map(({ kind }) => kind)).toEqual(['close']);
    expect(log[0]?.time).toBe(18 * MINUTE);
    // 100 - 18 x 0.3.
    expect(Number(report.endEquity)).toBeCloseTo(94.6, 9);
  });

  test('that is back when all is well again has nothing to do until it falls again', () => {
    const { log } = guarded({ bars: dip, book: long10, happenings: dead(1, 30) }, [ladder]);
    // From 100 at minute 40 to 94 at minute 60.
    expect(log).toHaveLength(1);
    expect((log[0]?.time ?? 0) / MINUTE).toBeCloseTo(40 + 50 / 3, 6);
  });

  test('lets the venue liquidate, as it does where nobody guards', () => {
    for (const to of [undefined, 30]) {
      const scene = { bars: fall, book: long10, happenings: dead(1, to) };
      const { report, log } = guarded(scene, [ladder]);
      expect(log).toEqual([]);
      expect(report.liquidations).toHaveLength(1);
      const { equity, ...rest } = report;
      const { equity: _, ...unguarded } = alone(scene);
      expect(rest).toEqual(unguarded);
    }
  });

  test('leaves its stop at the venue: one that was on its way arrives, and fires', () => {
    // The stop of 4 % leaves at 0 and arrives after half a minute, when nobody is there any more.
    const scene = { bars: fall, book: long10, happenings: dead(1 / 6, 30) };
    const { report, fills } = guarded(scene, [percentStops(4)], { latency: 30_000 });
    expect(fills).toEqual([expect.objectContaining({ cause: 'stop', price: expect.closeTo(96, 9) })]);
    expect((fills[0]?.time ?? 0) / MINUTE).toBeCloseTo(4, 6);
    expect(Number(report.endEquity)).toBeCloseTo(96, 9);
    expect(report.liquidations).toEqual([]);
  });

  test('is told as it is back, in order and at that moment, of what it missed: then of prices', () => {
    const heard: Heard[] = [];
    const happenings: Happening[] = [
      ...dead(1, 30),
      { rank: 'clock', time: 2 * MINUTE },
      {
        rank: 'transfer',
        time: 10 * MINUTE,
        event: { kind: 'transfer', account: 0, asset: 'USDT', amount: '-5' },
      },
      { rank: 'operator', time: 12 * MINUTE, operator: { action: 'resume', who: 'ann', why: 'checked' } },
      {
        rank: 'funding',
        time: 14 * MINUTE,
        stamp: { symbol: 0, venue: -1, rate: 0.01, mark: 100, interval: 8 * HOUR },
      },
    ];
    const { report } = guarded({ bars: fall, book: long10, happenings }, [percentStops(4), ear(heard)]);
    const later = heard.filter(({ time }) => time > MINUTE);
    // The stop at 96 after four minutes, money out, an operator who waited; the rate and the clock are gone.
    expect(later.slice(0, 4).map(({ kind }) => kind)).toEqual(['fill', 'transfer', 'operator', 'marks']);
    for (const one of later.slice(0, 4)) expect(one.time).toBe(30 * MINUTE);
    expect(report.transfers).toBe('-5');
    // 80 at minute 20, 100 at minute 40.
    expect(later[3]?.last).toBeCloseTo(90, 9);
  });

  test('is told of a bar that completed, before it sees prices: also of those that come with that moment', () => {
    const bars = [
      barsOf([
        [100, 100, 100, 100],
        [101, 101, 101, 101],
        [102, 102, 102, 102],
      ]),
    ];
    const clock: Happening = { rank: 'clock', time: 70 * MINUTE };
    const heardBy = (to: number) => {
      const heard: Heard[] = [];
      guarded({ bars, book: bookOf([]), happenings: [...dead(30, to), clock] }, [ear(heard)]);
      return heard.filter(({ time }) => time > 30 * MINUTE).slice(0, 2);
    };
    expect(heardBy(80)).toEqual([
      { kind: 'bar-close', time: 80 * MINUTE, last: 101 },
      { kind: 'marks', time: 80 * MINUTE, last: 101 },
    ]);
    // The second hour opens 1 higher, and nothing but its return asks for a look.
    expect(heardBy(60)).toEqual([
      { kind: 'bar-close', time: HOUR, last: 100 },
      { kind: 'marks', time: HOUR, last: 101 },
    ]);
  });

  test('keeps who wants something of it waiting: a guard its moment, an operator his halt', () => {
    const clock: Happening = { rank: 'clock', time: 12 * MINUTE };
    const waiting = guarded({ bars: dip, book: long10, happenings: [...dead(1, 18), clock] }, [alarm()]);
    expect(waiting.log.map(({ kind, time }) => [kind, time / MINUTE])).toEqual([['close', 18]]);
    const drawn = withConfig(circuitBreakers, {
      ...circuitBreakersOff,
      dailyLoss: { limit: 0.001, action: 'halt', resume: 'manual', cooldownHours: 1 },
    });
    const slow = { operatorDelay: 10 * MINUTE };
    const { log } = guarded({ bars: dip, book: long10, happenings: dead(5, 18) }, [drawn], slow);
    // 0.1 % of an equity of 100 is lost after 20 seconds, and an operator comes ten minutes later, to nobody. From 94.6 on,
    // where he resumes, 0.1 % more are lost after 18.92 seconds.
    const told = log.filter(({ kind }) => kind === 'halt' || kind === 'resume');
    expect(told.map(({ kind }) => kind).slice(0, 3)).toEqual(['halt', 'resume', 'halt']);
    const minutes = told.map(({ time }) => time / MINUTE);
    expect(minutes[0]).toBeCloseTo(1 / 3, 6);
    expect(minutes[1]).toBe(18);
    expect(minutes[2]).toBeCloseTo(18 + 18.92 / 60, 6);
  });

  test('does not know how high its equity has been', () => {
    const bars = [
      barsOf([
        [100, 120, 100, 100],
        [100, 100, 100, 100],
      ]),
    ];
    const fallen = withConfig(circuitBreakers, {
      ...circuitBreakersOff,
      drawdown: { ...circuitBreakersOff.drawdown, limit: 0.05 },
    });
    const halts = (happenings: readonly Happening[]) =>
      guarded({ bars, book: long10, happenings }, [fallen]).log.filter(({ kind }) => kind === 'halt').length;
    // From 100 to 120 and back is a fall of a sixth, for who has seen it.
    expect(halts([])).toBe(1);
    expect(halts(dead(10, 70))).toBe(0);
    expect(halts(blind(10, 70))).toBe(0);
  });

  test.each([
    ['dead: nobody judges it', dead(11, 30), 'gateway-down', { denied: 1, rejected: 0, allowed: 0 }],
    [
      'blind: it is judged and goes nowhere',
      blind(11, 30),
      'gateway-blind',
      { denied: 0, rejected: 1, allowed: 1 },
    ],
  ] as const)(
    'opens no other side of a flip that arrives, where it is %s',
    (_, happenings, reason, counts) => {
      const scene = { bars: dip, book: long10, happenings };
      const { report } = guarded(scene, [alarm('flip')], { latency: 2 * MINUTE });
      // 100 - 12 x 0.3, and nothing is held from there on.
      expect(Number(report.endEquity)).toBeCloseTo(96.4, 9);
      expect(report.orders).toMatchObject(counts);
      expect(report.orders.reasons).toEqual([{ reason, count: 1 }]);
    },
  );

  test('lets no entry pass, which has no judge: it is denied, and says why', () => {
    const bars = [barsOf([[100, 101, 99, 100]])];
    const trips = roundTrips([
      { entry: 100, exit: 101, qty: '1', from: 10 * MINUTE, to: HOUR },
      { entry: 100, exit: 101, qty: '1', from: 30 * MINUTE, to: HOUR },
    ]);
    const happenings = [...dead(1, 30), ...trips.happenings];
    const { report, log } = guarded({ bars, book: bookOf([]), ...trips, happenings }, [ladder]);
    // At the moment of its return it is there again.
    expect(report.trades).toMatchObject({ entered: 1, denied: 1, refused: 0 });
    expect(report.orders).toMatchObject({ intents: 2, filled: 2, rejected: 0, denied: 1 });
    expect(report.orders.reasons).toEqual([{ reason: 'gateway-down', count: 1 }]);
    expect(log.map(({ kind }) => kind)).toEqual(['allow']);
  });
});

describe('an engine that is blind', () => {
  test('acts late, and its order takes its time from then on', () => {
    const scene = { bars: dip, book: long10, happenings: blind(1, 18) };
    const { log, reactions, report } = guarded(scene, [ladder], { latency: MINUTE });
    expect(log.map(({ time }) => time)).toEqual([18 * MINUTE]);
    // 100 - 19 x 0.3.
    expect(reactions[0]?.price).toBeCloseTo(94.3, 9);
    expect(Number(report.endEquity)).toBeCloseTo(94.3, 9);
  });

  test('has its clock and the prices of before; what it decides leaves when it sees again', () => {
    const heard: Heard[] = [];
    const scene = { bars: dip, book: long10, happenings: blind(1, 18) };
    const { log, reactions } = guarded(scene, [alarm(), ear(heard)], { latency: MINUTE });
    const inside = heard.filter(({ time }) => time > MINUTE && time < 18 * MINUTE);
    expect(inside).toEqual([{ kind: 'clock', time: 10 * MINUTE, last: expect.closeTo(99.7, 9) }]);
    expect(log.map(({ time }) => time)).toEqual([10 * MINUTE]);
    expect(reactions[0]).toMatchObject({ decided: 10 * MINUTE, filled: 19 * MINUTE });
    expect(reactions[0]?.price).toBeCloseTo(94.3, 9);
    expect(heard.find(({ time }) => time >= 18 * MINUTE)?.last).toBeCloseTo(94.6, 9);
  });

  test('sends nothing to a venue that is back before its sight is', () => {
    const outage = (minutes: number, on: boolean): Happening => {
      return { rank: 'venue', time: minutes * MINUTE, event: { kind: 'outage', venue: 0, on } };
    };
    const happenings = [...blind(1, 18), outage(3, true), outage(12, false)];
    const { reactions } = guarded({ bars: dip, book: long10, happenings }, [alarm()], { latency: MINUTE });
    expect(reactions.map(({ filled }) => filled / MINUTE)).toEqual([19]);
  });

  test('does not know what the venue has done, and is told of it first', () => {
    const heard: Heard[] = [];
    const scene = { bars: fall, book: long10, happenings: blind(1, 30) };
    const { log, report } = guarded(scene, [alarm(), ear(heard)]);
    // It is liquidated before minute 10, and is to be closed all the same; by then nothing is left to close.
    expect(report.liquidations).toHaveLength(1);
    expect(log.map(({ kind, time }) => [kind, time])).toEqual([['close', 10 * MINUTE]]);
    expect(report.orders).toMatchObject({ filled: 0, onTheWay: 0 });
    const back = heard.filter(({ time }) => time === 30 * MINUTE).map(({ kind }) => kind);
    expect(back.slice(0, 2)).toEqual(['fill', 'marks']);
  });

  test('sees that bars are late; an entry that it lets pass does not get through', () => {
    const bars = [barsOf(Array.from({ length: 8 }, () => [100, 100, 100, 100] as const))];
    const trips = roundTrips([
      { entry: 100, exit: 100, qty: '1', from: 3.5 * HOUR, to: 7 * HOUR },
      { entry: 100, exit: 100, qty: '1', from: 4.5 * HOUR, to: 7 * HOUR },
      { entry: 100, exit: 100, qty: '1', from: 6 * HOUR, to: 7 * HOUR },
    ]);
    const happenings = [...blind(90, 360), ...trips.happenings];
    const guards = [sanity({ silenceSeconds: 7200 })];
    const { report, log } = guarded({ bars, book: bookOf([]), ...trips, happenings }, guards);
    // The last bar that it knows ended at 1:00, the next was due at 2:00.
    expect(log.map(({ kind }) => kind)).toEqual(['allow', 'deny', 'allow']);
    expect(log[1]?.reasons).toEqual([
      expect.objectContaining({ measure: 'silenceSeconds', observed: 9000, threshold: 7200 }),
    ]);
    expect(report.trades).toMatchObject({ entered: 1, refused: 1, denied: 1 });
    expect(report.orders).toMatchObject({ intents: 3, rejected: 1, denied: 1 });
    expect(report.orders.reasons).toEqual([{ reason: 'gateway-blind', count: 1 }]);
  });

  test('that dies too, or comes back to life blind, is told when both are over', () => {
    for (const [one, other] of [
      [blind(1, 25), dead(2, 18)],
      [blind(1, 18), dead(2, 25)],
      [dead(1, 18), blind(2, 25)],
    ] as const) {
      const heard: Heard[] = [];
      const scene = { bars: dip, book: long10, happenings: [...one, ...other] };
      guarded(scene, [ear(heard)]);
      expect(heard.filter(({ time }) => time > MINUTE)[0]?.time).toBe(25 * MINUTE);
    }
  });
});

describe('a feed that is corrupt', () => {
  const flat = [barsOf(Array.from({ length: 3 }, () => [100, 100, 100, 100] as const))];
  const calm: Market = {
    at: () => ({ ...unknownMarket, close: 100, barVolatility: 0.01 }),
    hourlyReturns: () => new Float64Array(),
    hourlyVolume: () => new Float64Array(),
  };

  test('makes the ladder sell what is healthy, at the true price, also where data sanity halts', () => {
    const guards = [ladder, sanity({ moveSigmas: 10 })];
    const scene = { bars: flat, book: long10, happenings: corrupt(0.5, 10, 30) };
    const { log, report, reactions } = guarded(scene, guards, { market: calm });
    // It sees 50: (10 - 50) / 10 of the margin is left, and half of the price is 50 bar volatilities of 1 %. The halt is over
    // with the first bar that agrees again; what was sold is sold.
    expect(log.map(({ guard, kind, observed }) => [guard, kind, observed])).toEqual([
      ['margin-ladder', 'close', -4],
      ['circuit-breakers', 'halt', 50],
      ['circuit-breakers', 'resume', 100],
    ]);
    expect(reactions[0]).toMatchObject({ filled: 10 * MINUTE, cause: 100, price: 100 });
    expect(report.endEquity).toBe('100');
    expect(guarded({ bars: flat, book: long10 }, guards, { market: calm }).log).toEqual([]);
  });

  test('has its bounds where the wrong price reaches them, between two points too', () => {
    // 0.15 a minute down to 97, where a true price has no bound.
    const bars = [barsOf([[100, 100, 97, 97]])];
    const scene = { bars, book: long10, happenings: corrupt(0.96, 1, 50) };
    const { log, report } = guarded(scene, [ladder]);
    // 95 is seen at 95 / 0.96 = 98.958.
    expect((log[0]?.time ?? 0) / MINUTE).toBeCloseTo((100 - 95 / 0.96) / 0.15, 6);
    expect(Number(report.endEquity)).toBeCloseTo(95 / 0.96, 6);
  });

  test('is right again when it is over', () => {
    const heard: Heard[] = [];
    const scene = { bars: dip, book: long10, happenings: corrupt(0.96, 1, 2) };
    const { log } = guarded(scene, [ladder, ear(heard)]);
    expect((log[0]?.time ?? 0) / MINUTE).toBeCloseTo(50 / 3, 6);
    const lastAt = (minutes: number) => heard.findLast(({ time }) => time === minutes * MINUTE)?.last;
    // 99.7 x 0.96, then 99.4 as it is.
    expect(lastAt(1)).toBeCloseTo(95.712, 9);
    expect(lastAt(2)).toBeCloseTo(99.4, 9);
  });

  test('touches the symbol that it names alone', () => {
    const seen: number[][] = [];
    const eye = withConfig<null, object>(
      {
        name: 'flags',
        init: () => ({}),
        on: { marks: ({ last, mark }) => void seen.push([...last, ...mark]) },
        rules: () => [],
      },
      null,
    );
    const rows = [[100, 100, 100, 100]] as const;
    const bars = [barsOf(rows), barsOf(rows, { symbol: 'ETHUSDT' })];
    const happenings = [at(10, { kind: 'corrupt', symbol: 1, factor: 3 })];
    guarded({ bars, book: bookOf([]), happenings }, [eye]);
    expect(seen.at(0)).toEqual([100, 100, 100, 100]);
    expect(seen.at(-1)).toEqual([100, 300, 100, 300]);
  });

  test('has jumped once, for who was blind as it did when it sees again', () => {
    const lastMoves = (happenings: readonly Happening[]) => {
      const seen = new Map<number, number>();
      const eye = withConfig<null, object>(
        {
          name: 'flags',
          init: () => ({}),
          // Wants to be told of every point.
          watch: (_, __, bounds) => bounds.markAbove(0, 0),
          on: { marks: ({ time, moves }) => void seen.set(time / MINUTE, moves[0] ?? Number.NaN) },
          rules: () => [],
        },
        null,
      );
      guarded({ bars: flat, book: bookOf([]), happenings, legs: 'jump' }, [eye], { market: calm });
      return [...seen].filter(([time]) => time > 0 && time <= 40);
    };
    // Half of a price is 50 bar volatilities away; what stands has not moved.
    expect(lastMoves(corrupt(0.5, 10, 50))).toEqual([
      [10, 50],
      [20, 0],
      [40, 0],
    ]);
    // The points lie at 20 and 40 minutes.
    expect(lastMoves([...blind(5, 15), ...corrupt(0.5, 10, 50)])).toEqual([
      [5, Number.NaN],
      [15, 50],
      [20, 0],
      [40, 0],
    ]);
    // How far a price has come while nobody looked is no move from one point to the next.
    expect(lastMoves(blind(20, 40))).toEqual([
      [20, 0],
      [40, Number.NaN],
    ]);
  });

  test('that jumps together with the price is told of both', () => {
    // The next hour opens 1 % higher, and from there on half of it is shown: 1.01 x 0.5.
    const bars = [
      barsOf([
        [100, 100, 100, 100],
        [101, 101, 101, 101],
      ]),
    ];
    const scene = { bars, book: bookOf([]), happenings: corrupt(0.5, 60, 90) };
    const { log } = guarded(scene, [sanity({ moveSigmas: 10 })], { market: calm });
    expect(log.map(({ kind, time }) => [kind, time / HOUR])).toEqual([
      ['halt', 1],
      ['resume', 2],
    ]);
    expect(log[0]?.observed).toBeCloseTo(49.5, 9);
  });

  test('halts new risk until a completed bar and the prices agree again', () => {
    // Closes of 100 and 100.1 in turn: a bar moves 0.1 %, and a price that doubles 1000 times that.
    const rows = Array.from({ length: 34 }, (_, i) => {
      const price = 100 + (i % 2) / 10;
      return [price, price, price, price] as const;
    });
    const entries = [30.25, 30.9, 31.5].map((from) => {
      return { entry: 100, exit: 100, qty: '1', from: from * HOUR, to: 33 * HOUR };
    });
    const trips = roundTrips(entries);
    const happenings = [...corrupt(2, 30 * 60 + 10, 30 * 60 + 50), ...trips.happenings];
    const scene = { bars: [barsOf(rows)], book: bookOf([]), ...trips, happenings };
    const { log } = guarded(scene, [sanity({ moveSigmas: 10 })]);
    expect(log.map(({ kind, time }) => [kind, time / HOUR])).toEqual([
      ['halt', 30 + 1 / 6],
      ['deny', 30.25],
      ['deny', 30.9],
      ['resume', 31],
      ['allow', 31.5],
    ]);
  });
});

test('faults of our side are nothing to a run that nobody guards', () => {
  const scene = { bars: fall, book: long10, happenings: [] };
  const happenings = [...dead(3, 50), ...blind(4, 70), ...corrupt(0.5, 7, 90)];
  expect(JSON.stringify(alone({ ...scene, happenings }))).toBe(JSON.stringify(alone(scene)));
});

describe('a flood of orders: one every six seconds for 45 minutes', () => {
  const entries = Array.from({ length: 450 }, (_, trade): Entry => {
    const order = { account: 0, symbol: 0, contract: 'linear', side: 1, qty: '0.01', price: 100 } as const;
    const rest = { feeRate: null, leverage: 2, marginMode: 'isolated', strategy: null, model: null } as const;
    return { trade, ...order, ...rest };
  });
  const happenings = entries.map(({ trade }): Happening => {
    return { rank: 'entry', time: 5 * MINUTE + trade * 6000, entry: trade };
  });
  const scene = { bars: [barsOf([[100, 101, 99, 100]])], book: bookOf([]), entries, happenings };
  const limited = (ordersPerMinute: number) =>
    withConfig(sessionLimits, { ...guardsOff['session-limits'], ordersPerMinute });

  test('stays open to the end, and is bounded by the orders of a minute alone', () => {
    expect(alone(scene).trades).toMatchObject({ entered: 450, open: 450, gone: 0, closed: 0 });
    // Ten of them lie in a minute, (t - 60 s, t]; those that are denied were sent as well.
    const tight = guarded(scene, [limited(9)]).report;
    expect(tight.trades).toMatchObject({ entered: 9, open: 9, denied: 441 });
    expect(tight.orders).toMatchObject({ allowed: 9, denied: 441, filled: 9 });
    const wide = guarded(scene, [limited(10)]).report;
    expect(wide.trades).toMatchObject({ entered: 450, open: 450, denied: 0 });
  });
});
