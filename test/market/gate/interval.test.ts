import { describe, expect, it } from 'vitest';
import { intervalText, missingBetween, monthsBetween } from '../../../src/market/gate/interval.ts';
import { codeOf } from '../../support/codes.ts';
import { codesOf, findingOf, gate } from '../../support/gate.ts';
import { type BarRow, cleanRows, HOUR, rawBars, START } from '../../support/raw-bars.ts';

const DAY = 24 * HOUR;

/** Bars at these times, with prices of a clean market. */
function at(times: readonly number[]) {
  return rawBars(cleanRows(times.length).map(([, ...rest], i): BarRow => [times[i] ?? 0, ...rest]));
}

function hours(...list: number[]) {
  return at(list.map((hour) => START + hour * HOUR));
}

/** The first or the last days of the months of 2023 and 2024. */
const monthStarts = Array.from({ length: 24 }, (_, i) => Date.UTC(2023, i, 1));
const monthEnds = Array.from({ length: 24 }, (_, i) => Date.UTC(2023, i + 1, 0));

describe('the interval', () => {
  it('is the most frequent distance, the shorter of two that are as frequent', () => {
    expect(gate(hours(0, 1, 2, 5, 8, 9)).bars.interval).toBe(HOUR);
    expect(gate(hours(0, 2, 4, 5, 6)).bars.interval).toBe(HOUR);
  });

  it('is believed of two rows where it is a usual length, and of more where it occurs twice', async () => {
    expect(gate(hours(0, 1)).bars.interval).toBe(HOUR);
    expect(await codeOf(() => gate(hours(0, 5)))).toBe('INTERVAL');
    expect(gate(hours(0, 5, 10)).bars.interval).toBe(5 * HOUR);
    expect(await codeOf(() => gate(hours(0, 1, 3)))).toBe('INTERVAL');
  });

  it('cannot be told from one row, but may be known', async () => {
    expect(await codeOf(() => gate(hours(0)))).toBe('INTERVAL');
    expect(gate(hours(0), { interval: HOUR })).toMatchObject({ expected: 1, bars: { interval: HOUR } });
  });

  it('is a month for the first days of months: 31 days, so that no month counts as over too early', () => {
    const gated = gate(at(monthStarts));
    expect(gated.bars.interval).toBe(31 * DAY);
    expect(gated).toMatchObject({ findings: [], missing: 0, expected: 24 });
    expect([...gated.bars.time]).toEqual(monthStarts);
  });

  it('counts the months that are missing', () => {
    const gated = gate(at(monthStarts.toSpliced(5, 2)));
    expect(gated).toMatchObject({ missing: 2, expected: 24 });
  });

  it('is 30 days, not a month, where it is always 30 days', () => {
    const gated = gate(at(Array.from({ length: 10 }, (_, i) => START + i * 30 * DAY)));
    expect(gated.bars.interval).toBe(30 * DAY);
  });
});

describe('monthsBetween', () => {
  it('counts from one day of a month to the same day, and from last day to last day', () => {
    expect(monthsBetween(Date.UTC(2023, 0, 15), Date.UTC(2024, 1, 15))).toBe(13);
    expect(monthsBetween(Date.UTC(2024, 0, 31), Date.UTC(2024, 1, 29))).toBe(1);
    expect(monthsBetween(Date.UTC(2024, 0, 31), Date.UTC(2024, 1, 28))).toBeNull();
  });
});

describe('missingBetween', () => {
  it('rounds to whole intervals: half an interval more is one bar', () => {
    const spacing = { interval: HOUR, isMonthly: false };
    expect(missingBetween(0, HOUR, spacing)).toBe(0);
    expect(missingBetween(0, 1.5 * HOUR - 1, spacing)).toBe(0);
    expect(missingBetween(0, 1.5 * HOUR, spacing)).toBe(1);
    expect(missingBetween(0, HOUR / 4, spacing)).toBe(0);
  });
});

describe('intervalText', () => {
  it('uses the longest unit that fits', () => {
    expect([900_000, HOUR, DAY, 90_000, 1500].map((ms) => intervalText(ms))).toEqual([
      '15m',
      '1h',
      '1d',
      '90s',
      '1500ms',
    ]);
    expect(intervalText(31 * DAY, true)).toBe('1 month');
  });
});

describe('gap', () => {
  it('counts the missing bars, says which hole is the largest and fills nothing', () => {
    const gated = gate(hours(0, 1, 2, 4, 5, 6, 7, 10, 11));
    expect(gated.findings).toEqual([
      {
        code: 'gap',
        count: 3,
        line: 5,
        example: '2 holes, the largest of 2 bars between 2024-01-01 07:00 and 2024-01-01 10:00',
        consequence:
          'nothing was filled in; a distance of more than 3 intervals between two bars splits the series',
      },
    ]);
    expect(gated.bars.time.length).toBe(9);
    expect(gated).toMatchObject({ missing: 3, expected: 12, score: 1 - 3 / 12 });
  });
});

