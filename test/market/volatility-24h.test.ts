import { describe, expect, it } from 'vitest';
import {
  createVolatility24h,
  type Day,
  last24h,
  lastCompleted,
  stepVolatility24h,
  volatility24hAt,
} from '../../src/market/volatility-24h.ts';
import { invented } from '../support/invented-bars.ts';
import { type BarRow, barsOf } from '../support/small-bars.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const E = Math.E;

/** Prices that are powers of e, so that the log of a move is its number. */
function hourly(logs: readonly number[], skip = new Set<number>()): BarRow[] {
  return logs.flatMap((log, i): BarRow[] => {
    const close = Math.exp(log);
    const open = Math.exp(logs[i - 1] ?? 0);
    return skip.has(i) ? [] : [[i * HOUR, open, Math.max(open, close), Math.min(open, close), close, i + 1]];
  });
}

/** What is known at a moment: [sigma, volume]. */
function at({ time, sigma, volume }: Day, moment: number): [number, number] {
  const row = time.findLastIndex((one) => one <= moment);
  return row < 0 ? [0, 0] : [sigma[row]!, volume[row]!];
}

describe('last24h', () => {
  it('is the root of the squared moves of the bars completed so far, and their volume', () => {
    // Moves of 3, -4 and 12: roots of 9, 25 and 169.
    const day = last24h(barsOf('A', HOUR, hourly([3, -1, 11])));
    const [three, five, thirteen] = [1, 2, 3].map((hours) => at(day, hours * HOUR));
    expect(at(day, HOUR - 1)).toEqual([0, 0]);
    expect(three).toEqual([expect.closeTo(3, 12), 1]);
    expect(five).toEqual([expect.closeTo(5, 12), 3]);
    expect(thirteen).toEqual([expect.closeTo(13, 12), 6]);
    expect(at(day, 2 * HOUR - 1)).toEqual(three);
  });

  it('forgets a bar 24 hours after its end, to the millisecond', () => {
    const day = last24h(barsOf('A', HOUR, hourly([3, -1])));
    expect(at(day, HOUR + DAY - 1)).toEqual([expect.closeTo(5, 12), 3]);
    expect(at(day, HOUR + DAY)).toEqual([expect.closeTo(4, 12), 2]);
    expect(at(day, 2 * HOUR + DAY - 1)).toEqual([expect.closeTo(4, 12), 2]);
    expect(at(day, 2 * HOUR + DAY)).toEqual([0, 0]);
  });

  it('holds exactly the bars of a day: 24 of 1h', () => {
    const logs = Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? 0.5 : 0));
    const day = last24h(barsOf('A', HOUR, hourly(logs)));
    // 24 moves of 0.5: root of 6; volumes 77 .. 100.
    expect(at(day, 100 * HOUR)).toEqual([expect.closeTo(Math.sqrt(6), 12), (24 * 177) / 2]);
    expect(day.time.slice(0, 100)).toEqual(Float64Array.from({ length: 100 }, (_, i) => (i + 1) * HOUR));
  });

  it('leaves nothing behind of a crash that is a day old', () => {
    const logs = [0, 0.9, -3, ...new Array<number>(40).fill(-3)];
    const day = last24h(barsOf('A', HOUR, hourly(logs)));
    expect(at(day, 26 * HOUR)[0]).toBeGreaterThan(3);
    expect(at(day, 27 * HOUR)[0]).toBe(0);
  });

  it('bridges a hole within the window, and begins anew at the own open of a bar behind a longer one', () => {
    // Bars 1 and 2 are missing: bar 3 moves from the close of bar 0.
    const short = barsOf('A', HOUR, hourly([0, 1, 2, 5], new Set([1, 2])));
    expect(at(last24h(short), 4 * HOUR)[0]).toBeCloseTo(5, 12);
    // The close of the bar before is 24 h old: bridged. An hour more: from the own open, a move of 1.
    for (const [missing, move] of [
      [23, 24],
      [24, 1],
    ] as const) {
      const logs = Array.from({ length: missing + 2 }, (_, i) => i);
      const skip = new Set(Array.from({ length: missing }, (_, i) => i + 1));
      const end = (missing + 2) * HOUR;
      expect(at(last24h(barsOf('A', HOUR, hourly(logs, skip))), end)[0]).toBeCloseTo(move, 12);
    }
  });

  it('takes the last daily bar as it is, and a weekly one by its share of a day', () => {
    const rows = (interval: number): BarRow[] => [
      [0, 1, E, 1, E, 70],
      [interval, E, E * E * E, E, E * E * E, 140],
    ];
    const daily = last24h(barsOf('A', DAY, rows(DAY)));
    expect(at(daily, 2 * DAY)).toEqual([expect.closeTo(2, 12), 140]);
    const weekly = last24h(barsOf('A', 7 * DAY, rows(7 * DAY)));
    expect(at(weekly, 7 * DAY)).toEqual([expect.closeTo(1 / Math.sqrt(7), 12), expect.closeTo(10, 12)]);
    expect(at(weekly, 20 * DAY)).toEqual([expect.closeTo(2 / Math.sqrt(7), 12), expect.closeTo(20, 12)]);
    expect(at(weekly, 21 * DAY)).toEqual([0, 0]);
  });

  it('agrees with a sum over the bars of each day', () => {
    const bars = invented(300);
    const day = last24h(bars);
    const { time, close, open, volume } = bars;
    for (let moment = time[0]!; moment < time[299]! + 3 * DAY; moment += 0.7 * HOUR) {
      let squares = 0;
      let traded = 0;
      for (let i = 0; i < 300; i += 1) {
        const end = time[i]! + HOUR;
        if (end > moment || end <= moment - DAY) continue;
        squares += Math.log(close[i]! / (i === 0 ? open[0]! : close[i - 1]!)) ** 2;
        traded += volume[i]!;
      }
      const [sigma, sum] = at(day, moment);
      expect(sigma).toBeCloseTo(Math.sqrt(squares), 12);
      expect(sum).toBeCloseTo(traded, 8);
    }
  });

  it('knows nothing of later bars', () => {
    const bars = invented(60);
    const cut = (column: Float64Array) => column.slice(0, 40);
    const short = last24h({
      ...bars,
      time: cut(bars.time),
      open: cut(bars.open),
      close: cut(bars.close),
      volume: cut(bars.volume),
    });
    const end = bars.time[40]!;
    for (let moment = bars.time[0]!; moment <= end; moment += HOUR / 2) {
      expect(at(short, moment)).toEqual(at(last24h(bars), moment));
    }
  });

  it('is empty without bars', () => {
    expect(last24h(barsOf('A', HOUR, [])).time).toHaveLength(0);
  });
});

