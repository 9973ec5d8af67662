import { describe, expect, test } from 'vitest';
import { civilDate, civilDay, MS_PER_DAY, parseDuration, parseUtc, utcDay } from '../../src/model/time.ts';

test('civilDate and civilDay are the calendar of the platform, on every day of 1900 to 2120', () => {
  const from = Date.UTC(1900, 0, 1) / MS_PER_DAY;
  const to = Date.UTC(2120, 0, 1) / MS_PER_DAY;
  for (let day = from; day < to; day += 1) {
    const date = new Date(day * MS_PER_DAY);
    const civil = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
    if (civilDay(civil) !== day) expect([civil, civilDay(civil)]).toEqual([civil, day]);
    const back = civilDate(day * MS_PER_DAY);
    if (back.day !== civil.day || back.month !== civil.month) expect(back).toEqual(civil);
  }
  expect(civilDay({ year: 1970, month: 1, day: 1 })).toBe(0);
  expect(civilDate(-1)).toEqual({ year: 1969, month: 12, day: 31 });
});

test.each([
  [2021, 2, 29],
  [1900, 2, 29],
  [2021, 4, 31],
  [2021, 1, 0],
  [2021, 1, 32],
  [2021, 0, 1],
  [2021, 13, 1],
  [2021, Number.NaN, 1],
  [Number.NaN, 1, 1],
])('civilDay knows no %i-%i-%i', (year, month, day) => {
  expect(civilDay({ year, month, day })).toBeNaN();
});

test('utcDay counts days from 1970-01-01, also before it', () => {
  expect([utcDay(0), utcDay(MS_PER_DAY - 1), utcDay(MS_PER_DAY), utcDay(-1)]).toEqual([0, 0, 1, -1]);
});

test('parseDuration reads a number and a unit, and nothing else', () => {
  expect(['90s', '15m', '1h', '1.5d', '1w', '250ms'].map(parseDuration)).toEqual([
    90_000, 900_000, 3_600_000, 129_600_000, 604_800_000, 250,
  ]);
  expect(['0h', '1', 'h', '-1h', '1 h', '1M', ''].map(parseDuration)).toEqual(new Array(7).fill(null));
});

describe('parseUtc', () => {
  test('reads a date and a moment, with seconds and milliseconds where there are some', () => {
    expect(parseUtc('2022-05-04')).toBe(Date.UTC(2022, 4, 4));
    expect(parseUtc('2022-05-04T12:30Z')).toBe(Date.UTC(2022, 4, 4, 12, 30));
    expect(parseUtc('2022-05-04T12:30:15.25Z')).toBe(Date.UTC(2022, 4, 4, 12, 30, 15, 250));
  });

  test('reads nothing else', () => {
    for (const text of [
      '2022-02-30',
      '2022-13-01',
      '2022-05-04T24:00Z',
      '2022-05-04T12:60Z',
      '2022-05-04T12:30',
      '4 May',
      '',
    ])
      expect(parseUtc(text)).toBeNaN();
  });
});
