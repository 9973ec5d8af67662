import { expect, test } from 'vitest';
import { toDataFrame } from '../src/danfo.ts';
import { InputError } from '../src/model/errors.ts';
import type { Report } from '../src/model/report.ts';

const report: Report<unknown> = {
  schema: 'risk-report/1',
  command: 'invented',
  version: '0.0.0',
  runId: 'x',
  seed: 1,
  config: {},
  configHash: 'x',
  inputs: [],
  fidelity: [],
  warnings: [],
  result: {
    levels: [
      { multiplier: 1, hitRate: 0.5, interval: { low: 0.4, high: 0.6 }, time: 1_700_000_000_123 },
      { multiplier: 2, hitRate: 0.25, interval: { low: null, high: 0.3 }, time: 1_700_000_060_123 },
    ],
    note: 'text',
  },
};

test('a list of records becomes a frame, nested records by dotted names, doubles to the bit', () => {
  const frame = toDataFrame(report, 'levels');
  expect(frame.columns).toEqual(['multiplier', 'hitRate', 'interval.low', 'interval.high', 'time']);
  expect(frame.values).toEqual([
    [1, 0.5, 0.4, 0.6, 1_700_000_000_123],
    [2, 0.25, null, 0.3, 1_700_000_060_123],
  ]);
});

test('a path without a list of records is refused', () => {
  expect(() => toDataFrame(report, 'note')).toThrow(InputError);
  expect(() => toDataFrame(report, 'nothing')).toThrow('a list of records');
});
