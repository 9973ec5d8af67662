import { describe, expect, it } from 'vitest';
import { mixedEpochs, toMilliseconds } from '../../src/market/epoch.ts';

const line = (row: number) => row + 2;

describe('toMilliseconds', () => {
  it('reads seconds, milliseconds, microseconds and nanoseconds of one moment as that moment', () => {
    const moment = 1_700_000_000_000;
    for (const stamp of [moment / 1000, moment, moment * 1000, moment * 1e6]) {
      expect([...toMilliseconds(Float64Array.of(stamp)).time]).toEqual([moment]);
    }
  });

  it('changes the unit at 1e11, 1e14 and 1e17, one step of the magnitude to either side', () => {
    const { time, counts } = toMilliseconds(Float64Array.of(1e11 - 1, 1e11, 1e14 - 1, 1e14, 1e17 - 16, 1e17));
    expect([...time]).toEqual([(1e11 - 1) * 1000, 1e11, 1e14 - 1, 1e11, 1e14 - 1, 1e11]);
    expect(counts).toEqual([1, 2, 2, 1]);
  });

  it('takes stamps below 1e8, NaN and infinities for none, and 1e8 itself for seconds', () => {
    const stamps = Float64Array.of(1e8, 1e8 - 1, 0, -1, Number.NaN, Number.POSITIVE_INFINITY);
    const { time, faults } = toMilliseconds(stamps);
    expect(faults).toEqual([1, 2, 3, 4, 5]);
    expect(time[0]).toBe(1e11);
    expect([...time.slice(1)].every(Number.isNaN)).toBe(true);
  });

  it('rounds fractions of a second to the millisecond that the decimals mean, and cuts off what is finer', () => {
    const { time } = toMilliseconds(Float64Array.of(1_502_942_400.123, 1_700_000_000_000.9));
    expect([...time]).toEqual([1_502_942_400_123, 1_700_000_000_000]);
    expect([...toMilliseconds(Float64Array.of(1_700_000_000_123_999)).time]).toEqual([1_700_000_000_123]);
  });

  it('hands back a column of whole milliseconds as it is', () => {
    const stamps = Float64Array.of(1_700_000_000_000, 1_700_000_060_000);
    expect(toMilliseconds(stamps).time).toBe(stamps);
  });

  it('leaves its input unchanged', () => {
    const stamps = Float64Array.of(1_700_000_000, 1_700_000_060_000);
    toMilliseconds(stamps);
    expect([...stamps]).toEqual([1_700_000_000, 1_700_000_060_000]);
  });
});

describe('mixedEpochs', () => {
  it('counts the stamps of each unit and names the line where the unit first changes', () => {
    const stamps = Float64Array.of(1_700_000_000_000, 1_700_003_600_000, 1_700_007_200);
    expect(mixedEpochs(toMilliseconds(stamps), line)).toEqual({
      code: 'mixed-epochs',
      count: 1,
      line: 4,
      example: '1 in s, 2 in ms; the unit first changes at 2023-11-15 00:13:20',
      consequence: 'every stamp was read by its own magnitude',
    });
  });

  it('says nothing about a column of one unit, whatever stamps are none', () => {
    expect(mixedEpochs(toMilliseconds(Float64Array.of(1_700_000_000, 5, 1_700_003_600)), line)).toBeNull();
  });
});
