import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { configTree } from '../../src/commands/config-tree.ts';
import { envs, modes } from '../../src/commands/profile-names.ts';
import { loadConfig, readSetting } from '../../src/io/config.ts';
import { faultOf, flag, leafOf, load } from '../support/small-config.ts';

describe('env and mode', () => {
  it('may be named by the file', () => {
    expect(load({ file: 'env: production' }).values.limits.loss).toBe(0.04);
  });

  it('are replaced by a flag while the values of the file stay', () => {
    const file = 'env: production\nmode: paper\nlimits: { method: sma }\n';
    const config = load({
      file,
      flags: [flag('--mode', 'mode', 'moderate'), flag('--env', 'env', 'staging')],
    });
    expect(config.values).toMatchObject({
      env: 'staging',
      mode: 'moderate',
      limits: { loss: 0.05, method: 'sma' },
    });
    expect(leafOf(config, 'env').origin.text).toBe('flag --env');
    expect(leafOf(config, 'env').losers[0]?.origin.text).toBe('risk.yaml:1');
  });

  it('never override a value of the file by the overlay that they name', () => {
    const flags = [flag('--env', 'env', 'production'), flag('--mode', 'mode', 'paper')];
    expect(load({ file: 'limits: { loss: 0.07 }', flags }).values.limits.loss).toBe(0.07);
  });

  it('may be set by --set too', () => {
    expect(load({ sets: ['mode=paper'] }).values.limits.loss).toBe(0.03);
  });

  it('must be names that exist, and the nearest is told', () => {
    expect(faultOf(() => load({ file: '\nenv: prod\n' }))).toEqual({
      code: 'CONFIG_VALUE',
      message: 'env must be one of staging, production, was "prod"',
      place: { file: 'risk.yaml', line: 2 },
      remedy: 'Did you mean "production"?',
    });
  });
});

describe('--set', () => {
  it.each([
    ['limits.loss=0.1', 'limits.loss', 0.1],
    ['files=[a.csv, b.csv]', 'files', ['a.csv', 'b.csv']],
    ['files[0]=x=y', 'files[0]', 'x=y'],
    ['limits.max-leverage=null', 'limits.max-leverage', null],
    ['grid="1:2"', 'grid', '1:2'],
    ['a[b=c].d=1', 'a[b=c].d', 1],
    ['limits.method= sma', 'limits.method', 'sma'],
  ])('reads %s as a path and a YAML value', (text, path, value) => {
    expect(readSetting(text)).toEqual({ path, value, origin: { layer: 'set', text: '--set' } });
  });

  it.each(['limits.loss', 'limits.loss=', 'limits.loss= ', 'a[b=c]', 'limits.loss=[1'])(
    'refuses %s',
    (text) => {
      expect(faultOf(() => readSetting(text)).code).toBe('USAGE');
    },
  );

  it('changes one entry of a list and keeps the others', () => {
    const config = load({ file: 'files: [a.csv, b.csv]', sets: ['files[1]=c.csv'] });
    expect(config.values.files).toEqual(['a.csv', 'c.csv']);
    expect(leafOf(config, 'files').losers[0]).toEqual({
      value: ['a.csv', 'b.csv'],
      origin: { layer: 'file', text: 'risk.yaml:1' },
    });
  });

  it('changes one entry of a derived list', () => {
    expect(load({ sets: ['grid[0]=4'] }).values.grid).toEqual([4]);
  });

  it('holds one entry of a list against the schema', () => {
    expect(faultOf(() => load({ sets: ['grid[0]=-4'] })).message).toBe('grid[0] must be above 0, was -4');
  });

  it.each([
    ['files[0]=a.csv', 'an index of files must be below its length 0, was 0'],
    ['files[*]=a.csv', 'a path that sets a value must have keys and indices only, was [*]'],
    ['files.length=2', 'a path that sets a value must have keys and indices only, was .length'],
    ['limits.loss[0]=1', 'limits.loss must be a list, was 0.05'],
  ])('refuses %s', (text, message) => {
    expect(faultOf(() => load({ sets: [text] })).message).toBe(message);
  });

  it('sets several keys of a section at once', () => {
    const config = load({ sets: ['limits={loss: 0.2, method: sma}'] });
    expect(config.values.limits).toEqual({ 'max-leverage': 10, loss: 0.2, method: 'sma' });
  });
});

