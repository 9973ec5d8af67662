import { describe, expect, test } from 'vitest';
import type { Bars } from '../../src/market/bars.ts';
import type { Trade } from '../../src/market/journal.ts';
import { DataError, InputError } from '../../src/model/errors.ts';
import { adaptiveStop } from '../../src/risk/stop.ts';
import { backtestStops } from '../../src/studies/backtest-stops.ts';
import { backtestStopsResult } from '../../src/studies/backtest-stops-result.ts';
import { ctx, HOUR, journalOf, treeOf, walkBars, walkTrades } from './backtest-stops/market.ts';

const bars = walkBars(3000, 5);
const trades = walkTrades(bars, 400, 6);
const inputs = { journal: journalOf(trades), ohlcv: [bars], ticks: [] };
const run = (over = inputs, tree = treeOf()) => backtestStops.run(over, tree, ctx).result;

describe('a whole run', () => {
  test('keeps the shape that its reports promise', () => {
    const result = run();
    expect(backtestStopsResult.parse(result)).toEqual(result);
    expect(result.trades.used + result.trades.skipped.reduce((sum, { count }) => sum + count, 0)).toBe(400);
    expect(result.levels.map(({ multiplier }) => multiplier)).toEqual([0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4]);
    for (const level of result.levels) {
      expect(level.hits + level.survivors).toBe(result.trades.used);
      expect(level.hitRateOptimistic).toBeLessThanOrEqual(level.hitRate);
      expect(level.hitRate).toBeLessThanOrEqual(level.hitRateInterval.high ?? 0);
    }
  });

  test('judges one level on it, and looks for a recommendation over the search grid', () => {
    const result = run(inputs, treeOf({ multipliers: [2] }));
    expect(result.levels).toHaveLength(1);
    expect(result.curve).toHaveLength(12);
    expect(result.levels[0]).toEqual(run().levels[3]);
  });

  test('the same inputs give the same result, another seed other intervals', () => {
    expect(run()).toEqual(run());
    const other = backtestStops.run(inputs, treeOf(), { ...ctx, seed: 2 }).result;
    expect(other.levels.map(({ hits }) => hits)).toEqual(run().levels.map(({ hits }) => hits));
    expect(other.levels.map((level) => level.hitRateInterval)).not.toEqual(
      run().levels.map((level) => level.hitRateInterval),
    );
  });

  test('a trade without a journal of its own kind is named with its reason', () => {
    const strange = { ...(trades[0] as Trade), symbol: 'XYZUSDT', id: 999 };
    const early = {
      ...(trades[0] as Trade),
      entryTime: bars.time[3] as number,
      exitTime: bars.time[9] as number,
    };
    const result = run({ ...inputs, journal: journalOf([...trades, strange, early]) });
    const reasons = Object.fromEntries(result.trades.skipped.map(({ reason, count }) => [reason, count]));
    expect(reasons).toMatchObject({ 'no-bars': 1, 'no-atr': 1 });
    expect(result.trades.skipped.find(({ reason }) => reason === 'no-bars')?.examples).toEqual(
      ['row 999 XYZUSDT long'].map((text) => text.replace('long', strange.direction)),
    );
  });
});

describe('metamorphic relations', () => {
  const columns = ['open', 'high', 'low', 'close'] as const;
  const scaledBars = (factor: number): Bars => {
    const scaled = { ...bars };
    for (const name of columns) scaled[name] = bars[name].map((price) => price * factor);
    return scaled;
  };

  test('prices times a power of two change nothing but the prices', () => {
    const scaledTrades = trades.map((one) => ({
      ...one,
      entryPrice: one.entryPrice * 4,
      exitPrice: one.exitPrice * 4,
    }));
    const scaled = run({ journal: journalOf(scaledTrades), ohlcv: [scaledBars(4)], ticks: [] });
    expect(scaled.levels).toEqual(run().levels);
    expect(scaled.excursion).toEqual(run().excursion);
  });

  test('whole days later the same happens', () => {
    const later = 7 * 24 * HOUR;
    const moved = { ...bars, time: bars.time.map((time) => time + later) };
    const movedTrades = trades.map((one) => ({
      ...one,
      entryTime: one.entryTime + later,
      exitTime: one.exitTime + later,
    }));
    const result = run({ journal: journalOf(movedTrades), ohlcv: [moved], ticks: [] });
    expect(result.levels).toEqual(run().levels);
  });

  test('cutting the file behind the exit of a trade does not change it (no look-ahead)', () => {
    const judged = run().perTrade ?? [];
    for (const one of judged.slice(0, 25)) {
      const trade = trades[one.id - 1] as Trade;
      const end = bars.time.findIndex((time) => time >= trade.exitTime);
      const cut = (xs: Float64Array) => xs.slice(0, end === -1 ? xs.length : end);
      const short = { ...bars };
      for (const name of ['time', 'volume', ...columns] as const) short[name] = cut(bars[name]);
      const alone = run({ journal: journalOf([trade]), ohlcv: [short], ticks: [] }).perTrade?.[0];
      expect(alone).toEqual(one);
    }
  });

  test('higher leverage never raises survival', () => {
    const survivors = [2, 5, 10, 20, 50, 100].map((leverage) => {
      const { levels } = run(inputs, treeOf({ leverage }));
      return levels.map(({ liquidated }) => liquidated ?? Number.NaN);
    });
    for (let i = 1; i < survivors.length; i += 1) {
      for (const [level, liquidated] of (survivors[i] ?? []).entries()) {
        expect(liquidated).toBeGreaterThanOrEqual(survivors[i - 1]?.[level] ?? Number.NaN);
      }
    }
  });

  test('fees and slippage only cost', () => {
    const free = run().levels.map(({ meanReturn }) => meanReturn);
    for (const dear of [treeOf({ feeBps: 10 }), treeOf({ slippageBps: 10 })]) {
      for (const [i, level] of run(inputs, dear).levels.entries()) {
        expect(level.meanReturn).toBeLessThan(free[i] ?? Number.NaN);
      }
    }
  });
});

