/** The stop study on real journals: what RULES 1 says of them in brackets, and what the sources count themselves. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { command } from '../../src/commands/backtest-stops.ts';
import type { Report } from '../../src/model/report.ts';
import type { BacktestStopsResult } from '../../src/studies/backtest-stops-result.ts';
import { shellIn } from '../support/shell.ts';

const market = process.env['RISK_MARKET_DATA'];

const folder = (name: string) => join(market ?? '', 'journals', name);

async function run(name: string, candles: string, ...argv: string[]): Promise<BacktestStopsResult> {
  const result = readdirSync(folder(name)).find((file) => file.startsWith('backtest-result')) ?? '';
  const { shell, told } = shellIn(folder(name));
  const files = ['--journal', join(folder(name), result), '--ohlcv', join(folder(name), candles)];
  await command(shell).parseAsync([...files, ...argv, '--format', 'json', '--quiet'], { from: 'user' });
  const report: Report<BacktestStopsResult> = JSON.parse(told.out);
  return report.result;
}

describe.skipIf(market === undefined)('freqtrade_1h_2021, a 15m strategy on 1h candles', () => {
  const study = (...argv: string[]) =>
    run('freqtrade_1h_2021', 'candles_1h', '--multipliers', '0.5:6:0.1', ...argv);

  test('935 of its 3,015 trades have no candles, and every exact price fits (RULES 1.5)', async () => {
    const { trades } = await study();
    expect(trades.total).toBe(3015);
    expect(trades.skipped.find(({ reason }) => reason === 'no-bars')?.count).toBe(935);
    expect(trades.used).toBe(2080 - 11 - 7);
    expect(trades.journalFit?.share).toBe(1);
  });

  test('the hit rate alone recommends 3.8, where 97 % of stops lie beyond liquidation at 20x and 57 % at 10x (RULES 1.7)', async () => {
    // The paper's figures: holes do not split the series, maintenance 1 %.
    const open = await study('--max-gap', '100', '--mmr', '0.01');
    expect(open.recommendedMultiplier).toBe(3.8);
    for (const [leverage, share] of [
      ['20', 0.97],
      ['10', 0.57],
    ] as const) {
      const result = await study('--max-gap', '100', '--mmr', '0.01', '--leverage', leverage);
      const level = result.levels.find(({ multiplier }) => multiplier === 3.8);
      expect(level?.beyondLiquidation).toBeCloseTo(share, 2);
      expect(result.recommendedMultiplier).toBeNull();
      expect(result.recommendedMultiplierReason).toContain('no multiplier meets both');
    }
  });

  test('the interval over entry days is about twice as wide as the one over trades (RULES 1.10)', async () => {
    const level = (await study()).levels.find(({ multiplier }) => multiplier === 2);
    const days = (level?.hitRateInterval.high ?? 0) - (level?.hitRateInterval.low ?? 0);
    const iid = (level?.hitRateInterval.iid.high ?? 0) - (level?.hitRateInterval.iid.low ?? 0);
    expect(days / iid).toBeGreaterThan(1.8);
    expect(days / iid).toBeLessThan(2.2);
  });
});

describe.skipIf(market === undefined)('freqtrade_1d_2020-2022, a strategy with a stop of its own', () => {
  test('119 of 194 trades ended at their own stop, 1.1 ATR at the median: beyond that nothing is known (RULES 1.6)', async () => {
    const result = await run(
      'freqtrade_1d_2020-2022',
      'candles_1d',
      '--multipliers',
      '0.5:6:0.5',
      '--detail',
    );
    expect(result.trades.used).toBe(194);
    const censored = (result.perTrade ?? []).filter((trade) => trade.censored);
    expect(censored).toHaveLength(119);
    // A stop of 10 % lies at 1.03 ATR at the median here; the paper says 1.1.
    const distances = censored.map(({ entryPrice, exitPrice, unit }) => (entryPrice - exitPrice) / unit);
    const median = distances.sort((x, y) => x - y)[59];
    expect(median).toBeGreaterThan(1);
    expect(median).toBeLessThan(1.15);
    expect(result.levels.find(({ multiplier }) => multiplier === 3)?.hitRateUncensored).toBeNull();
    expect(result.recommendedMultiplier).toBeNull();
  });
});