describe('the hash of the configuration', () => {
  it('is that of the values alone, wherever they come from', () => {
    const one = load({ file: 'limits: { loss: 0.1, method: sma }' });
    const other = load({ sets: ['limits.method=sma', 'limits.loss=1e-1'] });
    expect(one.hash).toBe(other.hash);
    expect(one.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(load({ sets: ['limits.loss=0.2'] }).hash).not.toBe(one.hash);
  });

  it('is SHA-256 of the pairs of path and value, sorted by path', async () => {
    const pairs =
      '[["env","staging"],["files",[]],["grid",[0.05]],["limits.loss",0.05],["limits.max-leverage",10],' +
      '["limits.method","wilder"],["mode","moderate"]]';
    const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(pairs));
    expect(load({}).hash).toBe(Buffer.from(bytes).toString('hex'));
  });
});

describe('loadConfig', () => {
  const folder = mkdtempSync(join(tmpdir(), 'risk-config-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const loadIn = (file: string | null) => loadConfig(configTree, { cwd: folder, file, overrides: [] });

  it('gives every key of the tree a value with a source from the bundled profiles, for each env and mode', () => {
    for (const env of envs) {
      for (const mode of modes) {
        const overrides = [flag('--env', 'env', env), flag('--mode', 'mode', mode)];
        const { leaves, values } = loadConfig(configTree, { cwd: folder, file: null, overrides });
        expect(values).toMatchObject({ env, mode });
        for (const leaf of leaves) expect(leaf.origin.text).toMatch(/^flag --|^[a-z-]+\.yaml \(.+\)/);
      }
    }
  });

  // S2 layer 3 and checklist; S2 backtest_stops keeps a multiplier below 15 % hits and hits strictly beyond the stop.
  it('holds the numbers of the documents', () => {
    const { values, leaves } = loadIn(null);
    expect(values.guards.stops).toMatchObject({
      type: 'atr',
      multiplier: 2,
    });
    const multiplier = leaves.find((leaf) => leaf.path === 'guards.stops.multiplier');
    expect(multiplier?.losers.map((lost) => lost.value)).toEqual([1]);
    expect(values.studies['backtest-stops']).toMatchObject({
      multipliers: [2],
      targetHitRate: 0.15,
      trigger: 'touch',
    });
    const trigger = leaves.find((leaf) => leaf.path === 'studies.backtest-stops.trigger');
    expect(trigger?.losers.map((lost) => lost.value)).toEqual(['through']);
  });

  it('reads risk.yaml of the working directory where there is one, and the file that is named instead of it', () => {
    writeFileSync(join(folder, 'other.yaml'), '\ufeffguards: { stops: { multiplier: 4 } }\n');
    expect(loadIn(null).values.guards.stops.multiplier).toBe(2);
    writeFileSync(join(folder, 'risk.yaml'), 'guards: { stops: { multiplier: 3, atrPeriod: 20 } }\n');
    expect(loadIn(null).values.guards.stops).toMatchObject({ multiplier: 3, atrPeriod: 20 });
    expect(loadIn('other.yaml').values.guards.stops).toMatchObject({ multiplier: 4, atrPeriod: 14 });
    expect(loadIn(join(folder, 'other.yaml')).values.guards.stops.multiplier).toBe(4);
  });

  it('refuses a named file that is missing, a folder, and bytes that are no UTF-8 text', () => {
    expect(faultOf(() => loadIn('none.yaml'))).toMatchObject({
      code: 'FILE_MISSING',
      message: 'the configuration file must exist, was "none.yaml"',
    });
    expect(faultOf(() => loadIn('.')).code).toBe('CONFIG_FILE');
    writeFileSync(join(folder, 'utf16.yaml'), Buffer.from('\ufeffenv: staging\n', 'utf16le'));
    expect(faultOf(() => loadIn('utf16.yaml'))).toMatchObject({
      code: 'CONFIG_FILE',
      message: 'it must be UTF-8 text, was UTF-16',
      place: { file: 'utf16.yaml' },
      remedy: 'Save the file anew with the encoding UTF-8',
    });
    writeFileSync(join(folder, 'latin.yaml'), Buffer.from([0x65, 0x6e, 0x76, 0x3a, 0x20, 0xe9, 0x0a]));
    expect(faultOf(() => loadIn('latin.yaml')).code).toBe('CONFIG_FILE');
  });
});
