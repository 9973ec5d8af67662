import { expect, test } from 'vitest';
import { toArquero, toDataFrame } from '../src/danfo.ts';
import { InputError } from '../src/model/errors.ts';
import { inventedReport } from './support/invented-report.ts';

const report = inventedReport({
  levels: [
    { multiplier: 1, hitRate: 0.5, interval: { low: 0.4, high: 0.6 }, time: 1_700_000_000_123 },
    { multiplier: 2, hitRate: 0.25, interval: { low: null, high: 0.3 }, time: 1_700_000_060_123 },
  ],
  reasons: [
    { reason: 'cap', count: 3, index: 'x', shape: null },
    { reason: 'halt', count: 5, index: 'x', shape: null },
  ],
  flags: [{ isOpen: true }, { isOpen: null }],
  equity: [
    [0, 100],
    [86_400_000 * 31, 99.5],
  ],
  note: 'text',
  empty: [],
});

test('a list of records becomes a frame, nested records by dotted names, doubles to the bit', () => {
  const frame = toDataFrame(report, 'levels');
  expect(frame.columns).toEqual(['multiplier', 'hitRate', 'interval.low', 'interval.high', 'time']);
  expect(frame.values).toEqual([
    [1, 0.5, 0.4, 0.6, 1_700_000_000_123],
    [2, 0.25, null, 0.3, 1_700_000_060_123],
  ]);
  expect(frame.dtypes).toEqual(['int32', 'float32', 'float32', 'float32', 'int32']);
  expect(frame['interval.low'].mean()).toBe(0.4);
});

test('a column named as a member of every frame gets a _ behind it, and the frame keeps its own', () => {
  const frame = toDataFrame(report, 'reasons');
  expect(frame.columns).toEqual(['reason', 'count_', 'index_', 'shape_']);
  expect(frame.shape).toEqual([2, 4]);
  expect(frame.index).toEqual([0, 1]);
  expect(frame['count_'].mean()).toBe(4);
  expect(frame.dtypes).toEqual(['string', 'int32', 'string', 'string']);
  expect(frame.describe().columns).toEqual(['count_']);
});

test('a curve of pairs has named columns, and times that its calendar understands', () => {
  const frame = toDataFrame(report, 'equity', { columns: ['time', 'equity'], dates: ['time'] });
  expect(frame.values[1]).toEqual([new Date('1970-02-01T00:00:00Z'), 99.5]);
  expect(frame['time'].dt.month().values).toEqual([0, 1]);
  expect(frame.describe().columns).toEqual(['equity']);
});

test('booleans stay booleans, a missing one stays null', () => {
  const frame = toDataFrame(report, 'flags');
  expect([frame.dtypes, frame.values]).toEqual([['boolean'], [[true], [null]]]);
});

test('a list without rows is a frame without rows', () => {
  expect(toDataFrame(report, 'empty').shape).toEqual([0, 0]);
  const named = toDataFrame(report, 'empty', { columns: ['time', 'guard'] });
  expect([named.shape, named.columns]).toEqual([
    [0, 2],
    ['time', 'guard'],
  ]);
});

test('a path without a list of records is refused', () => {
  expect(() => toDataFrame(report, 'note')).toThrow(InputError);
  expect(() => toDataFrame(report, 'nothing')).toThrow('a list of records');
});

test('the arquero tables come from the same door', () => {
  expect(toArquero(report, 'reasons').array('count')).toEqual([3, 5]);
});
