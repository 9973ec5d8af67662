import { expect, test } from 'vitest';
import {
  haveBars,
  haveTicks,
  ohlcvColumns,
  placesOf,
  ticksColumns,
} from '../../../src/io/readers/columns.ts';

test('finds columns in any order, whatever their case, spaces and signs', () => {
  expect(placesOf(['Volume', 'CLOSE', 'low_price', 'High', 'Open Time', 'open'], ohlcvColumns)).toEqual({
    time: 4,
    open: 5,
    high: 3,
    low: 2,
    close: 1,
    volume: 0,
    symbol: -1,
  });
});

test('takes the name that stands first in the list where several fit, and the first column of that name', () => {
  expect(placesOf(['date', 'timestamp', 'Timestamp'], ohlcvColumns).time).toBe(1);
  expect(placesOf(['amount', 'qty'], ticksColumns).qty).toBe(1);
});

test('an adjusted close is no close', () => {
  expect(placesOf(['Date', 'Adj Close'], ohlcvColumns).close).toBe(-1);
});

test('bars need time and four prices, trades time, price and quantity and no bars', () => {
  expect(haveBars(['t', 'o', 'h', 'l', 'c'])).toBe(true);
  expect(haveBars(['t', 'o', 'h', 'l'])).toBe(false);
  expect(haveTicks(['time', 'price', 'size'])).toBe(true);
  expect(haveTicks(['time', 'price'])).toBe(false);
  expect(haveTicks(['time', 'open', 'high', 'low', 'close', 'price', 'volume'])).toBe(false);
});