describe('stepVolatility24h', () => {
  it('has the bits of last24h at every close, and between closes by volatility24hAt', () => {
    const bars = invented(200);
    const day = last24h(bars);
    const state = createVolatility24h(HOUR);
    for (let i = 0; i < 200; i += 1) {
      const end = bars.time[i]! + HOUR;
      expect(stepVolatility24h(state, end, bars.open[i]!, bars.close[i]!)).toBe(at(day, end)[0]);
      expect(volatility24hAt(state, end + HOUR / 2)).toBe(at(day, end + HOUR / 2)[0]);
    }
    expect(volatility24hAt(state, bars.time[199]! + 10 * HOUR)).toBe(at(day, bars.time[199]! + 10 * HOUR)[0]);
  });
});

describe('lastCompleted', () => {
  it('is the last bar whose end is not behind the moment', () => {
    const bars = barsOf('A', HOUR, hourly([0, 1, 2, 5], new Set([2])));
    const moments = [0, HOUR - 1, HOUR, 2 * HOUR - 1, 2 * HOUR, 3.5 * HOUR, 4 * HOUR, 99 * HOUR];
    expect(moments.map((moment) => lastCompleted(bars, moment))).toEqual([-1, -1, 0, 0, 1, 1, 2, 2]);
    expect(lastCompleted(barsOf('A', HOUR, []), 0)).toBe(-1);
  });
});
