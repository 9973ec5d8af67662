/** The readers of bars in the order in which they are asked: the narrow dialects before the generic ones. */
import type { OhlcvReader } from '../reader.ts';
import { arrowOhlcv } from './arrow-ohlcv.ts';
import { binanceKlines } from './binance-klines.ts';
import { bitfinex } from './bitfinex.ts';
import { bitmex } from './bitmex.ts';
import { ccxtOhlcv } from './ccxt-ohlcv.ts';
import { cryptodatadownload } from './cryptodatadownload.ts';
import { genericOhlcv } from './generic-ohlcv.ts';
import { krakenOhlcvt } from './kraken-ohlcvt.ts';
import { lean } from './lean.ts';
import { parquetOhlcv } from './parquet-ohlcv.ts';
import { plainOhlcv } from './plain-ohlcv.ts';
import { yahoo } from './yahoo.ts';

export const ohlcvReaders: readonly OhlcvReader[] = [
  arrowOhlcv,
  parquetOhlcv,
  ccxtOhlcv,
  binanceKlines,
  cryptodatadownload,
  yahoo,
  bitmex,
  genericOhlcv,
  krakenOhlcvt,
  lean,
  bitfinex,
  plainOhlcv,
];
