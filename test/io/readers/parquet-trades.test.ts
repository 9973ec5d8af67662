import { expect, test } from 'vitest';
import { headOf } from '../../../src/io/head.ts';
import { parquetTrades } from '../../../src/io/readers/parquet-trades.ts';
import { type ParquetColumn, parquetOf } from '../../support/parquet-of.ts';
import { sourceOf } from '../../support/source-of.ts';

const columns: ParquetColumn[] = [
  {
    name: 'timestamp',
    type: 2,
    values: [1_600_000_000_000, 1_600_000_000_001, 1_600_000_000_001],
    converted: 9,
  },
  { name: 'trade_id', type: 2, values: [9_007_199_254_740_993n, 2n, 3n] },
  { name: 'price', type: 5, values: [10.5, 11, 12] },
  { name: 'quantity', type: 5, values: [0.25, 1, 2] },
];
const maker: ParquetColumn = { name: 'buyer_maker', type: 6, values: ['True', 'False', null], converted: 0 };

test('knows columns for time, price and quantity, and no bars', () => {
  expect(parquetTrades.detect(headOf(sourceOf(parquetOf(columns))))).toContain('time, price and quantity');
  const bars = ['time', 'open', 'high', 'low', 'close', 'price', 'volume'].map(
    (name): ParquetColumn => ({ name, type: 5, values: [1] }),
  );
  expect(parquetTrades.detect(headOf(sourceOf(parquetOf(bars))))).toBeNull();
});

test('reads trades; where the buyer was the maker the seller took', async () => {
  const [ticks] = await parquetTrades.read(sourceOf(parquetOf([...columns, maker])), { timeOffset: 0 });
  expect([...(ticks?.time ?? [])]).toEqual([1_600_000_000_000, 1_600_000_000_001, 1_600_000_000_001]);
  expect([...(ticks?.price ?? [])]).toEqual([10.5, 11, 12]);
  expect([...(ticks?.qty ?? [])]).toEqual([0.25, 1, 2]);
  expect([...(ticks?.side ?? [])]).toEqual([-1, 1, 0]);
  expect(ticks?.faults).toEqual([]);
});

test('without a column for the side it is 0', async () => {
  const [ticks] = await parquetTrades.read(sourceOf(parquetOf(columns)), { timeOffset: 0 });
  expect([...(ticks?.side ?? [])]).toEqual([0, 0, 0]);
});

test('a stamp or a side that cannot be read is a fault with its row', async () => {
  const time: ParquetColumn = {
    name: 'time',
    type: 6,
    values: ['2020-09-13', '13th of May', '2020-09-13'],
    converted: 0,
  };
  const odd: ParquetColumn = {
    name: 'buyer_maker',
    type: 6,
    values: ['True', 'True', 'maybe'],
    converted: 0,
  };
  const file = parquetOf([time, ...columns.slice(2), odd]);
  const [ticks] = await parquetTrades.read(sourceOf(file), { timeOffset: 0 });
  expect([...(ticks?.time ?? [])]).toEqual([1_599_955_200_000]);
  expect(ticks?.faults).toEqual([
    { line: 2, code: 'ROW_TIME', message: 'time must be a time stamp, was "13th of May"' },
    { line: 3, code: 'ROW_VALUE', message: 'buyer_maker must be true or false, was "maybe"' },
  ]);
});
