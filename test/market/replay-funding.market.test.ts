/**
 * Goldens: the README of the market files (sums of rates, settlements at the cap, changes of the interval), which were measured
 * apart from this program.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFundingFiles, readOhlcvFiles } from '../../src/io/read-files.ts';
import { type Bars, firstAtOrAfter } from '../../src/market/bars.ts';
import type { Funding } from '../../src/market/funding.ts';
import { mean, sum } from '../../src/math/sum.ts';
import { MS_PER_DAY, MS_PER_HOUR, parseUtc } from '../../src/model/time.ts';
import { utcText } from '../../src/model/utc-text.ts';
import { bracketTable } from '../../src/risk/brackets.ts';
import { bestCell, breakerGrid, neighboursOf } from '../../src/risk/funding/breaker-grid.ts';
import type { FundedPosition } from '../../src/risk/funding/funded-position.ts';
import { heldHistory } from '../../src/risk/funding/held-history.ts';
import { intervalChanges, settlementsAtCap } from '../../src/risk/funding/interval-changes.ts';
import { pairedDifferences } from '../../src/risk/funding/paired-bootstrap.ts';
import { replayFunding } from '../../src/risk/funding/replay-funding.ts';
import { worstWindow } from '../../src/risk/funding/worst-window.ts';

const folder = process.env['RISK_MARKET_DATA'];
const goldens = process.env['RISK_GOLDENS'];
const options = {
  cwd: folder ?? '/',
  reader: null,
  symbol: null,
  strategy: null,
  timeOffset: 0,
  onBadRow: 'error',
  stamps: 'auto',
  maxGap: 3,
} as const;

async function fundingOf(name: string): Promise<Funding> {
  const [read] = await readFundingFiles([join(folder ?? '', 'funding', name)], options);
  if (read === undefined) throw new Error(`${name} must be read`);
  return read.data;
}

async function barsOf(name: string): Promise<Bars> {
  const [read] = await readOhlcvFiles([join(folder ?? '', 'crisis', name)], options);
  if (read === undefined) throw new Error(`${name} must be read`);
  return read.data;
}

const BTC = 'binance_BTCUSDT_8h_2019-09_2025-03.csv';
const SOL = 'binance_SOLUSDT_8h-to-2h_2022-10_2023-01.csv';
const SOL_BARS = '2022-11_binance_perp_SOLUSDT_15m.csv';

/** Rows of [from, to), dates. */
function between({ time }: Pick<Funding, 'time'>, from: string, to: string): readonly [number, number] {
  return [firstAtOrAfter(time, parseUtc(from)), firstAtOrAfter(time, parseUtc(to))];
}

const flat = { contract: 'linear', side: 1, sizing: 'constant-leverage' } as const;

/** Rates with the open of the bar that begins at each stamp, and the range of the bars since the one before. */
function onBars(funding: Funding, bars: Bars, from: string, to: string) {
  const [first, last] = between(funding, from, to);
  const time = funding.time.slice(first, last);
  const at = (stamp: number) => firstAtOrAfter(bars.time, stamp);
  const low = new Float64Array(time.length);
  const high = new Float64Array(time.length);
  time.forEach((stamp, i) => {
    const begin = at(i > 0 ? time[i - 1]! : stamp - funding.interval[first]!);
    low[i] = Math.min(...bars.low.subarray(begin, at(stamp)));
    high[i] = Math.max(...bars.high.subarray(begin, at(stamp)));
  });
  return {
    time,
    rate: funding.rate.slice(first, last),
    interval: funding.interval.slice(first, last),
    mark: Float64Array.from(time, (stamp) => bars.open[at(stamp)] ?? Number.NaN),
    range: { low, high },
  };
}

