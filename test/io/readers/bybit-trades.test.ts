import { expect, test } from 'vitest';
import { ticksOf } from '../../support/raw-of.ts';

const header =
  'timestamp,symbol,side,size,price,tickDirection,trdMatchID,grossValue,homeNotional,foreignNotional';

test('reads linear contracts in base units, with fractions of seconds', async () => {
  const { reader, ticks } = await ticksOf(
    `${header}\n1704067200.1234,XYZUSDT,Buy,0.5,400,PlusTick,a-b,2e+10,0.5,200\n1704067200.5,XYZUSDT,Sell,2,399.5,MinusTick,c-d,8e+10,2,799\n`,
  );
  expect(reader).toBe('bybit-trades');
  expect(ticks).toMatchObject([
    {
      symbol: 'XYZUSDT',
      time: [1704067200.1234, 1704067200.5],
      price: [400, 399.5],
      qty: [0.5, 2],
      side: [1, -1],
    },
  ]);
});

test('reads inverse contracts in base units too: their foreign notional, not the contracts', async () => {
  const { ticks } = await ticksOf(
    `${header},RPI\n1651449601,XYZUSD,Sell,200,400,MinusTick,a-b,5e7,200,0.5,0\n1651449602,XYZUSD,Buy,100,400,ZeroPlusTick,c,2e7,100,0.25,0\n`,
  );
  expect(ticks[0]).toMatchObject({ qty: [0.5, 0.25], side: [-1, 1], faults: [] });
});
