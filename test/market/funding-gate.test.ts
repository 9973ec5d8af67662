import { describe, expect, it } from 'vitest';
import { gateFunding } from '../../src/market/funding-gate.ts';
import type { RawFunding, RowFault } from '../../src/market/raw.ts';
import type { DataError } from '../../src/model/errors.ts';

const HOUR = 3_600_000;
/** 2023-11-15 00:00 UTC. */
const START = 1_700_006_400_000;

type Row = readonly [hours: number, rate: number];

function raw(rows: readonly Row[], faults: readonly RowFault[] = []): RawFunding {
  return {
    symbol: 'BTCUSDT',
    length: rows.length,
    time: Float64Array.from(rows, ([hours]) => START + hours * HOUR),
    rate: Float64Array.from(rows, ([, rate]) => rate),
    line: (row) => row + 2,
    faults,
    findings: [],
  };
}

const options = { symbol: 'BTCUSDT', file: 'funding.csv', onBadRow: 'error' } as const;

function gate(rows: readonly Row[], onBadRow: 'error' | 'drop' = 'error') {
  return gateFunding(raw(rows), { ...options, onBadRow });
}

function steady(count: number, rate: (i: number) => number): Row[] {
  return Array.from({ length: count }, (_, i) => [i * 8, rate(i)] as const);
}

function fault(run: () => unknown) {
  try {
    run();
  } catch (error) {
    return (error as DataError).fault;
  }
  return null;
}

describe('gateFunding', () => {
  it('passes a clean file without a finding', () => {
    const { funding, findings, dropped } = gate(steady(30, (i) => (i % 2 === 0 ? 0.0001 : -0.00004013)));
    expect(findings).toEqual([]);
    expect(dropped).toEqual([]);
    expect(funding.time[1]).toBe(START + 8 * HOUR);
    expect(funding.rate[1]).toBe(-0.00004013);
    expect(new Set(funding.interval)).toEqual(new Set([8 * HOUR]));
  });

  it('turns a file that runs from new to old, with a finding', () => {
    const { funding, findings } = gate([
      [16, 0.0003],
      [8, 0.0002],
      [0, 0.0001],
    ]);
    expect([...funding.rate]).toEqual([0.0001, 0.0002, 0.0003]);
    expect(findings).toMatchObject([
      { code: 'newest-first', count: 3, line: 2, example: '2023-11-15 16:00, then 2023-11-15 08:00' },
    ]);
  });

  it('snaps stamps to the nearest minute and says how far they were off', () => {
    const { funding, findings } = gate([
      [0, 0.0001],
      [8 + 11 / HOUR, 0.0001],
      [16 - 30 / HOUR, 0.0001],
    ]);
    expect([...funding.time]).toEqual([START, START + 8 * HOUR, START + 16 * HOUR]);
    expect(findings).toMatchObject([{ code: 'stamp-jitter', count: 2, line: 3 }]);
    expect(findings[0]?.example).toBe('2023-11-15 08:00:00.011, the largest 30 ms off its minute');
  });

  it('keeps one of each repeated settlement, and names those that contradict each other', () => {
    const { funding, findings } = gate([
      [0, 0.0001],
      [8, 0.0002],
      [8 + 5 / HOUR, 0.0002],
      [16, 0.0003],
      [16, 0.0004],
    ]);
    expect([...funding.rate]).toEqual([0.0001, 0.0002, 0.0003]);
    expect(findings.map(({ code, count, line }) => [code, count, line])).toEqual([
      ['stamp-jitter', 1, 4],
      ['duplicate', 1, 4],
      ['duplicate-conflict', 1, 6],
    ]);
    expect(findings[2]?.example).toBe('2023-11-15 16:00 has the rates 0.0003 (line 5) and 0.0004');
  });

  it('reports changes of the interval and missing settlements', () => {
    const { funding, findings } = gate([
      [0, 0.0001],
      [8, 0.0001],
      [24, 0.0001],
      [28, 0.0001],
      [32, 0.0001],
    ]);
    expect(Array.from(funding.interval, (ms) => ms / HOUR)).toEqual([8, 8, 8, 4, 4]);
    expect(findings).toMatchObject([
      { code: 'interval-change', count: 1, line: 5, example: '8h -> 4h at 2023-11-16 04:00' },
      { code: 'gap', count: 1, line: 4, example: '1 missing between 2023-11-15 08:00 and 2023-11-16 00:00' },
    ]);
  });

  it('accepts a rate of 5 % and refuses the next one above, either way', () => {
    expect(gate([...steady(3, () => 0.05)]).funding.rate[0]).toBe(0.05);
    expect(gate([...steady(3, () => -0.02)]).findings).toEqual([]);
    for (const rate of [0.0501, -0.0501]) {
      const rows = steady(3, (i) => (i === 1 ? rate : 0.0001));
      expect(fault(() => gate(rows))).toMatchObject({ code: 'ROW_VALUE', place: { line: 3 } });
    }
  });

  it('refuses rates and stamps that are no numbers, with file and line', () => {
    expect(fault(() => gate(steady(3, (i) => (i === 2 ? Number.NaN : 0.0001))))).toMatchObject({
      code: 'ROW_NUMBER',
      message: 'a funding rate must be a finite number, was NaN',
      place: { file: 'funding.csv', line: 4 },
    });
    expect(fault(() => gate([[Number.NaN, 0.0001]]))).toMatchObject({ code: 'ROW_TIME' });
  });

  it('refuses a stamp that goes back', () => {
    expect(
      fault(() =>
        gate([
          [0, 0.0001],
          [8, 0.0001],
          [16, 0.0001],
          [12, 0.0001],
        ]),
      ),
    ).toMatchObject({
      code: 'ROW_ORDER',
      message: 'time must not go back, was 2023-11-15 12:00 after 2023-11-15 16:00',
      place: { line: 5 },
    });
  });

  it('drops bad rows where that was asked for, counts and lists them', () => {
    const torn: RowFault = { line: 9, code: 'ROW_CUT', message: 'the last line is cut off' };
    const rows = steady(5, (i) => (i === 1 ? 0.3 : 0.0001));
    const { funding, findings, dropped } = gateFunding(raw(rows, [torn]), { ...options, onBadRow: 'drop' });
    expect(funding.time).toHaveLength(4);
    expect(dropped.map(({ line, code }) => [line, code])).toEqual([
      [3, 'ROW_VALUE'],
      [9, 'ROW_CUT'],
    ]);
    expect(findings.map(({ code, count }) => [code, count])).toContainEqual(['dropped-rows', 2]);
  });

  it('raises the fault of the earliest line', () => {
    const torn: RowFault = { line: 2, code: 'ROW_RAGGED', message: 'three fields' };
    const rows = steady(5, (i) => (i === 3 ? 0.3 : 0.0001));
    expect(fault(() => gateFunding(raw(rows, [torn]), options))).toMatchObject({ code: 'ROW_RAGGED' });
  });

  it('asks for two settlements at least', () => {
    expect(fault(() => gate([]))).toMatchObject({ code: 'FILE_EMPTY' });
    expect(fault(() => gate([[0, 0.0001]]))).toMatchObject({ code: 'SERIES_SHORT' });
  });
});

