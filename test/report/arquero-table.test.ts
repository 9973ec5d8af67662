import { desc, escape as fn, op } from 'arquero';
import { expect, test } from 'vitest';
import { toArquero } from '../../src/report/arquero-table.ts';
import { inventedReport } from '../support/invented-report.ts';

const report = inventedReport({
  levels: [
    { multiplier: 1, hitRate: 0.5, interval: { low: 0.4 }, fee: '0.10', time: 1_700_000_000_123 },
    { multiplier: 2, hitRate: 0.25, interval: { low: null }, fee: '2.00', time: 1_700_000_060_123 },
  ],
  empty: [],
});

test('a list of records becomes a table of the same values', () => {
  const table = toArquero(report, 'levels');
  expect(table.columnNames()).toEqual(['multiplier', 'hitRate', 'interval.low', 'fee', 'time']);
  expect(table.objects()).toEqual([
    { multiplier: 1, hitRate: 0.5, 'interval.low': 0.4, fee: '0.10', time: 1_700_000_000_123 },
    { multiplier: 2, hitRate: 0.25, 'interval.low': null, fee: '2.00', time: 1_700_000_060_123 },
  ]);
});

test('numbers without a null are doubles, others are what they are', () => {
  const table = toArquero(report, 'levels', { numbers: ['fee'], dates: ['time'] });
  expect(table.array('time')).toEqual([new Date(1_700_000_000_123), new Date(1_700_000_060_123)]);
  expect(table.data()['fee']).toEqual(Float64Array.of(0.1, 2));
  expect(table.data()['interval.low']).toEqual([0.4, null]);
});

test('names with dots can be used in expressions', () => {
  const low = fn((row: Record<string, number | null>) => row['interval.low']);
  const table = toArquero(report, 'levels').derive({ low }).orderby(desc('multiplier'));
  expect(table.array('low')).toEqual([null, 0.4]);
  expect(table.rollup({ mean: op.mean('interval.low') }).object()).toEqual({ mean: 0.4 });
});

test('a list without rows is a table without rows', () => {
  expect(toArquero(report, 'empty').numRows()).toBe(0);
  const named = toArquero(report, 'empty', { columns: ['time', 'guard'] });
  expect([named.numRows(), named.columnNames()]).toEqual([0, ['time', 'guard']]);
});
