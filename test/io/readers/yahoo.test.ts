import { expect, test } from 'vitest';
import { barsOf } from '../../support/raw-of.ts';

test('reads the close that traded, not the adjusted one, and makes faults of null rows', async () => {
  const { reader, bars } = await barsOf(
    'Date,Open,High,Low,Close,Adj Close,Volume\n2021-12-15,10,12,9,11,5.5,100\n2021-12-16,null,null,null,null,null,null\n',
  );
  expect(reader).toBe('yahoo');
  expect(bars[0]).toMatchObject({ time: [Date.UTC(2021, 11, 15)], close: [11], faults: [[3, 'ROW_NUMBER']] });
});
