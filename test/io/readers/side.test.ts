import { expect, test } from 'vitest';
import { jsonSide, sideOf, sideOfBuyerMaker } from '../../../src/io/readers/side.ts';

test('sideOf knows the words of buyers and sellers in any case of letters', () => {
  expect(['buy', 'BUY', 'b', 'Bid', 'sell', 'S', 'ask', 'a'].map(sideOf)).toEqual([
    1, 1, 1, 1, -1, -1, -1, -1,
  ]);
  expect(['', 'long', 'constructor', 'toString'].map(sideOf)).toEqual([null, null, null, null]);
});

test('sideOfBuyerMaker is the side of the taker: the other one', () => {
  expect(['true', 'True', '1', 'false', '0', '', 'x'].map(sideOfBuyerMaker)).toEqual([
    -1,
    -1,
    -1,
    1,
    1,
    null,
    null,
  ]);
});

test('jsonSide is 0 where a trade says nothing', () => {
  expect([null, undefined, 'buy', 'x', 1].map(jsonSide)).toEqual([0, 0, 1, null, null]);
});
