import { expect, test } from 'vitest';
import { headOf } from '../../../src/io/head.ts';
import { ccxtTrades } from '../../../src/io/readers/ccxt-trades.ts';
import { sourceOf } from '../../support/source-of.ts';

const trade = (timestamp: number, more: object): object => ({
  id: '1',
  timestamp,
  price: 2,
  amount: 3,
  ...more,
});

test('knows objects with timestamp, price and amount', () => {
  const text = JSON.stringify([trade(1, { info: { nested: [1, 2] } })]);
  expect(ccxtTrades.detect(headOf(sourceOf(text)))).toContain('as ccxt writes them');
  expect(ccxtTrades.detect(headOf(sourceOf('[{"time":1,"open":2}]')))).toBeNull();
});

test('reads trades of one market without a name, and of several markets apart', async () => {
  const one = await ccxtTrades.read(sourceOf(JSON.stringify([trade(1, { side: 'buy' }), trade(2, {})])), {
    timeOffset: 0,
  });
  expect(one.map(({ symbol, length, side }) => [symbol, length, [...side]])).toEqual([[null, 2, [1, 0]]]);
  const text = JSON.stringify([
    trade(1, { symbol: 'ETH/USDT', side: 'sell' }),
    trade(2, { symbol: 'BTC/USDT', price: null }),
    trade(3, { symbol: 'ETH/USDT' }),
    trade(4, { symbol: 'BTC/USDT' }),
    trade(5, {}),
  ]);
  const two = await ccxtTrades.read(sourceOf(text), { timeOffset: 0 });
  expect(two.map(({ symbol, time, faults, line }) => [symbol, [...time], faults.length, line(0)])).toEqual([
    ['ETH/USDT', [1, 3], 0, 1],
    ['BTC/USDT', [4], 2, 4],
  ]);
  expect(two[1]?.faults).toEqual([
    { line: 2, code: 'ROW_NUMBER', message: 'price must be a finite number, was null' },
    { line: 5, code: 'SYMBOL_UNKNOWN', message: 'the symbol must be a text, was null' },
  ]);
});

test('an element that is no object is a fault', async () => {
  const [ticks] = await ccxtTrades.read(sourceOf(`[${JSON.stringify(trade(1, {}))}, [1,2]]`), {
    timeOffset: 0,
  });
  expect(ticks?.faults).toEqual([
    { line: 2, code: 'ROW_RAGGED', message: 'a row must be an object, was [1,2]' },
  ]);
});