describe('every key of the study changes some result', () => {
  const base = JSON.stringify(run(inputs, treeOf({ leverage: 10, by: ['symbol'] })));
  const changed = {
    multipliers: '0.5:4:0.25',
    targetHitRate: 0.3,
    trigger: 'through',
    intrabar: 'optimistic',
    takeProfit: 2,
    leverage: 20,
    mmr: 0.05,
    feeBps: 5,
    slippageBps: 5,
    direction: 'long',
    hold: '12h',
    intervalLevel: 0.9,
    replicates: 300,
    by: ['hour'],
  } as const;
  for (const [key, value] of Object.entries(changed)) {
    test(key, () => {
      const tree = treeOf({ leverage: 10, by: ['symbol'], [key]: value });
      expect(JSON.stringify(run(inputs, tree))).not.toBe(base);
    });
  }
  test('search, where one level is judged', () => {
    const narrow = run(inputs, treeOf({ multipliers: [1], search: '1:2:0.5' }));
    expect(narrow.curve.map(({ multiplier }) => multiplier)).toEqual([1, 1.5, 2]);
  });
  test('confidence, for an adaptive stop of trades that state none', () => {
    const bare = journalOf(trades.map(({ confidence: _, ...one }) => one));
    const adaptive = (confidence: number) =>
      run({ ...inputs, journal: bare }, treeOf({ confidence }, { type: 'adaptive' })).levels;
    expect(adaptive(0.2)).not.toEqual(adaptive(0.9));
  });
  test('guards.stops.adaptive, which is what runs live', () => {
    const levels = (numbers: Partial<typeof adaptiveStop>) =>
      run(inputs, treeOf({}, { type: 'adaptive', adaptive: { ...adaptiveStop, ...numbers } })).levels;
    expect(levels({ base: 0.03 })).not.toEqual(levels({}));
    expect(levels({ range: 0 })).not.toEqual(levels({}));
  });
  test('entries, where no journal is given', () => {
    const none = { ...inputs, journal: null as never };
    const every = run(none, treeOf({ entries: 'every:24h' }));
    expect(every.trades.total).toBeGreaterThan(100);
    expect(run(none, treeOf({ entries: 'every:12h' })).trades.total).toBeGreaterThan(every.trades.total);
    expect(run(none, treeOf({ entries: 'breakout:20' })).levels).not.toEqual(every.levels);
  });
  for (const stops of [
    { type: 'percent' },
    { type: 'trailing-atr' },
    { type: 'chandelier' },
    { type: 'adaptive' },
    { atrPeriod: 7 },
    { atrMethod: 'sma' },
  ] as const) {
    test(`guards.stops ${JSON.stringify(stops)}`, () => {
      expect(JSON.stringify(run(inputs, treeOf({ leverage: 10, by: ['symbol'] }, stops)))).not.toBe(base);
    });
  }
  test('data.maxGap', () => {
    const holed = { ...bars };
    for (const name of ['time', 'volume', ...(['open', 'high', 'low', 'close'] as const)] as const) {
      holed[name] = bars[name].filter((_, i) => i % 300 !== 0 && i % 300 !== 1);
    }
    const skips = (maxGap: number) =>
      run({ ...inputs, ohlcv: [holed] }, treeOf({}, {}, maxGap)).trades.skipped.find(
        ({ reason }) => reason === 'gap',
      )?.count ?? 0;
    expect(skips(3)).toBe(0);
    expect(skips(2)).toBeGreaterThan(0);
  });
});

