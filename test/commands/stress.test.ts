import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { reportSchemas } from '../../src/commands/report-schemas.ts';
import { command } from '../../src/commands/stress.ts';
import type { Report } from '../../src/model/report.ts';
import type { StressResult } from '../../src/studies/stress-result.ts';
import { scratch } from '../support/scratch.ts';
import { shellIn } from '../support/shell.ts';

async function run(files: Readonly<Record<string, string>>, ...argv: string[]) {
  const cwd = await scratch(files);
  const { shell, told } = shellIn(cwd);
  await command(shell).parseAsync(argv, { from: 'user' });
  return { cwd, ...told };
}
const reportOf = async (
  files: Readonly<Record<string, string>>,
  ...argv: string[]
): Promise<Report<StressResult>> =>
  JSON.parse((await run(files, ...argv, '--format', 'json', '--quiet')).out);
const scenarioOf = async (...argv: string[]) => {
  const { result } = await reportOf({}, ...argv);
  const [first] = result.scenarios;
  if (first === undefined) throw new Error('a scenario was asked for');
  return first;
};

const own = `id: own
title: A fall of ten percent in a day
kind: hypothetical
origin: synthetic
story: invented
sources: [{ text: invented, date: 2025-01-10 }]
start: 2025-01-10
end: 2025-01-11
interval: 1h
prices: relative
assets:
  BTC: { points: [[2025-01-08, 1], [2025-01-10, 1], [2025-01-11, 0.9]] }
  DEFAULT: { proxy: BTC }
liquidity: { DEFAULT: 10000000 }
shocks: { DEFAULT: -0.1 }
`;
const book = `account: { balance: 1000, venue: binance, marginMode: isolated }
positions:
  - { symbol: BTCUSDT, qty: 0.1, entry: 50000, leverage: 20 }
`;

