import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { reportSchemas } from '../../src/commands/report-schemas.ts';
import { command } from '../../src/commands/size.ts';
import type { Report } from '../../src/model/report.ts';
import type { SizeResult } from '../../src/studies/size-result.ts';
import { codeOf } from '../support/codes.ts';
import { scratch } from '../support/scratch.ts';
import { shellIn } from '../support/shell.ts';

const sample = fileURLToPath(new URL('../../data/sample', import.meta.url));

async function run(files: Readonly<Record<string, string>>, argv: readonly string[], columns = 100) {
  const cwd = await scratch(files);
  const { shell, told } = shellIn(cwd);
  await command({ ...shell, columns }).parseAsync(argv, { from: 'user' });
  return { cwd, ...told };
}
const reportOf = async (...argv: string[]): Promise<Report<SizeResult>> =>
  JSON.parse((await run({}, [...argv, '--format', 'json', '--quiet'])).out);
const resultOf = async (...argv: string[]) => (await reportOf(...argv)).result;

const btc = ['--ohlcv', join(sample, 'BTCUSDT-1h.csv')];
const held = ['--journal', join(sample, 'journal.csv'), ...btc];
const bet = ['--win-rate', '0.55', '--win', '0.03', '--loss', '0.02'];

describe('risk size', () => {
  test('on the sample keeps its schema to the letter, says that it is synthetic, and gives the same bytes', async () => {
    const report = await reportOf();
    expect(reportSchemas.get('size')?.parse(report)).toEqual(report);
    expect(report.fidelity).toContain('synthetic-data');
    expect(await reportOf()).toEqual(report);
    expect((await run({}, [])).out.split('\n')[0]).toContain('on the bundled sample (synthetic)');
  });

  test('sizes by the least of its bounds, in whole lots', async () => {
    const { bounds, binding, notional, qty, position } = await resultOf(...held);
    const allowed = bounds.flatMap((one) => (one.notional === null ? [] : [Number(one.notional)]));
    expect(Number(notional)).toBe(Math.min(...allowed));
    expect(bounds.find(({ name }) => name === binding)?.notional).toBe(notional);
    const lots = Number(notional) / (position.entry ?? 1) / 0.001;
    expect(Number(qty)).toBeCloseTo(Math.floor(lots) * 0.001, 9);
  });

  test('with a stated bet reads no sample: RULES 4.6 by hand', async () => {
    const report = await reportOf(...bet, '--equity', '50000', '--leverage', '5');
    expect(report.inputs).toEqual([]);
    // (0.55 - 0.45 / 1.5) / 4 = 6.25 % of 50,000.
    expect(Number(report.result.notional)).toBeCloseTo(3125, 6);
    expect(Number(report.result.margin)).toBeCloseTo(625, 6);
  });

  test('shows what binds, why others do not, and how sure the trades are', async () => {
    const { out } = await run({}, held);
    expect(out).toMatch(/kelly-trades-literal +1\.00 % +notional +1,002\.59 +100\.26 +binds/);
    expect(out).toContain('Without it kelly-trades-log would bind.');
    expect(out).toContain('no-side');
    expect(out).toContain('worlds that do not grow');
    expect(out).toContain('Growth of a trade by size');
  });

  test.each([80, 120])('no line is wider than %i columns', async (columns) => {
    for (const argv of [[], held, bet, [...btc, '--direction', 'short']]) {
      const { out } = await run({}, argv, columns);
      const widest = Math.max(...out.split('\n').map((line) => [...line].length));
      expect(widest).toBeLessThanOrEqual(columns);
    }
  });

  test('--format csv carries the bounds, --out the report, --html a page with their chart', async () => {
    const { cwd, out } = await run({}, [
      ...held,
      '--format',
      'csv',
      '--quiet',
      '--out',
      'r.json',
      '--html',
      'p.html',
    ]);
    expect(out.split('\n')[0]).toBe('name,fraction,of,notional,margin,binds,reason,rule');
    expect(out.trim().split('\n')).toHaveLength(17);
    expect(JSON.parse(await readFile(join(cwd, 'r.json'), 'utf8')).command).toBe('size');
    expect(await readFile(join(cwd, 'p.html'), 'utf8')).toContain('What each bound allows');
  });
});

describe('the stop and what is lost at it', () => {
  test('bars that never moved are bars, and have no ATR above 0', async () => {
    const rows = Array.from(
      { length: 60 },
      (_, i) => `${1_704_067_200_000 + i * 86_400_000},100,100,100,100,1`,
    );
    const text = `timestamp,open,high,low,close,volume\n${rows.join('\n')}\n`;
    const { out } = await run({ 'BTCUSDT-1d.csv': text }, ['--ohlcv', 'BTCUSDT-1d.csv']);
    expect(out).toContain('no stop, and no ATR above 0 in the bars');
    expect(out).not.toContain('no stop and no bars');
    expect((await run({}, bet)).out).toContain('no stop and no bars');
  });

  test('of a stop beyond liquidation is the isolated margin', async () => {
    // 6.25 % of 100,000 at 10x: a margin of 625; the stop, 20 % away, would take 1,250.
    const { out } = await run({}, [...bet, '--entry', '100', '--stop', '80', '--leverage', '10']);
    expect(out).toMatch(/lost at the stop +625\.00 +the isolated margin: liquidated before the stop/);
  });
});

