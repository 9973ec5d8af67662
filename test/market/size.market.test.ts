/** Sizes of real journals, held to counts that their sources state and to formulas worked out here. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { command } from '../../src/commands/size.ts';
import type { Report } from '../../src/model/report.ts';
import type { SizeBound, SizeResult } from '../../src/studies/size-result.ts';
import { scratch } from '../support/scratch.ts';
import { shellIn } from '../support/shell.ts';

const market = process.env['RISK_MARKET_DATA'];
const goldens = process.env['RISK_GOLDENS'];

const sizeOf = (...argv: string[]) => sizeIn(join(market ?? '', 'journals'), argv);

async function sizeIn(cwd: string, argv: readonly string[]): Promise<SizeResult> {
  const { shell, told } = shellIn(cwd);
  await command(shell).parseAsync([...argv, '--format', 'json', '--quiet'], { from: 'user' });
  const report: Report<SizeResult> = JSON.parse(told.out);
  return report.result;
}

function bound({ bounds }: SizeResult, name: SizeBound['name']) {
  return bounds.find((one) => one.name === name);
}

/** Closes by day as bars that know no other price. */
function barsOf(name: string): string {
  const [, ...rows] = readFileSync(join(goldens ?? '', name), 'utf8')
    .trim()
    .split(/\r?\n/);
  const bars = rows.map((row) => {
    const [date, close] = row.split(',');
    return `${date},${close},${close},${close},${close},1`;
  });
  return `date,open,high,low,close,volume\n${bars.join('\n')}\n`;
}

const D1 = ['freqtrade_1d_2020-2022/backtest-result-2022-03-24_04-42-10.json'];
const H1 = ['freqtrade_1h_2021/backtest-result-2021-06-06_15-51-08.json'];

describe.skipIf(market === undefined)('on real journals (RISK_MARKET_DATA)', () => {
  test('freqtrade_1d: 28 % of hits and a payoff of 38 are an edge; the mean profit is that of its own summary', async () => {
    const result = await sizeOf('--journal', ...D1, '--ohlcv', 'freqtrade_1d_2020-2022/candles_1d');
    const { trades } = result;
    // freqtrade charges the exit fee on what is got, over what was paid with its fee: a rounding apart from ours.
    expect(trades?.meanReturn).toBeCloseTo(0.9567646592783504, 2);
    expect(trades).toMatchObject({ count: 194, feesAssumed: 0 });
    const { winRate, averageWin, averageLoss } = trades ?? {};
    const [w, win, loss] = [winRate ?? 0, averageWin ?? 0, averageLoss ?? 0];
    expect(bound(result, 'kelly-trades')?.fraction).toBeCloseTo((w - (1 - w) / (win / loss)) / 4, 12);
    // Wins are spread wide: two outcomes of their averages overstate what the trades themselves allow.
    const log = Number(bound(result, 'kelly-trades-log')?.notional);
    expect(log).toBeLessThan(0.7 * Number(bound(result, 'kelly-trades')?.notional));
    expect(result.position.direction).toBe('long');
  });

  test('freqtrade_1h: the mean profit of its 3,015 trades, days together', async () => {
    const { trades, growth } = await sizeOf('--journal', ...H1);
    expect(trades?.count).toBe(3015);
    expect(trades?.meanReturn).toBeCloseTo(0.006809722852404643, 4);
    expect(growth.reason).toBeNull();
    const { low, high } = growth.perTradeInterval ?? {};
    expect(low ?? 0).toBeLessThan(growth.perTrade ?? 0);
    expect(high ?? 0).toBeGreaterThan(growth.perTrade ?? 0);
  });

  test('the paper trades of two days: no edge, and too few days to say more', async () => {
    const result = await sizeOf('--journal', 'paper_perp_10x_2021-04.csv');
    expect(result).toMatchObject({
      notional: '0',
      binding: 'kelly-trades',
      growth: { reason: 'few-days' },
      trades: { count: 91, winners: 8, losers: 83, mostAtOnce: 1 },
    });
  });

  test('the ETH journal: costs of 5 bps a side take its edge', async () => {
    const journal = ['--journal', 'trade_journal_ETH_2026_01_01_16_55.csv'];
    expect(await sizeOf(...journal)).toMatchObject({
      notional: '0',
      trades: { count: 1103, feesAssumed: 1103 },
    });
    const free = await sizeOf(...journal, '--fee-bps', '0');
    expect(bound(free, 'kelly-trades')).toMatchObject({ reason: null });
    expect(Number(free.notional)).toBeGreaterThan(0);
  });

  test('fills of many accounts: up to 23 trips at once', async () => {
    const { trades, ruin } = await sizeOf('--journal', 'hyperliquid_fills_14k.csv');
    expect(trades).toMatchObject({ mostAtOnce: 23, feesAssumed: 0 });
    expect(ruin.probability ?? 0).toBeGreaterThan(ruin.asSampled ?? 1);
  });

  test.skipIf(goldens === undefined)(
    'goldens: Kelly of BTC and ETH, by drift and by the logarithm',
    async () => {
      for (const [name, log, drift, most] of [
        ['BTC', 1.2856622874, 1.3394, 2.5313],
        ['ETH', 0.8367707292, 0.8538, null],
      ] as const) {
        const cwd = await scratch({
          [`${name}USDT-1d.csv`]: barsOf(`${name.toLowerCase()}_daily_close_2017_2025.csv`),
        });
        const argv = [
          '--ohlcv',
          `${name}USDT-1d.csv`,
          '--direction',
          'long',
          '--kelly-fraction',
          '1',
          '--mmr',
          '0',
        ];
        const result = await sizeIn(cwd, argv);
        expect(bound(result, 'kelly-log')?.fraction).toBeCloseTo(log, 8);
        expect(bound(result, 'kelly-continuous')?.fraction).toBeCloseTo(drift, 4);
        if (most !== null) expect(bound(result, 'worst-fall')?.fraction).toBeCloseTo(most, 4);
      }
    },
  );
});