describe('off-grid', () => {
  it('names opens that are no multiple of their interval, one millisecond off', () => {
    expect(codesOf(gate(hours(0, 1, 2, 3, 4)))).toEqual([]);
    const gated = gate(hours(0, 1, 2, 3 + 1 / HOUR, 4));
    expect(findingOf(gated, 'off-grid')).toMatchObject({
      count: 1,
      line: 5,
      example: '2024-01-01 03:00:00.001 is no multiple of 1h from 00:00 UTC',
      consequence: 'kept as they stand; such a bar may overlap its neighbours',
    });
  });

  it('points to --time-offset where most bars are off', () => {
    const gated = gate(hours(0.5, 1.5, 2.5, 3.5));
    expect(findingOf(gated, 'off-grid')).toMatchObject({ count: 4 });
    expect(findingOf(gated, 'off-grid')?.consequence).toContain('--time-offset');
  });

  it('says nothing about weeks, which begin where their source says', () => {
    const weeks = Array.from({ length: 6 }, (_, i) => START + i * 7 * DAY);
    expect(codesOf(gate(at(weeks)))).toEqual([]);
  });
});

describe('interval-change', () => {
  /** `quarters` distances of 15 minutes between two days of hours. */
  function switching(quarters: number): number[] {
    const times = Array.from({ length: 60 }, (_, i) => START + i * HOUR);
    for (let i = 1; i <= quarters; i += 1) times.push(START + 59 * HOUR + i * 15 * 60_000);
    const last = times.at(-1) ?? 0;
    return [...times, ...Array.from({ length: 60 }, (_, i) => last + (i + 1) * HOUR)];
  }

  it('leaves out the rows of a stretch of another interval, which then are missing', () => {
    const gated = gate(at(switching(24)));
    expect(findingOf(gated, 'interval-change')).toEqual({
      code: 'interval-change',
      count: 1,
      line: 61,
      example: '24 rows 15m apart from 2024-01-03 11:00 to 2024-01-03 16:45, the others 1h',
      consequence: 'the series is 1h; 24 rows of another interval were left out and count as missing',
    });
    // 59 hours before the switch; 61 after it, from 17:00 of day 3 on: 6 hours are a hole.
    expect(gated.bars.time.length).toBe(59 + 61);
    expect(gated).toMatchObject({ missing: 6 });
  });

  it('is no switch at 23 equal distances', () => {
    const gated = gate(at(switching(23)));
    expect(codesOf(gated)).not.toContain('interval-change');
  });

  it('takes the last row of the file with the stretch that it ends', () => {
    const gated = gate(at(switching(24).slice(0, 60 + 24)));
    expect(findingOf(gated, 'interval-change')?.example).toContain('25 rows 15m apart');
    expect(gated.bars.time.length).toBe(59);
  });

  it('goes by the interval that the caller knows', () => {
    const gated = gate(at(switching(24)), { interval: 15 * 60_000 });
    expect(gated.bars.time.length).toBe(24);
  });
});

describe('bar-end-stamps', () => {
  const ends = (before: number, interval = HOUR) =>
    at(Array.from({ length: 30 }, (_, i) => START + (i + 1) * interval - before));

  it.each([
    ['the last second', 1000],
    ['the last millisecond', 1],
  ])('sees %s of each bar and moves the stamps to the opens', (_, before) => {
    for (const interval of [60_000, HOUR, DAY]) {
      const gated = gate(ends(before, interval));
      expect(codesOf(gated)).toEqual(['bar-end-stamps']);
      expect(gated.bars.time[0]).toBe(START);
      expect(gated.bars.time[29]).toBe(START + 29 * interval);
    }
    expect(findingOf(gate(ends(before, DAY)), 'bar-end-stamps')?.example).toContain(
      'is the bar that opens at 2024-01-01 00:00',
    );
  });

  it('does not see them two seconds or two milliseconds before the hour', () => {
    expect(codesOf(gate(ends(2000)))).toEqual(['off-grid']);
    expect(codesOf(gate(ends(2)))).toEqual(['off-grid']);
  });

  it('moves the last days of months to the first', () => {
    const gated = gate(at(monthEnds));
    expect(codesOf(gated)).toEqual(['bar-end-stamps']);
    expect([...gated.bars.time]).toEqual(monthStarts);
  });

  it('believes the dialect, and the user more than the dialect', () => {
    const exact = ends(0);
    const first = (stampIsEnd: boolean | null, stamps: 'auto' | 'open' | 'close') =>
      gate({ ...exact, stampIsEnd }, { stamps }).bars.time[0];
    expect(first(null, 'auto')).toBe(START + HOUR);
    expect(first(true, 'auto')).toBe(START);
    expect(first(false, 'close')).toBe(START);
    expect(first(true, 'open')).toBe(START + HOUR);
    expect(gate({ ...ends(1), stampIsEnd: false }).bars.time[0]).toBe(START + HOUR - 1);
  });

  it('moves by the interval, minute and all, where the user says so of the last second', () => {
    expect(gate(ends(1000), { stamps: 'close' }).bars.time[0]).toBe(START);
    const monthly = gate(at(monthStarts.slice(1)), { stamps: 'close' });
    expect([...monthly.bars.time]).toEqual(monthStarts.slice(0, -1));
  });
});