describe('every key of the study changes some result', () => {
  let base: Promise<SizeResult> | undefined;
  const asItIs = () => (base ??= resultOf(...held));
  test.each([
    ['--direction', 'long'],
    ['--symbol', 'ETH', '--ohlcv', join(sample, 'BTCUSDT-1h.csv'), join(sample, 'ETHUSDT-1h.csv')],
    ['--equity', '50000'],
    ['--entry', '60000'],
    ['--stop', '45000'],
    ['--leverage', '5'],
    ['--mmr', '0.01'],
    ['--lot', '0.01'],
    [...bet],
    ['--signal', '0.2'],
    ['--kelly-fraction', '0.5'],
    ['--volatility-target', '0.01'],
    ['--max-risk', '0.01'],
    ['--window', '90'],
    ['--ruin-level', '0.9'],
    ['--fee-bps', '1'],
    ['--seed', '2'],
    ['--set', 'studies.size.buffer=0.5'],
    ['--set', 'studies.size.fallHorizon=4h'],
    ['--set', 'studies.size.fallLevel=0.9'],
    ['--set', 'studies.size.fallProbability=null'],
    ['--set', 'studies.size.ruinHorizon=100'],
    ['--set', 'studies.size.intervalLevel=0.9'],
    ['--set', 'studies.size.replicates=200'],
    ['--set', 'guards.stops.atrPeriod=50'],
    ['--set', 'guards.trade-limits.assumedStopAtrs=3'],
    ['--set', 'guards.trade-limits.maxPositionMargin=null'],
    ['--set', 'guards.trade-limits.maxPositionNotional=0.5'],
    ['--set', 'guards.trade-limits.adjust.closes=10'],
  ])('%s %s', async (...change) => {
    const kept = change.includes('--ohlcv') ? held.slice(0, 2) : held;
    expect(await resultOf(...kept, ...change)).not.toEqual(await asItIs());
  });

  test('and those that only some runs look at', async () => {
    const risky = [...bet, '--journal', join(sample, 'journal.csv')];
    const paths = ['--kelly-fraction', '1', '--set', 'studies.size.ruinLevel=0.99'];
    expect((await resultOf(...risky, ...paths)).ruin).not.toEqual(
      (await resultOf(...risky, ...paths, '--set', 'studies.size.paths=20')).ruin,
    );
    const long = [...btc, '--direction', 'long'];
    const growth = async (...more: string[]) => (await resultOf(...long, ...more)).bounds;
    expect(await growth('--set', 'studies.size.riskFree=-0.1')).not.toEqual(await growth());
    expect((await resultOf(...held, '--signal', '0.3')).bounds).toEqual(
      (await resultOf(...held, '--confidence', '0.3')).bounds,
    );
  });
});

describe('risk size refuses', () => {
  test.each([
    [['--win-rate', '0.5'], 'a bet must be stated whole'],
    [['--win', '0.5', '--win-rate', '0.5'], 'was --win-rate and --win alone'],
    [['--loss', '0.5', ...btc], 'was --loss alone'],
    [['--win-rate', '1', '--win', '1', '--loss', '1'], 'studies.size.winRate'],
    [[...bet, '--stop', '100'], 'a stop must have an entry'],
    [['--entry', '100', '--stop', '100'], 'a stop must lie away from the entry'],
    [['--entry', '100', '--stop', '110', '--direction', 'long'], 'the stop of a long must lie below'],
    [['--equity', '0'], 'studies.size.equity'],
    [['--leverage', '0.5'], 'studies.size.leverage'],
    [['--signal', '0.5', '--confidence', '0.5'], 'one of the flags that set studies.size.signal'],
    [['--symbol', 'BTCUSTD', ...btc], 'Did you mean BTCUSDT?'],
  ])('%j', async (argv, message) => {
    await expect(run({}, argv)).rejects.toThrow(message);
  });

  test('a series of fewer than 30 daily returns: what is needed and what was', async () => {
    const text = await readFile(join(sample, 'BTCUSDT-1h.csv'), 'utf8');
    const short = text
      .split('\n')
      .slice(0, 24 * 20 + 1)
      .join('\n');
    const argv = ['--ohlcv', 'BTCUSDT-1h.csv'];
    expect(await codeOf(() => run({ 'BTCUSDT-1h.csv': `${short}\n` }, argv))).toBe('SERIES_SHORT');
    await expect(run({ 'BTCUSDT-1h.csv': `${short}\n` }, argv)).rejects.toThrow('was 19');
  });

  test('bars longer than a day', async () => {
    const week = 7 * 86_400_000;
    const rows = Array.from({ length: 60 }, (_, i) => `${1_704_067_200_000 + i * week},100,101,99,100,1`);
    const text = `timestamp,open,high,low,close,volume\n${rows.join('\n')}\n`;
    expect(await codeOf(() => run({ 'BTCUSDT-1w.csv': text }, ['--ohlcv', 'BTCUSDT-1w.csv']))).toBe(
      'INTERVAL',
    );
  });
});
