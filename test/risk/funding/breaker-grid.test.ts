import { describe, expect, test } from 'vitest';
import { MS_PER_HOUR } from '../../../src/model/time.ts';
import {
  type BreakerGridTerms,
  bestCell,
  breakerGrid,
  neighboursOf,
} from '../../../src/risk/funding/breaker-grid.ts';
import { breakerOutcome, paysAbove } from '../../../src/risk/funding/breaker-history.ts';
import { heldHistory } from '../../../src/risk/funding/held-history.ts';

const terms: BreakerGridTerms = {
  contract: 'linear',
  side: 1,
  sizing: 'constant-size',
  action: 'close',
  tradeCost: 0.0005,
  thresholds: [0.0005, 0.001, 0.002],
  periods: [1, 2],
};

const rows = 200;
const columns = {
  rate: Float64Array.from({ length: rows }, (_, i) => 0.0015 * Math.sin(i / 7) + 0.0005),
  interval: new Float64Array(rows).fill(8 * MS_PER_HOUR),
  mark: Float64Array.from({ length: rows }, (_, i) => 100 + 20 * Math.sin(i / 23)),
};

describe('breakerGrid', () => {
  const cells = breakerGrid(columns, terms);

  test('has a cell for each threshold and number of periods, by rows', () => {
    expect(cells.map(({ threshold, periods }) => [threshold, periods])).toEqual([
      [0.0005, 1],
      [0.0005, 2],
      [0.001, 1],
      [0.001, 2],
      [0.002, 1],
      [0.002, 2],
    ]);
    const above = paysAbove(1, columns.rate, columns.interval, 0.001);
    const held = heldHistory(terms, columns.rate, columns.mark);
    expect(cells[3]).toMatchObject(breakerOutcome(held, above, { ...terms, periods: 2 }));
  });

  test('does nothing at a threshold that is never passed', () => {
    expect(cells[4]?.triggers).toBe(0);
    expect(cells[4]?.net).toBe(0);
    expect(cells[0]?.triggers).toBeGreaterThan(0);
  });

  test('more periods, or a higher threshold, are never away longer', () => {
    const away = cells.map(({ settlementsAway }) => settlementsAway);
    for (const [cell, later] of [
      [0, 1],
      [2, 3],
      [0, 2],
      [2, 4],
    ] as const) {
      expect(away[later]).toBeLessThanOrEqual(away[cell] ?? 0);
    }
  });

  test('refuses a grid that is empty or does not ascend', () => {
    expect(() => breakerGrid(columns, { ...terms, thresholds: [] })).toThrow('thresholds must hold');
    expect(() => breakerGrid(columns, { ...terms, periods: [2, 2] })).toThrow(
      'periods must ascend, was 2 after 2',
    );
  });

  test('the best cell is the first of the largest net', () => {
    const best = bestCell(cells);
    expect(cells.every(({ net }) => net <= (cells[best]?.net ?? Number.NaN))).toBe(true);
    expect(bestCell(cells.slice(4))).toBe(0);
    expect(() => bestCell([])).toThrow('at least one cell');
  });
});

test('neighbours lie above, left, right and below', () => {
  const grid = { thresholds: [1, 2, 3], periods: [1, 2] };
  expect(neighboursOf(0, grid)).toEqual([1, 2]);
  expect(neighboursOf(3, grid)).toEqual([1, 2, 5]);
  expect(neighboursOf(4, grid)).toEqual([2, 5]);
  expect(neighboursOf(0, { thresholds: [1], periods: [1] })).toEqual([]);
});