describe('doubtsAboutFunding', () => {
  it('doubts rates with more digits than any venue publishes', () => {
    const { findings } = gate(steady(40, (i) => Math.sqrt(2 + i * i) / 30_000));
    expect(findings).toMatchObject([{ code: 'too-precise', count: 40, line: 2 }]);
  });

  it.each([
    ['eight decimals', (i: number) => Math.round(Math.sin(i + 1) * 30_000) / 1e8],
    ['sixteen decimals', (i: number) => Number((Math.sin(i + 1) / 3000).toFixed(16))],
    [
      'eight decimals divided out of percent',
      (i: number) => Math.round(Math.sin(i + 1) * 30_000) / 1e6 / 100,
    ],
    ['half of them computed', (i: number) => (i % 2 === 0 ? 0.0001 : Math.sin(i) / 3000)],
  ])('believes rates of %s', (_, rate) => {
    expect(gate(steady(40, rate)).findings).toEqual([]);
  });

  it('suspects percent where half of the rates are 0.2 % or more', () => {
    expect(gate(steady(20, () => 0.01)).findings).toMatchObject([{ code: 'rate-scale', count: 20 }]);
    expect(gate(steady(20, () => 0.002)).findings).toMatchObject([{ code: 'rate-scale' }]);
    expect(gate(steady(20, () => 0.0019)).findings).toEqual([]);
    expect(gate(steady(19, () => 0.01)).findings).toEqual([]);
  });

  it('names the offset that would put shifted settlements on their grid', () => {
    const shifted = steady(20, () => 0.0001).map(([hours, rate]) => [hours + 5.5, rate] as const);
    expect(gate(shifted).findings).toMatchObject([{ code: 'off-grid', count: 20, line: 2 }]);
    expect(gate(shifted).findings[0]?.consequence).toContain('--time-offset +5.5h');
  });
});