describe('what is refused', () => {
  test('a journal whose times are off names the offset that fits (RULES 1.4)', () => {
    const late = trades.map((one) => ({
      ...one,
      entryTime: one.entryTime + 5 * HOUR,
      exitTime: one.exitTime + 5 * HOUR,
    }));
    expect(() => run({ ...inputs, journal: journalOf(late) })).toThrow(DataError);
    expect(() => run({ ...inputs, journal: journalOf(late) })).toThrow(
      /JOURNAL_FIT: .*change --journal-offset by 5h/,
    );
  });
  test('a journal of another symbol names that symbol', () => {
    const other = walkBars(3000, 77, 'ETHUSDT');
    const wrong = trades.map((one) => ({ ...one, symbol: 'ETHUSDT' }));
    const both = { journal: journalOf(wrong), ohlcv: [bars, other], ticks: [] };
    expect(() => run(both)).toThrow('Against BTCUSDT');
  });
  test('a run without any trade that can be judged', () => {
    expect(() => run({ ...inputs, ohlcv: [] })).toThrow('NO_TRADES');
  });
  test('a journal and generated entries at once', () => {
    expect(() => run(inputs, treeOf({ entries: 'every:24h' }))).toThrow(InputError);
  });
});

describe('what a reader once found wrong', () => {
  test('slippage of a modelled exit costs, and hits nothing', () => {
    const at = (slippageBps: number) => run(inputs, treeOf({ hold: '12h', slippageBps }));
    const [free, dear] = [at(0), at(100)];
    expect(dear.levels.map(({ hits }) => hits)).toEqual(free.levels.map(({ hits }) => hits));
    expect(dear.excursion.maeAtr).toEqual(free.excursion.maeAtr);
    expect(dear.excursion.mfeAtr).toEqual(free.excursion.mfeAtr);
    expect(dear.levels[0]?.meanReturn).toBeLessThan(free.levels[0]?.meanReturn ?? 0);
  });
  test('held exits do not vouch for a journal: only its entries are checked', () => {
    const held = run(inputs, treeOf({ hold: '12h' }));
    expect(held.trades.journalFit?.prices).toBeLessThanOrEqual(trades.length);
  });
  test('a trade that ended at its take-profit is censored in neither column', () => {
    const result = run(inputs, treeOf({ takeProfit: 0.2, multipliers: '0.5:4:0.5' }));
    for (const level of result.levels) {
      if (level.censored === 0) expect(level.hitRateUncensored).toBeCloseTo(level.hitRate, 12);
    }
    expect(result.levels.some(({ censored }) => censored === 0)).toBe(true);
  });
});

describe('few days (RULES 1.10)', () => {
  test('under 20 entry days nothing is concluded', () => {
    const first = bars.time[100] as number;
    const few = trades.filter(({ entryTime }) => entryTime < first + 15 * 24 * HOUR);
    const result = run({ ...inputs, journal: journalOf(few) });
    expect(result.trades.days).toBeLessThan(20);
    for (const level of result.levels) {
      expect(level.verdict).toBe('inconclusive');
      expect(level.hitRateInterval).toMatchObject({ low: null, high: null });
      expect(level.hitRateInterval.reason).toContain('at least 20');
    }
    expect(result.robustMultiplier).toBeNull();
    expect(result.recommendedMultiplier).toBeNull();
  });
});

describe('bare trades (RULES 1.9)', () => {
  // The source's own form: entry 100, ATR 2. Long low 96 is two ATRs down; short high 103 one and a half ATRs up.
  const bare = [
    { id: 1, symbol: 'X', direction: 'long', entryPrice: 100, exitPrice: 101, high: 102, low: 96, atr: 2 },
    { id: 2, symbol: 'X', direction: 'short', entryPrice: 100, exitPrice: 99, high: 103, low: 98, atr: 2 },
  ] as const;
  const journal = { ...journalOf([]), bare };
  test('need no bars, fill at the stop, and have no band', () => {
    const { result, fidelity } = backtestStops.run(
      { journal, ohlcv: [], ticks: [] },
      treeOf({ multipliers: '1:2.5:0.5' }),
      ctx,
    );
    expect(result.levels.map(({ hits }) => hits)).toEqual([2, 2, 1, 0]);
    expect(result.levels.map(({ hitsOptimistic }) => hitsOptimistic)).toEqual([2, 2, 1, 0]);
    // At 1: both lose 2 %. At 2: -4 % and +1 %.
    expect(result.levels[0]?.meanReturn).toBeCloseTo(-0.02, 12);
    expect(result.levels[2]?.meanReturn).toBeCloseTo(-0.015, 12);
    expect(fidelity).toEqual(['no-path']);
  });
  test('through is the rule of the source document: a low at the stop is no hit', () => {
    const tree = treeOf({ multipliers: [2], trigger: 'through' });
    const { result } = backtestStops.run({ journal, ohlcv: [], ticks: [] }, tree, ctx);
    expect(result.levels[0]?.hits).toBe(0);
  });
});
