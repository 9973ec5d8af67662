import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { command } from '../../src/commands/backtest-stops.ts';
import { reportSchemas } from '../../src/commands/report-schemas.ts';
import type { Report } from '../../src/model/report.ts';
import type { BacktestStopsResult } from '../../src/studies/backtest-stops-result.ts';
import { scratch } from '../support/scratch.ts';
import { shellIn } from '../support/shell.ts';

async function run(...argv: string[]) {
  const cwd = await scratch({});
  const { shell, told } = shellIn(cwd);
  await command(shell).parseAsync(argv, { from: 'user' });
  return { cwd, ...told };
}
type StopReport = Report<BacktestStopsResult>;
const reportOf = async (...argv: string[]): Promise<StopReport> =>
  JSON.parse((await run(...argv, '--format', 'json')).out);

describe('risk backtest-stops on the bundled sample', () => {
  test('says in the first line that its prices are synthetic, in every form', async () => {
    for (const format of ['table', 'markdown']) {
      const { out, code } = await run('--multiplier', '2', '--format', format);
      expect(out.split('\n')[0]).toContain('on the bundled sample (synthetic)');
      expect(code).toBe(0);
    }
    expect((await reportOf('--multiplier', '2')).fidelity).toContain('synthetic-data');
  });

  test('writes reports that keep their schema to the letter, with detail and without', async () => {
    const schema = reportSchemas.get('backtest-stops');
    for (const argv of [
      ['--multiplier', '2'],
      ['--multipliers', '1:3:0.5', '--by', 'symbol,month', '--detail'],
    ]) {
      const report = await reportOf(...argv);
      expect(schema?.parse(report)).toEqual(report);
    }
    expect((await reportOf('--multiplier', '2')).result.perTrade).toBeUndefined();
    expect((await reportOf('--multiplier', '2', '--detail')).result.perTrade?.length).toBe(305);
  });

  test('the same run gives the same bytes; another seed or value another runId', async () => {
    const argv = ['--multiplier', '2', '--format', 'json'];
    const first = (await run(...argv)).out;
    expect((await run(...argv)).out).toBe(first);
    const ids = [
      first,
      (await run(...argv, '--seed', '2')).out,
      (await run('--multiplier', '3', '--format', 'json')).out,
    ];
    expect(new Set(ids.map((text) => JSON.parse(text).runId)).size).toBe(3);
  });

  test('--out and --html write files whatever stdout has', async () => {
    const { cwd, out } = await run(
      '--multiplier',
      '2',
      '--format',
      'csv',
      '--out',
      'r.json',
      '--html',
      'p.html',
    );
    expect(out.split('\n')[0]).toMatch(/^multiplier,/);
    expect(JSON.parse(readFileSync(join(cwd, 'r.json'), 'utf8')).schema).toBe('risk-report/1');
    expect(readFileSync(join(cwd, 'p.html'), 'utf8')).toContain('<svg');
    expect(existsSync(join(cwd, 'p.html.tmp'))).toBe(false);
  });

  test('the base name of an input is all that a report says of its place', async () => {
    const report = await reportOf('--multiplier', '2');
    expect(report.inputs.map(({ path }) => path)).toEqual([
      'sample:BTCUSDT-1h.csv',
      'sample:ETHUSDT-1h.csv',
      'sample:SOLUSDT-1h.csv',
      'sample:journal.csv',
    ]);
    for (const { sha256, why } of report.inputs) {
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(why.length).toBeGreaterThan(10);
    }
  });

  test('warnings go to stderr beside every form but the table, unless it is quiet', async () => {
    expect((await run('--multiplier', '2', '--format', 'json')).err).toContain('warning: gap');
    expect((await run('--multiplier', '2', '--format', 'json', '--quiet')).err).toBe('');
    expect((await run('--multiplier', '2')).err).toBe('');
  });

  test('generated entries leave the journal of the sample out', async () => {
    const report = await reportOf('--multiplier', '2', '--entries', 'every:24h', '--hold', '24h');
    expect(report.inputs.every(({ role }) => role === 'ohlcv')).toBe(true);
    expect(report.result.trades.total).toBeGreaterThan(2000);
    expect(report.result.trades.journalFit).toBeNull();
  });
});
