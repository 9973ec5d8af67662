import { describe, expect, test } from 'vitest';
import type { Bars } from '../../../src/market/bars.ts';
import { generateTrades, heldFor } from '../../../src/studies/backtest-stops/entries.ts';
import { HOUR, walkBars } from './market.ts';

const bars = walkBars(200, 3);
const rule = (entries: string, direction: 'long' | 'short' | 'both' = 'both') => ({
  entries,
  direction,
  hold: 5 * HOUR,
  seed: 1,
});

describe('generated entries', () => {
  test('every:24h enters at 00:00 UTC in both directions and leaves at the open after the hold', () => {
    const trades = generateTrades([bars], rule('every:24h')).trades;
    expect(trades.length).toBe(2 * Math.ceil((200 - 5) / 24));
    for (const { entryTime, exitTime, entryPrice, exitPrice } of trades) {
      expect(entryTime % (24 * HOUR)).toBe(0);
      expect(exitTime - entryTime).toBe(5 * HOUR);
      expect(entryPrice).toBe(bars.open[bars.time.indexOf(entryTime)]);
      expect(exitPrice).toBe(bars.open[bars.time.indexOf(exitTime)]);
    }
  });

  test('breakout:3 enters at the open after a close above the three highs before that bar', () => {
    // Highs 10, 11, 10, then a close of 12 in bar 3: entry at the open of bar 4.
    const at = (values: number[]) => Float64Array.from(values);
    const made: Bars = {
      symbol: 'X',
      interval: HOUR,
      time: at([0, 1, 2, 3, 4, 5, 6].map((h) => h * HOUR)),
      open: at([9, 9, 9, 9, 12, 12, 12]),
      high: at([10, 11, 10, 12, 12.5, 12.5, 12.5]),
      low: at([8, 8, 8, 9, 11.5, 11.5, 11.5]),
      close: at([9, 9, 9, 12, 12, 12, 12]),
      volume: at([1, 1, 1, 1, 1, 1, 1]),
    };
    const trades = generateTrades([made], {
      entries: 'breakout:3',
      direction: 'both',
      hold: HOUR,
      seed: 1,
    }).trades;
    expect(trades.map(({ entryTime, direction }) => [entryTime / HOUR, direction])).toEqual([[4, 'long']]);
  });

  test('breakout entries are the same on data that end right after them (no look-ahead)', () => {
    const whole = generateTrades([bars], rule('breakout:10')).trades;
    expect(whole.length).toBeGreaterThan(5);
    for (const trade of whole) {
      const end = bars.time.indexOf(trade.exitTime) + 1;
      const cut = { ...bars };
      for (const name of ['time', 'open', 'high', 'low', 'close', 'volume'] as const)
        cut[name] = bars[name].slice(0, end);
      expect(generateTrades([cut], rule('breakout:10')).trades).toContainEqual(trade);
    }
  });

  test('random:N draws N entries from the seed', () => {
    const drawn = generateTrades([bars], rule('random:40', 'short')).trades;
    expect(drawn).toEqual(generateTrades([bars], rule('random:40', 'short')).trades);
    expect(drawn).not.toEqual(generateTrades([bars], { ...rule('random:40', 'short'), seed: 2 }).trades);
    expect(new Set(drawn.map(({ direction }) => direction))).toEqual(new Set(['short']));
    // Entries within the last five hours have no exit.
    expect(drawn.length).toBeGreaterThan(30);
  });
});

describe('heldFor', () => {
  const [entry] = generateTrades([bars], rule('every:24h', 'long')).trades;
  test('leaves at the first bar open at or after entry + hold', () => {
    if (entry === undefined) throw new Error('no trade');
    const offHour = { ...entry, entryTime: entry.entryTime + 7 * 60_000 };
    expect(heldFor(offHour, bars, 3 * HOUR)?.exitTime).toBe(entry.entryTime + 4 * HOUR);
    expect(heldFor(entry, bars, 3 * HOUR)).toMatchObject({
      exitTime: entry.entryTime + 3 * HOUR,
      exitKind: 'signal',
    });
    expect(heldFor(entry, bars, 9999 * HOUR)).toBeNull();
  });
});
