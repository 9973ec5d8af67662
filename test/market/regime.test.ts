import { describe, expect, it } from 'vitest';
import type { Bars } from '../../src/market/bars.ts';
import { regimeAt as regimeOf, volatilitySquares } from '../../src/market/regime.ts';
import { quantile } from '../../src/math/quantile.ts';

const HOUR = 3_600_000;
const DAY_BARS = 24;
const HISTORY = 90 * DAY_BARS;

/** Hourly bars with these closes; nothing but time and close counts. */
function closes(values: readonly number[]): Bars {
  const close = Float64Array.from(values);
  const time = close.map((_, i) => 1_700_006_400_000 + i * HOUR);
  return { symbol: 'X', interval: HOUR, time, open: close, high: close, low: close, close, volume: close };
}

/** A market whose hourly move has the size `size(i)` and alternates in direction: efficient is something else. */
function zigzag(count: number, size: (i: number) => number): number[] {
  const values = [200];
  for (let i = 1; i < count; i += 1) {
    const before = values[i - 1] ?? 200;
    values.push(i % 2 === 0 ? before / (1 + size(i)) : before * (1 + size(i + 1)));
  }
  return values;
}

const ROWS = DAY_BARS + HISTORY + 200;
/** Sizes that pass slowly through a cycle of 40 days, so that the present is in the middle, high or low in turn. */
const cycle = (i: number): number => 0.01 + 0.008 * Math.sin((2 * Math.PI * i) / (40 * DAY_BARS));

/** The rule of the docstring, written with numpy-like arrays and a sort. */
function plainRegime({ close }: Bars, row: number): string {
  const volatility = (at: number): number => {
    let sum = 0;
    for (let i = at - 23; i <= at; i += 1) sum += Math.log(close[i]! / close[i - 1]!) ** 2;
    return sum;
  };
  const past = Float64Array.from({ length: HISTORY }, (_, i) => volatility(row - i));
  const now = volatility(row);
  if (now > quantile(past, 0.9)) return 'volatile';
  if (now < quantile(past, 0.2)) return 'stable';
  let path = 0;
  for (let i = row - 23; i <= row; i += 1) path += Math.abs(close[i]! - close[i - 1]!);
  return Math.abs(close[row]! - close[row - 24]!) / path >= 0.3 ? 'trending' : 'choppy';
}

/** The regime at a row of the segment that begins at `from`. */
const regimeAt = (bars: Bars, row: number, from = 0) =>
  regimeOf(bars, volatilitySquares(bars, from === 0 ? Int32Array.of(0) : Int32Array.of(0, from)), row);

describe('regimeAt', () => {
  it('is null until 90 days of volatilities of 24 bars are there, and known one bar later', () => {
    const bars = closes(zigzag(ROWS, cycle));
    // The first volatility needs 25 closes; the 90 days then hold 2,160 of them, the present one included.
    expect(regimeAt(bars, DAY_BARS + HISTORY - 2)).toBeNull();
    expect(regimeAt(bars, DAY_BARS + HISTORY - 1)).not.toBeNull();
  });

  it('agrees with the rule written out by sorting, on a market that visits every regime', () => {
    let state = 99;
    const random = (): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return state / 4_294_967_296;
    };
    const values = [100];
    for (let i = 1; i < 3 * HISTORY; i += 1) {
      values.push((values[i - 1] ?? 100) * Math.exp(cycle(i) * (random() - 0.5) + 0.002 * Math.sin(i / 60)));
    }
    const bars = closes(values);
    const seen = new Set<string | null>();
    for (let row = DAY_BARS + HISTORY; row < values.length; row += 37) {
      const regime = regimeAt(bars, row);
      expect(regime).toBe(plainRegime(bars, row));
      seen.add(regime);
    }
    expect(seen).toEqual(new Set(['volatile', 'stable', 'trending', 'choppy']));
  });

  it('calls a market without any move choppy: none of its volatilities is above or below the others', () => {
    expect(regimeAt(closes(new Array<number>(ROWS).fill(100)), ROWS - 1)).toBe('choppy');
  });

  it('is trending at an efficiency of exactly 0.3 and choppy just below it', () => {
    // Twelve moves up of 26 in sum and twelve down of 14: 12 / 40 is 0.3. On a price of 200 their size, some 0.9 %, lies
    // between the percentiles of the cycle (0.2 % to 1.8 %).
    const up = [2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3];
    const down = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2];
    const values = zigzag(ROWS, cycle);
    const first = values.length - 24;
    let price = 200;
    values[first - 1] = price;
    for (let i = 0; i < 24; i += 1) {
      price += i % 2 === 0 ? (up[i / 2] ?? 0) : -(down[(i - 1) / 2] ?? 0);
      values[first + i] = price;
    }
    expect(regimeAt(closes(values), values.length - 1)).toBe('trending');
    // One hundredth less at the end makes it 11.99 / 40.01.
    expect(regimeAt(closes([...values.slice(0, -1), price - 0.01]), values.length - 1)).toBe('choppy');
  });

  it('does not look ahead: later bars change nothing', () => {
    const values = zigzag(ROWS, cycle);
    const row = ROWS - 100;
    const other = values.map((value, i) => (i > row ? value * 7 : value));
    expect(regimeAt(closes(other), row)).toBe(regimeAt(closes(values), row));
  });

  it('counts no return over the hole before its segment', () => {
    const values = zigzag(ROWS + 50, cycle).map((value, i) => (i < 50 ? value * 1000 : value));
    const whole = closes(values.slice(50));
    expect(regimeAt(closes(values), ROWS + 49, 50)).toBe(regimeAt(whole, ROWS - 1));
    expect(regimeAt(closes(values), 50 + DAY_BARS + HISTORY - 2, 50)).toBeNull();
  });
});
