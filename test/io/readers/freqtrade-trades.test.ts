import { expect, test } from 'vitest';
import { headOf } from '../../../src/io/head.ts';
import { freqtradeTrades } from '../../../src/io/readers/freqtrade-trades.ts';
import { sourceOf } from '../../support/source-of.ts';

const file =
  '[[1600000000000,"7",null,"sell",0.5,23.0,11.5],[1600000000001,"8","limit","buy",0.75,4,3],[1600000000002,"9",null,null,1,1,1]]';

test('knows rows of seven values with a side, and no candles', () => {
  expect(freqtradeTrades.detect(headOf(sourceOf(file)))).toContain(
    '[ms, id, type, side, price, amount, cost]',
  );
  expect(freqtradeTrades.detect(headOf(sourceOf('[[1,2,2,2,2,2]]')))).toBeNull();
  expect(freqtradeTrades.detect(headOf(sourceOf('time,price,qty\n1,2,3\n')))).toBeNull();
});

test('reads time, price, amount and the side of the taker, 0 where there is none', async () => {
  const [ticks] = await freqtradeTrades.read(sourceOf(file), { timeOffset: 1000 });
  expect(ticks).toMatchObject({ symbol: null, length: 3, faults: [] });
  expect([...(ticks?.time ?? [])]).toEqual([1599999999000, 1599999999001, 1599999999002]);
  expect([...(ticks?.price ?? [])]).toEqual([0.5, 0.75, 1]);
  expect([...(ticks?.qty ?? [])]).toEqual([23, 4, 1]);
  expect([...(ticks?.side ?? [])]).toEqual([-1, 1, 0]);
});

test('a side that is neither buy nor sell, and a row of another length, are faults', async () => {
  const rows = '[[1,"7",null,"hold",1,1,1],[2,"8",null,"buy",1,1],[3,"9",null,"buy",1,1,1]]';
  const [ticks] = await freqtradeTrades.read(sourceOf(rows), { timeOffset: 0 });
  expect(ticks?.length).toBe(1);
  expect(ticks?.faults).toEqual([
    { line: 1, code: 'ROW_VALUE', message: 'side must be buy or sell, was "hold"' },
    { line: 2, code: 'ROW_RAGGED', message: 'a row must be a list of 7 values, was a list of 6' },
  ]);
});