describe.skipIf(folder === undefined)('funding on recorded rates (RISK_MARKET_DATA)', () => {
  it('takes the published sums from a long that is held at one notional', async () => {
    const funding = await fundingOf(BTC);
    for (const [from, to, published] of [
      ['2021-02-01', '2021-03-01', 0.07244],
      ['2021-01-01', '2021-05-01', 0.2085],
      ['2022-11-01', '2022-12-01', -0.00174],
    ] as const) {
      const rate = funding.rate.slice(...between(funding, from, to));
      const held = heldHistory(flat, rate, new Float64Array(rate.length).fill(20_000));
      expect(-sum(held.funding)).toBeCloseTo(published, 5);
      const short = heldHistory({ ...flat, side: -1 }, rate, new Float64Array(rate.length).fill(20_000));
      expect(sum(short.funding)).toBeCloseTo(published, 5);
    }
  });

  it.skipIf(goldens === undefined)(
    'has the daily means of a series that others kept (RISK_GOLDENS)',
    async () => {
      const { time, rate } = await fundingOf(BTC);
      const facts = JSON.parse(
        readFileSync(join(goldens ?? '', 'funding.json'), 'utf8'),
      ).btc_daily_mean_funding_facts;
      const meanOf = (date: string) => {
        const day = parseUtc(date);
        return mean(rate.slice(...between({ time }, date, utcText(day + MS_PER_DAY).slice(0, 10))));
      };
      const { mar2020, may2021, luna, ftx, aug24 } = facts.windows;
      const days = [facts.lowest, facts.highest, mar2020, may2021, luna, ftx, aug24].flat();
      expect(days.length).toBeGreaterThan(50);
      for (const [date, published] of days) {
        expect(meanOf(date)).toBeCloseTo(published, 7);
      }
      const both = rate.slice(...between({ time }, '2021-01-01', '2021-03-01'));
      expect(sum(both)).toBeCloseTo(facts.jan_feb_2021_cum, 5);
      expect(mean(both)).toBeCloseTo(facts.jan_feb_2021_mean_8h, 6);
    },
  );

  it('takes the same from a position that is replayed at a flat mark', async () => {
    const funding = await fundingOf(BTC);
    const rate = funding.rate.slice(...between(funding, '2021-01-01', '2021-05-01'));
    const position: FundedPosition = {
      contract: 'linear',
      side: 1,
      notional: 10_000,
      entry: 20_000,
      leverage: 4,
      table: bracketTable([{ cap: 1e9, rate: 0.005, maxLeverage: 100 }]),
      sizing: 'constant-size',
      tradeCost: 0,
    };
    const mark = new Float64Array(rate.length).fill(20_000);
    const replay = replayFunding(position, { rate, mark, range: null });
    expect(replay.cash).toHaveLength(360);
    expect((replay.funding.at(-1) ?? 0) / -10_000).toBeCloseTo(0.2085, 5);
    expect(replay.liquidation).toBeNull();
    // At 5x the buffer of 19.5 % is gone before the four months are over, and 20.85 % are paid.
    expect(replayFunding({ ...position, leverage: 5 }, { rate, mark, range: null }).liquidation?.cause).toBe(
      'funding',
    );
  });

  it('shows the crash of SOL: the cap, the interval, and what a short paid', async () => {
    const funding = await fundingOf(SOL);
    expect(settlementsAtCap(funding.rate, 0.02)).toBe(7);
    expect(
      intervalChanges(funding.interval).map(({ from, to }) => [from / MS_PER_HOUR, to / MS_PER_HOUR]),
    ).toEqual([
      [8, 4],
      [4, 2],
      [2, 8],
    ]);
    const [from, to] = between(funding, '2022-11-09', '2022-11-12');
    const rate = funding.rate.slice(from, to);
    const short = heldHistory({ ...flat, side: -1 }, rate, new Float64Array(rate.length).fill(20));
    expect(sum(short.funding)).toBeCloseTo(-0.2575, 4);
    // The worst 7 days of a short hold those three.
    const all = funding.rate.map((one) => one);
    const worst = worstWindow(funding.time, all, 7 * MS_PER_DAY);
    expect(worst?.from ?? Number.NaN).toBeLessThanOrEqual(from);
    expect(worst?.to ?? Number.NaN).toBeGreaterThanOrEqual(to - 1);
    expect(worst?.sum ?? 0).toBeLessThan(-0.2575);
  });

  it('liquidates a long of SOL by price, and keeps the two P&Ls of a short apart', async () => {
    const columns = onBars(await fundingOf(SOL), await barsOf(SOL_BARS), '2022-11-07', '2022-11-20');
    const entry = columns.mark[0]!;
    const long: FundedPosition = {
      contract: 'linear',
      side: 1,
      notional: 10_000,
      entry,
      leverage: 5,
      table: bracketTable([{ cap: 1e9, rate: 0.01, maxLeverage: 50 }]),
      sizing: 'constant-size',
      tradeCost: 0,
    };
    expect(replayFunding(long, columns).liquidation?.cause).toBe('price');
    const short = replayFunding({ ...long, side: -1, leverage: 2 }, columns);
    expect(short.liquidation).toBeNull();
    expect(short.markPnl.at(-1)).toBeGreaterThan(5000);
    expect(short.funding.at(-1)).toBeLessThan(-1000);
    short.equity.forEach((equity, i) => {
      expect(equity).toBeCloseTo(5000 + short.markPnl[i]! + short.funding[i]!, 8);
    });
  });

  it('judges the breaker for a short of SOL, and its best cell beside the neighbours', async () => {
    const columns = onBars(await fundingOf(SOL), await barsOf(SOL_BARS), '2022-10-16', '2022-12-01');
    const thresholds = Array.from({ length: 28 }, (_, i) => (3 + i) / 10_000);
    const terms = {
      ...flat,
      side: -1,
      action: 'close',
      tradeCost: 0.0005,
      thresholds,
      periods: [1, 2, 3],
    } as const;
    const cells = breakerGrid(columns, terms);
    expect(cells).toHaveLength(84);
    const best = bestCell(cells);
    for (const cell of cells) {
      expect(cell.fundingSaved - cell.markPnlMissed - cell.exitCost - cell.reentryCost).toBeCloseTo(
        cell.net,
        12,
      );
      expect(sum(cell.gain)).toBeCloseTo(cell.net, 12);
      expect(cell.triggers).toBeGreaterThan(0);
    }
    const rivals = neighboursOf(best, terms).map((one) => cells[one]!.gain);
    const differences = pairedDifferences(cells[best]!.gain, rivals, {
      meanBlock: 21,
      replicates: 1000,
      seed: 1,
      confidence: 0.95,
    });
    for (const { low, difference, high } of differences) {
      expect(difference).toBeGreaterThanOrEqual(0);
      expect(low).toBeLessThanOrEqual(difference);
      expect(high).toBeGreaterThanOrEqual(difference);
    }
  });
});
