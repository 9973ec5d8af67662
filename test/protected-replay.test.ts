/**
 * Replays beneath all guards at once: the ledger closes, a run can be stopped, saved and gone on with anywhere, it sees
 * nothing of what is still to come, and the same run has the same bytes (issue "The risk engine", 3; DESIGN 3).
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BookPosition } from '../src/model/book.ts';
import { money } from '../src/model/money.ts';
import { drive } from '../src/replay/drive.ts';
import { createRun, moneyOf } from '../src/replay/run.ts';
import type { RunResult } from '../src/replay/run-result.ts';
import type { Fault, Happening } from '../src/replay/timeline.ts';
import { replay } from '../src/studies/replay.ts';
import { completed, guardedPlan, revived, type Told, toldBy } from './support/guarded-run.ts';
import { costless, ctx, replayInputs, replayTree } from './support/replay-study.ts';
import { barsOf, bookOf, frictionless, HOUR, positionOf, type Scene } from './support/venue-scene.ts';
import { firstBars, fundingEvery, roundTrips, walkBars } from './support/walk.ts';

const BARS = 36;

const trips = roundTrips([
  { entry: 100, exit: 99, qty: '1', from: 2 * HOUR, to: 9 * HOUR },
  { entry: 101, exit: 100.5, qty: '2', from: 16.4 * HOUR, to: 30 * HOUR, window: HOUR, side: -1 },
  { entry: 99, exit: 98, qty: '40', from: 20 * HOUR, to: 32 * HOUR, leverage: 50 },
  { entry: 98, exit: 97, qty: '3', from: 31 * HOUR, to: 35 * HOUR, leverage: 3 },
]);

const happenings: Happening[] = [
  { rank: 'venue', time: 15.2 * HOUR, event: { kind: 'outage', venue: 0, on: true } },
  { rank: 'venue', time: 18 * HOUR, event: { kind: 'outage', venue: 0, on: false } },
  { rank: 'transfer', time: 20 * HOUR, event: { kind: 'transfer', account: 0, asset: 'USDT', amount: '-5' } },
  { rank: 'operator', time: 22.5 * HOUR, operator: { action: 'halt', who: 'desk', why: 'a test' } },
  { rank: 'operator', time: 23 * HOUR, operator: { action: 'resume', who: 'desk', why: 'it is over' } },
  { rank: 'clock', time: 24 * HOUR },
];

const config = {
  ...frictionless,
  fees: { maker: 0.0002, taker: 0.0005, liquidation: 0.01 },
  slippage: { halfSpreadBps: 1, impactCoefficient: 1, impactExponent: 0.5, maxBarShare: 0.01 },
};

/** Two symbols, cross and isolated beside each other, round trips of their own, and all that may happen in between. */
function sceneOf(seed: number, bars = BARS): Scene {
  const cut = (symbol: string, own: number) => firstBars(walkBars(own, BARS, symbol, 0.012), bars);
  return {
    bars: [cut('BTCUSDT', seed), cut('ETHUSDT', seed + 500)],
    book: bookOf(
      [
        positionOf({ qty: '30', entry: '100', leverage: 5, marginMode: 'cross' }),
        positionOf({ qty: '-9', entry: '100', leverage: 20, symbol: 'ETHUSDT' }),
      ],
      { balance: '900', positionMode: 'hedge' },
    ),
    config,
    ...trips,
    happenings: [...trips.happenings, ...happenings, ...fundingEvery(BARS, 4, 0.0012)],
  };
}

/** The same with faults of our side: in the middle of bars and between two of them, over an outage and over an entry. */
function faultyOf(seed: number): Scene {
  const scene = sceneOf(seed);
  const faults: readonly (readonly [number, Fault])[] = [
    [1.5, { kind: 'crash', on: true }],
    [6.3, { kind: 'crash', on: false }],
    [8, { kind: 'corrupt', symbol: -1, factor: 0.9 }],
    [10, { kind: 'corrupt', symbol: -1, factor: 1 }],
    [14.5, { kind: 'blind', on: true }],
    [17, { kind: 'crash', on: true }],
    [19, { kind: 'crash', on: false }],
    [19.2, { kind: 'blind', on: false }],
    [21.7, { kind: 'corrupt', symbol: 1, factor: 1.2 }],
    [23, { kind: 'blind', on: true }],
    [25, { kind: 'corrupt', symbol: 1, factor: 0.8 }],
    [26, { kind: 'blind', on: false }],
    [27.7, { kind: 'corrupt', symbol: 1, factor: 1 }],
    [33, { kind: 'crash', on: true }],
  ];
  const rows = faults.map(([hours, fault]): Happening => ({ rank: 'fault', time: hours * HOUR, fault }));
  return { ...scene, happenings: [...(scene.happenings ?? []), ...rows] };
}

