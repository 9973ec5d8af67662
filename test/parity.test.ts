/**
 * Two machines, one rule: the stop study judges a trade by the bars' extremes in closed form, the replay drives venue and
 * engine along a path. On trades that come and go at bar opens, without costs, both must find the same hits and the same
 * fills, to the bit (RULES 1.2, 2.1; issue "The risk engine", 3).
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Bars } from '../src/market/bars.ts';
import type { Trade } from '../src/market/journal.ts';
import { createRandom, nextBelow } from '../src/math/random.ts';
import type { FillRecord } from '../src/model/fill.ts';
import { backtestStops } from '../src/studies/backtest-stops.ts';
import { replay } from '../src/studies/replay.ts';
import { journalOf, treeOf } from './studies/backtest-stops/market.ts';
import { costless, ctx, replayInputs, replayTree } from './support/replay-study.ts';
import { barsOf } from './support/venue-scene.ts';

/** Whole cents: from the close before to the open, to the close, and beyond both for the high and the low. */
type Move = { readonly gap: number; readonly body: number; readonly up: number; readonly down: number };

/** Bars between two trades, bars held, and the side. */
type Hold = { readonly wait: number; readonly bars: number; readonly side: 1 | -1 };

type Case = { readonly moves: readonly Move[]; readonly holds: readonly Hold[] };

/** Enough for the ATR of 14 bars before the first entry. */
const WARM_UP = 20;

function marketOf(moves: readonly Move[]): Bars {
  let close = 10_000;
  const rows = moves.map(({ gap, body, up, down }): [number, number, number, number] => {
    const open = close + gap;
    close = open + body;
    return [
      open / 100,
      (Math.max(open, close) + up) / 100,
      (Math.min(open, close) - down) / 100,
      close / 100,
    ];
  });
  return barsOf(rows);
}

/**
 * Trades one after the other, in and out at opens; what does not fit into the bars is left out. One enters at the instant
 * of the exit before it only on the other side: entries come before exits (RULES 2.4), so on one side the two would be one
 * position for that instant.
 */
function tradesOf({ time, open, symbol }: Bars, holds: readonly Hold[]): Trade[] {
  const trades: Trade[] = [];
  let row = WARM_UP;
  let before: 1 | -1 | 0 = 0;
  for (const { wait, bars, side } of holds) {
    const from = row + Math.max(wait, side === before ? 1 : 0);
    const to = from + bars;
    row = to;
    before = side;
    if (to >= time.length) break;
    trades.push({
      id: trades.length + 1,
      symbol,
      direction: side > 0 ? 'long' : 'short',
      entryTime: time[from] ?? 0,
      entryPrice: open[from] ?? 0,
      exitTime: time[to] ?? 0,
      exitSlack: 0,
      exitPrice: open[to] ?? 0,
      exitKind: 'signal',
    });
  }
  return trades;
}

type Stop = { readonly type: 'atr' | 'percent'; readonly multipliers: readonly number[] };

/** The fill of every trade by RULES 1.2, bar by bar; null where its stop is not hit. Prices as they trade. */
function fillByHand(
  bars: Bars,
  { direction, entryTime, entryPrice, exitTime, exitPrice }: Trade,
  distance: number,
) {
  const side = direction === 'long' ? 1 : -1;
  const stop = side * entryPrice - distance;
  const from = bars.time.indexOf(entryTime);
  const to = bars.time.indexOf(exitTime);
  for (let row = from; row < to; row += 1) {
    const open = side * (bars.open[row] ?? Number.NaN);
    const worst = side * ((side > 0 ? bars.low[row] : bars.high[row]) ?? Number.NaN);
    if (worst <= stop) return side * Math.min(open, stop);
  }
  return side * exitPrice <= stop ? exitPrice : null;
}

/** Fills of the protected run with one multiplier, by trade; what was not stopped left by its own exit. */
function replayed(bars: Bars, trades: readonly Trade[], type: Stop['type'], multiplier: number) {
  const fills: FillRecord[] = [];
  const tree = replayTree(
    ...costless,
    'engine.guards=[stops]',
    `guards.stops.type=${type}`,
    `guards.stops.multiplier=${multiplier}`,
  );
  const listen = {
    begin: () => undefined,
    decision: () => undefined,
    fill: (one: FillRecord) => fills.push(one),
  };
  const inputs = replayInputs({ ohlcv: [bars], journal: journalOf(trades), listen });
  const { result } = replay.run(inputs, tree, ctx);
  const closes = trades.map((_, trade) => {
    const own = fills.filter((one) => !one.opening && one.shares.some((share) => share.trade === trade));
    expect(own).toHaveLength(1);
    return own[0] as FillRecord;
  });
  return { closes, result };
}

const NOTIONAL = 2000;
/** One unit of the ledger's last place a trade, as a return on the notional. */
const ROUNDING = 1e-8 / NOTIONAL;

