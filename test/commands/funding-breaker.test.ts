import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { command } from '../../src/commands/funding-breaker.ts';
import { reportSchemas } from '../../src/commands/report-schemas.ts';
import type { Report } from '../../src/model/report.ts';
import type { FundingBreakerResult } from '../../src/studies/funding-breaker-result.ts';
import { scratch } from '../support/scratch.ts';
import { shellIn } from '../support/shell.ts';

async function run(width: number, ...argv: string[]) {
  const cwd = await scratch({});
  const { shell, told } = shellIn(cwd);
  await command({ ...shell, columns: width }).parseAsync(argv, { from: 'user' });
  return { cwd, ...told };
}
const textOf = (...argv: string[]) => run(100, ...argv);
const reportOf = async (...argv: string[]): Promise<Report<FundingBreakerResult>> =>
  JSON.parse((await run(100, ...argv, '--format', 'json', '--quiet')).out);

describe('risk funding breaker on the bundled sample', () => {
  test('says so, judges the grid of the issue, and says what its interval does not know', async () => {
    const argv = ['--thresholds', '0.0003:0.003:0.0001', '--periods', '1,2,3'];
    const report = await reportOf(...argv);
    expect(reportSchemas.get('funding breaker')?.parse(report)).toEqual(report);
    expect(report.result.runs[0]?.cells).toHaveLength(84);
    expect(report.result.meanBlock).toBe(21);
    const { result, configHash } = await reportOf();
    expect(result).toEqual(report.result);
    expect(configHash).toBe(report.configHash);
    const { out, code } = await run(100, ...argv);
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toBe('Funding breaker over a history on the bundled sample (synthetic)');
    expect(out.replace(/\n +/g, ' ')).toContain(
      'The best cell was chosen because it came first, which no interval here knows',
    );
    expect(out).toMatch(/^no breaker /m);
    expect(out).toMatch(/^neighbour /m);
    expect(out).toMatch(/^configured /m);
  });

  // By another program (numpy, 4,000 replicates of its own): 0.482; the best cell by itself 0.078 one-sided.
  test('does not call the best of 84 cells better than no breaker where it is luck', async () => {
    const { result } = await reportOf('--perp', 'SOLUSDT');
    const [run] = result.runs;
    expect(run?.best).toMatchObject({ threshold: 0.0006, periods: 3 });
    expect(Math.abs((run?.realityCheckPValue ?? 0) - 0.482)).toBeLessThan(0.05);
    expect(run?.verdict).toBe('not-distinguishable');
    // Its quantiles leave out 0, its p does not: it is not apart.
    expect(run?.comparisons[0]?.differenceInterval?.[0]).toBeGreaterThan(0);
    expect(run?.comparisons[0]?.pValue).toBeGreaterThan(0.05);
    expect(run?.comparisons[0]?.distinguishable).toBe(false);
    const { out } = await textOf('--perp', 'SOLUSDT');
    expect(out).toMatch(/^reality check p +0\.\d\d +of the best of 84 cells being luck$/m);
    expect(out).toMatch(/^no breaker .* no$/m);
  });

  test('shows no interval, p or apart of a history of four settlements', async () => {
    const argv = ['--from', '2024-06-01', '--to', '2024-06-02', '--thresholds', '0.0001'];
    const { out } = await run(100, ...argv);
    expect(out).toMatch(/^no breaker +– +– +-?[\d.]+ % +– +– +– +–$/m);
    expect(out).toMatch(/^reality check p +– +the history is too short$/m);
    expect(out.replace(/\n +/g, ' ')).toContain(
      'an interval needs 10 blocks of 21 settlements, the history has 0.1',
    );
  });

  test('every cell closes, and one that never acts changes nothing', async () => {
    const { result } = await reportOf('--direction', 'both', '--sizing', 'both', '--perp', 'ETHUSDT');
    for (const { cells } of result.runs) {
      for (const { fundingSaved, markPnlMissed, exitCost, reentryCost, net } of cells)
        expect(fundingSaved - markPnlMissed - exitCost - reentryCost).toBeCloseTo(net, 12);
      for (const { triggers, settlementsAway, net } of cells) {
        expect(settlementsAway).toBeLessThanOrEqual(result.settlements);
        if (triggers === 0) expect(net).toBe(0);
      }
    }
  });

  test.each([80, 120])('has no line wider than %d columns', async (width) => {
    const { out } = await run(width, '--direction', 'both', '--detail');
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(width);
  });

  test('writes every cell as CSV, and a page with the heat map', async () => {
    const { out, cwd } = await run(100, '--format', 'csv', '--quiet', '--html', 'page.html');
    const lines = out.trim().split('\n');
    expect(lines[0]).toMatch(/^direction,way,threshold,periods,triggers,/);
    expect(lines).toHaveLength(85);
    const page = readFileSync(join(cwd, 'page.html'), 'utf8');
    expect(page).toContain('net by threshold and settlements in a row');
  });

  test.each([
    ['--thresholds', '0.0004,0.0005'],
    ['--periods', '1,2'],
    ['--action', 'flip'],
    ['--direction', 'short'],
    ['--sizing', 'constant-leverage'],
    ['--inverse'],
    ['--perp', 'SOLUSDT'],
    ['--flat', '50000'],
    ['--from', '2024-03-01'],
    ['--to', '2024-06-01'],
    ['--taker-fee', '0.001'],
    ['--half-spread-bps', '3'],
    ['--seed', '2'],
    ['--set', 'guards.funding-breaker.maxRate8h=0.0004'],
    ['--set', 'guards.funding-breaker.settlements=1'],
    ['--set', 'studies.funding.breaker.blockDays=3'],
  ])('%s %s changes some result', async (...change) => {
    const base = ['--set', 'studies.funding.breaker.replicates=200'];
    const settled = change.includes('guards.funding-breaker.settlements=1')
      ? [...base, '--set', 'guards.funding-breaker.maxRate8h=0.0004']
      : base;
    const one = await reportOf(...settled);
    expect((await reportOf(...settled, ...change)).result.runs).not.toEqual(one.result.runs);
  });

  test.each([
    [['--thresholds', '0.002,0.001'], 'must ascend from above 0, was 0.001 after 0.002'],
    [['--periods', '0'], 'studies.funding.breaker.periods'],
    [['--periods', '1.5'], 'studies.funding.breaker.periods'],
    [['--perp', 'ETHUSD'], 'Did you mean ETHUSDT?'],
  ])('refuses %j', async (argv, message) => {
    await expect(run(100, ...argv)).rejects.toThrow(message);
  });
});
