import { describe, expect, it } from 'vitest';
import { mixedStamps, stampReader } from '../../../src/io/readers/stamp-column.ts';

/** 2024-03-01 00:00 UTC. */
const START = 1_709_251_200_000;

describe('stampReader', () => {
  it('reads what one stamp alone tells, whatever the others are', () => {
    const read = stampReader([], 'a.csv');
    expect(read('2024-03-01T01:00:00+01:00')).toBe(START);
    expect(read('1709251200')).toBe(START);
    expect(read('2024-03-01 12-AM')).toBe(START);
    expect(read('3/1/2024')).toBeNaN();
    expect(read('20240301')).toBe(START);
  });

  it('takes the order of day and month from the whole column', () => {
    expect(stampReader(['3/1/2024', '3/13/2024'], 'a.csv')('3/1/2024')).toBe(START);
    expect(stampReader(['01-03-2024 00:00', '13-03-2024 00:00'], 'a.csv')('01-03-2024 00:00')).toBe(START);
  });

  it('refuses a column that leaves the order open, or says both', () => {
    expect(() => stampReader(['3/1/2024', '3/2/2024'], 'a.csv')).toThrow(/ROW_TIME: .*undecided.*\(a\.csv\)/);
    expect(() => stampReader(['3/13/2024', '13/3/2024'], 'a.csv')).toThrow(/parts above 12 in both places/);
  });
});

describe('mixedStamps', () => {
  it('finds a column that changes its unit, and where', () => {
    expect(mixedStamps(['1709251200', '1709251260', '1709251320000'], (row) => row + 2)).toMatchObject([
      { code: 'mixed-epochs', count: 1, line: 4 },
    ]);
  });

  it('is silent about one unit, and about rows without a stamp', () => {
    expect(mixedStamps(['1709251200', '', '-', '1709251260'], () => null)).toEqual([]);
    expect(mixedStamps(['2024-03-01', '2024-03-02 00:00'], () => null)).toEqual([]);
  });
});
