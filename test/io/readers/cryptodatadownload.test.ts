import { expect, test } from 'vitest';
import { barsOf } from '../../support/raw-of.ts';

test('reads behind the address, newest row first, by its epoch and the volume of the base asset', async () => {
  const { reader, why, bars } = await barsOf(
    'https://www.CryptoDataDownload.com\n' +
      'unix,date,symbol,open,high,low,close,Volume ABC,Volume USDT,tradecount\n' +
      '1609462800000,2021-01-01 01:00:00,ABC/USDT,101,104,100,102,6,600,12\n' +
      '1609459200000,2021-01-01 00:00:00,ABC/USDT,100,103,99,101,5,500,NULL\n',
  );
  expect([reader, why]).toEqual([
    'cryptodatadownload',
    'the address of CryptoDataDownload in line 1 and its columns unix, date, symbol, ...',
  ]);
  expect(bars).toEqual([
    {
      symbol: 'ABCUSDT',
      time: [1609462800000, 1609459200000],
      open: [101, 100],
      high: [104, 103],
      low: [100, 99],
      close: [102, 101],
      volume: [6, 5],
      lines: [3, 4],
      faults: [],
      stampIsEnd: null,
    },
  ]);
});

test('reads seconds with a point, and takes them where the date beside them says only the day', async () => {
  const { reader, bars } = await barsOf(
    'unix,date,symbol,open,high,low,close,Volume XYZ,Volume USD\n1605553200.0,2020-11-16,XYZUSD,1,1,1,1,2,3\n',
  );
  expect([reader, bars[0]?.time, bars[0]?.volume]).toEqual(['cryptodatadownload', [1605553200], [2]]);
});

test('reads dates of hours with AM and PM where there is no epoch', async () => {
  const { reader, bars } = await barsOf(
    'https://www.CryptoDataDownload.com\nDate,Symbol,Open,High,Low,Close,Volume XYZ\n2020-11-16 07-PM,XYZUSD,1,1,1,1,2\n',
  );
  expect([reader, bars[0]?.time]).toEqual(['generic-ohlcv', [Date.UTC(2020, 10, 16, 19)]]);
});
