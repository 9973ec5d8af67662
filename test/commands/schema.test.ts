import { describe, expect, it } from 'vitest';
import { configTree } from '../../src/commands/config-tree.ts';
import { command } from '../../src/commands/schema.ts';
import { leafPaths } from '../../src/io/config-schema.ts';
import { shellIn } from '../support/shell.ts';

function run(...argv: string[]): string {
  const { shell, told } = shellIn('/');
  command(shell).parse(argv, { from: 'user' });
  expect(told.code).toBe(0);
  return told.out;
}

type Section = { readonly properties?: Readonly<Record<string, Section>> };

/** The paths of all leaves of a JSON Schema whose sections are objects with properties. */
function pathsIn(schema: Section, prefix = ''): string[] {
  const entries = Object.entries(schema.properties ?? {});
  return entries.flatMap(([key, inner]) => {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    return inner.properties !== undefined ? pathsIn(inner, path) : [path];
  });
}

describe('risk schema', () => {
  it('prints every key of the configuration, none of them required, and no others allowed', () => {
    const text = run();
    const schema = JSON.parse(text);
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(pathsIn(schema)).toEqual(leafPaths(configTree));
    // Entries of a list are whole records; no key of a section is required.
    const withoutLists = JSON.stringify(schema, (key, value) => (key === 'items' ? undefined : value));
    expect(withoutLists).not.toContain('"required"');
    expect(schema.properties.guards.properties.stops.additionalProperties).toBe(false);
    expect(schema.properties.guards.properties.stops.properties.multiplier).toMatchObject({
      type: 'number',
      exclusiveMinimum: 0,
    });
  });

  it('prints the schema of the report of a command, in which every field is required', () => {
    const schema = JSON.parse(run('backtest-stops'));
    expect(schema.properties.schema.const).toBe('risk-report/1');
    expect(schema.properties.command.const).toBe('backtest-stops');
    expect(schema.required).toEqual(Object.keys(schema.properties));
    expect(Object.keys(schema.properties.result.properties)).toContain('levels');
  });

  it('takes the two words of a sub-command, as two arguments or as one', () => {
    const schema = JSON.parse(run('data', 'inspect'));
    expect(schema.properties.command.const).toBe('data inspect');
    expect(run('data inspect')).toBe(run('data', 'inspect'));
  });

  it('prints the schema of a portfolio file: what must be stated, what may be, and no other key', () => {
    const schema = JSON.parse(run('portfolio'));
    expect(schema.required).toEqual(['positions']);
    expect(schema.oneOf).toEqual([{ required: ['account'] }, { required: ['accounts'] }]);
    expect(schema.additionalProperties).toBe(false);
    const { account, accounts, positions, orders, dailyLossLimits } = schema.properties;
    expect(account.required).toBeUndefined();
    expect(account.properties.marginMode).toMatchObject({ default: 'cross', enum: ['isolated', 'cross'] });
    expect(accounts.items.required).toEqual(['id']);
    expect(positions.items.required).toEqual(['symbol', 'qty', 'entry']);
    expect(positions.items.properties.leverage).toMatchObject({ type: 'number', minimum: 1, default: 1 });
    expect(orders.items.required).toEqual(['symbol', 'price']);
    expect(orders.items.oneOf).toEqual([{ required: ['kind'] }, { required: ['type'] }]);
    expect(dailyLossLimits.items.required).toEqual(['fraction']);
    for (const part of [account, accounts.items, positions.items, orders.items])
      expect(part.additionalProperties).toBe(false);
  });

  it('prints the schema of an order file', () => {
    const schema = JSON.parse(run('order'));
    expect(schema.required).toEqual(['symbol', 'side', 'qty']);
    expect(schema.additionalProperties).toBe(false);
    expect(schema.properties.side.enum).toEqual(['buy', 'sell']);
    expect(schema.properties.model.properties.confidence).toMatchObject({ minimum: 0, maximum: 1 });
  });

  it('prints the schema of a scenario file: what is asked for, of each kind its own keys', () => {
    const schema = JSON.parse(run('scenario'));
    const always = 'id title kind origin story sources start end interval assets liquidity shocks';
    expect(schema.required).toEqual(always.split(' '));
    expect(schema.additionalProperties).toBe(false);
    const { assets, shocks, venue, prices } = schema.properties;
    expect(shocks).toMatchObject({ required: ['DEFAULT'], additionalProperties: { exclusiveMinimum: -1 } });
    expect(assets.additionalProperties.oneOf).toContainEqual({ required: ['beta', 'of'] });
    expect(assets.additionalProperties.properties.points.items.prefixItems[0]).toMatchObject({
      type: 'string',
    });
    expect(prices).toMatchObject({ default: 'absolute', enum: ['absolute', 'relative'] });
    const settle = venue.items.oneOf.find((one: { properties: { kind: { const?: string } } }) => {
      return one.properties.kind.const === 'settle';
    });
    expect(settle.required).toEqual(['kind', 'venue', 'asset', 'at']);
  });

  it('prints the same bytes every time', () => {
    expect(run()).toBe(run());
    expect(run('backtest-stops')).toBe(run('backtest-stops'));
  });

  it('names the nearest command where there is none of that name', () => {
    expect(() => run('backtest-stop')).toThrow('must be of a command with a report, was "backtest-stop"');
    expect(() => run('backtest-stop')).toThrow('Did you mean "backtest-stops"?');
    expect(() => run('zzz')).toThrow('Such names are portfolio, order, scenario, backtest-stops, config');
  });
});
