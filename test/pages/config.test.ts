import { describe, expect, it } from 'vitest';
import { configPage } from '../../src/pages/config.ts';

const leaf = (path: string, value: string | number | null | number[], origin: string) => ({
  path,
  value,
  origin,
  losers: [],
  meaning: 'what it means',
});

const page = configPage({
  schema: 'risk-report/1',
  command: 'config',
  version: '0.0.0',
  runId: 'r',
  seed: 1,
  config: {},
  configHash: 'abc',
  inputs: [],
  fidelity: [],
  warnings: [],
  result: {
    leaves: [
      {
        ...leaf('a.b', 3, 'risk.yaml:12'),
        losers: [
          { value: 2, origin: 'base.yaml (S2)' },
          { value: 'x y', origin: 'S4' },
        ],
      },
      leaf('a.c', 'wilder', 'base.yaml (S2)'),
      leaf('a.d', '2', 'mode-paper.yaml (x)'),
      leaf('a.e', 'null', 'my-base.yaml:3'),
      leaf('a.f', null, '--set'),
      leaf('a.g', [1, 2], 'flag --multipliers'),
    ],
  },
});

describe('the page of the configuration', () => {
  it('has one row a key with its value, its origin, and what it stands instead of', () => {
    const [table] = page.blocks;
    if (table?.kind !== 'table') throw new Error('the first block is a table');
    expect(table.rows[0]).toEqual({
      path: 'a.b',
      value: '3',
      origin: 'risk.yaml:12',
      losers: '2 (base.yaml (S2)); "x y" (S4)',
      meaning: 'what it means',
    });
  });

  it('tells text that looks like something else apart from what it looks like', () => {
    const [table] = page.blocks;
    if (table?.kind !== 'table') throw new Error('the first block is a table');
    expect(table.rows.map((row) => row['value'])).toEqual(['3', 'wilder', '"2"', '"null"', 'null', '[1,2]']);
  });

  it('dims what is built in, so that what a user set stands out', () => {
    const [table] = page.blocks;
    if (table?.kind !== 'table') throw new Error('the first block is a table');
    expect(table.tones).toEqual(['plain', 'dim', 'dim', 'plain', 'plain', 'plain']);
  });

  it('counts the keys and shows the hash of their values', () => {
    expect(page.subtitle).toBe('6 keys, hash abc');
  });
});
