/**
 * The results of a freqtrade backtest: `{ strategy: { Name: { timeframe, trades: [...] } } }`, with the names of all
 * versions since 2020 (`sell_reason` became `exit_reason`).
 *
 * RULES 1.5: stamps are opens of candles. Entries, and exits by signal or force, happen at that instant; a stop, a
 * trailing stop, a target (roi) or a liquidation lies somewhere in the candle that begins there.
 */
import { exitKindOf } from '../../market/exit-kind.ts';
import type { ExitKind, Journal, Trade } from '../../market/journal.ts';
import type { RowFault } from '../../market/raw.ts';
import { canonicalSymbol } from '../../market/symbol.ts';
import { DataError } from '../../model/errors.ts';
import { parseDuration } from '../../model/time.ts';
import { isObject, jsonOf } from '../json-file.ts';
import type { JournalReader, ReadOptions } from '../reader.ts';
import type { Source } from '../source.ts';
import * as field from './journal-fields.ts';
import { stampOf } from './stamp.ts';

export const freqtradeBacktest: JournalReader = {
  role: 'journal',
  name: 'freqtrade-backtest',
  detect: (head) => {
    const text = head.text?.trimStart() ?? '';
    const found = /^\{[\s\S]*?"strategy"\s*:\s*\{\s*"[^"]*"\s*:\s*\{/.test(text) && text.includes('"trades"');
    return found ? 'a JSON object with "strategy" and its "trades"' : null;
  },
  read: readFreqtradeBacktest,
};

type Json = { readonly [name: string]: unknown };

async function readFreqtradeBacktest(source: Source, options: ReadOptions): Promise<Journal> {
  const results = strategyIn(await jsonOf(source), source.path, options.strategy);
  const list = results['trades'];
  if (!Array.isArray(list)) throw malformed('a strategy must have a list of trades, had none', source.path);
  const candle = candleOf(results, source.path);
  const clock: field.Clock = { read: stampOf, offset: options.timeOffset };
  const trades: Trade[] = [];
  const faults: RowFault[] = [];
  list.forEach((item: unknown, i) => {
    const read = field.rowOrFault(null, () => tradeOf(i + 1, item, candle, clock));
    if ('code' in read) faults.push({ ...read, message: `trade ${i + 1}: ${read.message}` });
    else trades.push(read);
  });
  return { trades, bare: [], skipped: [], faults, findings: [] };
}

function strategyIn(root: unknown, file: string, wanted: string | undefined): Json {
  const strategies = isObject(root) ? root['strategy'] : null;
  if (!isObject(strategies))
    throw malformed('a freqtrade result must have the key "strategy", had none', file);
  const names = Object.keys(strategies);
  const [first = ''] = names;
  if (wanted === undefined && names.length !== 1) {
    throw new DataError({
      code: 'FILE_FORMAT',
      message: `a journal must come from one strategy, the file holds ${names.length}: ${names.join(', ')}`,
      place: { file },
      remedy: 'Choose one with --strategy',
    });
  }
  const results = strategies[wanted ?? first];
  if (isObject(results)) return results;
  throw malformed(`the strategy must be one of ${names.join(', ')}, was ${wanted ?? first}`, file);
}

/** How long an exit inside a candle may take after its stamp: exits are stamped by the finest candles of the run. */
function candleOf(results: Json, file: string): number {
  const detail = results['timeframe_detail'];
  const timeframe = typeof detail === 'string' && detail !== '' ? detail : results['timeframe'];
  const ms = typeof timeframe === 'string' ? parseDuration(timeframe) : null;
  if (ms !== null) return ms;
  throw malformed(`a strategy must state its timeframe (15m, 1h), was ${JSON.stringify(timeframe)}`, file);
}

function malformed(message: string, file: string): DataError {
  return new DataError({ code: 'FILE_FORMAT', message, place: { file } });
}

function tradeOf(id: number, item: unknown, candle: number, clock: field.Clock): Trade {
  if (!isObject(item)) throw new field.RowError('ROW_VALUE', `a trade must be an object, was ${typeof item}`);
  const text = (name: string) => textOf(item[name]);
  const entryTime = field.timeOf('open_timestamp', text('open_timestamp') || text('open_date'), clock);
  const exitTime = field.timeOf('close_timestamp', text('close_timestamp') || text('close_date'), clock);
  if (exitTime < entryTime) {
    throw new field.RowError(
      'ROW_VALUE',
      `the close must not come before the open, was ${text('close_date')}`,
    );
  }
  const symbol = canonicalSymbol(text('pair'));
  if (symbol === '') throw new field.RowError('SYMBOL_UNKNOWN', 'a trade must name its pair, named none');
  const kind = kindOf(text('exit_reason') || text('sell_reason'), text('is_open'));
  return {
    id,
    symbol,
    direction: text('is_short') === 'true' ? 'short' : 'long',
    entryTime,
    entryPrice: field.priceOf('open_rate', text('open_rate')),
    exitTime,
    exitSlack: isInsideCandle(kind) ? candle : 0,
    exitPrice: field.priceOf('close_rate', text('close_rate')),
    exitKind: kind,
    ...extrasOf(text),
  };
}

/**
 * A trade that was open at the end of the run was closed by force. Any text that is no reason of freqtrade's own is
 * the tag of an exit signal or of the strategy's own exit, both of which fill at the open of their candle.
 */
function kindOf(reason: string, isOpen: string): ExitKind {
  if (isOpen === 'true') return 'forced';
  const kind = exitKindOf(reason);
  return kind === 'unknown' && reason !== '' ? 'signal' : kind;
}

/** An exit whose reason is not given may lie anywhere in its candle. */
function isInsideCandle(kind: ExitKind): boolean {
  return kind !== 'signal' && kind !== 'forced';
}

function extrasOf(text: (name: string) => string): Partial<Trade> {
  const qty = field.optional('amount', text('amount'), { above: 0 });
  const leverage = field.optional('leverage', text('leverage'), { above: 0 });
  const feeEntry = field.optional('fee_open', text('fee_open'), field.FEE_RANGE);
  const feeExit = field.optional('fee_close', text('fee_close'), field.FEE_RANGE);
  return {
    ...(qty === undefined ? {} : { qty }),
    ...(leverage === undefined ? {} : { leverage }),
    ...(feeEntry === undefined ? {} : { feeEntry }),
    ...(feeExit === undefined ? {} : { feeExit }),
  };
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
