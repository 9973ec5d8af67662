import { describe, expect, test } from 'vitest';
import type { Bars } from '../../src/market/bars.ts';
import type { Trade } from '../../src/market/journal.ts';
import { betterFit, journalFit } from '../../src/market/journal-fit.ts';

const HOUR = 3_600_000;
/** Ten hours that rise by ten a bar: low 100 + 10 i, high 108 + 10 i. */
function rising(symbol: string, base = 100): Bars {
  const column = (value: (i: number) => number) => Float64Array.from({ length: 10 }, (_, i) => value(i));
  const low = column((i) => base + 10 * i);
  return {
    symbol,
    interval: HOUR,
    time: column((i) => i * HOUR),
    low,
    high: low.map((x) => x + 8),
    open: low.map((x) => x + 1),
    close: low.map((x) => x + 7),
    volume: column(() => 1),
  };
}
const trade = (entryTime: number, entryPrice: number, more: Partial<Trade> = {}): Trade => ({
  id: 1,
  symbol: 'A',
  direction: 'long',
  entryTime,
  entryPrice,
  exitTime: entryTime + HOUR,
  exitPrice: entryPrice + 10,
  exitSlack: 0,
  exitKind: 'signal',
  ...more,
});
const bars = rising('A');

describe('journalFit (RULES 1.4)', () => {
  test('a price inside its bar fits, with 10 bps of slack and not a bit more', () => {
    const fits = (price: number) =>
      journalFit([{ bars, trades: [trade(2.5 * HOUR, price, { exitSlack: HOUR })] }]).inside;
    // Bar 2 is [120, 128]; 10 bps of 120 are 0.12, of 128 are 0.128.
    expect([119.89, 119.87, 128.12, 128.13].map(fits)).toEqual([1, 0, 1, 0]);
  });
  test('at the border of two bars either may hold the price', () => {
    const fits = (price: number) =>
      journalFit([{ bars, trades: [trade(3 * HOUR, price, { exitSlack: HOUR })] }]).inside;
    expect([120, 128, 130, 138, 129].map(fits)).toEqual([1, 1, 1, 1, 0]);
  });
  test('prices known only to a candle, averages over fills and times outside the bars do not count', () => {
    const count = (more: Partial<Trade>, time = 2.5 * HOUR) =>
      journalFit([{ bars, trades: [trade(time, 124, more)] }]).prices;
    expect(count({})).toBe(2);
    expect(count({ exitSlack: HOUR })).toBe(1);
    expect(count({ entrySpan: 1000, exitSpan: 1000 })).toBe(0);
    expect(count({}, 50 * HOUR)).toBe(0);
  });
});

describe('betterFit', () => {
  test('finds the offset that a wrong time zone needs, by its sign', () => {
    const late = [0, 1, 2, 3].map((hour) => trade((hour + 0.5 + 3) * HOUR, 104 + 10 * hour));
    expect(betterFit([{ bars, trades: late }], [bars])).toMatchObject({
      offset: 3 * HOUR,
      symbol: null,
      inside: 8,
    });
    const early = [5, 6, 7].map((hour) => trade((hour + 0.5 - 4) * HOUR, 104 + 10 * hour));
    expect(betterFit([{ bars, trades: early }], [bars])).toMatchObject({ offset: -4 * HOUR, symbol: null });
  });
  test('finds the symbol that the prices belong to', () => {
    const other = rising('B', 5000);
    const trades = [1, 2, 3].map((hour) => trade((hour + 0.5) * HOUR, 104 + 10 * hour, { symbol: 'B' }));
    expect(betterFit([{ bars: other, trades }], [bars, other])).toMatchObject({
      offset: 0,
      symbol: 'A',
      inside: 6,
    });
  });
});
