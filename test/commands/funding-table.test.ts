import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { command } from '../../src/commands/funding-table.ts';
import { reportSchemas } from '../../src/commands/report-schemas.ts';
import type { Report } from '../../src/model/report.ts';
import type { FundingTableResult } from '../../src/studies/funding-table-result.ts';
import { scratch } from '../support/scratch.ts';
import { shellIn } from '../support/shell.ts';

async function run(width: number, ...argv: string[]) {
  const cwd = await scratch({});
  const { shell, told } = shellIn(cwd);
  await command({ ...shell, columns: width }).parseAsync(argv, { from: 'user' });
  return { cwd, ...told };
}
const reportOf = async (...argv: string[]): Promise<Report<FundingTableResult>> =>
  JSON.parse((await run(100, ...argv, '--format', 'json')).out);

describe('risk funding table', () => {
  test('is the table of the issue: 165, 65, 31.67, 15 and 5 days, beside 250, 40, 20, 10 and 4', async () => {
    const argv = ['--leverage', '2,5,10,20,50', '--rate', '0.001', '--per', '8h', '--mmr', '0.005'];
    const report = await reportOf(...argv);
    expect(reportSchemas.get('funding table')?.parse(report)).toEqual(report);
    const { rows, document } = report.result;
    expect(rows.map(({ settlements }) => settlements)).toEqual([495, 195, 95, 45, 15]);
    expect(rows.map(({ documentDays }) => documentDays)).toEqual([250, 40, 20, 10, 4]);
    expect(document.reason).toContain('No single rate gives these days');
    const { out, code } = await run(100, ...argv);
    expect(code).toBe(0);
    expect(out).toMatch(/^ +10 +9\.50 % +9\.55 % +0\.30 % +3\.00 % +95 +31\.67 +20$/m);
    expect(out).toContain('The table of S2 (Understanding perpetual funding risk) beside it');
    expect(out).toContain('No single rate gives these days');
    // The sample is not asked.
    expect(report.inputs).toEqual([]);
    expect(await reportOf()).toEqual(report);
  });

  test.each([80, 120])('has no line wider than %d columns', async (width) => {
    const { out } = await run(width, '--direction', 'both', '--detail');
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(width);
  });

  test('prints the document beside the right days in its help', () => {
    const { shell } = shellIn('/');
    const self = command(shell);
    let help = '';
    self.configureOutput({ writeOut: (text) => (help += text) });
    self.outputHelp();
    expect(help).toContain(
      '2x         -50 %            0.2 %        250    250                0.6 %                    165',
    );
    expect(help).toContain('fits no single rate');
  });

  test('writes CSV of its rows, and a page with the prices by week', async () => {
    const { out, cwd } = await run(100, '--format', 'csv', '--html', 'table.html');
    expect(out.split('\n')[0]).toBe(
      'leverage,marginBuffer,liquidationDistance,drainPerDayNotional,drainPerDayMargin,settlements,days,documentDays',
    );
    expect(out.split('\n')[1]).toMatch(/^2,0\.495,/);
    expect(readFileSync(join(cwd, 'table.html'), 'utf8')).toContain('Liquidation price by week');
  });

  test.each([
    ['--leverage', '3'],
    ['--rate', '0.0005'],
    ['--per', '4h'],
    ['--mmr', '0.01'],
    ['--entry', '60000'],
    ['--weeks', '3'],
    ['--direction', 'short'],
    ['--inverse'],
  ])('%s %s changes some result', async (...change) => {
    expect((await reportOf(...change)).result.rows).not.toEqual((await reportOf()).result.rows);
  });

  test.each([
    [['--leverage', '0.5'], 'studies.funding.table.leverages'],
    [['--rate', '0.1'], 'studies.funding.table.rate'],
    [['--per', '8'], 'be a time such as 8h'],
    [['--mmr', '1'], 'studies.funding.table.mmr'],
    [['--entry', '0'], 'be a decimal above 0'],
    [['--set', 'studies.funding.table.week=3'], 'weeks'],
  ])('refuses %j', async (argv, message) => {
    await expect(run(100, ...argv)).rejects.toThrow(message);
  });
});
