/** The readers of trades in the order in which they are asked: the narrow dialects before the generic ones. */
import type { TicksReader } from '../reader.ts';
import { arrowTrades } from './arrow-trades.ts';
import { binanceAggTrades } from './binance-agg-trades.ts';
import { binanceTrades } from './binance-trades.ts';
import { bybitTrades } from './bybit-trades.ts';
import { ccxtTrades } from './ccxt-trades.ts';
import { freqtradeTrades } from './freqtrade-trades.ts';
import { genericTrades } from './generic-trades.ts';
import { krakenTrades } from './kraken-trades.ts';
import { parquetTrades } from './parquet-trades.ts';

export const ticksReaders: readonly TicksReader[] = [
  arrowTrades,
  parquetTrades,
  freqtradeTrades,
  ccxtTrades,
  binanceAggTrades,
  binanceTrades,
  bybitTrades,
  krakenTrades,
  genericTrades,
];
