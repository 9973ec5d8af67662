import { describe, expect, test } from 'vitest';
import { commandList } from '../../src/commands/index.ts';
import { main } from '../../src/commands/main.ts';
import { scratch } from '../support/scratch.ts';

/** Runs a command line in a folder of its own and keeps what it says. */
async function run(argv: readonly string[], files: Readonly<Record<string, string>> = {}) {
  const told = { out: '', err: '' };
  const code = await main(argv, {
    cwd: await scratch(files),
    columns: 100,
    colour: false,
    progress: false,
    out: (text) => {
      told.out += text;
    },
    err: (text) => {
      told.err += text;
    },
  });
  return { code, ...told };
}

describe('help', () => {
  test('lists every command', async () => {
    const { code, out } = await run(['--help']);
    expect(code).toBe(0);
    for (const { name } of commandList) expect(out).toContain(name.split(' ')[0]);
  });
  test.each(commandList.map(({ name }) => name))('of %s has an example', async (name) => {
    const { code, out } = await run([...name.split(' '), '--help']);
    expect(code).toBe(0);
    expect(out).toMatch(/Examples?:\n {2}\$ risk /);
  });
  test('without a command is no pass by accident', async () => {
    expect((await run([])).code).toBe(2);
    expect((await run(['data'])).code).toBe(2);
  });
  test('--version prints the version', async () => {
    const { code, out } = await run(['--version']);
    expect([code, out.trim()]).toEqual([0, '0.5.0']);
  });
});

describe('exit codes', () => {
  test('an unknown command, flag, choice or key is usage, with the nearest name', async () => {
    expect(await run(['backtest-stop'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('backtest-stops'),
    });
    expect(await run(['backtest-stops', '--multiplyer', '2'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--multiplier'),
    });
    expect(await run(['backtest-stops', '--stop', 'art'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('atr'),
    });
    expect(await run(['backtest-stops', '--set', 'guards.stops.multplier=2'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('guards.stops.multiplier'),
    });
    expect((await run(['backtest-stops', '--multiplier', 'two'])).code).toBe(2);
    expect((await run(['backtest-stops', '--multiplier', '-1'])).code).toBe(2);
  });
  test('missing, empty and impossible data are data errors with file and line', async () => {
    expect(await run(['backtest-stops', '--ohlcv', 'nowhere.csv'])).toMatchObject({
      code: 3,
      err: expect.stringContaining('FILE_MISSING'),
    });
    const bad = 'timestamp,open,high,low,close\n1700000000000,10,11,9,10\n1700003600000,10,8,9,10\n';
    expect(await run(['backtest-stops', '--ohlcv', 'BTCUSDT.csv'], { 'BTCUSDT.csv': bad })).toMatchObject({
      code: 3,
      err: expect.stringMatching(/ROW_RANGE: .*BTCUSDT\.csv:3/),
    });
  });
  test('nothing goes to stdout where a run fails', async () => {
    expect((await run(['backtest-stops', '--ohlcv', 'nowhere.csv', '--format', 'json'])).out).toBe('');
  });
});
