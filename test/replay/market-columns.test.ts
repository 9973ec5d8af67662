import { describe, expect, test } from 'vitest';
import type { MarketMoment } from '../../src/engine/view.ts';
import type { Bars } from '../../src/market/bars.ts';
import { regimeAt } from '../../src/market/regime.ts';
import { createRandom, nextUnit } from '../../src/math/random.ts';
import { liquidityLookup } from '../../src/replay/liquidity.ts';
import { type MarketRule, marketColumns, nextLoudBar } from '../../src/replay/market-columns.ts';
import { createSeries } from '../../src/studies/backtest-stops/series.ts';
import { walkBars } from '../studies/backtest-stops/market.ts';
import { barsOf } from '../support/small-bars.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const rule: MarketRule = { atrPeriod: 14, atrMethod: 'wilder', maxGap: 3 };

/** The rows that a test keeps. */
function rowsOf(bars: Bars, keep: (row: number) => boolean): Bars {
  const column = (values: Float64Array) => values.filter((_, row) => keep(row));
  return {
    ...bars,
    time: column(bars.time),
    open: column(bars.open),
    high: column(bars.high),
    low: column(bars.low),
    close: column(bars.close),
    volume: column(bars.volume),
  };
}

const holed = rowsOf(walkBars(2600, 3), (row) => row % 97 !== 5 && (row < 300 || row >= 306));

/** 15-minute bars from rows of [close, volume]; null where one is missing. */
function quarters(rows: readonly (readonly [number, number] | null)[], start = 0): Bars {
  const known = rows.flatMap((row, i) => {
    if (row === null) return [];
    const [close, volume] = row;
    return [[start + (i * HOUR) / 4, close, close, close, close, volume] as const];
  });
  return barsOf('BTCUSDT', HOUR / 4, known);
}

describe('the measures of a moment', () => {
  const bars = barsOf('BTCUSDT', HOUR, [
    [0, 100, 103, 99, 102],
    [HOUR, 102, 102, 96, 98],
  ]);
  const { market } = marketColumns([bars], { ...rule, atrPeriod: 1, atrMethod: 'sma' });

  test('are those of the last bar that ended at or before it, one millisecond either side', () => {
    const ends = [HOUR - 1, HOUR, 2 * HOUR - 1, 2 * HOUR, 9 * DAY].map((time) => market.at(0, time).end);
    expect(ends).toEqual([Number.NEGATIVE_INFINITY, HOUR, HOUR, 2 * HOUR, 2 * HOUR]);
    expect(market.at(0, 2 * HOUR)).toMatchObject({ close: 98, high: 102, low: 96, atr: 6, interval: HOUR });
  });

  test('are unknown before the first bar, of a symbol without bars, and of none', () => {
    const empty = marketColumns([bars, null, rowsOf(bars, () => false)], rule).market;
    for (const one of [empty.at(0, HOUR - 1), empty.at(1, DAY), empty.at(2, DAY), empty.at(7, DAY)]) {
      const { end, regime, interval, ...measures } = one;
      expect([end, regime]).toEqual([Number.NEGATIVE_INFINITY, null]);
      expect(Object.values(measures).every(Number.isNaN)).toBe(true);
      expect(Number.isFinite(interval)).toBe(true);
    }
    expect(marketColumns([null], rule).columns).toEqual([null]);
  });

  test('go back to an earlier moment as well', () => {
    expect([2 * HOUR, HOUR, 0, 2 * HOUR].map((time) => market.at(0, time).close)).toEqual([
      98,
      102,
      Number.NaN,
      98,
    ]);
  });

  test('volatility24h is the root of the sum of the squares; volatility per bar waits for a whole day', () => {
    const moves = [Math.log(102 / 100), Math.log(98 / 102)] as const;
    const sum = moves[0] * moves[0] + moves[1] * moves[1];
    const now = market.at(0, 2 * HOUR);
    expect(now.volatility24h).toBeCloseTo(Math.sqrt(sum), 14);
    // Two hours are no measure of what a bar may do.
    expect(now.barVolatility).toBeNaN();
  });

  test('a bar leaves the 24 h a day after its end', () => {
    const rows = Array.from(
      { length: 26 },
      (_, i) => [i * HOUR, 100, 100, 100, i === 0 ? 110 : 100] as const,
    );
    const { at } = marketColumns([barsOf('BTCUSDT', HOUR, rows)], rule).market;
    const [first, back] = [Math.log(1.1), Math.log(100 / 110)] as const;
    expect(at(0, 24 * HOUR).barVolatility).toBeCloseTo(Math.sqrt((first * first + back * back) / 24), 14);
    expect(at(0, 25 * HOUR).barVolatility).toBeCloseTo(Math.sqrt((back * back) / 24), 14);
    expect(at(0, 26 * HOUR).barVolatility).toBe(0);
  });

  test('a bar longer than a day has its own move per bar, and its share of a day in volatility24h', () => {
    const weekly = barsOf('BTCUSDT', 7 * DAY, [
      [0, 100, 100, 100, 100],
      [7 * DAY, 100, 121, 100, 121],
    ]);
    const now = marketColumns([weekly], rule).market.at(0, 14 * DAY);
    expect(now.barVolatility).toBeCloseTo(Math.log(1.21), 14);
    expect(now.volatility24h).toBeCloseTo(Math.log(1.21) / Math.sqrt(7), 14);
  });
});

