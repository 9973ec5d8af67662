import { expect, test } from 'vitest';
import { ticksOf } from '../../support/raw-of.ts';

const wanted = {
  symbol: null,
  time: [1609459200100, 1609459200200],
  price: [100.5, 100.25],
  qty: [2, 4],
  side: [1, -1],
  faults: [],
};

test.each([
  [
    'futures, with a header',
    'id,price,qty,quote_qty,time,is_buyer_maker\n11,100.5,2,201,1609459200100,false\n12,100.25,4,401,1609459200200,true\n',
  ],
  ['spot, without one', '11,100.5,2,201,1609459200100,False,True\n12,100.25,4,401,1609459200200,True,True\n'],
  ['without a quote quantity', '11,100.5,2,1609459200100,false\n12,100.25,4,1609459200200,true\n'],
  [
    'names of exporters',
    'trade_id,price,quantity,time_ms,buyer_maker\n11,100.5,2,1609459200100,False\n12,100.25,4,1609459200200,True\n',
  ],
  [
    'another column behind',
    'id,price,qty,time,is_buyer_maker,x\n11,100.5,2,1609459200100,false,MARKET\n12,100.25,4,1609459200200,true,MARKET\n',
  ],
  [
    'coin-margined, without a header: the base quantity',
    '11,100.5,201,2,1609459200100,false\n12,100.25,401,4,1609459200200,true\n',
  ],
  [
    'coin-margined, with a header: the base quantity',
    'id,price,qty,base_qty,time,is_buyer_maker\n11,100.5,201,2,1609459200100,false\n12,100.25,401,4,1609459200200,true\n',
  ],
])('reads trades: %s', async (_, text) => {
  const { reader, ticks } = await ticksOf(text);
  expect(reader).toBe('binance-trades');
  expect(ticks).toMatchObject([wanted]);
});

test('takes the maker flag for the side where a file has both', async () => {
  const { ticks } = await ticksOf('id,price,qty,time,side,is_buyer_maker\n1,1,1,1609459200100,buy,true\n');
  expect(ticks[0]?.side).toEqual([-1]);
});

test('makes a fault of a flag that is neither true nor false', async () => {
  const { ticks } = await ticksOf(
    'id,price,qty,time,is_buyer_maker\n1,1,1,1609459200100,true\n2,1,1,1609459200100,\n',
  );
  expect(ticks[0]).toMatchObject({ side: [-1], faults: [[3, 'ROW_VALUE']] });
});
