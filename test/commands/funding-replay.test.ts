import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { command } from '../../src/commands/funding-replay.ts';
import { reportSchemas } from '../../src/commands/report-schemas.ts';
import { DataError } from '../../src/model/errors.ts';
import type { Report } from '../../src/model/report.ts';
import type { FundingReplayResult } from '../../src/studies/funding-replay-result.ts';
import { scratch } from '../support/scratch.ts';
import { shellIn } from '../support/shell.ts';

const sample = fileURLToPath(new URL('../../data/sample', import.meta.url));
const sol = ['--funding', join(sample, 'SOLUSDT-funding.csv'), '--ohlcv', join(sample, 'SOLUSDT-1h.csv')];

async function run(files: Readonly<Record<string, string>>, ...argv: string[]) {
  const cwd = await scratch(files);
  const { shell, told } = shellIn(cwd);
  await command(shell).parseAsync(argv, { from: 'user' });
  return { cwd, ...told };
}
const reportOf = async (...argv: string[]): Promise<Report<FundingReplayResult>> =>
  JSON.parse((await run({}, ...argv, '--format', 'json', '--quiet')).out);
const resultOf = async (...argv: string[]) => (await reportOf(...argv)).result;

describe('risk funding replay on the bundled sample', () => {
  test('says so in its first line, takes the first perpetual, and names the others', async () => {
    const { out, code } = await run({});
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toBe('Funding replay on the bundled sample (synthetic)');
    expect(out).toContain('BTCUSDT is judged; --perp takes ETHUSDT or SOLUSDT');
    const report = await reportOf();
    expect(reportSchemas.get('funding replay')?.parse(report)).toEqual(report);
    expect(report.fidelity).toEqual(['synthetic-data', 'last-as-mark']);
    expect(await reportOf()).toEqual(report);
  });

  test('closes to the last digit on both sides and sizings, linear and inverse', async () => {
    for (const inverse of [[], ['--inverse']]) {
      const { runs } = await resultOf(
        '--direction',
        'both',
        '--sizing',
        'both',
        '--leverage',
        '2',
        ...inverse,
      );
      expect(runs).toHaveLength(4);
      for (const one of runs) {
        const end = ['margin', 'markPnl', 'funding'].reduce(
          (all, key) => all + Number(one[key as 'margin' | 'markPnl' | 'funding']),
          -Number(one.cost) - Number(one.liquidationFee),
        );
        expect(end).toBeCloseTo(Number(one.endEquity), 6);
        const { breaker } = one;
        const net =
          Number(breaker?.fundingSaved) -
          Number(breaker?.markPnlMissed) -
          Number(breaker?.exitCost) -
          Number(breaker?.reentryCost);
        expect(net).toBeCloseTo(Number(breaker?.net), 6);
      }
      // The two sides of one size are mirrors as long as both live.
      const [long, short] = runs;
      if (long?.liquidation === null && short?.liquidation === null && inverse.length === 0)
        expect(Number(long.funding)).toBeCloseTo(-Number(short.funding), 6);
    }
  });

  test('doubles with the notional inside one bracket', async () => {
    const one = await resultOf('--leverage', '2', '--notional', '5000');
    const two = await resultOf('--leverage', '2', '--notional', '10000');
    expect(Number(two.runs[0]?.funding)).toBeCloseTo(2 * Number(one.runs[0]?.funding), 6);
    expect(two.runs[0]?.breakEvenDrift).toBeCloseTo(one.runs[0]?.breakEvenDrift ?? Number.NaN, 12);
  });

  test.each([80, 100, 120])('has no line wider than %d columns', async (width) => {
    const cwd = await scratch({});
    const { shell, told } = shellIn(cwd);
    const argv = ['--direction', 'both', '--sizing', 'both', '--threshold', '0.0004', '--periods', '1'];
    await command({ ...shell, columns: width }).parseAsync(argv, { from: 'user' });
    for (const line of told.out.split('\n')) expect(line.length).toBeLessThanOrEqual(width);
  });

  test('writes a page with its curves, and every settlement with --detail', async () => {
    const { cwd } = await run(
      {},
      '--html',
      'page.html',
      '--out',
      'report.json',
      '--detail',
      '--leverage',
      '2',
    );
    const page = readFileSync(join(cwd, 'page.html'), 'utf8');
    expect(page).toContain('cumulative P&amp;L, USDT');
    expect(page).toContain('liquidation price against the mark');
    const report = JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8'));
    expect(report.result.runs[0].curve.length).toBe(report.result.runs[0].settlements + 1);
  });
});

