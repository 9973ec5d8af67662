import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configTree } from '../../src/commands/config-tree.ts';
import { command } from '../../src/commands/init.ts';
import { loadConfig, loadConfigWithoutFile, readSetting } from '../../src/io/config.ts';
import { InputError } from '../../src/model/errors.ts';
import { shellIn } from '../support/shell.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'risk-init-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const init = async (...argv: string[]) => {
  const { shell, told } = shellIn(folder);
  await command(shell).parseAsync(argv, { from: 'user' });
  return told;
};
const load = (...sets: string[]) =>
  loadConfig(configTree, { cwd: folder, file: null, overrides: sets.map(readSetting) });
const written = () => readFileSync(join(folder, 'risk.yaml'), 'utf8');

describe('risk init', () => {
  it('writes a file that loads and gives the same effective values', async () => {
    const told = await init();
    expect(told.code).toBe(0);
    expect(told.out).toMatch(/^Wrote risk\.yaml with \d+ keys/);
    const defaults = loadConfigWithoutFile(configTree, []);
    expect(load().values).toEqual(defaults.values);
    expect(load().hash).toBe(defaults.hash);
    expect(readdirSync(folder)).toEqual(['risk.yaml']);
  });

  it('writes every key once, each with its meaning and where its value is from', async () => {
    await init();
    for (const leaf of loadConfigWithoutFile(configTree, []).leaves) {
      const key = leaf.path.split('.').at(-1);
      expect(written()).toMatch(new RegExp(`^ *(# )?${key}: `, 'm'));
      expect(written()).toContain(`# ${leaf.meaning}\n`);
      expect(written()).toContain(`# Value of ${leaf.origin.text}\n`);
    }
  });

  it('leaves a default that follows another key as a comment, so that it goes on following', async () => {
    await init();
    expect(written()).toContain('    # multipliers: [2]\n');
    expect(load('guards.stops.multiplier=3').values.studies['backtest-stops'].multipliers).toEqual([3]);
  });

  it('writes what the command line says, in place of the defaults', async () => {
    await init(
      '--mode',
      'paper',
      '--set',
      'guards.stops.multiplier=2.5',
      '--set',
      'data.ohlcv=["a b.csv", on]',
    );
    const { values } = load();
    expect(values.mode).toBe('paper');
    expect(values.guards.stops.multiplier).toBe(2.5);
    expect(values.data.ohlcv).toEqual(['a b.csv', 'on']);
  });

  it('keeps text that looks like something else as text', async () => {
    const sets = [
      'data.symbol="1000"',
      'data.ohlcv=["null", "1e3", "a: b", "# c", "é", "2022-05-09", "it\'s"]',
    ];
    await init(...sets.flatMap((text) => ['--set', text]));
    expect(load().values.data).toEqual(loadConfigWithoutFile(configTree, sets.map(readSetting)).values.data);
  });

  it('refuses to replace a file that is there, unless --force is given', async () => {
    writeFileSync(join(folder, 'risk.yaml'), 'env: production\n');
    await expect(init()).rejects.toThrow(InputError);
    await expect(init()).rejects.toThrow('OUTPUT: risk.yaml must not be there already');
    expect(written()).toBe('env: production\n');
    await init('--force');
    expect(load().values.env).toBe('staging');
  });
});
