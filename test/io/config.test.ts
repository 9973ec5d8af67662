import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { configTree, envs, modes } from '../../src/commands/config-tree.ts';
import { configOf, loadConfig, type Override, readSetting } from '../../src/io/config.ts';
import { InputError, type Place } from '../../src/model/errors.ts';

/** A small tree of its own, so that the rules of layers do not hang on the product's defaults. */
const tree = z.strictObject({
  env: z.enum(['staging', 'production']),
  mode: z.enum(['moderate', 'paper']),
  limits: z.strictObject({
    'max-leverage': z.number().positive().nullable(),
    loss: z.number().min(0).lt(1).describe('The daily loss that halts'),
    method: z.enum(['wilder', 'sma']),
  }),
  files: z.array(z.string()),
  grid: z.union([z.array(z.number().positive()).min(1), z.string().regex(/^\d+:\d+$/)]),
});

const profiles: Readonly<Record<string, string>> = {
  base: `
env: { value: staging, source: built in }
mode: { value: moderate, source: built in }
limits:
  max-leverage: { value: 10, source: S2 layer 1, hard: true }
  loss:
    value: 0.05
    source: S4
    losers: [{ value: 0.02, source: S2 }]
  method: { value: wilder, source: S2 }
files: { value: [], source: none named }
grid: { derived: [limits.loss], source: the limit itself }
`,
  'env-staging': '# nothing\n',
  'env-production': 'limits: { loss: { value: 0.04, source: S0 production } }\n',
  'mode-moderate': '',
  'mode-paper': 'limits: { loss: { value: 0.03, source: paper } }\n',
};

type Layers = { file?: string; flags?: readonly Override[]; sets?: readonly string[] };

const flag = (name: string, path: string, value: unknown): Override => ({
  path,
  value,
  origin: { layer: 'flag', text: `flag ${name}` },
});

function load({ file, flags = [], sets = [] }: Layers, texts: Readonly<Record<string, string>> = profiles) {
  return configOf(tree, {
    profile: (name) => texts[name] ?? '',
    file: file === undefined ? null : { name: 'risk.yaml', text: file },
    overrides: [...flags, ...sets.map(readSetting)],
  });
}

const leafOf = (config: ReturnType<typeof load>, path: string) => {
  const leaf = config.leaves.find((one) => one.path === path);
  if (leaf === undefined) throw new Error(`no leaf ${path}`);
  return leaf;
};

type Told = { code: string; message: string; place: Place | undefined; remedy: string | undefined };

function faultOf(run: () => unknown): Told {
  try {
    run();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { code, message, place, remedy } = error.fault;
    return { code, message, place, remedy };
  }
  throw new Error('nothing was thrown');
}

