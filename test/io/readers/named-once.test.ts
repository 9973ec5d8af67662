import { expect, test } from 'vitest';
import { barsOf, ticksOf } from '../../support/raw-of.ts';

test.each(['close', 'Close', 'time'])('bars with a second column %s are refused', async (name) => {
  await expect(barsOf(`time,open,high,low,close,${name}\n1609459200,1,1,1,1,2\n`)).rejects.toThrow(
    /FILE_FORMAT: a header must name a column once, was ".*" more than once \(a\.csv:1\)/,
  );
});

test('trades with two prices are refused', async () => {
  await expect(ticksOf('time,price,qty,price\n1609459200,1,1,1\n')).rejects.toThrow(/"price" more than once/);
});

test('a name that is not read may stand twice, and so may no name at all', async () => {
  expect(
    (await barsOf('time,open,high,low,close,x,x,,\n1609459200,1,1,1,1,2,3,,\n')).bars[0]?.faults,
  ).toEqual([]);
});
