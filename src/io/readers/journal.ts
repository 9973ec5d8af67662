/** The readers of journals in the order in which they are asked: the narrow dialects before the generic ones. */
import type { JournalReader } from '../reader.ts';
import { bareJournal } from './bare-journal.ts';
import { freqtradeBacktest } from './freqtrade-backtest.ts';
import { genericJournal } from './generic-journal.ts';
import { hyperliquidFills } from './hyperliquid-fills.ts';

export const journalReaders: readonly JournalReader[] = [
  freqtradeBacktest,
  hyperliquidFills,
  bareJournal,
  genericJournal,
];
