import { describe, expect, test } from 'vitest';
import { epochOf, isRuinedStamp, readTime, weighOrder } from '../../../src/io/csv/time-text.ts';

/** Independent of the code under test: the calendar of the platform. */
const utc = (text: string): number => new Date(text).getTime();

describe('epochs', () => {
  test.each([
    ['1609459200', 1_609_459_200],
    ['1609459200000', 1_609_459_200_000],
    ['1609459200000000', 1_609_459_200_000_000],
    ['1605553200.0', 1_605_553_200],
    ['1651449601.1234', 1_651_449_601.1234],
    // What numpy writes, with all digits of the number.
    ['1.609459200000000000e+09', 1_609_459_200],
  ])('%s stays as it is written', (text, value) => {
    expect(epochOf(text)).toBe(value);
  });

  test('an epoch of which a spreadsheet has cut digits is no time', () => {
    for (const text of ['1.67867E+12', '1.68E+12', '2E12', '1.6094592E9']) {
      expect(readTime(text, null)).toBeNaN();
    }
    expect(['1.67867E+12', '1.609459200000E+12', '1609459200'].map(isRuinedStamp)).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('dates', () => {
  test.each([
    ['2021-01-02', '2021-01-02T00:00:00Z'],
    ['2021/01/02', '2021-01-02T00:00:00Z'],
    ['2021-01-02 03:04', '2021-01-02T03:04:00Z'],
    ['2021-01-02 03:04:05', '2021-01-02T03:04:05Z'],
    ['2021-01-02T03:04:05Z', '2021-01-02T03:04:05Z'],
    ['2021-01-02T03:04:05.678Z', '2021-01-02T03:04:05.678Z'],
    ['2021-01-02 03:04:05.678901', '2021-01-02T03:04:05.678Z'],
    ['2021-01-02 03:04:05+00:00', '2021-01-02T03:04:05Z'],
    ['2021-01-02 03:04:05+00', '2021-01-02T03:04:05Z'],
    ['2021-01-02T03:04:05+0800', '2021-01-01T19:04:05Z'],
    ['2021-01-02T03:04:05-05:30', '2021-01-02T08:34:05Z'],
    ['2021-01-02 03:04:05 UTC', '2021-01-02T03:04:05Z'],
    ['2020-11-16 07-PM', '2020-11-16T19:00:00Z'],
    ['2020-11-16 12-AM', '2020-11-16T00:00:00Z'],
    ['2020-11-16 12-PM', '2020-11-16T12:00:00Z'],
    ['20210102', '2021-01-02T00:00:00Z'],
    ['20210102 03:04', '2021-01-02T03:04:00Z'],
    ['202101020304', '2021-01-02T03:04:00Z'],
    ['20210102030405', '2021-01-02T03:04:05Z'],
    ['2024-02-29', '2024-02-29T00:00:00Z'],
  ])('%s', (text, iso) => {
    expect(readTime(text, null)).toBe(utc(iso));
  });

  test.each([
    ['1/2/2021', 'month-first', '2021-01-02T00:00:00Z'],
    ['1/2/2021', 'day-first', '2021-02-01T00:00:00Z'],
    ['01/02/17', 'month-first', '2017-01-02T00:00:00Z'],
    ['12/31/2020 23:59', 'month-first', '2020-12-31T23:59:00Z'],
    ['16-11-2020 5:07', 'day-first', '2020-11-16T05:07:00Z'],
    ['16.11.2020 05:07:09.25', 'day-first', '2020-11-16T05:07:09.250Z'],
    ['1/2/2021 12:30 AM', 'month-first', '2021-01-02T00:30:00Z'],
    ['1/2/2021 5:30:15 PM', 'month-first', '2021-01-02T17:30:15Z'],
  ] as const)('%s, %s', (text, order, iso) => {
    expect(readTime(text, order)).toBe(utc(iso));
  });

  test.each([
    '2021-02-30',
    '2021-02-29',
    '2021-13-01',
    '2021-00-10',
    '2021-01-02 24:00',
    '2021-01-02 10:60',
    '2021-01-02 00-AM',
    '2021-01-02 13-PM',
    '20210230',
    '1972-12-31',
    '',
    'null',
    '-1609459200',
    '1609459200.',
    '.5',
  ])('%s is no time', (text) => {
    expect(readTime(text, 'month-first')).toBeNaN();
  });

  test('a date with the year last is no time where the order of its column is not known', () => {
    expect(readTime('13/01/2021', null)).toBeNaN();
  });

  test.each(['21-02-13', '21/02/03', '31/02/2021'])('%s is no date, whatever the order', (text) => {
    expect([readTime(text, 'month-first'), readTime(text, 'day-first')]).toEqual([Number.NaN, Number.NaN]);
  });
});

describe('the order of day and month', () => {
  const weigh = (...texts: string[]) => {
    const evidence = { seen: false, monthFirst: false, dayFirst: false };
    for (const text of texts) weighOrder(evidence, text);
    return evidence;
  };

  test('shows in a part above twelve, and not in one of twelve', () => {
    expect(weigh('1/13/2021')).toEqual({ seen: true, monthFirst: true, dayFirst: false });
    expect(weigh('13-1-2021 00:00')).toEqual({ seen: true, monthFirst: false, dayFirst: true });
    expect(weigh('12/12/2021', '1/2/2021')).toEqual({ seen: true, monthFirst: false, dayFirst: false });
    expect(weigh('1/13/2021', '13/1/2021')).toEqual({ seen: true, monthFirst: true, dayFirst: true });
  });

  test('does not show in other forms', () => {
    expect(weigh('2021-01-13', '1609459200', '', 'time').seen).toBe(false);
  });
});
