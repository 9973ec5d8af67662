/** The sizing study under the profiles, on bars and trades that a test invents. */
import { configTree } from '../../src/commands/config-tree.ts';
import { loadConfigWithoutFile, readSetting } from '../../src/io/config.ts';
import type { Bars } from '../../src/market/bars.ts';
import type { Journal, Trade } from '../../src/market/journal.ts';
import { MS_PER_DAY } from '../../src/model/time.ts';
import { type SizeInputs, size } from '../../src/studies/size.ts';
import { type SizeBound, type SizeResult, sizeResult } from '../../src/studies/size-result.ts';
import { START } from './raw-bars.ts';

export type Given = Partial<SizeInputs> & { readonly sets?: readonly string[]; readonly seed?: number };

export function sizeOutcome({ journal = null, ohlcv = [], sets = [], seed = 1 }: Given) {
  const { values } = loadConfigWithoutFile(
    configTree,
    sets.map((text) => readSetting(/^(guards|data)\./.test(text) ? text : `studies.size.${text}`)),
  );
  const outcome = size.run({ journal, ohlcv }, values, { seed, progress: () => undefined });
  if (outcome.result.bounds.length === 0) throw new Error('there are bounds');
  return { ...outcome, result: sizeResult.parse(outcome.result) };
}

export const sizeOf = (given: Given): SizeResult => sizeOutcome(given).result;

export function boundIn({ bounds }: SizeResult, name: SizeBound['name']): SizeBound {
  const found = bounds.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no bound ${name}`);
  return found;
}

/** Days whose closes make these returns, extremes at open and close. */
export function daysOf(returns: readonly number[], symbol = 'BTCUSDT'): Bars {
  let level = 100;
  const close = Float64Array.of(100, ...returns.map((one) => (level *= 1 + one)));
  const open = close.map((price, i) => (i === 0 ? price : close[i - 1]!));
  return {
    symbol,
    interval: MS_PER_DAY,
    time: close.map((_, i) => START + i * MS_PER_DAY),
    open,
    high: close.map((price, i) => Math.max(price, open[i]!)),
    low: close.map((price, i) => Math.min(price, open[i]!)),
    close,
    volume: close.map(() => 1),
  };
}

/** Longs from 100, `perDay` of them a day, one after the other. */
export function journalOf(returns: readonly number[], perDay = 1, more: Partial<Trade> = {}): Journal {
  const trades = returns.map((one, i): Trade => {
    const entryTime = START + Math.floor(i / perDay) * MS_PER_DAY + (i % perDay) * 60_000;
    return {
      id: i + 1,
      symbol: 'BTCUSDT',
      direction: 'long',
      entryTime,
      entryPrice: 100,
      exitTime: entryTime + 60_000,
      exitSlack: 0,
      exitPrice: 100 * (1 + one),
      exitKind: 'signal',
      feeEntry: 0,
      feeExit: 0,
      ...more,
    };
  });
  return { trades, bare: [], skipped: [], faults: [], findings: [] };
}
