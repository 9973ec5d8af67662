import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError } from '../../src/model/errors.ts';
import { codesOf, findingOf, gate, writtenAgain } from '../support/gate.ts';
import { type BarRow, cleanRows, HOUR, rawBars, START, withRow } from '../support/raw-bars.ts';

function faultOf(action: () => unknown) {
  try {
    action();
  } catch (error) {
    if (error instanceof DataError) return error.fault;
    throw error;
  }
  throw new Error('nothing was refused');
}

const clean = cleanRows(60);
/** Row 10 stands on line 12 and has low 99 - e, high 101 - e around its middle. */
const [, open10, high10, low10, close10, volume10] = clean[10] ?? [0, 0, 0, 0, 0, 0];
const row10 = (change: Partial<Record<'o' | 'h' | 'l' | 'c' | 'v', number>>): BarRow[] =>
  withRow(clean, 10, ([time]) => [
    time,
    change.o ?? open10,
    change.h ?? high10,
    change.l ?? low10,
    change.c ?? close10,
    change.v ?? volume10,
  ]);

describe('gateBars', () => {
  it('lets a clean file through as it is, with a score of 1 and nothing to say', () => {
    const raw = rawBars(clean);
    const gated = gate(raw);
    expect(gated).toMatchObject({
      findings: [],
      faults: [],
      rows: 60,
      expected: 60,
      missing: 0,
      duplicates: 0,
      stale: 0,
      score: 1,
    });
    expect(gated.bars).toMatchObject({ symbol: 'TESTUSDT', interval: HOUR });
    for (const name of ['time', 'open', 'high', 'low', 'close', 'volume'] as const) {
      expect([...gated.bars[name]]).toEqual([...raw[name]]);
    }
  });

  describe('refuses what is impossible, one unit beyond what it lets through', () => {
    const cases: readonly [string, BarRow[], BarRow[], string, string][] = [
      [
        'high below low',
        row10({ o: 99, h: 99, l: 99, c: 99 }),
        row10({ o: 99, h: 99, l: 99.01, c: 99 }),
        'ROW_RANGE',
        'high must be at least low, was high 99 and low 99.01',
      ],
      [
        'an open above the high',
        row10({ o: high10 }),
        row10({ o: high10 + 0.01 }),
        'ROW_RANGE',
        'open must lie within [low, high], was',
      ],
      [
        'an open below the low',
        row10({ o: low10 }),
        row10({ o: low10 - 0.01 }),
        'ROW_RANGE',
        'open must lie within [low, high], was',
      ],
      [
        'a close above the high',
        row10({ c: high10 }),
        row10({ c: high10 + 0.01 }),
        'ROW_RANGE',
        'close must lie within [low, high], was',
      ],
      [
        'a close below the low',
        row10({ c: low10 }),
        row10({ c: low10 - 0.01 }),
        'ROW_RANGE',
        'close must lie within [low, high], was',
      ],
      ['a price of 0', row10({ l: 1e-12 }), row10({ l: 0 }), 'ROW_PRICE', 'low must be above 0, was 0'],
      ['a negative price', row10({}), row10({ o: -1 }), 'ROW_PRICE', 'open must be above 0, was -1'],
      [
        'a price that is no number',
        row10({}),
        row10({ c: Number.NaN }),
        'ROW_NUMBER',
        'close must be a finite number, was NaN',
      ],
      [
        'an infinite price',
        row10({ h: Number.MAX_VALUE }),
        row10({ h: Number.POSITIVE_INFINITY }),
        'ROW_NUMBER',
        'high must be a finite number, was Infinity',
      ],
      [
        'a negative volume',
        row10({ v: 0 }),
        row10({ v: -1 }),
        'ROW_VALUE',
        'volume must be at least 0, was -1',
      ],
      [
        'a volume that is no number',
        row10({ v: Number.MAX_VALUE }),
        row10({ v: Number.NaN }),
        'ROW_NUMBER',
        'volume must be a finite number, was NaN',
      ],
    ];
    it.each(cases)('%s', (_, good, bad, code, message) => {
      expect(gate(rawBars(good)).faults).toEqual([]);
      const fault = faultOf(() => gate(rawBars(bad)));
      expect(fault).toMatchObject({ code, place: { file: 'bars.csv', line: 12 } });
      expect(fault.message).toContain(message);
      expect(fault.remedy).toContain('--on-bad-row drop');
    });

    it('a row that goes back to a stamp that stands nowhere, but none that stands still at one', () => {
      const back = withRow(clean, 10, ([, ...rest]) => [START + 8.5 * HOUR, ...rest]);
      expect(faultOf(() => gate(rawBars(back)))).toMatchObject({
        code: 'ROW_ORDER',
        message: 'time must not go back, was 2024-01-01 08:30 after 2024-01-01 09:00',
        place: { line: 12 },
      });
      const still = withRow(clean, 10, ([, ...rest]) => [START + 8 * HOUR, ...rest]);
      expect(gate(rawBars(still)).faults).toEqual([]);
    });

    it('a stamp that is none', () => {
      const bad = withRow(clean, 10, ([, ...rest]) => [Number.NaN, ...rest]);
      expect(faultOf(() => gate(rawBars(bad)))).toMatchObject({ code: 'ROW_TIME', place: { line: 12 } });
    });
  });

  it('names the first fault in the order of the lines, and counts the others by kind', () => {
    const rows = withRow(row10({ h: 1, l: 2 }), 20, ([time, , ...rest]) => [time, 0, ...rest]);
    const faults = [{ line: 62, code: 'ROW_CUT', message: 'the last line was cut off' }] as const;
    const fault = faultOf(() => gate(rawBars(rows, { faults })));
    expect(fault.place).toEqual({ file: 'bars.csv', line: 12 });
    expect(fault.message).toBe(
      'high must be at least low, was high 1 and low 2; 2 more impossible rows: 1 ROW_PRICE, 1 ROW_CUT',
    );
    const cutFirst = [{ line: 5, code: 'ROW_RAGGED', message: 'a row must have 6 fields, was 4' }] as const;
    expect(faultOf(() => gate(rawBars(rows, { faults: cutFirst })))).toMatchObject({
      code: 'ROW_RAGGED',
      place: { line: 5 },
    });
  });

  it('leaves impossible rows out where it is told to, counts and lists them', () => {
    const rows = withRow(row10({ h: 1, l: 2 }), 59, ([time, , ...rest]) => [time, 0, ...rest]);
    const gated = gate(rawBars(rows), { onBadRow: 'drop' });
    expect(gated.faults.map(({ line, code }) => [line, code])).toEqual([
      [12, 'ROW_RANGE'],
      [61, 'ROW_PRICE'],
    ]);
    expect(findingOf(gated, 'dropped-rows')).toMatchObject({
      count: 2,
      line: 12,
      consequence: 'these rows were left out: 1 ROW_RANGE, 1 ROW_PRICE',
    });
    expect(gated.bars.time.length).toBe(58);
    // One hole where row 10 was, two rows dropped, over 59 bars from the first to the last.
    expect(gated).toMatchObject({ rows: 60, expected: 59, missing: 1 });
    expect(gated.score).toBe(1 - 3 / 59);
  });

  it('refuses a file without rows, and one of which no row is possible', () => {
    expect(faultOf(() => gate(rawBars([])))).toMatchObject({
      code: 'FILE_EMPTY',
      message: 'a file of bars must hold at least one possible row, was none',
    });
    const zeros = clean.map(([time]): BarRow => [time, 0, 0, 0, 0, 0]);
    expect(faultOf(() => gate(rawBars(zeros), { onBadRow: 'drop' }))).toMatchObject({
      code: 'FILE_EMPTY',
      message:
        'a file of bars must hold at least one possible row, was 60 impossible rows, first: open must be above 0, was 0',
      place: { file: 'bars.csv', line: 2 },
    });
  });

  it('leaves the columns of the reader as they are, whatever it repairs', () => {
    const raw = rawBars(row10({ v: 0 }).toReversed(), { stampIsEnd: true });
    const before = [raw.time, raw.open, raw.high, raw.low, raw.close, raw.volume].map((xs) => [...xs]);
    gate(raw);
    expect([raw.time, raw.open, raw.high, raw.low, raw.close, raw.volume].map((xs) => [...xs])).toEqual(
      before,
    );
  });

  it('gives the same bars, bit for bit, for a clean file that runs from new to old', () => {
    const gated = gate(rawBars(clean.toReversed()));
    expect(gated.bars).toEqual(gate(rawBars(clean)).bars);
    expect(codesOf(gated)).toEqual(['newest-first']);
  });

  it('finds nothing new in bars that went through it: what it repaired stays repaired', () => {
    const disorder = fc.record({
      count: fc.integer({ min: 30, max: 120 }),
      repeated: fc.array(fc.nat(29), { maxLength: 3 }),
      missing: fc.array(fc.integer({ min: 2, max: 25 }), { maxLength: 5 }),
      bad: fc.array(fc.integer({ min: 2, max: 25 }), { maxLength: 3 }),
      turned: fc.boolean(),
      ends: fc.boolean(),
      seconds: fc.boolean(),
      chained: fc.boolean(),
    });
    fc.assert(
      fc.property(disorder, ({ count, repeated, missing, bad, turned, ends, seconds, chained }) => {
        let rows = cleanRows(count);
        if (chained) rows = rows.map(([t, o, ...rest], i): BarRow => [t, rows[i - 1]?.[4] ?? o, ...rest]);
        rows = rows.map(
          (row, i): BarRow => (bad.includes(i) ? [row[0], -1, row[2], row[3], row[4], 1] : row),
        );
        rows = rows.flatMap((row, i) =>
          repeated.includes(i) ? [row, row] : missing.includes(i) ? [] : [row],
        );
        if (seconds) rows = rows.map(([t, ...rest], i): BarRow => [i < 9 ? t / 1000 : t, ...rest]);
        const raw = rawBars(turned ? rows.toReversed() : rows, { stampIsEnd: ends });
        // An open that repeats a close lies outside its bar only by chance: without the habit it is impossible.
        const once = gate(raw, { onBadRow: 'drop' });
        const twice = gate(writtenAgain(once), { onBadRow: 'drop' });
        expect(twice.bars).toEqual(once.bars);
        expect(twice.faults).toEqual([]);
        expect(twice.duplicates).toBe(0);
        for (const code of codesOf(twice)) {
          expect(codesOf(once)).toContain(code);
          expect(['gap', 'stale', 'zero-volume', 'bad-print', 'off-grid', 'symbol-reuse']).toContain(code);
        }
      }),
      { seed: 20_240_101, numRuns: 300 },
    );
  });
});
