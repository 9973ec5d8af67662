import { describe, expect, it } from 'vitest';
import { barsFromTicks, resampleBars } from '../../src/market/resample.ts';
import type { Ticks } from '../../src/market/ticks.ts';
import { codeOf } from '../support/codes.ts';
import { gate } from '../support/gate.ts';
import { type BarRow, cleanRows, HOUR, rawBars, START } from '../support/raw-bars.ts';

const MINUTE = 60_000;
const DAY = 24 * HOUR;

/** Bars of a quarter of an hour, from `from` on. */
const quarters = (count: number, from = START) => gate(rawBars(cleanRows(count, 15 * MINUTE, from))).bars;

function ticks(rows: readonly (readonly [ms: number, price: number, qty: number])[]): Ticks {
  return {
    symbol: 'TESTUSDT',
    time: Float64Array.from(rows, ([ms]) => START + ms),
    price: Float64Array.from(rows, ([, price]) => price),
    qty: Float64Array.from(rows, ([, , qty]) => qty),
    side: new Int8Array(rows.length),
  };
}

describe('resampleBars', () => {
  it('opens with the first, closes with the last, has the extremes and the sum of the volumes', () => {
    const rows: BarRow[] = [
      [START, 10, 12, 9, 11, 1],
      [START + 15 * MINUTE, 11, 15, 10, 14, 2],
      [START + 30 * MINUTE, 14, 14, 7, 8, 4],
      [START + 45 * MINUTE, 8, 9, 8, 9, 8],
    ];
    const { bars, incomplete } = resampleBars(gate(rawBars(rows)).bars, HOUR);
    expect(incomplete).toBe(0);
    expect(bars).toEqual({
      symbol: 'TESTUSDT',
      interval: HOUR,
      time: Float64Array.of(START),
      open: Float64Array.of(10),
      high: Float64Array.of(15),
      low: Float64Array.of(7),
      close: Float64Array.of(9),
      volume: Float64Array.of(15),
    });
  });

  it('gives the bars back where the interval is theirs', () => {
    const bars = quarters(8);
    expect(resampleBars(bars, bars.interval).bars).toBe(bars);
  });

  it('leaves out the ends that are covered in part: one bar missing is enough', () => {
    expect(resampleBars(quarters(12), HOUR)).toMatchObject({ incomplete: 0, bars: { time: { length: 3 } } });
    const late = resampleBars(quarters(11, START + 15 * MINUTE), HOUR);
    expect(late.incomplete).toBe(1);
    expect([...late.bars.time]).toEqual([START + HOUR, START + 2 * HOUR]);
    const early = resampleBars(quarters(11), HOUR);
    expect(early.incomplete).toBe(1);
    expect([...early.bars.time]).toEqual([START, START + HOUR]);
  });

  it('keeps a bucket with a hole inside, and invents none where nothing stands', () => {
    const rows = cleanRows(16, 15 * MINUTE).filter((_, i) => i !== 2 && (i < 4 || i >= 8));
    const { bars } = resampleBars(gate(rawBars(rows)).bars, HOUR);
    expect([...bars.time]).toEqual([START, START + 2 * HOUR, START + 3 * HOUR]);
  });

  it('aligns days at 00:00 UTC and weeks at Monday', () => {
    const hours = gate(rawBars(cleanRows(24 * 16, HOUR, START - 2 * DAY))).bars;
    // START is a Monday: two days before it and fourteen behind.
    expect(resampleBars(hours, DAY).bars.time.length).toBe(16);
    const weeks = resampleBars(hours, 7 * DAY);
    expect([...weeks.bars.time]).toEqual([START, START + 7 * DAY]);
    expect(weeks.incomplete).toBe(1);
  });

  it('refuses what is no multiple, finer, or across two buckets', async () => {
    expect(await codeOf(() => resampleBars(quarters(12), 20 * MINUTE))).toBe('INTERVAL');
    expect(await codeOf(() => resampleBars(quarters(12), 5 * MINUTE))).toBe('INTERVAL');
    expect(await codeOf(() => resampleBars(quarters(12, START + MINUTE), HOUR))).toBe('INTERVAL');
    expect(await codeOf(() => resampleBars(quarters(12, START), 45 * MINUTE))).not.toBe('INTERVAL');
  });

  it('refuses a series that covers no bucket', async () => {
    expect(await codeOf(() => resampleBars(quarters(3), HOUR))).toBe('SERIES_SHORT');
    expect(await codeOf(() => resampleBars(quarters(6, START + 15 * MINUTE), HOUR))).toBe('SERIES_SHORT');
  });

  it('makes the same days from quarters as from hours', () => {
    const fine = quarters(4 * 24 * 5);
    const direct = resampleBars(fine, DAY).bars;
    const over = resampleBars(resampleBars(fine, HOUR).bars, DAY).bars;
    expect(over).toEqual(direct);
  });
});

describe('barsFromTicks', () => {
  it('opens with the first print, closes with the last, and leaves silent buckets out', () => {
    const { bars, incomplete } = barsFromTicks(
      ticks([
        [0, 100, 1],
        [20_000, 103, 2],
        [59_999, 99, 3],
        [60_000, 98, 4],
        [180_000, 97, 5],
        [239_900, 101, 6],
      ]),
      MINUTE,
    );
    expect(incomplete).toBe(0);
    expect([...bars.time]).toEqual([START, START + MINUTE, START + 3 * MINUTE]);
    expect([...bars.open]).toEqual([100, 98, 97]);
    expect([...bars.high]).toEqual([103, 98, 101]);
    expect([...bars.low]).toEqual([99, 98, 97]);
    expect([...bars.close]).toEqual([99, 98, 101]);
    expect([...bars.volume]).toEqual([6, 4, 11]);
  });

  it('counts an end as covered where at most a hundredth of the bucket is silent', () => {
    const spanning = (from: number, to: number) =>
      barsFromTicks(
        ticks([
          [from, 100, 1],
          [90_000, 100, 1],
          [to, 100, 1],
        ]),
        MINUTE,
      ).incomplete;
    expect(spanning(600, 179_400)).toBe(0);
    expect(spanning(601, 179_400)).toBe(1);
    expect(spanning(600, 179_399)).toBe(1);
  });

  it('refuses prints that cover no bucket', async () => {
    expect(await codeOf(() => barsFromTicks(ticks([[30_000, 1, 1]]), MINUTE))).toBe('SERIES_SHORT');
    expect(await codeOf(() => barsFromTicks(ticks([]), MINUTE))).toBe('SERIES_SHORT');
  });
});