describe('beside the other readers of the same bars, to the bit', () => {
  test.each(['wilder', 'wilder-tv', 'sma', 'ema'] as const)(
    'ATR %s is that of backtest-stops, across holes',
    (atrMethod) => {
      const own = { ...rule, atrMethod };
      const { atr } = createSeries(holed, { ...own, needsRegime: false });
      const { columns, market } = marketColumns([holed], own);
      expect(columns[0]?.atr).toEqual(atr);
      for (let row = 0; row < atr.length; row += 1)
        expect(market.at(0, holed.time[row]! + HOUR).atr).toBe(atr[row]);
    },
  );

  test('volatility24h is what fills look at when a bar ends', () => {
    const { at } = marketColumns([holed], rule).market;
    const liquidity = liquidityLookup([holed]);
    for (const open of holed.time)
      expect(at(0, open + HOUR).volatility24h).toBe(liquidity(0, open + HOUR).sigmaDaily);
  });

  test('the regime is that of the study', () => {
    const { volatility } = createSeries(holed, { ...rule, needsRegime: true });
    const { at } = marketColumns([holed], rule).market;
    const seen = new Set<MarketMoment['regime']>();
    for (let row = 0; row < holed.time.length; row += 7) {
      const { regime } = at(0, holed.time[row]! + HOUR);
      expect(regime).toBe(regimeAt(holed, volatility, row));
      seen.add(regime);
    }
    expect(seen.size).toBeGreaterThan(3);
  });
});

test('data that end at a moment give the same as data that go on (no look-ahead)', () => {
  const random = createRandom(11);
  const fine: Bars = { ...holed, interval: HOUR / 4, time: holed.time.map((time) => time / 4) };
  for (const bars of [holed, fine]) {
    const whole = marketColumns([bars], rule).market;
    const span = bars.time.at(-1)! - bars.time[0]!;
    for (let run = 0; run < 40; run += 1) {
      const now = bars.time[0]! + Math.floor(1.05 * span * nextUnit(random));
      const known = rowsOf(bars, (row) => bars.time[row]! + bars.interval <= now);
      const cut = marketColumns([known], rule).market;
      if (known.time.length === 0) {
        expect(whole.at(0, now).end).toBe(Number.NEGATIVE_INFINITY);
        continue;
      }
      expect({ ...cut.at(0, now) }).toEqual({ ...whole.at(0, now) });
      expect(cut.hourlyReturns(0, now, 100)).toEqual(whole.hourlyReturns(0, now, 100));
      expect(cut.hourlyVolume(0, now, 100)).toEqual(whole.hourlyVolume(0, now, 100));
    }
  }
});

