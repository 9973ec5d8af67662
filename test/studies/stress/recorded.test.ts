/** RULES 4.2: perp before spot, then the finest interval without a hole, then the name of the file. */
import { expect, test } from 'vitest';
import { lineOf } from '../../../src/replay/price-line.ts';
import {
  coveredBy,
  fromStart,
  holdsAll,
  levelledBars,
  priceAtStart,
  recordedOf,
  spliced,
} from '../../../src/studies/stress/recorded.ts';
import { hours, START, smallScenario, statedAsset } from '../../support/small-scenario.ts';
import { resultOf } from '../../support/stress-study.ts';
import { barsOf, HOUR } from '../../support/venue-scene.ts';

const window = { kind: 'historical', prices: 'absolute', start: START, end: START + 6 * HOUR } as const;
const rows = (count: number, price = 100) =>
  Array.from({ length: count }, () => [price, price, price, price] as const);
const series = (market: 'perp' | 'spot', file: string, interval: number, { from = -2, count = 10 } = {}) => ({
  file,
  market,
  bars: barsOf(rows(count), { start: START + from * HOUR, interval }),
});
const chosen = (...all: readonly ReturnType<typeof series>[]) => recordedOf('BTCUSDT', all, window, 3)?.file;

test('perp before spot, a finer interval before a coarser one, a name before the next', () => {
  expect(chosen(series('spot', 'a', HOUR / 4, { count: 40 }), series('perp', 'b', HOUR))).toBe('b');
  expect(chosen(series('perp', 'a', HOUR), series('perp', 'b', HOUR / 4, { count: 40 }))).toBe('b');
  expect(chosen(series('perp', 'b', HOUR), series('perp', 'a', HOUR))).toBe('a');
});

test('a hole in the window puts a finer series behind a coarser one', () => {
  const whole = series('perp', 'whole', HOUR);
  const { bars } = series('perp', 'holed', HOUR / 4, { count: 40 });
  const keep = (column: Float64Array) => column.filter((_, i) => i !== 20);
  const holed = {
    ...bars,
    time: keep(bars.time),
    open: keep(bars.open),
    high: keep(bars.high),
    low: keep(bars.low),
    close: keep(bars.close),
    volume: keep(bars.volume),
  };
  expect(chosen({ file: 'holed', market: 'perp', bars: holed }, whole)).toBe('whole');
});

test('a series ends where the symbol may have been given to another coin', () => {
  const before = barsOf(rows(4), { start: START - 2 * HOUR });
  const after = barsOf(rows(4, 8.69), { start: START + 12 * HOUR });
  const join = (key: 'time' | 'open' | 'high' | 'low' | 'close' | 'volume') =>
    Float64Array.of(...before[key], ...after[key]);
  const bars = {
    ...before,
    time: join('time'),
    open: join('open'),
    high: join('high'),
    low: join('low'),
    close: join('close'),
    volume: join('volume'),
  };
  const found = recordedOf(
    'BTCUSDT',
    [{ file: 'a', market: 'perp', bars }],
    { ...window, end: START + 24 * HOUR },
    3,
  );
  expect(found?.bars.time).toHaveLength(4);
  expect(found === null ? null : coveredBy(found.bars, window)).toEqual({
    from: START,
    to: START + 2 * HOUR,
  });
});

test('where nothing covers the window there is nothing', () => {
  expect(chosen(series('perp', 'a', HOUR, { from: 10 }))).toBeUndefined();
  expect(recordedOf('ETHUSDT', [series('perp', 'a', HOUR)], window, 3)).toBeNull();
});

test('only what happened was recorded: not an invented event, nor one in multiples', () => {
  const all = [series('perp', 'a', HOUR)];
  for (const kind of ['hypothetical', 'control'] as const)
    expect(recordedOf('BTCUSDT', all, { ...window, kind }, 3)).toBeNull();
  expect(recordedOf('BTCUSDT', all, { ...window, prices: 'relative' }, 3)).toBeNull();
  expect(recordedOf('BTCUSDT', all, window, 3)?.file).toBe('a');
});

