import { expect, test } from 'vitest';
import { ticksOf } from '../../support/raw-of.ts';

const rows = '7,100.5,2,11,12,1609459200100,false\n8,100.25,4,13,13,1609459200200,true\n';

test.each([
  [
    'with a header',
    `agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker\n${rows}`,
  ],
  ['without one', rows],
  [
    'without one, with the flag of spot files',
    rows.replaceAll('false', 'False,True').replaceAll(',true', ',True,True'),
  ],
])('reads aggregated trades %s', async (_, text) => {
  const { reader, ticks } = await ticksOf(text);
  expect(reader).toBe('binance-agg-trades');
  expect(ticks).toMatchObject([
    { time: [1609459200100, 1609459200200], price: [100.5, 100.25], qty: [2, 4], side: [1, -1], faults: [] },
  ]);
});
