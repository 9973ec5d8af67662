import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import {
  addPathFlags,
  addSharedOptions,
  overridesOf,
  type PathFlag,
  readShared,
} from '../../src/commands/flags.ts';
import { numberAsList, numbersOrRange, numberValue } from '../../src/commands/option-values.ts';
import { InputError } from '../../src/model/errors.ts';

const path = 'studies.backtest-stops.multipliers';
const flags: readonly PathFlag[] = [
  { flags: '--multiplier <m>', path, parse: numberAsList, help: 'one level' },
  { flags: '--multipliers <list>', path, parse: numbersOrRange, help: 'levels' },
  { flags: '--atr-period <n>', path: 'guards.stops.atrPeriod', parse: numberValue, help: 'bars' },
  { flags: '--stop <type>', path: 'guards.stops.type', choices: ['atr', 'percent'], help: 'type' },
  { flags: '--ohlcv <files...>', path: 'data.ohlcv', help: 'bars' },
  { flags: '--levels <n...>', path: 'x.levels', parse: numberValue, help: 'numbers' },
];

function parsed(...argv: string[]): Command {
  const command = addPathFlags(addSharedOptions(new Command('test')), flags)
    .exitOverride()
    .configureOutput({ outputError: () => undefined, writeErr: () => undefined });
  return command.parse(argv, { from: 'user' });
}

const said = async (...argv: string[]) =>
  (await overridesOf(parsed(...argv), flags)).map(({ path, value, origin }) => [path, value, origin.text]);

describe('flags as aliases of paths', () => {
  it('say nothing where they are not given', async () => {
    expect(await said()).toEqual([]);
  });

  it('become values of their path with their name as the origin', async () => {
    expect(await said('--multiplier', '2', '--atr-period=20', '--stop', 'percent')).toEqual([
      [path, [2], 'flag --multiplier'],
      ['guards.stops.atrPeriod', 20, 'flag --atr-period'],
      ['guards.stops.type', 'percent', 'flag --stop'],
    ]);
  });

  it('collect the values of a flag that takes many, given once or again', async () => {
    expect(await said('--ohlcv', 'a.csv', 'b.csv', '--ohlcv', 'c.csv', '--levels', '1', '2.5')).toEqual([
      ['data.ohlcv', ['a.csv', 'b.csv', 'c.csv'], 'flag --ohlcv'],
      ['x.levels', [1, 2.5], 'flag --levels'],
    ]);
  });

  it('stand before --set, and behind --env and --mode, whatever the order they are written in', async () => {
    const argv = [
      '--set',
      'a.b=1',
      '--multiplier',
      '2',
      '--mode',
      'paper',
      '--set',
      'a.c=[x]',
      '--env',
      'production',
    ];
    expect(await said(...argv)).toEqual([
      ['env', 'production', 'flag --env'],
      ['mode', 'paper', 'flag --mode'],
      [path, [2], 'flag --multiplier'],
      ['a.b', 1, '--set'],
      ['a.c', ['x'], '--set'],
    ]);
  });

  it('refuse two flags that set one path', async () => {
    const both = () => said('--multiplier', '2', '--multipliers', '1,2');
    await expect(both()).rejects.toThrow(InputError);
    await expect(both()).rejects.toThrow(
      `one of the flags that set ${path} must be given, was --multiplier and --multipliers`,
    );
  });

  it.each([
    [['--multiplier', 'two'], 'must be a number'],
    [['--multiplier', ''], 'must be a number'],
    [['--stop', 'none'], 'Allowed choices are atr, percent'],
    [['--env', 'prod'], 'Allowed choices are development, staging, production'],
    [['--mode', 'fast'], 'Allowed choices are conservative, moderate, aggressive, speculative, paper'],
    [['--format', 'xml'], 'Allowed choices are table, json, markdown, csv'],
    [['--seed', '1.5'], 'must be a whole number of at least 0'],
    [['--seed', '-1'], 'must be a whole number of at least 0'],
    [['--mutliplier', '2'], 'Did you mean --multiplier?'],
  ])('refuse %j and say what must hold', (argv, message) => {
    expect(() => parsed(...argv)).toThrow(message);
  });
});

describe('shared options', () => {
  it('have their defaults', () => {
    expect(readShared(parsed())).toEqual({
      config: null,
      format: 'table',
      out: null,
      html: null,
      detail: false,
      seed: 1,
      quiet: false,
    });
  });

  it('are read as given', () => {
    const argv = ['--config', 'a.yaml', '--format', 'csv', '--out', 'o.json', '--html', 'o.html', '--detail'];
    expect(readShared(parsed(...argv, '--seed', '7', '--quiet'))).toEqual({
      config: 'a.yaml',
      format: 'csv',
      out: 'o.json',
      html: 'o.html',
      detail: true,
      seed: 7,
      quiet: true,
    });
  });
});
