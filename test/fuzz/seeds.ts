/** Small whole files of every dialect, with invented numbers: what the fuzzer begins with. */
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { arrowOfBars } from '../../src/io/write-arrow.ts';
import type { FileRole } from '../../src/model/study.ts';
import { HOUR, walkBars } from '../studies/backtest-stops/market.ts';

export type Seed = { readonly role: FileRole; readonly name: string; readonly bytes: Uint8Array };

const ROWS = 48;
const bars = walkBars(ROWS, 11);
const rows = Array.from({ length: ROWS }, (_, i) => {
  const at = (column: Float64Array) => column[i] ?? 0;
  return {
    time: at(bars.time),
    open: at(bars.open),
    high: at(bars.high),
    low: at(bars.low),
    close: at(bars.close),
    volume: at(bars.volume),
  };
});

const text = (lines: readonly (string | readonly (string | number)[])[]) =>
  new TextEncoder().encode(
    `${lines.map((line) => (typeof line === 'string' ? line : line.join(','))).join('\n')}\n`,
  );

export async function seeds(): Promise<Seed[]> {
  const generic = text(['timestamp,open,high,low,close,volume', ...rows.map((r) => Object.values(r))]);
  return [...ohlcvSeeds(generic), ...otherSeeds(), await arrowSeed()];
}

function ohlcvSeeds(generic: Uint8Array): Seed[] {
  const klines = rows.map((r) => [...Object.values(r), r.time + HOUR - 1, 5, 7, 2, 3, 0]);
  const reversed = [...rows].reverse();
  const cdd = reversed.map((r) => [
    r.time,
    '2023-11-15 00:00:00',
    'BTC/USDT',
    r.open,
    r.high,
    r.low,
    r.close,
    3,
    4,
    5,
  ]);
  const yahoo = rows.map((r, i) => [dayOf(i), r.open, r.high, r.low, r.close, r.close, 100]);
  const kraken = rows.map((r) => [r.time / 1000, r.open, r.high, r.low, r.close, r.volume, 4]);
  const bitfinex = rows.map((r) => [r.time, r.open, r.close, r.high, r.low, r.volume]);
  const ccxt = JSON.stringify(rows.map((r) => Object.values(r)));
  const role = 'ohlcv';
  return [
    { role, name: 'BTCUSDT-1h.csv', bytes: generic },
    { role, name: 'BTCUSDT-1h.csv.gz', bytes: gzipSync(generic) },
    { role, name: 'BTCUSDT-1h.zip', bytes: zipSync({ 'BTCUSDT-1h.csv': generic }) },
    { role, name: 'BTCUSDT-1h-klines.csv', bytes: text(klines) },
    {
      role,
      name: 'BTCUSDT_cdd.csv',
      bytes: text([
        'https://www.CryptoDataDownload.com',
        'unix,date,symbol,open,high,low,close,Volume BTC,Volume USDT,tradecount',
        ...cdd,
      ]),
    },
    { role, name: 'BTCUSDT_1d.csv', bytes: text(['Date,Open,High,Low,Close,Adj Close,Volume', ...yahoo]) },
    { role, name: 'BTCUSDT_60.csv', bytes: text(kraken) },
    { role, name: 'BTCUSDT_bitfinex.csv', bytes: text(bitfinex) },
    { role, name: 'BTC_USDT-1h.json', bytes: new TextEncoder().encode(ccxt) },
  ];
}

function otherSeeds(): Seed[] {
  const trades = rows.map((r, i) => [100 + i, r.close, 0.5, r.time, i % 2 === 0 ? 'true' : 'false']);
  const agg = rows.map((r, i) => [100 + i, r.close, 0.5, i, i + 1, r.time, 'false']);
  const funding = rows.map((r, i) => [r.time + 7 * i * HOUR, (i % 7) / 1e5]);
  const percent = [...rows]
    .reverse()
    .map(
      (_, i) =>
        `"2023-12-${String(30 - i).padStart(2, '0')} 08:00:00","BTCUSDT Perpetual","24h","0.0${10 + i}000%"`,
    );
  const journal = rows
    .slice(4, 40)
    .map((r) => ['BTCUSDT', 'long', r.time, r.open, r.time + 2 * HOUR, r.close]);
  const bare = rows.map((r) => [r.open, r.close, r.high, r.low, 1.5, 'short']);
  const freqtrade = {
    strategy: { Invented: { timeframe: '1h', trades: rows.slice(4, 40).map(freqtradeTrade) } },
  };
  return [
    {
      role: 'ticks',
      name: 'BTCUSDT-trades.csv',
      bytes: text(['id,price,qty,time,is_buyer_maker', ...trades]),
    },
    { role: 'ticks', name: 'BTCUSDT-aggTrades.csv', bytes: text(agg) },
    { role: 'funding', name: 'BTCUSDT-funding.csv', bytes: text(['timestamp,funding_rate', ...funding]) },
    {
      role: 'funding',
      name: 'export.csv',
      bytes: text(['"Time","Contracts","Funding Interval","Funding Rate"', ...percent.slice(0, 28)]),
    },
    {
      role: 'journal',
      name: 'journal.csv',
      bytes: text(['symbol,direction,entry_time,entry_price,exit_time,exit_price', ...journal]),
    },
    { role: 'journal', name: 'bare.csv', bytes: text(['entry,exit,high,low,atr,direction', ...bare]) },
    { role: 'journal', name: 'result.json', bytes: new TextEncoder().encode(JSON.stringify(freqtrade)) },
  ];
}

function freqtradeTrade({ time, open, close }: (typeof rows)[number]) {
  return {
    ...{ pair: 'BTC/USDT', open_rate: open, close_rate: close, amount: 1, fee_open: 0.001, fee_close: 0.001 },
    ...{ open_timestamp: time, close_timestamp: time + 2 * HOUR, sell_reason: 'roi', is_open: false },
  };
}

async function arrowSeed(): Promise<Seed> {
  return { role: 'ohlcv', name: 'BTCUSDT-1h.feather', bytes: await arrowOfBars(bars) };
}

function dayOf(i: number): string {
  const day = (i % 28) + 1;
  return `2023-${String(1 + Math.floor(i / 28)).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
