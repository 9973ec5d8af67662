import { expect, test } from 'vitest';
import { tablePaths } from '../../src/report/table-paths.ts';
import { inventedReport } from '../support/invented-report.ts';

test('every list is named once, with the rows of all that its path names', () => {
  const report = inventedReport({
    portfolio: { positions: [{ symbol: 'BTC' }] },
    scenarios: [
      { id: 'a', decisions: [{}, {}], run: { equity: [[1, 2]] } },
      { id: 'b', decisions: [{}], run: { equity: [] }, extra: ['x'] },
    ],
    reverse: null,
    none: [],
  });
  expect(tablePaths(report)).toEqual([
    { path: 'portfolio.positions', rows: 1 },
    { path: 'scenarios', rows: 2 },
    { path: 'scenarios[*].decisions', rows: 3 },
    { path: 'scenarios[*].run.equity', rows: 1 },
    { path: 'scenarios[*].extra', rows: 1 },
    { path: 'none', rows: 0 },
  ]);
  expect(tablePaths(inventedReport({ total: 3 }))).toEqual([]);
});

test('a path that names a list in one entry and something else in another is no table', () => {
  const report = inventedReport({ leaves: [{ value: [1] }, { value: 2 }, { value: null }] });
  expect(tablePaths(report)).toEqual([{ path: 'leaves', rows: 3 }]);
});
