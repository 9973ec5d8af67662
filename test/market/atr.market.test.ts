import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type AtrMethod, atr, trueRange } from '../../src/math/atr.ts';

const folder = process.env['RISK_GOLDENS'];

/** The 252 daily bars of TA-Lib's own regression test, and what was computed from them. */
function load(from: string) {
  const [head = '', ...lines] = readFileSync(join(from, 'atr_talib_bars.csv'), 'utf8').trim().split(/\r?\n/);
  const names = head.split(',');
  const column = (name: string) =>
    Float64Array.from(lines, (line) => {
      const cell = line.split(',')[names.indexOf(name)] ?? '';
      return cell === '' ? Number.NaN : Number(cell);
    });
  const golden = JSON.parse(readFileSync(join(from, 'atr.json'), 'utf8'));
  return { column, golden, bars: { high: column('high'), low: column('low'), close: column('close') } };
}

describe.skipIf(folder === undefined)('atr on the bars of TA-Lib (RISK_GOLDENS names their folder)', () => {
  it.each<[string, AtrMethod, number]>([
    ['atr14_talib', 'wilder', 14],
    ['atr14_sma', 'sma', 14],
    ['atr5_talib', 'wilder', 5],
  ])('has the bits of column %s', (name, method, period) => {
    const { column, bars } = load(folder ?? '');
    expect(atr(bars, period, method)).toEqual(column(name));
  });

  // The same recursion in another order of operations, so that last digits differ.
  it.each<[string, number]>([
    ['atr14_tradingview', 14],
    ['atr5_tradingview', 5],
  ])('equals column %s to 1e-14', (name, period) => {
    const { column, bars } = load(folder ?? '');
    const expected = column(name);
    atr(bars, period, 'wilder-tv').forEach((value, i) => {
      if (i < period - 1) expect([value, expected[i]]).toEqual([Number.NaN, Number.NaN]);
      else expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(1e-14);
    });
  });

  it('equals the numbers that TA-Lib publishes', () => {
    const { golden, bars } = load(folder ?? '');
    const result = atr(bars, 14, 'wilder');
    for (const [row, value] of Object.entries<number>(golden.published.ATR14_talib)) {
      // TA-Lib's own tolerance.
      expect(Math.abs(result[Number(row)]! - value)).toBeLessThanOrEqual(0.01);
    }
    for (const [row, value] of Object.entries<number>(golden.published.TRANGE)) {
      const i = Number(row);
      expect(trueRange(bars.high[i]!, bars.low[i]!, bars.close[i - 1]!)).toBeCloseTo(value, 10);
    }
  });

  it('equals the exponential form to 1e-13', () => {
    const { golden, bars } = load(folder ?? '');
    const result = atr(bars, 14, 'ema');
    for (const [row, value] of Object.entries<number>(
      golden.computed_full_precision.ATR14_ema_alpha_2_over_15,
    )) {
      expect(Math.abs(result[Number(row)]! - value)).toBeLessThanOrEqual(1e-13);
    }
  });
});