describe('layers of the configuration', () => {
  it('gives the built-in values where nothing else is said', () => {
    expect(load({}).values).toEqual({
      env: 'staging',
      mode: 'moderate',
      limits: { 'max-leverage': 10, loss: 0.05, method: 'wilder' },
      files: [],
      grid: [0.05],
    });
  });

  it('lets the strongest of any set of layers win, and names the others from strong to weak', () => {
    const strength = ['base', 'env', 'mode', 'file', 'flag', 'set'] as const;
    const values = { base: 0.05, env: 0.04, mode: 0.03, file: 0.11, flag: 0.12, set: 0.13 };
    fc.assert(
      fc.property(fc.subarray(['env', 'mode', 'file', 'flag', 'set'] as const), (present) => {
        const config = load({
          file: present.includes('file') ? 'limits: { loss: 0.11 }' : '',
          flags: [
            ...(present.includes('env') ? [flag('--env', 'env', 'production')] : []),
            ...(present.includes('mode') ? [flag('--mode', 'mode', 'paper')] : []),
            ...(present.includes('flag') ? [flag('--loss', 'limits.loss', 0.12)] : []),
          ],
          sets: present.includes('set') ? ['limits.loss=0.13'] : [],
        });
        const layers = strength
          .filter((name) => name === 'base' || present.some((one) => one === name))
          .reverse();
        const leaf = leafOf(config, 'limits.loss');
        const all = [leaf, ...leaf.losers];
        // The last one is what base.yaml itself sets aside: S2's 0.02.
        expect(all.map((one) => one.value)).toEqual([...layers.map((name) => values[name]), 0.02]);
        expect(all.map((one) => one.origin.layer)).toEqual([...layers, 'base']);
        expect(config.values.limits.loss).toBe(leaf.value);
      }),
      { seed: 5, numRuns: 200 },
    );
  });

  it('says where every value is from, and what it overrode', () => {
    const config = load({
      file: '# my limits\nmode: paper\nlimits:\n  method: sma\n  loss: 0.1\n',
      flags: [flag('--loss', 'limits.loss', 0.2)],
      sets: ['files=[a.csv]'],
    });
    const told = config.leaves.map(({ path, origin, losers }) => [
      path,
      origin.text,
      losers.map((lost) => `${JSON.stringify(lost.value)} ${lost.origin.text}`),
    ]);
    expect(told).toEqual([
      ['env', 'base.yaml (built in)', []],
      ['mode', 'risk.yaml:2', ['"moderate" base.yaml (built in)']],
      ['limits.max-leverage', 'base.yaml (S2 layer 1)', []],
      [
        'limits.loss',
        'flag --loss',
        ['0.1 risk.yaml:5', '0.03 mode-paper.yaml (paper)', '0.05 base.yaml (S4)', '0.02 S2'],
      ],
      ['limits.method', 'risk.yaml:4', ['"wilder" base.yaml (S2)']],
      ['files', '--set', ['[] base.yaml (none named)']],
      ['grid', 'base.yaml (the limit itself): limits.loss from flag --loss', []],
    ]);
  });

  it('lets --set win over a flag, and the last --set over the first', () => {
    const flags = [flag('--loss', 'limits.loss', 0.2)];
    expect(load({ flags, sets: ['limits.loss=0.3', 'limits.loss=0.4'] }).values.limits.loss).toBe(0.4);
  });

  it('takes a file without content as a file that says nothing', () => {
    expect(load({ file: '# later\n' }).hash).toBe(load({}).hash);
  });
});

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

describe('derived defaults', () => {
  it('follow the key that they name, whichever layer sets it', () => {
    expect(load({ file: 'limits: { loss: 0.5 }' }).values.grid).toEqual([0.5]);
    expect(load({ sets: ['limits.loss=0.25'] }).values.grid).toEqual([0.25]);
  });

  it('give way to a value of their own, and stand among the losers with what they were', () => {
    const leaf = leafOf(load({ sets: ['grid=[1,2]'], file: 'limits: { loss: 0.5 }' }), 'grid');
    expect(leaf.value).toEqual([1, 2]);
    expect(leaf.losers).toEqual([
      {
        value: [0.5],
        origin: { layer: 'base', text: 'base.yaml (the limit itself): limits.loss from risk.yaml:1' },
      },
    ]);
  });

  it('are held against the schema of their own key', () => {
    expect(faultOf(() => load({ sets: ['limits.loss=0'] }))).toMatchObject({
      code: 'CONFIG_VALUE',
      message: 'grid[0] must be above 0, was 0',
      place: { path: 'base.yaml (the limit itself): limits.loss from --set' },
    });
  });
});

