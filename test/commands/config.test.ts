import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command } from '../../src/commands/config.ts';
import { reportSchemas } from '../../src/commands/report-schemas.ts';
import { shellIn } from '../support/shell.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'risk-config-'));
  writeFileSync(join(folder, 'risk.yaml'), '# ours\nguards:\n  stops:\n    multiplier: 2.5\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run(...argv: string[]): Promise<string> {
  const { shell, told } = shellIn(folder);
  await command(shell).parseAsync(argv, { from: 'user' });
  expect(told).toMatchObject({ err: '', code: 0 });
  return told.out;
}

describe('risk config', () => {
  it('prints a value with the line that it is from and what it overrode, in every form', async () => {
    for (const format of ['markdown', 'csv']) {
      const text = await run('--format', format, '--path', 'guards.stops.multiplier');
      expect(text).toContain('risk.yaml:4');
      expect(text).toContain('base.yaml (S2 layer 3: ');
    }
    const table = await run('--path', 'guards.stops.multiplier');
    expect(table).toContain(
      '\nguards.stops.multiplier\nvalue       2.5\nfrom        risk.yaml:4\ninstead of  2\n            base.yaml (S2 layer 3: ',
    );
    expect(await run('--format', 'csv', '--path', 'guards.stops.multiplier')).toMatch(
      /^path,value,origin,also,losers,meaning\n"guards.stops.multiplier","2.5","risk.yaml:4","",/,
    );
  });

  it('prints a report that fits its schema, and writes the same bytes with --out', async () => {
    const text = await run('--format', 'json', '--set', 'data.maxGap=4', '--out', 'report.json');
    const report = JSON.parse(text);
    expect(reportSchemas.get('config')?.parse(report)).toEqual(report);
    expect(report.config.guards.stops.multiplier).toBe(2.5);
    expect(report.config.data.maxGap).toBe(4);
    expect(readFileSync(join(folder, 'report.json'), 'utf8')).toBe(text);
  });

  // RULES 3.6: production is the strictest of S0 production, S2 and S4, here S0's max_portfolio_risk 0.015.
  it('names who else states a value apart from the values that lost', async () => {
    const path = 'guards.trade-limits.maxRisk';
    const report = JSON.parse(await run('--format', 'json', '--env', 'production', '--path', path));
    const [{ value, also, losers }] = report.result.leaves;
    expect(value).toBe(0.015);
    expect(also).toEqual(['S0 PRODUCTION_CONFIG: max_portfolio_risk 0.015']);
    expect(losers.map((lost: { value: number }) => lost.value)).toEqual([0.02, 0.02]);
  });

  it('names the origin of what a derived default follows', async () => {
    const report = JSON.parse(await run('--format', 'json', '--path', 'studies.backtest-stops.multipliers'));
    expect(report.result.leaves).toMatchObject([
      { value: [2.5], origin: expect.stringContaining('guards.stops.multiplier from risk.yaml:4') },
    ]);
  });

  it('refuses a mode that lacks what it asks for (RULES 3.10), at the bound and beyond', async () => {
    const speculative = (latency: number) =>
      run('--mode', 'speculative', '--set', `engine.latency=${latency}`, '--path', 'engine.latency');
    expect(await speculative(30)).toContain('30');
    await expect(speculative(31)).rejects.toThrow('must be at most 30 in mode speculative, was 31');
  });

  it('has an example in its help that runs', async () => {
    let help = '';
    const { shell } = shellIn(folder);
    command(shell)
      .configureOutput({ writeOut: (text) => (help += text) })
      .outputHelp();
    const [, example = ''] = /\$ risk config (.+)/.exec(help) ?? [];
    expect(await run(...example.split(' '))).toContain('guards.stops.atrPeriod');
  });
});
