import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { command } from '../../src/commands/check.ts';
import { reportSchemas } from '../../src/commands/report-schemas.ts';
import type { Report } from '../../src/model/report.ts';
import type { CheckResult } from '../../src/studies/check-result.ts';
import { scratch } from '../support/scratch.ts';
import { shellIn } from '../support/shell.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sample = join(root, 'data/sample');

/** 10,000 of equity; 10 coins at 100 and 5x. */
const files = {
  'book.yaml': `account: { balance: 10000 }
positions:
  - { symbol: BTCUSDT, qty: 10, entry: 100, mark: 100, leverage: 5, stop: 95, sector: layer1 }
`,
  'small.yaml': 'symbol: BTCUSDT\nside: buy\nqty: 20\nleverage: 5\nstop: 95\n',
  'large.yaml': 'symbol: BTCUSDT\nside: buy\nqty: 100\nleverage: 5\nstop: 95\n',
  'sell.yaml': 'symbol: BTCUSDT\nside: sell\nqty: 4\n',
};

async function run(argv: readonly string[], columns = 80) {
  const cwd = await scratch(files);
  const { shell, told } = shellIn(cwd);
  await command({ ...shell, columns }).parseAsync([...argv], { from: 'user' });
  return { cwd, ...told };
}
const book = ['--portfolio', 'book.yaml'];
const cut = ['--set', 'guards.trade-limits.onExceed=resize'];

async function reportOf(...argv: string[]): Promise<Report<CheckResult>> {
  return JSON.parse((await run([...argv, '--format', 'json', '--quiet'])).out);
}
const resultOf = async (...argv: string[]) => (await reportOf(...argv)).result;

describe('risk check', () => {
  test.each([
    ['small.yaml', [], 'ALLOWED: all of 20 may pass.', 0],
    // 1,000 - 200 of margin, and 200 at risk, are 40 coins each.
    ['large.yaml', cut, 'RESIZED: 40 of 100 may pass, by trade-limits position-margin.', 0],
    ['large.yaml', [], 'DENIED: nothing of 100 may pass, by trade-limits position-margin.', 1],
    ['sell.yaml', [], 'ALLOWED: 4 only lowers what is held, and passes whatever stands.', 0],
  ])('of %s with %j says "%s"', async (order, set, text, code) => {
    const told = await run(['--order', order, ...book, ...set]);
    expect(told.out).toContain(text);
    expect(told.code).toBe(code);
  });

  test('fits into 80 columns, with signs and units beside the numbers', async () => {
    const { out } = await run(['--order', 'large.yaml', ...book, ...cut, '--peak', '20000']);
    for (const line of out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    // 2,200 of 10,000 of margin, of at most 10 %: 20 % of the limit before, 220 % as asked.
    expect(out).toMatch(/trade-limits +position-margin +22\.00 % +10\.00 %/);
    expect(out).toMatch(/trade-limits +position-margin +20\.00 % +220\.00 %/);
    // A drawdown of half is above 20 %.
    expect(out).toMatch(/emergency-stop +halt +drawdown +the book +50\.00 % \/ 20\.00 %/);
    expect(out).toContain('Not judged, for want of data');
    expect(out).toMatch(/stop +95 +5\.00 % away/);
    expect(out).toContain('give it with');
  });

  test('without files is about the sample, says so, and passes what only lowers', async () => {
    const { out, code } = await run([]);
    expect(out.split('\n')[0]).toContain('on the bundled sample (synthetic)');
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      'RESIZED: only the 9 of 12 that lower what is held may pass; what opens is refused, by trade-limits',
    );
    expect(out).toContain('9 of the order only lowers what is held');
    // Without guards the whole of it may pass, and not because it lowers.
    const { out: unguarded } = await run(['--guards', 'none', '--quiet']);
    expect(unguarded).toContain('ALLOWED: all of 12 may pass, as no guard was asked.');
    expect(out).toMatch(/venue +takes what is allowed/);
    expect(code).toBe(0);
  });

  test('keeps its schema to the letter, names its inputs, and gives the same bytes', async () => {
    const argv = ['--order', 'large.yaml', ...book];
    const report = await reportOf(...argv);
    expect(reportSchemas.get('check')?.parse(report)).toEqual(report);
    expect(await reportOf(...argv)).toEqual(report);
    expect(report.inputs.map(({ role, path }) => [role, path])).toEqual([
      ['portfolio', 'book.yaml'],
      ['order', 'large.yaml'],
    ]);
    const whole = await reportOf();
    expect(reportSchemas.get('check')?.parse(whole)).toEqual(whole);
  });

  test('is written as CSV, Markdown and a page as well', async () => {
    const argv = ['--order', 'large.yaml', ...book, '--quiet'];
    // 500 at risk of 10,000, of 2 %.
    const csv = (await run([...argv, '--format', 'csv'])).out;
    expect(csv).toMatch(/^"trade-limits","risk",0,2\.5$/m);
    expect((await run([...argv, '--format', 'markdown'])).out).toContain('| trade-limits');
    const { cwd } = await run([...argv, '--html', 'check.html']);
    expect(readFileSync(join(cwd, 'check.html'), 'utf8')).toContain('DENIED: nothing of 100');
  });

  test('says what it needs', async () => {
    await expect(run(['--order', 'small.yaml'])).rejects.toThrow('was an order alone');
    await expect(run(book)).rejects.toThrow('was a portfolio alone');
    await expect(
      run(['--mode', 'speculative', '--set', 'guards.circuit-breakers.drawdown.limit=null']),
    ).rejects.toThrow('must be a number in mode speculative');
    await expect(run(['--order', 'nothing.yaml', ...book])).rejects.toThrow('FILE_MISSING');
    await expect(run(['--order', 'book.yaml', ...book])).rejects.toThrow(
      'was "positions"; symbol must be text',
    );
    await expect(run(['--order', 'small.yaml', ...book, '--at', '2022-02-30'])).rejects.toThrow('a moment');
    await expect(run(['--order', 'small.yaml', ...book, '--peak', '0'])).rejects.toThrow('must be above 0');
  });
});

