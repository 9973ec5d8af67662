/** Real CSV files of bars and trades, against their own text split by hand; read from RISK_MARKET_DATA. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pickReader } from '../../src/io/detect.ts';
import { headOf } from '../../src/io/head.ts';
import { openSources } from '../../src/io/open.ts';
import { ohlcvReaders } from '../../src/io/readers/ohlcv.ts';
import { ticksReaders } from '../../src/io/readers/ticks.ts';

const folder = process.env['RISK_MARKET_DATA'] ?? '';

async function open(path: string) {
  const [source] = await openSources([join(folder, path)], '/');
  if (source === undefined) throw new Error(`${path} must be there`);
  return source;
}

async function bars(path: string) {
  const source = await open(path);
  const { reader } = pickReader(ohlcvReaders, headOf(source), { named: null, file: path, role: 'ohlcv' });
  const [raw, ...others] = await reader.read(source, { timeOffset: 0 });
  if (raw === undefined || others.length > 0) throw new Error(`${path} must hold one symbol`);
  return { reader: reader.name, raw };
}

async function ticks(path: string) {
  const source = await open(path);
  const { reader } = pickReader(ticksReaders, headOf(source), { named: null, file: path, role: 'ticks' });
  const [raw, ...others] = await reader.read(source, { timeOffset: 0 });
  if (raw === undefined || others.length > 0) throw new Error(`${path} must hold one symbol`);
  return { reader: reader.name, raw };
}

/** The cells of one column below `skip` lines, by the plainest split there is. */
function cells(path: string, skip: number, place: number): number[] {
  const lines = readFileSync(join(folder, path), 'utf8').split(/\r?\n/).slice(skip);
  return lines.filter((line) => line !== '').map((line) => Number(line.split(',')[place]));
}

describe.runIf(folder !== '')('CSV files of bars (RISK_MARKET_DATA)', () => {
  test('every crisis file is read whole, cell by cell', async () => {
    const names = readdirSync(join(folder, 'crisis')).map((name) => `crisis/${name}`);
    expect(names.length).toBe(34);
    for (const path of names) {
      const { reader, raw } = await bars(path);
      const isBitmex = path.includes('bitmex');
      expect([path, reader, raw.faults]).toEqual([path, isBitmex ? 'bitmex' : 'generic-ohlcv', []]);
      const header = (readFileSync(join(folder, path), 'utf8').split(/\r?\n/)[0] ?? '').split(',');
      for (const name of ['open', 'high', 'low', 'close', 'volume'] as const) {
        const wanted = cells(path, 1, header.indexOf(name));
        expect([...raw[name]], `${path} ${name}`).toEqual(wanted);
      }
    }
  });

  test.each([
    ['formats/bitfinex_OCHL_noheader_BTCUSD_1m_first20000.csv', 'bitfinex', 0, [1, 3, 4, 2, 5]],
    ['formats/cryptodatadownload_Kraken_SOLUSD_1h.csv', 'generic-ohlcv', 1, [2, 3, 4, 1, 5]],
    ['formats/cryptodatadownload_url-line_BTCUSDT_futures_1h.csv', 'cryptodatadownload', 2, [3, 4, 5, 6, 7]],
    ['formats/ftx_FTT-PERP.csv', 'generic-ohlcv', 1, [1, 2, 3, 4, 5]],
    ['formats/lean_bybit_BTCUSDT_1m_2022-12-13.csv', 'lean', 0, [1, 2, 3, 4, 5]],
    ['formats/tradingview-like_BTCUSD_monthly.csv', 'generic-ohlcv', 1, [1, 2, 3, 4, 5]],
    ['formats/yahoo_FTT-USD_1d.csv', 'yahoo', 1, [1, 2, 3, 4, 6]],
    ['broken/skender_mismatch.csv', 'generic-ohlcv', 1, [1, 2, 3, 4, 5]],
    ['broken/skender_toobig.csv', 'generic-ohlcv', 1, [1, 2, 3, 4, 5]],
    ['broken/skender_zeros.csv', 'generic-ohlcv', 1, [1, 2, 3, 4, 5]],
  ])('%s is read by %s, cell by cell', async (path, name, skip, places) => {
    const { reader, raw } = await bars(path);
    expect([reader, raw.faults]).toEqual([name, []]);
    const columns = [raw.open, raw.high, raw.low, raw.close, raw.volume];
    for (const [i, column] of columns.entries()) {
      expect([...column]).toEqual(cells(path, skip, places[i] ?? -1));
    }
    expect(raw.line(0)).toBe(skip + 1);
  });

  test('empty rows of a broken file are faults, each with its line', async () => {
    const { raw } = await bars('broken/skender_bad.csv');
    const lines = readFileSync(join(folder, 'broken/skender_bad.csv'), 'utf8').split(/\r?\n/);
    const empty = lines.flatMap((line, i) =>
      i > 0 && line !== '' && line.split(',').includes('') ? [i + 1] : [],
    );
    expect(empty.length).toBeGreaterThan(0);
    expect(raw.faults.map(({ line }) => line)).toEqual(empty);
    expect(raw.length + raw.faults.length).toBe(lines.filter((line) => line !== '').length - 1);
  });

  test('seconds and milliseconds of one column stay as they are written, for the gate to tell', async () => {
    const path = 'broken/cdd_mixed-epoch_newest-first_duplicates_ETHUSDT_1h.csv';
    const { reader, raw } = await bars(path);
    expect([reader, raw.symbol, raw.faults]).toEqual(['cryptodatadownload', 'ETHUSDT', []]);
    expect(new Set(raw.time.map((stamp) => (stamp < 1e11 ? 1 : 1000)))).toEqual(new Set([1, 1000]));
  });

  test.each([
    'broken/hyperliquid_fills_truncated-last-line.csv',
    'broken/synthetic_posing_as_btc_funding.csv',
  ])('%s holds no bars, and is refused with the ways to read it', async (path) => {
    await expect(bars(path)).rejects.toThrow(/FILE_FORMAT: .*none of those.*--reader/);
  });
});

describe.runIf(folder !== '')('CSV files of trades (RISK_MARKET_DATA)', () => {
  test.each([
    ['ticks/binance_coinm_BTCUSD_PERP_trades_2024-08-08.csv', 'binance-trades', 1, [3, 1, 2]],
    ['ticks/binance_futures_ETH_public_trades_indexed.csv', 'generic-trades', 1, [1, 5, 6]],
    ['ticks/binance_futures_aggTrades_header_sample.csv', 'binance-agg-trades', 1, [5, 1, 2]],
    ['ticks/binance_spot_BTCUSDT_trades_2021-01-08.csv', 'binance-trades', 1, [3, 1, 2]],
    ['ticks/binance_usdm_BTCUSDT_trades_2024-08-08.csv', 'binance-trades', 1, [3, 1, 2]],
    ['ticks/gocryptotrader_BTCUSDT_trades_2020-11-16.csv', 'generic-trades', 0, [0, 1, 2]],
    ['ticks/kraken_trades_csv_BCHEUR.csv', 'kraken-trades', 0, [0, 1, 2]],
    ['ticks/kraken_trades_csv_incremental_q2_BCHEUR.csv', 'kraken-trades', 0, [0, 1, 2]],
  ])('%s is read by %s, cell by cell', async (path, name, skip, places) => {
    const { reader, raw } = await ticks(path);
    expect([reader, raw.faults]).toEqual([name, []]);
    for (const [i, column] of [raw.time, raw.price, raw.qty].entries()) {
      expect([...column]).toEqual(cells(path, skip, places[i] ?? -1));
    }
  });
});
