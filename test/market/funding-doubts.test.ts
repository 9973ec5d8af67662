import { describe, expect, it } from 'vitest';
import { doubtsAboutFunding } from '../../src/market/funding-doubts.ts';

const HOUR = 3_600_000;
const START = 1_700_006_400_000;

function codes(rates: readonly number[], shiftHours = 0, intervalHours = 8): readonly string[] {
  const time = Float64Array.from(rates, (_, i) => START + (shiftHours + i * intervalHours) * HOUR);
  const interval = new Float64Array(rates.length).fill(intervalHours * HOUR);
  const funding = { symbol: 'ABCUSDT', time, rate: Float64Array.from(rates), interval };
  return doubtsAboutFunding(funding, (row) => row + 2).map(({ code }) => code);
}

const even = Array.from({ length: 30 }, () => 0.0001);

describe('doubtsAboutFunding', () => {
  it('is silent about an ordinary series', () => {
    expect(codes(even)).toEqual([]);
    expect(codes(even, 0, 1)).toEqual([]);
  });

  it('takes more than half of the rows to doubt their digits', () => {
    const computed = Math.sqrt(2) / 10_000;
    expect(codes([...even.slice(0, 10), ...even.slice(0, 10).map(() => computed)])).toEqual([]);
    expect(codes([...even.slice(0, 10), ...even.slice(0, 11).map(() => computed)])).toEqual(['too-precise']);
  });

  it('finds settlements off the grid of their own interval', () => {
    expect(codes(even, 1)).toEqual(['off-grid']);
    expect(codes(even, 8)).toEqual([]);
    expect(codes(even, 1, 1)).toEqual([]);
    expect(codes(even, 4, 8)).toEqual(['off-grid']);
  });

  it('can doubt a series in several ways at once', () => {
    expect(
      codes(
        even.map((_, i) => Math.sqrt(i + 2) / 100),
        3,
      ),
    ).toEqual(['too-precise', 'rate-scale', 'off-grid']);
  });
});
