import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvariantError } from '../../src/model/errors.ts';
import type { Unit } from '../../src/model/page.ts';
import { formatTick } from '../../src/report/format.ts';
import { stepOf, ticksOf } from '../../src/report/ticks.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** 2022-01-01 00:00 UTC (date -u -d 2022-01-01 +%s). */
const newYear = 1_640_995_200_000;

describe('ticksOf', () => {
  it('counts in 1, 2 and 5 times powers of ten, ends included', () => {
    expect(ticksOf('fraction', { low: 0, high: 0.3 }, 6)).toEqual({
      step: 0.05,
      values: [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3],
    });
    expect(ticksOf('price', { low: 19_300, high: 31_800 }, 5).values).toEqual([20_000, 25_000, 30_000]);
    expect(ticksOf('ratio', { low: -1.2, high: 1.1 }, 5).values).toEqual([-1, -0.5, 0, 0.5, 1]);
  });

  it.each<[Unit, number, number, string[]]>([
    [
      'time',
      newYear,
      newYear + day,
      ['01-01 00:00', '01-01 06:00', '01-01 12:00', '01-01 18:00', '01-02 00:00'],
    ],
    [
      'time',
      newYear,
      newYear + 4 * day,
      ['2022-01-01', '2022-01-02', '2022-01-03', '2022-01-04', '2022-01-05'],
    ],
    ['time', newYear, newYear + 365 * day, ['2022-01', '2022-04', '2022-07', '2022-10', '2023-01']],
    ['time', newYear - 10 * day, newYear + 80 * day, ['2022-01', '2022-02', '2022-03']],
    ['duration', 0, 24 * hour, ['0s', '6h', '12h', '18h', '24h']],
    ['duration', 0, 90_000, ['0s', '30s', '1m', '1m 30s']],
  ])('counts %s as clocks and calendars do', (unit, low, high, labels) => {
    const { step, values } = ticksOf(unit, { low, high }, 4);
    expect(values.map((value) => formatTick(unit, value, step))).toEqual(labels);
  });

  it('counts years at years', () => {
    const { step, values } = ticksOf('time', { low: newYear - 2900 * day, high: newYear }, 4);
    expect(values.map((value) => formatTick('time', value, step))).toEqual([
      '2016-01',
      '2018-01',
      '2020-01',
      '2022-01',
    ]);
  });

  it('gives few, ascending, different ticks inside the range, each with a label of its own', () => {
    const width = fc.double({ min: 1e-9, max: 1e9, noNaN: true });
    const low = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(low, width, fc.integer({ min: 2, max: 20 }), (from, span, about) => {
        // Below a millionth of the value ticks are no longer told apart by twelve digits.
        fc.pre(span > 1e-6 * Math.abs(from));
        const range = { low: from, high: from + span };
        const { step, values } = ticksOf('ratio', range, about);
        expect(values.length).toBeLessThanOrEqual(about + 1);
        expect([...values].sort((a, b) => a - b)).toEqual(values);
        expect(new Set(values.map((value) => formatTick('ratio', value, step))).size).toBe(values.length);
        for (const value of values) {
          expect(value).toBeGreaterThanOrEqual(from - 1e-6 * span);
          expect(value).toBeLessThanOrEqual(from + span + 1e-6 * span);
        }
      }),
      { seed: 4, numRuns: 1000 },
    );
  });

  it('refuses a range without a length', () => {
    expect(() => ticksOf('ratio', { low: 1, high: 1 }, 5)).toThrow(InvariantError);
  });
});

describe('stepOf', () => {
  it.each<[Unit, number, number]>([
    ['ratio', 0.1, 0.1],
    ['ratio', 0.11, 0.2],
    ['ratio', 3, 5],
    ['ratio', 7, 10],
    ['ratio', 1e-7, 1e-7],
    ['ratio', 9e21, 1e22],
    ['duration', 31 * 60_000, hour],
    ['duration', 100 * day, 100 * day],
    ['duration', 30 * day, 50 * day],
  ])('takes for %s the round step from %d up', (unit, rough, step) => {
    expect(stepOf(unit, rough)).toBe(step);
  });
});
