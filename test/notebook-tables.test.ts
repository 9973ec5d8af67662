/** Every list of the reports of every command, as both kinds of tables. */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { main } from '../src/commands/main.ts';
import { reportSchemas } from '../src/commands/report-schemas.ts';
import { tableColumns, tablePaths, toArquero, toDataFrame } from '../src/danfo.ts';
import { writeStory } from './support/audit-story.ts';
import { scratch } from './support/scratch.ts';
import { shellIn } from './support/shell.ts';

const bars = fileURLToPath(new URL('../data/sample/BTCUSDT-1h.csv', import.meta.url));

/** What follows the name of a command that needs files, or that has more lists with it. */
const words: Readonly<Record<string, readonly string[]>> = {
  'audit show': ['run.audit'],
  'audit verify': ['run.audit'],
  'backtest-stops': ['--multiplier', '2', '--by', 'symbol,hour', '--detail'],
  'data convert': [bars, 'bars.csv'],
  'data describe': [bars],
  'data inspect': [bars],
  'scenarios validate': ['luna.yaml'],
  replay: ['--counterfactual', '--to', '2024-01-20'],
  stress: ['--scenario', 'luna', '--reverse', '--distance'],
};

async function reportOf(name: string) {
  const folder = await scratch();
  writeStory(folder);
  await cp(fileURLToPath(new URL('../scenarios/luna.yaml', import.meta.url)), join(folder, 'luna.yaml'));
  const { shell, told } = shellIn(folder);
  const code = await main([...name.split(' '), ...(words[name] ?? []), '--format', 'json'], shell);
  expect([code, told.err]).toEqual([expect.toBeOneOf([0, 1]), told.err]);
  return JSON.parse(told.out);
}

test.each([...reportSchemas.keys()])('of %s', async (name) => {
  const report = await reportOf(name);
  const paths = tablePaths(report);
  expect(paths.length).toBeGreaterThan(0);
  for (const { path, rows } of paths) {
    const columns = tableColumns(report, path);
    const cells = Array.from({ length: rows }, (_, i) => columns.map(({ values }) => values[i]));
    const names = columns.map((column) => column.name);
    expect(new Set(names).size, path).toBe(names.length);
    expect(toDataFrame(report, path).values, path).toEqual(cells);
    const table = toArquero(report, path);
    expect([table.numRows(), table.columnNames()], path).toEqual([rows, names]);
    expect(
      names.map((column) => [...table.array(column)]),
      path,
    ).toEqual(columns.map(({ values }) => values));
  }
});
