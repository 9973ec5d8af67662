/** Goldens: the README of the market files and the summaries inside the files themselves. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { headOf } from '../../src/io/head.ts';
import { type OpenedSource, openSources } from '../../src/io/open.ts';
import { fillsOf, ticksOf } from '../../src/io/readers/hyperliquid-fills.ts';
import { journalReaders } from '../../src/io/readers/journal.ts';
import { recordsOf } from '../../src/io/readers/records.ts';
import type { Journal, Trade } from '../../src/market/journal.ts';
import { foldFills } from '../../src/market/round-trips.ts';

const folder = process.env['RISK_MARKET_DATA'];

async function opened(name: string): Promise<OpenedSource> {
  const [source] = await openSources([join(folder ?? '', name)], '/');
  if (source === undefined) throw new Error(`${name} must exist`);
  return source;
}

async function read(name: string): Promise<Journal & { readonly reader: string }> {
  const source = await opened(name);
  const readers = journalReaders.filter((one) => one.detect(headOf(source)) !== null);
  const [reader] = readers;
  if (reader === undefined) throw new Error(`${name} must be known`);
  return { ...(await reader.read(source, { timeOffset: 0 })), reader: reader.name };
}

function countsOf(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

const reasons = (journal: Journal) => countsOf(journal.skipped.map(({ reason }) => reason));
const kinds = (journal: Journal) => countsOf(journal.trades.map(({ exitKind }) => exitKind));

/** The return of a trade as freqtrade counts it: what is got back over what was paid, fees on both sides. */
function returnOf({ entryPrice, exitPrice, feeEntry = 0, feeExit = 0 }: Trade): number {
  return (exitPrice * (1 - feeExit)) / (entryPrice * (1 + feeEntry)) - 1;
}

const H1 = 'journals/freqtrade_1h_2021/backtest-result-2021-06-06_15-51-08.json';
const D1 = 'journals/freqtrade_1d_2020-2022/backtest-result-2022-03-24_04-42-10.json';
const FILLS = 'journals/hyperliquid_fills_14k.csv';

describe.skipIf(folder === undefined)('journals (RISK_MARKET_DATA)', () => {
  it.each([
    [H1, { signal: 617, target: 2333, stop: 50, forced: 15 }, 900_000, 0.006809722852404643],
    [D1, { signal: 70, target: 1, stop: 119, forced: 4 }, 86_400_000, 0.9567646592783504],
  ])('read every trade of %s, and reproduce its mean profit', async (name, expected, candle, profitMean) => {
    const journal = await read(name);
    expect(journal.reader).toBe('freqtrade-backtest');
    expect(journal.faults).toEqual([]);
    expect(kinds(journal)).toEqual(expected);
    expect(new Set(journal.trades.map(({ exitSlack }) => exitSlack))).toEqual(new Set([0, candle]));
    const returns = journal.trades.map(returnOf);
    expect(returns.reduce((sum, one) => sum + one, 0) / returns.length).toBeCloseTo(profitMean, 6);
  });

  it('read the 91 paper trades between two placeholder rows, all at 10x', async () => {
    const journal = await read('journals/paper_perp_10x_2021-04.csv');
    expect(reasons(journal)).toEqual({ placeholder: 1, 'still-open': 1 });
    expect(journal.faults).toEqual([]);
    expect(journal.trades).toHaveLength(91);
    expect(new Set(journal.trades.map(({ leverage }) => leverage))).toEqual(new Set([10]));
    expect(new Set(journal.trades.map(({ symbol }) => symbol))).toEqual(new Set(['BTCUSDT']));
  });

  it('read the journal without sizes, whose stamps follow the summer time of the United States', async () => {
    const journal = await read('journals/trade_journal_ETH_2026_01_01_16_55.csv');
    expect(journal.faults).toEqual([]);
    expect(journal.trades).toHaveLength(1103);
    expect(journal.trades.some(({ qty }) => qty !== undefined)).toBe(false);
    // Clocks went forward on 9 March and back on 2 November 2025.
    expect(journal.findings).toMatchObject([{ code: 'local-times', count: 2 }]);
    expect(journal.findings[0]?.example).toContain('2025-03-08 07:40 to 2025-03-09 05:55');
  });

  it('reproduce the closed profit and the fees of all rows of the fills', async () => {
    const { names, records } = await recordsOf(await opened(FILLS));
    const sum = (name: string) => {
      const place = names.indexOf(name);
      return records.reduce((total, { values }) => total + Number(values[place]), 0);
    };
    expect(sum('Closed PnL')).toBeCloseTo(1_279_843.63, 2);
    expect(sum('Fee')).toBeCloseTo(76_648.4, 2);
  });

  it('fold the fills into trips whose profit is the one that the venue booked', async () => {
    const { fills } = fillsOf(await recordsOf(await opened(FILLS)), 19_800_000);
    const { trips, breaks } = foldFills(fills, 60_000);
    // The export stops at every 2,000th fill of the third account: six times fills are missing.
    expect(breaks.map(({ id }) => id)).toEqual([3994, 5994, 8029, 9994, 11_994, 13_994]);
    expect(trips).toHaveLength(83);
    // The venue rounds its average price to a tick: no trip is off by more than one tick times its quantity.
    const ticks = ticksOf(fills);
    const errors = trips.map(({ trade, pnl, reportedPnl }) => {
      return (
        Math.abs(pnl - reportedPnl) / (trade.qty ?? Number.NaN) / (ticks.get(trade.symbol) ?? Number.NaN)
      );
    });
    expect(Math.max(...errors)).toBeLessThan(1);
    const ours = trips.reduce((sum, trip) => sum + trip.pnl, 0);
    const theirs = trips.reduce((sum, trip) => sum + trip.reportedPnl, 0);
    expect(Math.abs(ours - theirs) / theirs).toBeLessThan(1e-4);
  });

  it('account for every row of the fills', async () => {
    const journal = await read(FILLS);
    expect(journal.reader).toBe('hyperliquid-fills');
    expect(reasons(journal)).toEqual({ spot: 1099, 'still-open': 3, 'missing-fills': 6 });
    expect(journal.findings.map(({ code, count }) => [code, count])).toEqual([
      ['ruined-stamps', 14_149],
      ['missing-fills', 6],
    ]);
    const fees = journal.trades.flatMap(({ feeEntry, feeExit }) => [feeEntry ?? 1, feeExit ?? 1]);
    expect(Math.max(...fees)).toBeLessThan(0.0005);
    expect(Math.min(...fees)).toBeGreaterThanOrEqual(-0.0001);
  });

  it('say where the fills are cut off', async () => {
    const { faults, trades } = await read('broken/hyperliquid_fills_truncated-last-line.csv');
    expect(faults).toMatchObject([{ line: 4660, code: 'ROW_CUT' }]);
    expect(trades).toHaveLength(50);
  });
});