describe('risk stress', () => {
  test('tells the example book through a scenario in a line, with what acted first', async () => {
    const { out, code } = await run({}, '--scenario', 'luna');
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toBe('Stress test of the example book');
    expect(out).toMatch(/^luna +saved /m);
    expect(out).toMatch(/^luna .* stops\b/m);
    expect(out).toContain('not-modelled: ');
    expect(out).toContain('left aside: leverage-cap of LUNA at binance');
  });

  test('keeps its schema to the letter, with the same bytes each time', async () => {
    const argv = ['--scenario', 'luna', '--scenario', 'flash-crash', '--reverse', '--distance'];
    const report = await reportOf({}, ...argv);
    expect(reportSchemas.get('stress')?.parse(report)).toEqual(report);
    expect(await reportOf({}, ...argv)).toEqual(report);
    expect(report.inputs.map(({ path, role }) => `${role} ${path}`)).toContain('scenario scenario:luna.yaml');
  });

  test('runs a file and a book of the user', async () => {
    const { result, warnings } = await reportOf(
      { 'own.yaml': own, 'book.yaml': book },
      '--scenario',
      './own.yaml',
      '--portfolio',
      'book.yaml',
    );
    const [first] = result.scenarios;
    // 20x on Binance: 5,000 of notional, margin 250, maintenance 0.4 %: 45,000 is far beyond it.
    expect(first).toMatchObject({ id: 'own', verdict: 'saved-by-protection', shock: { pnl: -500 } });
    expect(first?.firstLiquidation).toMatchObject({ run: 'unprotected', symbol: 'BTCUSDT' });
    expect(result.portfolio).toMatchObject({ equity: '1000', grossExposure: '5000', leverage: 5 });
    expect(warnings.map(({ text }) => text).join()).toContain('BTCUSDT states no mark');
  });

  test('every flag changes something', async () => {
    const base = await scenarioOf('--scenario', 'october-2025');
    const ends = ({ protected: guarded, unprotected }: typeof base) => [
      guarded.endEquity,
      unprotected.endEquity,
    ];
    for (const argv of [
      ['--scale', '0.5'],
      ['--shift', 'BTC=DEFAULT'],
      ['--legs', 'jump'],
      ['--intrabar', 'optimistic'],
      ['--seed', '7'],
      ['--guards', 'none'],
    ] as const) {
      if (argv[1] === 'BTC=DEFAULT') {
        await expect(scenarioOf('--scenario', 'october-2025', ...argv)).rejects.toThrow(
          /--shift must name an asset/,
        );
        continue;
      }
      expect(ends(await scenarioOf('--scenario', 'october-2025', ...argv)), argv.join(' ')).not.toEqual(
        ends(base),
      );
    }
    expect((await scenarioOf('--scenario', 'october-2025', '--repeat', '3')).repeats?.seeds).toBe(3);
    const shifted = await scenarioOf('--scenario', 'luna', '--shift', 'SOL=LUNA');
    expect(shifted.mapping.find(({ symbol }) => symbol === 'SOLUSDT')).toMatchObject({ of: 'LUNA' });
  });

  test('takes recorded bars in the place of points, perp before spot, and says so', async () => {
    const rows = Array.from(
      { length: 24 * 9 },
      (_, i) => `${Date.UTC(2022, 4, 6) + i * 3_600_000},100,101,99,100,5`,
    );
    const csv = `timestamp,open,high,low,close,volume\n${rows.join('\n')}\n`;
    const { result, fidelity } = await reportOf(
      { 'market/2022-05_spot_BTCUSDT_1h.csv': csv, 'book.yaml': book },
      '--scenario',
      'luna',
      '--portfolio',
      'book.yaml',
      '--market',
      'market',
    );
    const [first] = result.scenarios;
    expect(first?.origin).toBe('recorded');
    expect(first?.mapping).toMatchObject([
      { by: 'market', of: '2022-05_spot_BTCUSDT_1h.csv', price: 50_000 },
    ]);
    expect(fidelity).toContain('spot-as-perp');
  });

  test('tells the year of a liquidation where scenarios of several years stand in one table, within the width', async () => {
    const told = async (columns: number, ...argv: string[]) => {
      const { shell, told: said } = shellIn(await scratch({ 'book.yaml': book }));
      const ids = argv.flatMap((id) => ['--scenario', id]);
      await command({ ...shell, columns }).parseAsync([...ids, '--portfolio', 'book.yaml', '--quiet'], {
        from: 'user',
      });
      return said.out;
    };
    // 5,000 of notional on 250 of margin: liquidated by 5 % less maintenance, hours into either.
    const [narrow, wide, one] = [
      await told(80, 'luna', 'covid'),
      await told(160, 'luna', 'covid'),
      await told(80, 'luna'),
    ];
    expect(narrow).toMatch(/^luna .* BTCUSDT 2022-05-08 /m);
    expect(narrow).toMatch(/^covid .* BTCUSDT 2020-03-08 /m);
    const [, at = 'none'] = /^luna .* BTCUSDT 05-08 (\d\d:\d\d) /m.exec(one) ?? [];
    expect(wide).toMatch(new RegExp(`^luna .* BTCUSDT 2022-05-08 +${at} `, 'm'));
    const widths = (text: string) => Math.max(...text.split('\n').map((line) => line.length));
    expect([widths(narrow) <= 80, widths(wide) <= 160, widths(one) <= 80]).toEqual([true, true, true]);
  });

  test('leaves aside what a folder holds besides bars, and says so; a file that is named must be one', async () => {
    const time = (hour: number) => Date.UTC(2022, 4, 6) + hour * 3_600_000;
    const bars = Array.from({ length: 24 * 9 }, (_, i) => `${time(i)},100,101,99,100,5`).join('\n');
    const funding = Array.from({ length: 20 }, (_, i) => `${time(i * 8)},0.0001`).join('\n');
    const files = {
      'market/perp_BTCUSDT_1h.csv': `timestamp,open,high,low,close,volume\n${bars}\n`,
      'market/BTCUSDT-funding.csv': `timestamp,fundingRate\n${funding}\n`,
      'market/notes.csv': 'what,ever\n1,2\n',
      'book.yaml': book,
    };
    const argv = ['--scenario', 'luna', '--portfolio', 'book.yaml', '--market'] as const;
    const { result, warnings, inputs } = await reportOf(files, ...argv, 'market');
    expect(result.scenarios[0]?.origin).toBe('recorded');
    expect(inputs.map(({ path }) => path)).toEqual([
      'book.yaml',
      'scenario:luna.yaml',
      'perp_BTCUSDT_1h.csv',
    ]);
    expect(warnings.filter(({ code }) => code === 'market-unused')).toEqual([
      {
        code: 'market-unused',
        input: null,
        count: 2,
        text: 'files that hold no bars were left aside: BTCUSDT-funding.csv (funding), notes.csv (in no known format)',
      },
    ]);
    await expect(run(files, ...argv, 'market/BTCUSDT-funding.csv')).rejects.toThrow(
      /FILE_FORMAT.*BTCUSDT-funding\.csv/,
    );
  });

  test('lists the scenarios and runs none', async () => {
    const { out, code } = await run({}, '--list');
    expect(code).toBe(0);
    for (const id of ['luna', 'ftx', 'covid', 'knight', 'calm'])
      expect(out).toMatch(new RegExp(`^${id} `, 'm'));
  });

  test('writes a page with curves, zones and the heat map', async () => {
    const { cwd } = await run({}, '--scenario', 'luna', '--scenario', 'calm', '--html', 'stress.html');
    const html = readFileSync(join(cwd, 'stress.html'), 'utf8');
    for (const part of [
      'luna: prices, the start is 1',
      'luna: equity',
      'calm: margin level',
      'class="heat"',
      'the venue acts',
    ])
      expect(html).toContain(part);
  });
});

describe('risk stress refuses', () => {
  test.each([
    [['--scenario', 'lunna'], /a scenario must be a bundled one.*was "lunna".*Did you mean "luna"\?/],
    [['--all', '--scenario', 'luna'], /scenarios must be named by --scenario or be --all, was both/],
    [['--scenario', 'luna', '--ohlcv', 'a.csv'], /--ohlcv must stand beside --reverse/],
    [['--scenario', 'luna', '--correlation', 'crisis'], /--correlation must stand beside --reverse/],
    [['--scenario', 'luna', '--scale', '-1'], /studies\.stress\.scale must be at least 0, was -1/],
    [
      ['--scenario', 'luna', '--shift', 'SOL'],
      /studies\.stress\.shift.* must be assets, or a pair such as SOL=LUNA/,
    ],
    [['--scenario', './none.yaml'], /a scenario file must be there and readable/],
    [['--scenario', 'luna', '--portfolio', 'none.yaml'], /none\.yaml/],
  ])('%j', async (argv, message) => {
    await expect(run({}, ...argv)).rejects.toThrow(message);
  });
});