describe('every key changes some result', () => {
  const base = [...sol, '--leverage', '2', '--threshold', '0.0004', '--periods', '1'];
  test.each([
    ['--direction', 'short'],
    ['--leverage', '3'],
    ['--notional', '20000'],
    ['--inverse'],
    ['--sizing', 'constant-leverage'],
    ['--flat', '100'],
    ['--from', '2024-03-01'],
    ['--to', '2024-06-01'],
    ['--threshold', '0.0005'],
    ['--periods', '2'],
    ['--action', 'flip'],
    ['--venue', 'ftx'],
    ['--taker-fee', '0.001'],
    ['--half-spread-bps', '3'],
    ['--interval', '4h'],
    ['--set', 'data.maxGap=20'],
  ])('%s %s', async (...change) => {
    const without = base.filter((_, i) => base[i] !== change[0] && base[i - 1] !== change[0]);
    expect((await resultOf(...without, ...change)).runs).not.toEqual((await resultOf(...base)).runs);
  });

  test('--perp, --mark, --liquidation-fee', async () => {
    expect((await resultOf('--perp', 'SOL/USDT')).symbol).toBe('SOLUSDT');
    const mark = await resultOf(...sol, '--mark', join(sample, 'SOLUSDT-1h.csv'));
    expect(mark.marks).toBe('mark');
    const fee = (f: string) => resultOf('--leverage', '10', '--liquidation-fee', f);
    expect((await fee('0')).runs[0]?.liquidationFee).toBe('0');
    expect((await fee('0.001')).runs[0]?.liquidationFee).not.toBe('0');
  });
});

const rates = 'timestamp,funding_rate\n1704067200000,0.0001\n1704096000000,0.0001\n';

describe('refuses', () => {
  test.each([
    [['--funding', 'AAAUSDT.csv'], 'needs the prices of AAAUSDT, there were none'],
    [['--ohlcv', join(sample, 'SOLUSDT-1h.csv')], 'needs the rates of a perpetual'],
    [['--funding', 'AAAUSDT.csv', ...sol.slice(2)], 'were of AAAUSDT and of SOLUSDT'],
    [['--from', '2030-01-01'], 'at least 1 settlement of BTCUSDT must lie within its prices, was none'],
  ])('data that do not do: %j', async (argv, message) => {
    const act = run({ 'AAAUSDT.csv': rates }, ...argv);
    await expect(act).rejects.toThrow(message);
    await expect(act).rejects.toThrow(DataError);
  });

  test.each([
    [['--perp', 'SOLUSD'], 'Did you mean SOLUSDT?'],
    [['--notional', '0'], 'be a decimal above 0'],
    [['--leverage', '0'], 'studies.funding.replay.leverage'],
    [['--from', '2024-02-30'], 'a moment of the calendar'],
    [['--venue', 'binanse'], 'Did you mean binance?'],
    [['--venue', 'ftx', '--inverse'], 'must have inverse contracts'],
    [['--leverage', '200', '--perp', 'SOLUSDT'], 'more than its maintenance when opened'],
  ])('%j', async (argv, message) => {
    await expect(run({}, ...argv)).rejects.toThrow(message);
  });

  test('a mark that is held flat needs no bars, and says what that means', async () => {
    const { out } = await run({ 'AAAUSDT.csv': rates }, '--funding', 'AAAUSDT.csv', '--flat', '100');
    expect(out).toContain('the mark is held flat: it brings nothing by assumption');
    expect(out).toContain('needs 7 days of settlements, lived 0.6');
  });
});