const settings = ['engine.latency=30', 'engine.operatorDelay=6', 'guards.funding-breaker.settlements=2'];
const chandelier = [...settings, 'guards.stops.type=chandelier', 'guards.account-levels.method=twap'];

function expectClosed(one: RunResult): void {
  const flows = money(one.startCash)
    .plus(one.realisedPnl)
    .plus(one.fundingPnl)
    .minus(one.fees)
    .plus(one.transfers)
    .minus(one.counterpartyLoss)
    .plus(one.lostCollateral);
  expect(flows.plus(one.revaluation).toFixed()).toBe(one.endCash);
  expect(money(one.endCash).plus(one.endUnrealised).plus(one.endCollateral).toFixed()).toBe(one.endEquity);
  for (const row of one.ledgers) {
    const sum = money(row.start)
      .plus(row.realised)
      .plus(row.funding)
      .minus(row.fees)
      .plus(row.transfers)
      .minus(row.lost);
    expect(sum.toFixed()).toBe(money(row.end).toFixed());
  }
}

const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

describe('under all guards', () => {
  test('the ledger closes to the last digit, whatever they do', () => {
    const kinds = new Set<string>();
    for (const seed of seeds) {
      for (const legs of ['continuous', 'jump'] as const) {
        const { report, log } = completed(guardedPlan({ ...sceneOf(seed), legs }, settings));
        expectClosed(report);
        for (const { guard, kind } of log) kinds.add(`${guard} ${kind}`);
        expectClosed(completed(guardedPlan({ ...faultyOf(seed), legs }, settings)).report);
      }
    }
    // What was held together is no empty stage: positions were cut, closed and stopped, orders refused, trading halted.
    for (const act of ['stops set-stop', 'margin-ladder reduce', 'leverage-cap deny'])
      expect(kinds).toContain(act);
    expect([...kinds].some((kind) => kind.endsWith(' close'))).toBe(true);
    expect([...kinds].some((kind) => kind.endsWith(' halt'))).toBe(true);
    expect([...kinds].some((kind) => kind.endsWith(' resume'))).toBe(true);
  });

  test.each([
    ['fixed stops', 11, settings, 1],
    ['trailing stops and sales in slices', 12, chandelier, 3],
  ])(
    'a run that is stopped at any instant, saved, loaded and gone on with is the unbroken one: %s',
    (_, seed, set, every) => {
      const guarded = guardedPlan(sceneOf(seed), set);
      const { plan } = guarded;
      const whole = completed(guarded);
      expect(whole.log.length).toBeGreaterThan(10);
      for (let stop = 0; stop <= plan.path.time.length; stop += every) {
        const first = createRun(plan);
        const start = moneyOf(first.venue);
        drive(first, stop);
        const second = revived(first, guarded);
        drive(second);
        expect(toldBy(second, start).text, `stopped at instant ${stop}`).toBe(whole.text);
      }
    },
  );

  test('so is one that is stopped while it is dead, blind, or sees wrong prices', () => {
    for (const seed of [17]) {
      const guarded = guardedPlan(faultyOf(seed), chandelier);
      const whole = completed(guarded);
      expect(whole.log.length).toBeGreaterThan(10);
      expect(whole.text).not.toBe(completed(guardedPlan(sceneOf(seed), chandelier)).text);
      for (let stop = 0; stop <= guarded.plan.path.time.length; stop += 1) {
        const first = createRun(guarded.plan);
        const start = moneyOf(first.venue);
        drive(first, stop);
        const second = revived(first, guarded);
        drive(second);
        expect(toldBy(second, start).text, `stopped at instant ${stop}`).toBe(whole.text);
      }
    }
  });

  test.each([
    ['all is well', sceneOf(13)],
    ['all goes wrong', faultyOf(13)],
  ])('a run that is stopped at every single instant is the unbroken one, where %s', (_, scene) => {
    const guarded = guardedPlan(scene, chandelier);
    let run = createRun(guarded.plan);
    const start = moneyOf(run.venue);
    for (let stop = 1; stop <= guarded.plan.path.time.length; stop += 1) {
      drive(run, stop);
      run = revived(run, guarded);
    }
    expect(toldBy(run, start).text).toBe(completed(guarded).text);
  });

  test('nothing is decided that rests on what comes later', () => {
    for (const set of [settings, chandelier]) {
      const upTo = ({ log }: Told, time: number) => JSON.stringify(log.filter((one) => one.time < time));
      const whole = completed(guardedPlan(sceneOf(14), set));
      for (let bars = 1; bars < BARS; bars += 1) {
        const cut = completed(guardedPlan(sceneOf(14, bars), set));
        expect(upTo(cut, bars * HOUR), `cut after ${bars} bars`).toBe(upTo(whole, bars * HOUR));
      }
    }
  });

  test('a fall that is still under way is no more than it is by then', () => {
    // Thirty hours within 0.2 %, then 20 % within a third of an hour. Losses are told on the way, the jump of the feed itself
    // where it has come to its end: before, nobody knows how far it goes.
    const calm = Array.from({ length: 30 }, (_, i) => {
      const price = 100 + (i % 2) / 10;
      return [price, price + 0.1, price - 0.1, price] as const;
    });
    const bars = [barsOf([...calm, [100, 100, 80, 90]])];
    const book = bookOf([positionOf({ qty: '1', entry: '100', leverage: 5 })], { balance: '100' });
    const { log } = completed(guardedPlan({ bars, book }, ['guards.stops.multiplier=90']));
    const minutesOf = (rule: string) =>
      log
        .filter((one) => one.rule === rule && one.kind === 'halt')
        .map(({ time }) => time / 60_000 - 30 * 60);
    expect(minutesOf('data-sanity')).toEqual([expect.closeTo(20, 6)]);
    const [loss = Number.NaN] = minutesOf('daily-loss');
    expect(loss).toBeGreaterThan(0);
    expect(loss).toBeLessThan(20);
  });

  test('twenty equal runs have equal bytes', () => {
    const texts = Array.from({ length: 20 }, () => completed(guardedPlan(sceneOf(15), settings)).text);
    expect(new Set(texts).size).toBe(1);
    expect(texts[0]).not.toBe(completed(guardedPlan(sceneOf(16), settings)).text);
  });
});