describe('hard caps', () => {
  it('may be lowered by any later layer, down to the last one', () => {
    const config = load({ file: 'limits: { max-leverage: 5 }', sets: ['limits.max-leverage=3'] });
    expect(config.values.limits['max-leverage']).toBe(3);
  });

  it('may be repeated as they are', () => {
    expect(load({ sets: ['limits.max-leverage=10'] }).values.limits['max-leverage']).toBe(10);
  });

  it('may not be raised by the file', () => {
    expect(faultOf(() => load({ file: 'limits:\n  max-leverage: 10.5\n' }))).toEqual({
      code: 'HARD_CAP',
      message: 'limits.max-leverage must be at most 10, the cap of base.yaml (S2 layer 1), was 10.5',
      place: { file: 'risk.yaml', line: 2 },
      remedy: 'A hard cap may only be lowered by a later layer',
    });
  });

  it('may not be raised again once a layer has lowered them', () => {
    const layers = { file: 'limits: { max-leverage: 5 }', sets: ['limits.max-leverage=6'] };
    expect(faultOf(() => load(layers))).toMatchObject({
      code: 'HARD_CAP',
      message: 'limits.max-leverage must be at most 5, the cap of risk.yaml:1, was 6',
      place: { path: '--set' },
    });
  });

  it('may not be raised by an overlay or taken away by null', () => {
    const raised = { ...profiles, 'env-staging': 'limits: { max-leverage: { value: 11, source: x } }' };
    expect(faultOf(() => load({}, raised)).place).toEqual({ file: 'env-staging.yaml', line: 1 });
    expect(faultOf(() => load({ sets: ['limits.max-leverage=null'] })).code).toBe('HARD_CAP');
  });
});

describe('unknown keys', () => {
  it.each([
    [
      'limits:\n  los: 1\n',
      'a key of limits must be one that exists, was limits.los',
      2,
      'Did you mean "limits.loss"?',
    ],
    [
      'limts: {}\n',
      'a key of the configuration must be one that exists, was limts',
      1,
      'Did you mean "limits"?',
    ],
    [
      '\nmethod: sma\n',
      'a key of the configuration must be one that exists, was method',
      2,
      'Did you mean "limits.method"?',
    ],
    [
      'limits: { zzzzzzzz: 1 }\n',
      'a key of limits must be one that exists, was limits.zzzzzzzz',
      1,
      'Its keys are max-leverage, loss, method',
    ],
    [
      'limits: { constructor: 1 }\n',
      'a key of limits must be one that exists, was limits.constructor',
      1,
      'Its keys are max-leverage, loss, method',
    ],
  ])('are errors with line and nearest name: %s', (file, message, line, remedy) => {
    expect(faultOf(() => load({ file }))).toEqual({
      code: 'CONFIG_KEY',
      message,
      place: { file: 'risk.yaml', line },
      remedy,
    });
  });

  it('are errors in --set, in flags and in profiles too', () => {
    const message = 'a key of limits must be one that exists, was limits.los';
    expect(faultOf(() => load({ sets: ['limits.los=1'] }))).toMatchObject({
      message,
      place: { path: '--set' },
    });
    expect(faultOf(() => load({ sets: ['limits={los: 1}'] }))).toMatchObject({
      message,
      place: { path: '--set' },
    });
    expect(faultOf(() => load({ flags: [flag('--los', 'limits.los', 1)] }))).toMatchObject({
      message,
      place: { path: 'flag --los' },
    });
    const wrong = { ...profiles, 'mode-moderate': '\nlimits: { los: { value: 1, source: x } }' };
    expect(faultOf(() => load({}, wrong))).toMatchObject({
      message,
      place: { file: 'mode-moderate.yaml', line: 2 },
    });
  });

  it('below a leaf are errors of the leaf', () => {
    expect(faultOf(() => load({ sets: ['limits.loss.x=1'] })).message).toContain(
      'limits.loss must hold keys',
    );
  });
});

