import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stampOf, utcOf } from '../../../src/io/readers/stamp.ts';

/** 2024-03-01 00:00 UTC. */
const START = 1_709_251_200_000;

describe('stampOf', () => {
  it.each([
    ['1709251200', START],
    ['1709251200.5', START + 500],
    ['1709251200000', START],
    ['1709251200000.0', START],
    ['1709251200000000', START],
    ['1709251200000000000', START],
    ['2024-03-01', START],
    ['2024/3/1', START],
    ['2024-03-01 00:00', START],
    ['2024-03-01T00:00:00Z', START],
    ['2024-03-01 00:00:00 UTC', START],
    ['2024-03-01 00:00:00.123456', START + 123],
    ['2024-03-01T00:00:00.5', START + 500],
    ['2024-03-01 00:00:00+00:00', START],
    ['2024-03-01 05:30:00+05:30', START],
    ['2024-02-29T16:00:00-0800', START],
  ])('reads %s', (text, time) => {
    expect(stampOf(text)).toBe(time);
  });

  it.each([
    '',
    '-',
    'soon',
    '1.70925E+12',
    '-1709251200',
    '2024-13-01',
    '2024-00-01',
    '2023-02-29',
    '2024-02-30',
    '2024-03-01 24:00',
    '2024-03-01 00:60',
    '01-03-2024 00:00',
    '3/1/2024',
    '2024-03-01 00:00 CET',
  ])('reads no time from %j', (text) => {
    expect(stampOf(text)).toBeNaN();
  });

  it('reads back every moment that the language writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (time) => {
        expect(stampOf(new Date(time).toISOString())).toBe(time);
      }),
      { seed: 3, numRuns: 500 },
    );
  });
});

describe('utcOf', () => {
  it('knows the leap days of the Gregorian calendar', () => {
    expect(utcOf([2024, 2, 29])).toBe(START - 86_400_000);
    expect(utcOf([2000, 2, 29])).not.toBeNaN();
    expect(utcOf([2100, 2, 29])).toBeNaN();
  });
});
