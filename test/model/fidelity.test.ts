/** Each flag is named by a test; here those of sources, scenarios and single trades, raised by what they mean and by nothing less. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { configTree } from '../../src/commands/config-tree.ts';
import { loadInputs } from '../../src/commands/load.ts';
import { loadConfigWithoutFile } from '../../src/io/config.ts';
import { bookOf } from '../../src/io/portfolio-text.ts';
import type { Bars } from '../../src/market/bars.ts';
import type { Journal, Trade } from '../../src/market/journal.ts';
import { fidelityFlags } from '../../src/model/fidelity.ts';
import { backtestStops } from '../../src/studies/backtest-stops.ts';
import { replay } from '../../src/studies/replay.ts';
import { replayInputs, replayTree } from '../support/replay-study.ts';
import { scratch } from '../support/scratch.ts';
import { shellIn } from '../support/shell.ts';
import { START, smallScenario } from '../support/small-scenario.ts';
import { ctx, stressOf, treeOf } from '../support/stress-study.ts';
import { barsOf, HOUR } from '../support/venue-scene.ts';

const tests = fileURLToPath(new URL('..', import.meta.url));

test.each(Object.keys(fidelityFlags))('%s is named by a test', (flag) => {
  const texts = readdirSync(tests, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(tests, name), 'utf8'));
  expect(texts.some((text) => text.includes(`'${flag}'`))).toBe(true);
});

describe('a stress test', () => {
  const scenario = smallScenario({ kind: 'historical' });
  /** Two days before the event and the day of it, hour by hour. */
  const recorded = (symbol: string) => ({
    file: `${symbol}-perp.csv`,
    market: 'perp' as const,
    bars: barsOf(
      Array.from({ length: 73 }, () => [100, 101, 99, 100] as const),
      { symbol, start: START - 48 * HOUR },
    ),
  });
  const book = (symbol: string) => `account: { balance: 1000, venue: test }
positions: [{ symbol: ${symbol}, qty: 1, entry: 100, leverage: 2 }]
`;

  test('is points-interpolated where prices come from the points of the file, not where all were recorded', () => {
    expect(stressOf([scenario]).fidelity).toContain('points-interpolated');
    const all = stressOf([scenario], { recorded: [recorded('BTCUSDT')] });
    expect(all.result.scenarios[0]?.mapping[0]?.by).toBe('market');
    expect(all.fidelity).not.toContain('points-interpolated');
  });

  test('has proxy-history where an asset follows another one, not where it has prices of its own', () => {
    // DEFAULT: 1.5 times the moves of BTC.
    const followed = stressOf([scenario], { book: book('PEPEUSDT') });
    expect(followed.fidelity).toContain('proxy-history');
    expect(stressOf([scenario], { book: book('BTCUSDT') }).fidelity).not.toContain('proxy-history');
    const own = stressOf([scenario], { book: book('PEPEUSDT'), recorded: [recorded('PEPEUSDT')] });
    expect(own.fidelity).not.toContain('proxy-history');
  });
});

describe('opens-clipped', () => {
  /** Closes 100, 101, ...: every open repeats the close before it, which lies below the low of its bar by `below`. */
  const file = (below: number) =>
    `timestamp,open,high,low,close,volume\n${Array.from({ length: 30 }, (_, i) => {
      const close = 100 + i;
      return `${START + i * HOUR},${close - 1},${close + 1},${close - 1 + (i === 0 ? 0 : below)},${close},7`;
    }).join('\n')}\n`;
  const fidelityOf = async (below: number) => {
    const { shell } = shellIn(await scratch({ 'BTCUSDT-1h.csv': file(below) }));
    const { values } = loadConfigWithoutFile(configTree, []);
    const data = { ...values.data, ohlcv: ['BTCUSDT-1h.csv'] };
    return (await loadInputs(shell, data, { roles: ['ohlcv'], fromSample: [] })).fidelity;
  };

  test('is said where opens that repeat the close before lie outside of their bar, and not where they lie at its low', async () => {
    expect(await fidelityOf(0.5)).toContain('opens-clipped');
    expect(await fidelityOf(0)).not.toContain('opens-clipped');
  });
});

const flat = barsOf(
  Array.from({ length: 60 }, () => [100, 101, 99, 100] as const),
  { start: START },
);

const trade: Trade = {
  id: 1,
  symbol: 'BTCUSDT',
  direction: 'long',
  entryTime: START + 30 * HOUR,
  entryPrice: 100,
  exitTime: START + 50 * HOUR,
  exitSlack: 0,
  exitPrice: 100,
  exitKind: 'signal',
};

const journalOf = (...trades: readonly Trade[]): Journal => ({
  trades,
  bare: [],
  skipped: [],
  faults: [],
  findings: [],
});

describe('gaps-bridged', () => {
  const without = (hour: number): Bars => {
    const keep = (column: Float64Array) => column.filter((_, i) => i !== hour);
    const { symbol, interval, time, open, high, low, close, volume } = flat;
    const [prices, closes] = [
      { open: keep(open), high: keep(high) },
      { low: keep(low), close: keep(close) },
    ];
    return { symbol, interval, time: keep(time), ...prices, ...closes, volume: keep(volume) };
  };
  const journal = journalOf(trade);
  const book = bookOf(
    'account: { balance: 1000, venue: test }\npositions: [{ symbol: BTCUSDT, qty: 1, entry: 100, leverage: 2 }]\n',
    'book.yaml',
  );

  test('is said of a stop study where a bar is missing inside a trade, not where it is missing before', () => {
    const fidelity = (bars: Bars) =>
      backtestStops.run({ journal, ohlcv: [bars], ticks: [] }, treeOf(), ctx).fidelity;
    expect(fidelity(without(40))).toContain('gaps-bridged');
    expect(fidelity(without(20))).not.toContain('gaps-bridged');
    expect(fidelity(flat)).not.toContain('gaps-bridged');
  });

  test('is said of a replay likewise, of a journal and of a book', () => {
    const of = (bars: Bars, held: object) =>
      replay.run(replayInputs({ ohlcv: [bars], ...held }), replayTree('venue.name=test'), ctx).fidelity;
    expect(of(without(40), { journal })).toContain('gaps-bridged');
    expect(of(without(20), { journal })).not.toContain('gaps-bridged');
    expect(of(without(40), { book })).toContain('gaps-bridged');
    expect(of(flat, { book })).not.toContain('gaps-bridged');
  });
});

test('overlapping is said where a trade begins before another one of its symbol ends, not where it begins then', () => {
  const fidelity = (hour: number) => {
    const later = { ...trade, id: 2, entryTime: START + hour * HOUR, exitTime: START + 55 * HOUR };
    const inputs = { journal: journalOf(trade, later), ohlcv: [flat], ticks: [] };
    return backtestStops.run(inputs, treeOf(), ctx).fidelity;
  };
  expect(fidelity(49)).toContain('overlapping');
  expect(fidelity(50)).not.toContain('overlapping');
});
