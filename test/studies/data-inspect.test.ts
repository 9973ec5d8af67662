import { describe, expect, it } from 'vitest';
import { findingCodes } from '../../src/market/finding.ts';
import { dataInspect, type InspectedSeries } from '../../src/studies/data-inspect.ts';
import { dataInspectResult } from '../../src/studies/data-inspect-result.ts';
import { gate } from '../support/gate.ts';
import { type BarRow, cleanRows, HOUR, rawBars } from '../support/raw-bars.ts';

const rows = cleanRows(60)
  .map((row, i): BarRow => (i === 7 ? [row[0], 0, 0, 0, 0, 0] : row))
  .filter((_, i) => i < 20 || i >= 30);
const { bars, findings, faults, ...counts } = gate(rawBars(rows), { onBadRow: 'drop' });
const series: InspectedSeries = {
  file: 'bars.csv',
  role: 'ohlcv',
  format: 'generic-ohlcv',
  why: 'a header',
  symbols: ['TESTUSDT'],
  rows: counts.rows,
  from: bars.time[0] ?? null,
  to: (bars.time.at(-1) ?? 0) + HOUR,
  findings,
  faults,
  bars,
  counts,
};

function run(one: InspectedSeries, maxGap = 3) {
  const fault = {
    code: 'FILE_EMPTY',
    message: 'a file must hold data, was empty',
    place: { line: 1 },
  } as const;
  const inputs = { series: [one], refused: [{ file: 'empty.csv', fault }] };
  const { result } = dataInspect.run(inputs, { data: { maxGap } }, { seed: 1, progress: () => undefined });
  expect(dataInspectResult.parse(result)).toEqual(result);
  return result;
}

describe('data inspect', () => {
  it('gives the counts of the gate, its findings with their meaning, and every impossible row', () => {
    const { series: told, refused } = run(series);
    // 60 bars from the first to the last: ten are missing, and one more where the impossible row was.
    expect(told).toMatchObject([
      { rows: 50, expected: 60, missing: 11, dropped: 1, duplicates: 0, stale: 0, score: 1 - 12 / 60 },
    ]);
    expect(told[0]).toMatchObject({ interval: HOUR, impossible: [{ line: 9, code: 'ROW_PRICE' }] });
    expect(told[0]?.findings.map(({ code }) => code)).toEqual(['dropped-rows', 'gap']);
    expect(told[0]?.findings[1]?.meaning).toBe(findingCodes.gap);
    expect(refused).toEqual([
      {
        file: 'empty.csv',
        code: 'FILE_EMPTY',
        line: 1,
        message: 'a file must hold data, was empty',
        remedy: null,
      },
    ]);
  });

  it('counts the segments that data.maxGap makes', () => {
    // The hole of ten bars is a distance of eleven intervals.
    expect(run(series, 10).series[0]?.segments).toBe(2);
    expect(run(series, 11).series[0]?.segments).toBe(1);
  });

  it('says null for what only bars have', () => {
    expect(run({ ...series, role: 'ticks', bars: null, counts: null }).series[0]).toMatchObject({
      interval: null,
      segments: null,
      expected: null,
      score: null,
      dropped: 1,
    });
  });
});
