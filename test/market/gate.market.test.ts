import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectFiles } from '../../src/io/inspect-files.ts';
import { readOhlcvFiles } from '../../src/io/read-files.ts';
import type { Bars } from '../../src/market/bars.ts';
import { firstAtOrAfter } from '../../src/market/bars.ts';
import { maxDrawdown } from '../../src/math/drawdown.ts';

const folder = process.env['RISK_MARKET_DATA'];

const options = {
  cwd: '/',
  reader: null,
  symbol: null,
  strategy: null,
  timeOffset: 0,
  onBadRow: 'error',
  stamps: 'auto',
  maxGap: 3,
} as const;

async function one(name: string) {
  const [read] = await readOhlcvFiles([join(folder ?? '', name)], options);
  if (read === undefined) throw new Error(`${name} holds no series`);
  return read;
}

/** In percent with two places, as the notes beside the files give it. */
function fall({ time, close }: Bars, from = 0): string {
  return (-100 * maxDrawdown(close.subarray(firstAtOrAfter(time, from))).drawdown).toFixed(2);
}

describe.skipIf(folder === undefined)('the data gate on real files (RISK_MARKET_DATA)', () => {
  it('reproduces the drawdowns on closes that are stated of the crises', async () => {
    const march = Date.UTC(2020, 2, 1);
    expect(fall((await one('crisis/2020-03_binance_perp_BTCUSDT_1h.csv')).data, march)).toBe('-55.65');
    expect(fall((await one('crisis/2020-03_bitmex_XBTUSD_1m.csv')).data)).toBe('-60.83');
    expect(fall((await one('crisis/2021-05_binance_spot_ETHUSDT_1h.csv')).data)).toBe('-57.35');
    expect(fall((await one('crisis/2022-11_binance_spot_FTTUSDT_1h.csv')).data)).toBe('-95.19');
    expect(fall((await one('crisis/2022-11_binance_perp_SOLUSDT_15m.csv')).data)).toBe('-75.47');
  });

  it('moves the stamps of BitMEX from the ends of bars to their opens', async () => {
    const { bars } = { bars: (await one('crisis/2020-03_bitmex_XBTUSD_1m.csv')).data };
    const lowest = bars.low.indexOf(bars.low.reduce((a, b) => Math.min(a, b)));
    expect(bars.low[lowest]).toBe(3596);
    // The file stamps this bar 02:16, its end.
    expect(bars.time[lowest]).toBe(Date.UTC(2020, 2, 13, 2, 15));
  });

  it.each([
    ['crisis/2020-03_bitmex_XBTUSD_1m.csv', 1199],
    ['crisis/2021-05_bitmex_XBTUSD_1m.csv', 5622],
  ])('clips the opens of %s that repeat a close outside their bar', async (name, count) => {
    const { data, findings, input } = await one(name);
    expect(findings.find(({ code }) => code === 'opens-previous-close')?.count).toBe(count);
    expect(input).toMatchObject({ rows: 44_640, rejected: 0 });
    expect(data.open.every((open, i) => open >= data.low[i]! && open <= data.high[i]!)).toBe(true);
  });

  it('sees the hole after which LUNA is another asset', async () => {
    const name = 'crisis/2022-05_binance_spot_LUNAUSDT_30m_incl_symbol_reuse.csv';
    const { findings } = await one(name);
    expect(findings.find(({ code }) => code === 'symbol-reuse')).toMatchObject({
      count: 1,
      line: 580,
      example: '2022-05-13 00:30 0.00005 -> 2022-05-31 06:00 8.693',
    });
  });

  it('reads the file of mixed epochs: 2,649 repeated hours, no row out of order', async () => {
    const read = await one('broken/cdd_mixed-epoch_newest-first_duplicates_ETHUSDT_1h.csv');
    expect(read.counts).toMatchObject({ duplicates: 2649, missing: 16 });
    expect(read.input).toMatchObject({ rows: 36_062, rejected: 0 });
    expect(read.findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining([
        'mixed-epochs',
        'newest-first',
        'duplicate',
        'duplicate-conflict',
        'bad-print',
      ]),
    );
  });

  it('takes no bar of a crisis for a bad print', async () => {
    const names = readdirSync(join(folder ?? '', 'crisis')).map((name) => join(folder ?? '', 'crisis', name));
    const { series, refused } = await inspectFiles(names, { ...options, onBadRow: 'drop' });
    expect(refused).toEqual([]);
    expect(series.length).toBe(names.length);
    const prints = series.filter(({ read }) => read.findings.some(({ code }) => code === 'bad-print'));
    expect(prints.map(({ read }) => read.input.path)).toEqual([]);
    expect(series.filter(({ read }) => read.faults.length > 0)).toEqual([]);
  });

  it('takes the print of LINK at 0.0001 in March 2020 for one', async () => {
    const { findings } = await one('journals/freqtrade_1d_2020-2022/candles_1d/LINK_USDT-1d.json');
    expect(findings.find(({ code }) => code === 'bad-print')).toMatchObject({ count: 1, line: 72 });
  });
});