describe('hourly returns and volumes', () => {
  const bars = quarters([
    [100, 1],
    [101, 2],
    [102, 3],
    [110, 4],
    [111, 5],
    null,
    null,
    [99, 6],
    null,
    null,
    null,
    null,
    [98, 7],
    [97, 8],
    [96, 9],
    [95, 10],
    [90, 11],
  ]);
  const { market } = marketColumns([bars], rule);

  test('are of full hours of UTC, the newest last; NaN where no bar ended in one, and before the data', () => {
    expect([...market.hourlyReturns(0, 4 * HOUR, 4)]).toEqual([
      Number.NaN,
      Math.log(99 / 110),
      Number.NaN,
      Number.NaN,
    ]);
    expect([...market.hourlyVolume(0, 4 * HOUR, 5)]).toEqual([Number.NaN, 10, 11, Number.NaN, 34]);
  });

  test('know an hour when it ends, and not a millisecond before', () => {
    expect([...market.hourlyVolume(0, 2 * HOUR - 1, 1)]).toEqual([10]);
    expect([...market.hourlyVolume(0, 2 * HOUR, 1)]).toEqual([11]);
    expect([...market.hourlyReturns(0, 2 * HOUR, 1)]).toEqual([Math.log(99 / 110)]);
  });

  test('are NaN after the data, where nothing is known', () => {
    expect([...market.hourlyVolume(0, 9 * HOUR, 2)]).toEqual([Number.NaN, Number.NaN]);
  });

  test('of bars that do not begin on the hour belong to the hour in which they end', () => {
    const late = quarters(
      [
        [100, 1],
        [200, 2],
      ],
      HOUR - HOUR / 4 - 60_000,
    );
    const { hourlyVolume } = marketColumns([late], rule).market;
    expect([...hourlyVolume(0, 2 * HOUR, 2)]).toEqual([1, 2]);
  });

  test('are of hourly bars their own closes; there are none of longer bars, or of a symbol without', () => {
    const hourly = marketColumns([walkBars(30, 1), null], rule).market;
    const { time, close } = walkBars(30, 1);
    expect([...hourly.hourlyReturns(0, time[29]! + HOUR, 29)]).toEqual(
      Array.from({ length: 29 }, (_, i) => Math.log(close[i + 1]! / close[i]!)),
    );
    expect(hourly.hourlyReturns(1, DAY, 5)).toHaveLength(0);
    expect(hourly.hourlyReturns(2, DAY, 5)).toHaveLength(0);
    const longer = marketColumns([{ ...walkBars(30, 1), interval: HOUR + 1 }], rule).market;
    expect(longer.hourlyVolume(0, time[29]! + DAY, 5)).toHaveLength(0);
  });
});

describe('the next bar to be told of', () => {
  const columns = { volatility24h: Float64Array.of(0.1, 0.2, 0.3, 0.2, 0.1) };
  const none = {
    volatilityAbove: Number.POSITIVE_INFINITY,
    volatilityBelow: Number.NEGATIVE_INFINITY,
    every: false,
  };

  test('is the first whose volatility24h is at or above a bound', () => {
    const above = (volatilityAbove: number) => nextLoudBar(columns, 0, { ...none, volatilityAbove });
    expect([0.2, 0.3, 0.300001].map(above)).toEqual([1, 2, 5]);
  });

  test('or at or below the other', () => {
    const below = (volatilityBelow: number) => nextLoudBar(columns, 1, { ...none, volatilityBelow });
    expect([0.2, 0.1, 0.0999].map(below)).toEqual([1, 4, 5]);
  });

  test('every one where every one is wanted, the end where none is left', () => {
    expect([0, 3, 5, 9].map((start) => nextLoudBar(columns, start, { ...none, every: true }))).toEqual([
      0, 3, 5, 5,
    ]);
    expect(nextLoudBar(columns, 0, none)).toBe(5);
    expect(
      nextLoudBar({ volatility24h: Float64Array.of(Number.NaN) }, 0, { ...none, volatilityAbove: 0 }),
    ).toBe(1);
  });
});
