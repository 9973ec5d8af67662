import { describe, expect, it } from 'vitest';
import { type AtrMethod, atr, createAtr, type HighLowClose, stepAtr, trueRange } from '../../src/math/atr.ts';
import { createRandom, nextBelow, nextUnit } from '../../src/math/random.ts';
import golden from '../golden/atr.json' with { type: 'json' };
import { unchanged } from '../support/unchanged.ts';

const methods: AtrMethod[] = ['wilder', 'wilder-tv', 'sma', 'ema'];

const columns = (rows: { high: number[]; low: number[]; close: number[] }): HighLowClose => ({
  high: Float64Array.from(rows.high),
  low: Float64Array.from(rows.low),
  close: Float64Array.from(rows.close),
});

const filled = (values: (number | null)[]) => Float64Array.from(values, (value) => value ?? Number.NaN);

function stepped(bars: HighLowClose, period: number, method: AtrMethod): Float64Array {
  const state = createAtr(period, method);
  return bars.close.map((close, i) => stepAtr(state, bars.high[i]!, bars.low[i]!, close));
}

/** A random walk of bars; with `flat`, stretches in which nothing moves at all. */
function walk(length: number, seed: number, flat = false): HighLowClose {
  const random = createRandom(seed);
  const bars = columns({
    high: Array(length).fill(0),
    low: Array(length).fill(0),
    close: Array(length).fill(0),
  });
  let price = 100;
  for (let i = 0; i < length; i += 1) {
    const still = flat && Math.floor(i / 1000) % 2 === 0;
    if (!still) price *= 0.98 + 0.04 * nextUnit(random);
    bars.high[i] = still ? price : price * (1 + 0.01 * nextUnit(random));
    bars.low[i] = still ? price : price * (1 - 0.01 * nextUnit(random));
    bars.close[i] = price;
  }
  return bars;
}

describe('trueRange', () => {
  it.each(golden.trueRange)('of a $name is $range', ({ high, low, previousClose, range }) => {
    expect(trueRange(high, low, previousClose)).toBe(range);
  });

  it('is the largest of the three differences to the bit', () => {
    const { high, low, close } = walk(5000, 1);
    for (let i = 1; i < close.length; i += 1) {
      const [h, l, c] = [high[i]!, low[i]!, close[i - 1]!];
      expect(trueRange(h, l, c)).toBe(Math.max(h - l, Math.abs(h - c), Math.abs(l - c)));
    }
  });
});

describe.each(golden.series)('atr on the bars of $source', (series) => {
  const { period } = series;
  const bars = columns(series);

  it('equals the printed values', () => {
    const result = atr(bars, period, 'wilder-tv').subarray(series.publishedFrom);
    expect(result.length).toBe(series.published.length);
    for (const [i, value] of series.published.entries()) {
      expect(Math.abs(result[i]! - value)).toBeLessThanOrEqual(series.publishedTolerance);
    }
  });

  it('has the bits of TA-Lib for wilder, and of TradingView for wilder-tv', () => {
    const all = [bars.high, bars.low, bars.close];
    expect(unchanged(all, () => atr(bars, period, 'wilder'))).toEqual(filled(series.wilder));
    expect(unchanged(all, () => atr(bars, period, 'wilder-tv'))).toEqual(filled(series.wilderTv));
  });
});

describe('atr', () => {
  // By hand: true ranges 2, 4, 6, 2, with period 3 (alpha 1/2 for ema).
  const byHand = columns({ high: [10, 12, 16, 16], low: [8, 8, 12, 14], close: [9, 10, 15, 15] });
  it.each<[AtrMethod, (number | null)[]]>([
    ['wilder', [null, null, null, 4]],
    ['wilder-tv', [null, null, 4, (4 * 2 + 2) / 3]],
    ['sma', [null, null, 4, 4]],
    ['ema', [2, 3, 4.5, 3.25]],
  ])('by %s follows its seed and its first index', (method, expected) => {
    expect(atr(byHand, 3, method)).toEqual(filled(expected));
  });

  it.each(methods)('by %s is the loop over its steps, to the bit', (method) => {
    for (const period of [1, 2, 5, 14]) {
      for (const length of [0, 1, period, period + 1, 300]) {
        const bars = walk(length, 10 + length);
        expect(atr(bars, period, method)).toEqual(stepped(bars, period, method));
      }
    }
  });

  it.each([
    ['moving', false],
    ['moving and standing still', true],
  ])('keeps those bits on long series that are smoothed in quarters, %s', (_, flat) => {
    for (const period of [1, 3, 14, 50]) {
      // Four quarters of 64 periods and the rows before them: one row less is smoothed in one run.
      const edge = period + 1 + 4 * 64 * period;
      for (const length of [edge - 1, edge, edge + 3, 30_000]) {
        const bars = walk(length, length, flat);
        expect(atr(bars, period, 'wilder')).toEqual(stepped(bars, period, 'wilder'));
        expect(atr(bars, period, 'wilder-tv')).toEqual(stepped(bars, period, 'wilder-tv'));
      }
    }
  });

  it('gives TA-Lib nothing for as many bars as the period, and TradingView one value', () => {
    const bars = walk(14, 2);
    expect(atr(bars, 14, 'wilder').every(Number.isNaN)).toBe(true);
    expect(atr(bars, 14, 'wilder-tv').findIndex((x) => !Number.isNaN(x))).toBe(13);
  });

  it('of period 1 is the true range from row 1 on', () => {
    const bars = walk(50, 3);
    const result = atr(bars, 1, 'wilder');
    for (let i = 1; i < 50; i += 1) {
      expect(result[i]).toBe(trueRange(bars.high[i]!, bars.low[i]!, bars.close[i - 1]!));
    }
  });

  it('does not look ahead: a cut series has the same values up to the cut', () => {
    const bars = walk(20_000, 5);
    const cut = {
      high: bars.high.slice(0, 9999),
      low: bars.low.slice(0, 9999),
      close: bars.close.slice(0, 9999),
    };
    for (const method of methods) {
      expect(atr(cut, 14, method)).toEqual(atr(bars, 14, method).slice(0, 9999));
    }
  });

  it('by sma forgets what is older than its window, to the bit', () => {
    const bars = walk(200, 6);
    const random = createRandom(6);
    for (let run = 0; run < 20; run += 1) {
      const from = nextBelow(random, 100);
      const rest = { high: bars.high.slice(from), low: bars.low.slice(from), close: bars.close.slice(from) };
      // The first true range of a cut series is its bar's own range alone, and leaves the window after 14 bars.
      expect(atr(rest, 14, 'sma').slice(14)).toEqual(atr(bars, 14, 'sma').slice(from + 14));
    }
  });

  it('doubles when prices double', () => {
    const bars = walk(500, 8);
    const doubled = {
      high: bars.high.map((x) => 2 * x),
      low: bars.low.map((x) => 2 * x),
      close: bars.close.map((x) => 2 * x),
    };
    for (const method of methods) {
      expect(atr(doubled, 14, method)).toEqual(atr(bars, 14, method).map((x) => 2 * x));
    }
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses the period %d', (period) => {
    expect(() => atr(walk(5, 1), period, 'wilder')).toThrow('a whole number of at least 1');
  });
});
