import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportSchemas } from '../../src/commands/report-schemas.ts';
import { command } from '../../src/commands/var.ts';
import type { Report } from '../../src/model/report.ts';
import type { VarResult } from '../../src/studies/var-result.ts';
import { scratch } from '../support/scratch.ts';
import { shellIn } from '../support/shell.ts';

const quick = ['--resample', '20', '--refits', '3', '--paths', '200'];

async function run(files: Readonly<Record<string, string>>, ...argv: string[]) {
  const cwd = await scratch(files);
  const { shell, told } = shellIn(cwd);
  await command(shell).parseAsync([...quick, ...argv], { from: 'user' });
  return { cwd, ...told };
}
const reportOf = async (...argv: string[]): Promise<Report<VarResult>> =>
  JSON.parse((await run({}, ...argv, '--format', 'json', '--quiet')).out);

const daily = (days: number, price: (i: number) => number) =>
  `timestamp,open,high,low,close,volume\n${Array.from({ length: days }, (_, i) => {
    const close = price(i);
    return `${Date.UTC(2023, 0, 1 + i)},${close},${close},${close},${close},10`;
  }).join('\n')}\n`;
const book = `account: { balance: 1000, venue: binance }
positions: [{ symbol: BTCUSDT, qty: 0.1, entry: 20000, leverage: 5 }]
`;

