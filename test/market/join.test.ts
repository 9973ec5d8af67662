import { describe, expect, test } from 'vitest';
import type { Bars } from '../../src/market/bars.ts';
import { joinBySymbol } from '../../src/market/join.ts';
import { DataError } from '../../src/model/errors.ts';

const HOUR = 3_600_000;
function bars(symbol: string, hours: readonly number[], price = 100, interval = HOUR): Bars {
  const column = (value: number) => Float64Array.from(hours, () => value);
  const time = Float64Array.from(hours, (hour) => hour * HOUR);
  return {
    symbol,
    interval,
    time,
    open: column(price),
    high: column(price + 1),
    low: column(price - 1),
    close: column(price),
    volume: column(1),
  };
}
const named = (one: Bars, file: string) => ({ bars: one, file });

describe('joinBySymbol', () => {
  test('puts months of one symbol behind each other, whatever their order', () => {
    const { series } = joinBySymbol([
      named(bars('A', [4, 5]), 'b'),
      named(bars('B', [0]), 'c'),
      named(bars('A', [1, 2, 3]), 'a'),
    ]);
    expect(series.map(({ symbol }) => symbol)).toEqual(['A', 'B']);
    expect([...(series[0]?.time ?? [])]).toEqual([1, 2, 3, 4, 5].map((hour) => hour * HOUR));
    expect([...(series[0]?.close ?? [])]).toEqual([100, 100, 100, 100, 100]);
  });
  test('takes a bar that two files share once where they agree', () => {
    const { series } = joinBySymbol([named(bars('A', [1, 2]), 'a'), named(bars('A', [2, 3]), 'b')]);
    expect([...(series[0]?.time ?? [])]).toEqual([1, 2, 3].map((hour) => hour * HOUR));
  });
  test('refuses files that give one bar different prices', () => {
    const both = [named(bars('A', [1, 2]), 'spot.csv'), named(bars('A', [2, 3], 101), 'perp.csv')];
    expect(() => joinBySymbol(both)).toThrow(DataError);
    expect(() => joinBySymbol(both)).toThrow('open 100 in spot.csv and 101 in perp.csv');
  });
  test('takes the finest of several intervals and says what it left aside', () => {
    const { series, aside } = joinBySymbol([
      named(bars('A', [1, 2], 100, 4 * HOUR), '4h.csv'),
      named(bars('A', [1, 2]), '1h.csv'),
    ]);
    expect(series[0]?.interval).toBe(HOUR);
    expect(aside).toEqual([{ symbol: 'A', file: '4h.csv', interval: 4 * HOUR }]);
  });

  test('refuses a finer series that would push out a longer history', () => {
    const files = [named(bars('A', [1, 5, 9], 100, 4 * HOUR), '4h.csv'), named(bars('A', [5, 6]), '1h.csv')];
    expect(() => joinBySymbol(files)).toThrow(/INTERVAL: .*4h\.csv.*--interval/);
  });
});