/** Holds both machines and the rule to each other; how many hits and fills at an open there were. */
function compare({ moves, holds }: Case, { type, multipliers }: Stop) {
  const bars = marketOf(moves);
  const trades = tradesOf(bars, holds);
  const study = backtestStops.run(
    { journal: journalOf(trades), ohlcv: [bars], ticks: [] },
    treeOf({ multipliers: [...multipliers] }, { type }),
    ctx,
  ).result;
  expect(study.trades.used).toBe(trades.length);
  const seen = { hits: 0, gaps: 0, survivors: 0 };
  for (const [index, multiplier] of multipliers.entries()) {
    const { closes, result } = replayed(bars, trades, type, multiplier);
    const level = study.levels[index];
    const byTrade = closes.map((close, k) => {
      const { id, unit, entryPrice, levelsHit } = study.perTrade?.[k] ?? {
        id: 0,
        unit: 0,
        entryPrice: 0,
        levelsHit: 0,
      };
      expect(id).toBe(k + 1);
      const hit = levelsHit > index;
      expect(close.cause).toBe(hit ? 'stop' : 'exit');
      const trade = trades[k] as Trade;
      // `toBe` is Object.is: the same double.
      const fill = fillByHand(bars, trade, multiplier * unit);
      expect(fill !== null).toBe(hit);
      expect(close.price).toBe(fill ?? trade.exitPrice);
      const earned = close.position * (close.price - entryPrice);
      expect(Math.abs(close.pnl - close.qty * earned)).toBeLessThan(2e-8);
      return close.pnl / (close.qty * entryPrice);
    });
    const hits = closes.filter(({ cause }) => cause === 'stop').length;
    expect(hits).toBe(level?.hits);
    const mean = byTrade.reduce((sum, one) => sum + one, 0) / trades.length;
    expect(Math.abs(mean - (level?.meanReturn ?? Number.NaN))).toBeLessThan(2 * ROUNDING);
    expect(result.protected.liquidations).toEqual([]);
    expect(result.protected.fees).toBe('0');
    expect(result.protected.fundingPnl).toBe('0');
    seen.hits += hits;
    seen.gaps += level?.gapFills ?? 0;
    seen.survivors += trades.length - hits;
  }
  return seen;
}

function walk(seed: number, count: number): Case {
  const random = createRandom(seed);
  const around = (size: number) => nextBelow(random, 2 * size + 1) - size;
  const moves = Array.from({ length: count }, () => ({
    gap: nextBelow(random, 4) === 0 ? around(120) : 0,
    body: around(80),
    up: nextBelow(random, 40),
    down: nextBelow(random, 40),
  }));
  const holds = Array.from({ length: count }, () => ({
    wait: nextBelow(random, 4),
    bars: 1 + nextBelow(random, 12),
    side: nextBelow(random, 2) === 0 ? (1 as const) : (-1 as const),
  }));
  return { moves, holds };
}

const atr: Stop = { type: 'atr', multipliers: [0.25, 0.5, 1, 1.7, 2, 3] };
const percent: Stop = { type: 'percent', multipliers: [0.1, 0.3, 0.7, 1.1, 2.3] };

describe('the stop guard alone and the stop study', () => {
  test.each([
    [1, atr],
    [2, atr],
    [4, percent],
    [5, percent],
  ])('hit the same trades at the same prices on seed %d', (seed, stop) => {
    const { hits, gaps, survivors } = compare(walk(seed, 500), stop);
    // Every kind of ending is among them, or the comparison would say little.
    expect(hits).toBeGreaterThan(100);
    expect(gaps).toBeGreaterThan(5);
    expect(survivors).toBeGreaterThan(50);
  });

  const cents = (size: number) => fc.integer({ min: -size, max: size });
  const spread = fc.integer({ min: 0, max: 60 });
  const move = fc.record({
    gap: fc.oneof(fc.constant(0), cents(150)),
    body: cents(100),
    up: spread,
    down: spread,
  });
  const hold = fc.record({
    wait: fc.integer({ min: 0, max: 3 }),
    bars: fc.integer({ min: 1, max: 9 }),
    side: fc.constantFrom<1 | -1>(1, -1),
  });
  const anyCase = fc.record({
    moves: fc.array(move, { minLength: WARM_UP + 13, maxLength: 60 }),
    holds: fc.array(hold, { minLength: 1, maxLength: 12 }),
  });
  const multiplier = fc.integer({ min: 5, max: 400 }).map((hundredths) => hundredths / 100);
  const anyStop = fc.record({
    type: fc.constantFrom<Stop['type']>('atr', 'percent'),
    multipliers: fc
      .uniqueArray(multiplier, { minLength: 1, maxLength: 3 })
      .map((all) => all.toSorted((a, b) => a - b)),
  });

  test('agree on any bars and any trades that do not overlap', () => {
    fc.assert(
      fc.property(anyCase, anyStop, (one, stop) => {
        compare(one, stop);
      }),
      { seed: 4, numRuns: 40 },
    );
  });
});