describe('every flag of its own changes some result', () => {
  const base = ['--order', 'large.yaml', ...book];
  test.each([
    [['--order', 'small.yaml']],
    [['--day-equity', '20000']],
    [['--week-peak', '20000']],
    [['--peak', '20000']],
    [['--guards', 'none']],
    [['--mode', 'conservative']],
    [['--env', 'production']],
    [['--half-spread-bps', '40']],
    [['--ohlcv', join(sample, 'BTCUSDT-1h.csv')]],
    [['--set', 'guards.leverage-cap.moderate=4']],
  ])('%j', async (change) => {
    const without = base.filter((_, i) => base[i] !== change[0] && base[i - 1] !== change[0]);
    expect(await resultOf(...without, ...change)).not.toEqual(await resultOf(...base));
  });

  test('--at, --mark and --impact with data', async () => {
    const bars = ['--ohlcv', join(sample, 'BTCUSDT-1h.csv')];
    const marks = ['--mark', join(sample, 'BTCUSDT-1h.csv')];
    const one = await resultOf(...base, ...bars);
    expect(await resultOf(...base, ...bars, '--at', '2024-03-01')).not.toEqual(one);
    expect(await resultOf(...base, ...bars, '--impact', '0.5')).not.toEqual(one);
    expect((await reportOf(...base, ...bars)).fidelity).toContain('last-as-mark');
    expect((await reportOf(...base, ...bars, ...marks)).fidelity).not.toContain('last-as-mark');
  });
});

test('every example of its help runs from the root of the repository', async () => {
  let help = '';
  command(shellIn(root).shell)
    .configureOutput({ writeOut: (text) => (help += text) })
    .outputHelp();
  const examples = [...help.matchAll(/\$ risk check(.*)/g)].map(([, rest = '']) =>
    rest
      .trim()
      .replaceAll("'", '')
      .split(' ')
      .filter((word) => word !== ''),
  );
  expect(examples.length).toBeGreaterThan(2);
  for (const argv of examples) {
    const { shell, told } = shellIn(root);
    await command(shell).parseAsync([...argv, '--quiet'], { from: 'user' });
    expect(told.out, argv.join(' ')).toContain('Use of each limit');
  }
});
