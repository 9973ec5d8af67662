import { expect, test } from 'vitest';
import { barsOf } from '../../support/raw-of.ts';

const text = '0,100,103,99,101,5\n36000000,101,104,100,102,6\n86340000,102,104,100,103,6\n';
const day = Date.UTC(2022, 11, 13);

test.each(['20221213_xyzusdt_minute_trade.csv', 'lean_xyz_2022-12-13.csv'])(
  'takes the day from the name %s',
  async (name) => {
    const { reader, bars } = await barsOf(text, { name });
    expect([reader, bars[0]?.time]).toEqual(['lean', [day, day + 36_000_000, day + 86_340_000]]);
    expect(bars[0]).toMatchObject({ close: [101, 102, 103], faults: [] });
  },
);

test('takes a time offset off the whole time', async () => {
  const { bars } = await barsOf(text, { name: '20221213_trade.csv', timeOffset: 3_600_000 });
  expect(bars[0]?.time[0]).toBe(day - 3_600_000);
});

test.each(['trade.csv', '20221332_trade.csv', '120221213_trade.csv'])('refuses the name %s', async (name) => {
  await expect(barsOf(text, { name })).rejects.toThrow(
    new RegExp(
      `ROW_TIME: the name of a LEAN file must hold its day.*\\(${name}\\).*Put the day into the name`,
    ),
  );
});