test('before and behind the recorded bars the line of the file goes on, from the price where they meet', () => {
  const { bars } = series('perp', 'a', HOUR, { from: 1, count: 2 });
  // Bars of 100 in hours 1 and 2. The file is 45 until hour 0, doubles in hour 0, stands, and doubles in hour 5.
  const line = lineOf(hours([-1, 45], [0, 45], [1, 90], [5, 90], [6, 180]));
  const joined = spliced(bars, line, window);
  expect([...joined.open]).toEqual([50, 50, 100, 100, 100, 100, 100]);
  expect([...joined.close]).toEqual([50, 100, 100, 100, 100, 100, 200]);
  // A file in multiples of the start joins at the same prices.
  const multiples = lineOf(hours([-1, 1], [0, 1], [1, 2], [5, 2], [6, 4]));
  expect([...spliced(bars, multiples, window).close]).toEqual([...joined.close]);
});

test('all is recorded where the file stands still behind the bars, as where trading ended', () => {
  const { bars } = series('spot', 'a', HOUR, { from: -2, count: 5 });
  const held = lineOf(hours([0, 100], [3, 1], [6, 1]));
  expect(holdsAll(bars, held, window)).toBe(true);
  expect(holdsAll(bars, lineOf(hours([0, 100], [3, 1], [6, 1.01])), window)).toBe(false);
  expect(holdsAll(bars, lineOf(hours([0, 100], [3, 1], [4, 2], [5, 1], [6, 1])), window)).toBe(false);
  expect(holdsAll(series('spot', 'a', HOUR, { from: 1 }).bars, held, window)).toBe(false);
  expect(holdsAll(series('spot', 'a', HOUR).bars, lineOf(hours([0, 1], [6, 2])), window)).toBe(true);
});

test('the level is that of the book at the start, and a scale counts from there', () => {
  const bars = barsOf(
    [
      [100, 100, 100, 100],
      [100, 121, 100, 121],
    ],
    { start: START - HOUR },
  );
  const moved = levelledBars(bars, { start: START, base: 100, level: 10, scale: 0.5 });
  // 10 x 1.21 ^ 0.5 = 11
  expect(moved.close[1]).toBeCloseTo(11, 10);
  expect(moved.close[0]).toBe(10);
});

test('a path begins at the open of the bar of the start, in a hole at the close before', () => {
  const bars = barsOf(
    [
      [98, 99, 97, 99],
      [100, 104, 90, 101],
    ],
    { start: START - HOUR },
  );
  expect(priceAtStart(bars, START)).toBe(100);
  expect(fromStart(bars, START)).toMatchObject({ time: Float64Array.of(START), low: Float64Array.of(90) });
  // Half an hour into the second bar all of it is still to come.
  const inside = START + HOUR / 2;
  expect(priceAtStart(bars, inside)).toBe(100);
  expect(fromStart(bars, inside)).toMatchObject({ time: Float64Array.of(inside), low: Float64Array.of(90) });
  expect(priceAtStart(bars, START + HOUR)).toBe(101);
  expect(fromStart(bars, START + HOUR)).toBe(bars);
});

test('a recorded file takes the place of the points and is named; all of it recorded is the origin', () => {
  const scenario = smallScenario({
    kind: 'historical',
    stated: [statedAsset('BTC', hours([-48, 100], [0, 100], [24, 50]))],
  });
  const quiet = series('spot', 'btc_spot_1h.csv', HOUR, { from: -48, count: 72 });
  const { mapping, origin, unprotected } = resultOf(scenario, {
    recorded: [quiet],
    set: ['engine.guards=[]'],
  });
  expect(mapping).toMatchObject([{ by: 'market', of: 'btc_spot_1h.csv', move: 0 }]);
  expect(origin).toBe('recorded');
  expect(unprotected.endEquity).toBe('1000');
});
