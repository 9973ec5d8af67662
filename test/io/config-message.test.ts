import { describe, expect, it } from 'vitest';
import { configOf } from '../../src/io/config.ts';
import { faultOf, flag, load, profiles, tree } from '../support/small-config.ts';

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

  it('of YAML itself are errors with the line', () => {
    expect(faultOf(() => load({ file: 'env: staging\nenv: production\n' }))).toMatchObject({
      code: 'CONFIG_FILE',
      message: 'a key must stand once in its section, env stood there twice: keep one of them',
      place: { file: 'risk.yaml', line: 2 },
    });
  });
});
