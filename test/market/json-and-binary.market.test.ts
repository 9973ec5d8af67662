/** Real files of other formats than CSV; read from RISK_MARKET_DATA, which holds what the repository may not. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { headOf } from '../../src/io/head.ts';
import { openSources } from '../../src/io/open.ts';
import { arrowOhlcv } from '../../src/io/readers/arrow-ohlcv.ts';
import { ccxtOhlcv } from '../../src/io/readers/ccxt-ohlcv.ts';
import { freqtradeTrades } from '../../src/io/readers/freqtrade-trades.ts';
import { parquetTrades } from '../../src/io/readers/parquet-trades.ts';
import { wholeOf } from '../../src/io/source.ts';
import { codeOf } from '../support/codes.ts';
import { sourceOf } from '../support/source-of.ts';

const folder = process.env['RISK_MARKET_DATA'] ?? '';
const options = { timeOffset: 0 };

async function open(path: string) {
  const [source] = await openSources([join(folder, path)], '/');
  if (source === undefined) throw new Error(`${path} must be there`);
  return source;
}

describe.runIf(folder !== '')('JSON, Arrow and Parquet files (RISK_MARKET_DATA)', () => {
  test('a feather file of freqtrade, with nanosecond stamps and LZ4 buffers', async () => {
    const source = await open('formats/freqtrade_XRP_ETH-1m.feather');
    expect(arrowOhlcv.detect(headOf(source))).not.toBeNull();
    const [bars] = await arrowOhlcv.read(source, options);
    expect([bars?.length, bars?.faults, bars?.time[0], bars?.time[2468]]).toEqual([
      2469,
      [],
      Date.UTC(2019, 9, 11),
      Date.UTC(2019, 9, 13, 11, 19),
    ]);
    const whole = await wholeOf(source);
    for (let length = 1; length < whole.length; length += 97) {
      expect(await codeOf(() => arrowOhlcv.read(sourceOf(whole.slice(0, length)), options))).toMatch(
        /ROW_CUT|FILE_FORMAT/,
      );
    }
  });

  test('a Parquet file of trades, the same trades as the CSV beside it', async () => {
    const [ticks] = await parquetTrades.read(await open('formats/binance_btcusdt-trades.parquet'), options);
    const csv = await wholeOf(await open('ticks/binance_spot_BTCUSDT_trades_2021-01-08.csv'));
    const rows = Buffer.from(csv).toString().trim().split('\n').slice(1);
    expect(ticks?.length).toBe(rows.length);
    for (const [i, row] of rows.entries()) {
      const [, price, qty, time, maker] = row.split(',');
      expect([ticks?.price[i], ticks?.qty[i], ticks?.time[i], ticks?.side[i]]).toEqual([
        Number(price),
        Number(qty),
        Number(time),
        maker?.trim() === 'True' ? -1 : 1,
      ]);
    }
  });

  test('all JSON candles and trades of freqtrade, without a fault', async () => {
    const rows: number[] = [];
    for (const path of [
      'journals/freqtrade_1h_2021/candles_1h',
      'journals/freqtrade_1d_2020-2022/candles_1d',
    ]) {
      const sources = await openSources([join(folder, path)], '/');
      rows.push(sources.length);
      for (const source of sources) {
        expect(ccxtOhlcv.detect(headOf(source))).not.toBeNull();
        const [bars] = await ccxtOhlcv.read(source, options);
        const parsed: unknown = JSON.parse(Buffer.from(await wholeOf(source)).toString());
        expect([bars?.length, bars?.faults]).toEqual([Array.isArray(parsed) ? parsed.length : 0, []]);
      }
    }
    expect(rows).toEqual([50, 19]);
    const [ticks] = await freqtradeTrades.read(await open('ticks/freqtrade_XRP_ETH-trades.json'), options);
    expect([ticks?.length, ticks?.faults, ticks?.side[0]]).toEqual([12_477, [], -1]);
  });

  test('a backtest result is neither candles nor trades', async () => {
    const head = headOf(await open('journals/freqtrade_1h_2021/backtest-result-2021-06-06_15-51-08.json'));
    expect([ccxtOhlcv.detect(head), freqtradeTrades.detect(head)]).toEqual([null, null]);
  });
});
