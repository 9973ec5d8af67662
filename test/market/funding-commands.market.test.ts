/** Goldens: the README of the market files (sums of rates, settlements at the cap, changes of the interval), through the commands. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Shell } from '../../src/commands/command.ts';
import { command as breaker } from '../../src/commands/funding-breaker.ts';
import { command as replay } from '../../src/commands/funding-replay.ts';
import { MS_PER_HOUR, parseUtc } from '../../src/model/time.ts';
import type { FundingBreakerResult } from '../../src/studies/funding-breaker-result.ts';
import type { FundingReplayResult } from '../../src/studies/funding-replay-result.ts';

const folder = process.env['RISK_MARKET_DATA'];
const file = (name: string) => join(folder ?? '', name);
const BTC = file('funding/binance_BTCUSDT_8h_2019-09_2025-03.csv');
const SOL = ['--funding', file('funding/binance_SOLUSDT_8h-to-2h_2022-10_2023-01.csv')];
const SOL_BARS = ['--ohlcv', file('crisis/2022-11_binance_perp_SOLUSDT_15m.csv')];

async function resultOf(command: typeof replay, ...argv: string[]) {
  let out = '';
  const shell: Shell = {
    cwd: '/',
    columns: 100,
    colour: false,
    progress: false,
    out: (text) => {
      out += text;
    },
    err: () => undefined,
    finish: () => undefined,
  };
  await command(shell).parseAsync([...argv, '--format', 'json', '--quiet'], { from: 'user' });
  return JSON.parse(out).result;
}
const replayed = async (...argv: string[]): Promise<FundingReplayResult> => resultOf(replay, ...argv);
const judged = async (...argv: string[]): Promise<FundingBreakerResult> => resultOf(breaker, ...argv);

describe.skipIf(folder === undefined)('risk funding on recorded rates (RISK_MARKET_DATA)', () => {
  it.each([
    ['2021-02-01', '2021-02-28T23:59:59Z', 0.07244, null],
    ['2021-01-01', '2021-04-30T23:59:59Z', 0.2085, 360],
    ['2022-11-01', '2022-11-30T23:59:59Z', -0.00174, null],
  ])('takes the published sum of %s to %s from a long', async (from, to, published, settlements) => {
    const argv = ['--funding', BTC, '--flat', '20000', '--leverage', '2', '--from', from, '--to', to];
    const { rates, runs } = await replayed(...argv, '--direction', 'both');
    expect(rates.sum).toBeCloseTo(published, 5);
    if (settlements !== null) expect(rates.settlements).toBe(settlements);
    const [long, short] = runs;
    expect(long?.fundingOfNotional).toBeCloseTo(-published, 5);
    expect(short?.fundingOfNotional).toBeCloseTo(published, 5);
    expect(Number(long?.funding)).toBeCloseTo(-Number(short?.funding), 6);
  });

  it('tells the sums by month of the whole file', async () => {
    const { rates } = await replayed(
      '--funding',
      BTC,
      '--flat',
      '20000',
      '--direction',
      'short',
      '--leverage',
      '1',
    );
    expect(rates.settlements).toBe(6033);
    const sumOf = (month: string) => rates.months.find((one) => one.month === month)?.sum;
    expect(sumOf('2021-02')).toBeCloseTo(0.07244, 5);
    expect(sumOf('2022-11')).toBeCloseTo(-0.00174, 5);
  });

  it('follows SOL through 8h, 4h, 2h and back, and its rates at -2 %', async () => {
    const { rates } = await replayed(...SOL, ...SOL_BARS, '--direction', 'short', '--leverage', '2');
    expect(rates.lowest).toEqual({ rate: -0.02, count: 7 });
    expect(rates.intervalChanges.map(({ from, to }) => [from / MS_PER_HOUR, to / MS_PER_HOUR])).toEqual([
      [8, 4],
      [4, 2],
      [2, 8],
    ]);
    const days = ['--from', '2022-11-09', '--to', '2022-11-11T23:59:59Z', '--flat', '20'];
    const three = await replayed(...SOL, ...days, '--direction', 'short', '--leverage', '1');
    expect(three.rates.sum).toBeCloseTo(-0.2575, 4);
    expect(three.runs[0]?.fundingOfNotional).toBeCloseTo(-0.2575, 4);
  });

  it('liquidates a long of SOL by price, and shows what a short paid while the mark paid it', async () => {
    const argv = [...SOL, ...SOL_BARS, '--direction', 'both', '--leverage', '2', '--periods', '1'];
    const { runs } = await replayed(...argv);
    const [long, short] = runs;
    expect(long?.liquidation?.cause).toBe('price');
    expect(long?.liquidation?.time).toBeGreaterThanOrEqual(parseUtc('2022-11-08'));
    expect(long?.liquidation?.time).toBeLessThan(parseUtc('2022-11-10'));
    expect(Number(short?.markPnl)).toBeGreaterThan(5000);
    expect(Number(short?.funding)).toBeLessThan(-1500);
    expect(short?.lastLiquidationPrice).toBeLessThan(short?.firstLiquidationPrice ?? 0);
    const [from, to] = [short?.worst7d?.from ?? Number.NaN, short?.worst7d?.to ?? Number.NaN];
    expect(from).toBeLessThanOrEqual(parseUtc('2022-11-09'));
    expect(to).toBeGreaterThan(parseUtc('2022-11-11T22:00:00Z'));
    expect(Number(short?.breaker?.fundingSaved)).toBeGreaterThan(0);
  });

  it('judges the grid over five and a half years of BTC, and over the crash of SOL', async () => {
    const { settlements, runs } = await judged('--funding', BTC, '--flat', '20000');
    expect(settlements).toBe(6033);
    const [long] = runs;
    expect(long?.cells).toHaveLength(84);
    // At a flat mark nothing is missed: what is saved is net of trading alone.
    expect(long?.cells.every(({ markPnlMissed }) => markPnlMissed === 0)).toBe(true);
    const sol = await judged(...SOL, ...SOL_BARS, '--direction', 'short');
    expect(sol.runs[0]?.cells.every(({ triggers }) => triggers > 0)).toBe(true);
    expect(sol.runs[0]?.comparisons[0]?.against).toBe('none');
  });
});