describe('wrong values', () => {
  it.each([
    ['limits:\n  loss: 1\n', 'limits.loss must be below 1, was 1', 2, 'The daily loss that halts'],
    [
      'limits:\n  loss: "0.1"\n',
      'limits.loss must be a finite number, was "0.1"',
      2,
      'The daily loss that halts',
    ],
    [
      'limits:\n  loss: .nan\n',
      'limits.loss must be a finite number, was NaN',
      2,
      'The daily loss that halts',
    ],
    ['limits:\n  loss:\n', 'limits.loss must be a finite number, was null', 2, 'The daily loss that halts'],
    [
      'limits:\n  max-leverage: x\n',
      'limits.max-leverage must be a finite number or null, was "x"',
      2,
      undefined,
    ],
    [
      'limits:\n  method: widler\n',
      'limits.method must be one of wilder, sma, was "widler"',
      2,
      'Did you mean "wilder"?',
    ],
    ['limits:\n', 'limits must be a section of keys, was null', 1, 'Its keys are max-leverage, loss, method'],
    [
      '- 1\n',
      'the configuration must be a section of keys, was [1]',
      1,
      'Its keys are env, mode, limits, files, grid',
    ],
    ['files: a.csv\n', 'files must be a list, was "a.csv"', 1, undefined],
    ['files:\n  - a.csv\n  - 7\n', 'files[1] must be text, was 7', 3, 'Put it in quotes to make it text'],
    ['grid:\n  - 1\n  - 2\n  - -3\n', 'grid[2] must be above 0, was -3', 4, undefined],
    ['grid: []\n', 'grid must hold at least 1 entry, was []', 1, undefined],
    ['grid: true\n', 'grid must be a list or text, was true', 1, undefined],
    ['grid: "1-2"\n', 'grid must match /^\\d+:\\d+$/, was "1-2"', 1, undefined],
  ])('name path, rule, value and line: %s', (file, message, line, remedy) => {
    expect(faultOf(() => load({ file }))).toEqual({
      code: 'CONFIG_VALUE',
      message,
      place: { file: 'risk.yaml', line },
      remedy,
    });
  });

  it('are errors also where a later layer overrides them', () => {
    const layers = { file: 'limits: { loss: 7 }', sets: ['limits.loss=0.1'] };
    expect(faultOf(() => load(layers)).message).toBe('limits.loss must be below 1, was 7');
  });

  it('name the flag that gave them', () => {
    expect(faultOf(() => load({ flags: [flag('--loss', 'limits.loss', 2)] })).place).toEqual({
      path: 'flag --loss',
    });
  });

  it('that break a rule between keys name the key and its origin', () => {
    const joint = tree.extend({
      limits: tree.shape.limits.refine((limits) => limits.method === 'wilder' || limits.loss < 0.05, {
        path: ['loss'],
        message: 'be below 0.05 where the method is sma',
      }),
    });
    const sources = {
      profile: (name: string) => profiles[name] ?? '',
      file: { name: 'risk.yaml', text: 'limits: { method: sma }' },
      overrides: [],
    };
    expect(faultOf(() => configOf(joint, sources))).toMatchObject({
      code: 'CONFIG_VALUE',
      message: 'limits.loss must be below 0.05 where the method is sma, was 0.05',
      place: { path: 'base.yaml (S4)' },
    });
  });

  it('of profiles are errors: a leaf without source, with two values, with none, with a wrong loser', () => {
    const problem = (leaf: string) =>
      faultOf(() => load({}, { ...profiles, 'mode-moderate': `limits:\n  loss: ${leaf}\n` }));
    expect(problem('0.1')).toMatchObject({
      code: 'CONFIG_VALUE',
      place: { file: 'mode-moderate.yaml', line: 2 },
    });
    expect(problem('{ value: 0.1 }').message).toBe('limits.loss.source must be text, was nothing');
    expect(problem('{ source: x }').message).toContain('must hold either value or derived');
    expect(problem('{ value: 1, derived: env, source: x }').message).toContain(
      'must hold either value or derived',
    );
    expect(problem('{ value: 0.1, source: x, losers: [{ value: 2, source: y }] }').message).toBe(
      'limits.loss must be below 1, was 2',
    );
  });

  it('of YAML itself are errors with the line', () => {
    expect(faultOf(() => load({ file: 'env: staging\nenv: production\n' }))).toMatchObject({
      code: 'CONFIG_FILE',
      message: 'a key must stand once in its section',
      place: { file: 'risk.yaml', line: 2 },
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
      byStrategy: { 'trend-following': 2, 'mean-reversion': 1 },
    });
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
      place: { file: 'utf16.yaml' },
    });
    writeFileSync(join(folder, 'latin.yaml'), Buffer.from([0x65, 0x6e, 0x76, 0x3a, 0x20, 0xe9, 0x0a]));
    expect(faultOf(() => loadIn('latin.yaml')).code).toBe('CONFIG_FILE');
  });
});