describe('risk var', () => {
  it('tells the example book on the sample, in its first line, every method in a line', async () => {
    const { out, code } = await run({}, '--components');
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toBe('Value at risk on the bundled sample (synthetic)');
    for (const method of [
      'historical',
      'normal',
      'student-t',
      'cornish-fisher',
      'ewma',
      'garch',
      'fhs',
      'evt',
    ])
      expect(out).toMatch(new RegExp(`^${method} +99\\.00 % `, 'm'));
    expect(out).toContain('25 excesses over the threshold are too few, 50 are needed');
    expect(out).toMatch(/^historical .* ETHUSDT .* -/m);
    expect(out).toContain('The venue liquidates within 1d');
  });

  it('keeps its schema to the letter, with the same bytes each time', async () => {
    const argv = ['--stressed', 'covid', '--correlation', 'crisis'];
    const report = await reportOf(...argv);
    expect(reportSchemas.get('var')?.parse(report)).toEqual(report);
    expect(JSON.stringify(await reportOf(...argv))).toBe(JSON.stringify(report));
    expect(report.fidelity).toEqual(
      expect.arrayContaining(['synthetic-data', 'points-interpolated', 'proxy-history']),
    );
    expect(report.inputs.map(({ role, path }) => `${role} ${path}`)).toContain(
      'scenario scenario:covid.yaml',
    );
  });

  it('every flag changes something', async () => {
    const base = JSON.stringify((await reportOf()).result);
    for (const argv of [
      ['--confidence', '0.9'],
      ['--horizon', '4h'],
      ['--window', '300'],
      ['--method', 'fhs'],
      ['--returns', 'log'],
      ['--quantile', 'higher'],
      ['--stressed', 'luna'],
      ['--correlation', 'crisis'],
      ['--lambda', '0.97'],
      ['--innovations', 'student-t'],
      ['--taker-fee', '0.001'],
      ['--half-spread-bps', '3'],
      ['--seed', '2'],
    ])
      expect(JSON.stringify((await reportOf(...argv)).result), argv.join(' ')).not.toBe(base);
    expect(JSON.stringify((await reportOf('--method', 'all')).result)).toBe(base);
  });

  it('runs a file and a book of the user, and lends moves', async () => {
    const csv = daily(300, (i) => 20_000 + 100 * ((i * 7) % 13));
    const files = { 'bars/BTCUSDT-1d.csv': csv, 'book.yaml': book };
    const argv = ['--portfolio', 'book.yaml', '--ohlcv', 'bars', '--format', 'json', '--quiet'];
    const own: Report<VarResult> = JSON.parse((await run(files, ...argv)).out);
    expect(own.fidelity).not.toContain('synthetic-data');
    expect(own.result.portfolio).toMatchObject({ currency: 'USDT', asOf: Date.UTC(2023, 0, 301) });
    const held = { ...files, 'book.yaml': book.replace('BTCUSDT', 'ETHUSDT') };
    await expect(run(held, ...argv)).rejects.toThrow(
      /ETHUSDT has none; there are BTCUSDT.*--proxy ETHUSDT=BTCUSDT/,
    );
    const proxied = [...argv, '--proxy', 'ETHUSDT=BTCUSDT'];
    await expect(run(held, ...proxied)).rejects.toThrow(/ETHUSDT has neither.*Give it a mark/);
    const marked = { ...held, 'book.yaml': held['book.yaml'].replace('entry:', 'mark: 1500, entry:') };
    const lent: Report<VarResult> = JSON.parse((await run(marked, ...proxied)).out);
    expect(lent.result.portfolio.positions).toMatchObject([{ symbol: 'ETHUSDT', proxy: 'BTCUSDT' }]);
    expect(lent.fidelity).toContain('proxy-history');
  });

  it('says that the example book stands in beside files of the user', async () => {
    const files = Object.fromEntries(
      ['BTC', 'ETH', 'SOL'].map((coin) => [`${coin}USDT-1d.csv`, daily(300, (i) => 100 + ((i * 7) % 13))]),
    );
    const { out } = await run(files, '--ohlcv', '.', '--method', 'normal');
    expect(out).toContain('no --portfolio was named: the example book stands in');
  });

  it('too short a series: what is needed, and what was', async () => {
    const files = { 'BTCUSDT-1d.csv': daily(100, (i) => 100 + (i % 5)), 'book.yaml': book };
    const argv = ['--portfolio', 'book.yaml', '--ohlcv', '.'];
    await expect(run(files, ...argv)).rejects.toMatchObject({
      name: 'DataError',
      message: expect.stringMatching(/a window must have 252 returns of 1d in common \(253 closes\), was 99/),
    });
    await expect(run(files, ...argv, '--window', '60', '--horizon', '1h')).rejects.toMatchObject({
      name: 'DataError',
      message: expect.stringContaining('periods of 1h must be a multiple of the bars, were bars of 1d'),
    });
  });

  it.each([
    [['--method', 'garhc'], /--method must be all or of historical.*was garhc. Did you mean garch\?/],
    [['--confidence', '1'], /studies.var.confidences/],
    [['--confidence', '95'], /studies.var.confidences/],
    [['--window', '10'], /studies.var.window/],
    [['--horizon', '11d'], /studies.var.horizon/],
    [['--sqrt-time'], /root of time/],
    [['--stressed', 'covd'], /covid/],
    [['--proxy', 'SOL'], /SOLUSDT=BTCUSDT/],
  ])('%s is refused', async (argv, message) => {
    await expect(run({}, ...argv)).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(message),
    });
  });

  it('tests its methods by forecasts of the past', async () => {
    const { out } = await run({}, '--backtest', '--method', 'historical,ewma');
    expect(out).toContain('Backtest, each forecast made of the window before its day');
    expect(out).toMatch(/^ewma +99 % .*inconclusive/m);
  });

  it.each([80, 120])('no line is wider than %i columns', async (columns) => {
    const cwd = await scratch({});
    const { shell, told } = shellIn(cwd);
    const argv = [...quick, '--components', '--detail', '--stressed', 'covid', '--correlation', 'crisis'];
    await command({ ...shell, columns }).parseAsync([...argv, '--horizon', '2d', '--sqrt-time'], {
      from: 'user',
    });
    const wide = told.out.split('\n').filter((line) => line.length > columns);
    expect(wide).toEqual([]);
  });

  it('has in CSV the interval of each figure, and the reason in words in its row', async () => {
    const { out } = await run({}, '--method', 'evt,historical', '--format', 'csv', '--quiet');
    const [head = '', ...rows] = out.trim().split('\n');
    const end = 'low,high,es,esFraction,esLow,esHigh,adjusted,state,reason';
    expect(head).toBe(`method,confidence,var,varFraction,${end}`);
    expect(rows.find((row) => row.startsWith('"evt",0.99'))).toMatch(/,"not valid",".*excesses.*"$/);
    const historical = rows.find((row) => row.startsWith('"historical",0.95'))?.split(',') ?? [];
    const [es = 0, , low = 0, high = 0] = historical.slice(6).map(Number);
    expect(low).toBeGreaterThan(0);
    expect(low).toBeLessThanOrEqual(es);
    expect(high).toBeGreaterThanOrEqual(es);
  });

  it('says of each part of a VaR that is not valid that it is not, and of the root of time', async () => {
    const argv = ['--method', 'historical', '--confidence', '0.99', '--window', '60', '--components'];
    const { out } = await run({}, ...argv, '--horizon', '2d', '--sqrt-time');
    const root = out.slice(out.indexOf('One day times the root'));
    expect(root).toMatch(/^historical +99\.00 % .* not valid \([a-z]\)/m);
    const offsets = out.slice(out.indexOf('What offsets'), out.indexOf('Components'));
    expect(offsets).toMatch(/^historical +99\.00 % .* not valid$/m);
    expect(offsets).toMatch(/^normal +99\.00 % .* not judged$/m);
    expect(out.slice(out.indexOf('Components'))).toMatch(/^historical .* not valid$/m);
  });

  it('shows both ends of an interval, or none', async () => {
    const cwd = await scratch({});
    for (const columns of [60, 70, 80, 90, 100, 110, 120, 140]) {
      const { shell, told } = shellIn(cwd);
      const argv = [...quick, '--quiet', '--method', 'historical', '--paths', '0'];
      await command({ ...shell, columns }).parseAsync(argv, { from: 'user' });
      const table = told.out.slice(told.out.indexOf('VaR and ES, '), told.out.indexOf('What offsets'));
      const left = (/left out for width[^(]*/.exec(table)?.[0] ?? '').replace(/\s+/g, ' ');
      expect(left.includes('VaR low')).toBe(left.includes('VaR high'));
      expect(left.includes('ES low')).toBe(left.includes('ES high'));
    }
  });

  it('writes a page with the distribution, the components and the heat map', async () => {
    const { cwd, out } = await run({}, '--html', 'var.html', '--format', 'csv');
    const html = readFileSync(join(cwd, 'var.html'), 'utf8');
    for (const part of [
      'Returns of the window',
      'Components of the historical VaR at 99 %',
      'Correlation (Pearson)',
      'VaR 99 %',
      'ES 95 %',
    ])
      expect(html).toContain(part);
    expect(out.split('\n')[0]).toContain('method,');
  });
});