describe('a held book on a constant path without funding (RULES 3.1)', () => {
  const DAYS = 2;
  const flat = (symbol: string, price: number) => {
    const rows = Array.from({ length: 24 * DAYS }, () => [price, price, price, price] as const);
    return barsOf(rows, { symbol });
  };
  const ohlcv = [flat('BTCUSDT', 100), flat('ETHUSDT', 50)];

  /** The book may be rich or near its end, within its limits or beyond all of them: a limit judges orders alone. */
  const anyPosition = (symbol: string, price: number) =>
    fc
      .record({
        qty: fc.integer({ min: -30, max: 30 }).filter((qty) => qty !== 0),
        leverage: fc.constantFrom(1, 3, 10, 20, 50),
        marginMode: fc.constantFrom<'isolated' | 'cross'>('isolated', 'cross'),
        lost: fc.integer({ min: -70, max: 70 }),
      })
      .map(({ qty, leverage, marginMode, lost }): BookPosition => {
        // Percent of its margin that it has lost by now: from near liquidation to far in the money.
        const entry = price * (1 + (Math.sign(qty) * lost * 0.01) / leverage);
        return positionOf({ symbol, qty: String(qty), entry: entry.toFixed(6), leverage, marginMode });
      });
  const anyBook = fc.record({
    positions: fc.tuple(anyPosition('BTCUSDT', 100), anyPosition('ETHUSDT', 50)),
    balance: fc.integer({ min: 5_000, max: 200_000 }).map(String),
    mode: fc.constantFrom('conservative', 'moderate', 'aggressive', 'speculative', 'paper'),
    env: fc.constantFrom('development', 'staging', 'production'),
    type: fc.constantFrom('atr', 'percent', 'chandelier', 'adaptive'),
  });

  test('has equal bytes of money and margin with the guards and without, and nothing is sold', () => {
    const said = new Set<string>();
    let beyond = 0;
    fc.assert(
      fc.property(anyBook, ({ positions, balance, mode, env, type }) => {
        const tree = replayTree(...costless, `mode=${mode}`, `env=${env}`, `guards.stops.type=${type}`);
        const book = bookOf(positions, { balance });
        const { result } = replay.run(replayInputs({ ohlcv, book }), tree, ctx);
        const moneyAndMargin = ({ decisions, orders, ...rest }: RunResult) => JSON.stringify(rest);
        expect(moneyAndMargin(result.protected)).toBe(moneyAndMargin(result.unprotected));
        const { filled, denied, resized, rejected } = result.protected.orders;
        expect({ filled, denied, resized, rejected }).toEqual({
          filled: 0,
          denied: 0,
          resized: 0,
          rejected: 0,
        });
        // A stop rests at the venue, and what is near a bound is named: nothing else is said of a book that stands still.
        const kinds = result.protected.decisions.map(({ kind }) => kind);
        expect(kinds.filter((kind) => kind !== 'set-stop' && kind !== 'alert')).toEqual([]);
        for (const { guard, rule } of result.timeline.shown) said.add(`${guard} ${rule}`);
        beyond += result.bookBreaks.length > 0 ? 1 : 0;
      }),
      { seed: 4, numRuns: 40 },
    );
    // Books that begin below a rung, below a level and beyond their stop were among them.
    for (const one of ['margin-ladder starts-below', 'account-levels starts-below', 'stops already-beyond'])
      expect(said).toContain(one);
    expect(beyond).toBeGreaterThan(10);
  });
});
