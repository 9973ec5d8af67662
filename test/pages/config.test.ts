import { describe, expect, it } from 'vitest';
import type { Page } from '../../src/model/page.ts';
import { configDocument, configPage, configTable } from '../../src/pages/config.ts';
import { renderPage } from '../../src/report/render.ts';

type Value = string | number | null | number[];

const leaf = (path: string, value: Value, origin: string) => ({
  path,
  value,
  origin,
  also: [] as string[],
  losers: [] as { value: Value; origin: string }[],
  meaning: 'what it means',
});

const first = {
  ...leaf('a.b', 3, 'env-production.yaml (S0 class: three, the strictest)'),
  also: ['S2 (layer 3): three', 'base.yaml (S4: three)'],
  losers: [
    { value: 2, origin: 'base.yaml (S2)' },
    { value: 'x y', origin: 'S4' },
    { value: 2, origin: 'S1' },
  ],
};

const six = [
  first,
  leaf('a.c', 'wilder', 'risk.yaml:12'),
  leaf('a.d', '2', 'mode-paper.yaml (x)'),
  leaf('a.e', 'null', 'my-base.yaml:3'),
  leaf('a.f', null, '--set'),
  leaf('a.g', [1, 2], 'flag --multipliers'),
];
const twelve = [...six, ...six.map((one) => ({ ...one, path: `b.${one.path}` }))];
const thirteen = [...twelve, leaf('c', 1, '--set')];

const reportOf = (leaves: typeof six) => ({
  schema: 'risk-report/1' as const,
  command: 'config',
  version: '0.0.0',
  runId: 'r',
  seed: 1,
  config: {},
  configHash: 'abc',
  inputs: [],
  fidelity: [],
  warnings: [],
  result: { leaves },
});

function tableIn(page: Page) {
  const [table] = page.blocks;
  if (table?.kind !== 'table') throw new Error('the first block is a table');
  return table;
}

const shown = (page: Page, width: number) =>
  renderPage(page, { format: 'table', width, colour: false }).split('\n');

describe('the page of a few keys', () => {
  it.each([80, 120])('tells all of a key in a block of its own, %i columns wide', (width) => {
    expect(shown(configPage(reportOf([first])), width)).toEqual([
      'Configuration',
      '1 key, hash abc',
      '',
      'a.b',
      'value       3',
      'from        env-production.yaml',
      'source      S0 class: three, the strictest',
      'also        S2 (layer 3): three',
      'also        base.yaml (S4: three)',
      'instead of  2  base.yaml (S2)',
      'instead of  "x y"  S4',
      'instead of  2  S1',
      'meaning     what it means',
      '',
    ]);
  });

  it('says that nothing lost, and leaves out what a key does not have', () => {
    expect(shown(configPage(reportOf([{ ...leaf('a.c', 1, 'risk.yaml:12'), meaning: '' }])), 80)).toEqual([
      'Configuration',
      '1 key, hash abc',
      '',
      'a.c',
      'value       1',
      'from        risk.yaml:12',
      'instead of  nothing',
      '',
    ]);
  });

  it('tells the source of a default that follows another key from what it follows', () => {
    const origin = 'base.yaml (S2 (layer 3)): a.c from base.yaml (S4)';
    expect(shown(configPage(reportOf([leaf('a.h', 1, origin)])), 80)).toEqual(
      expect.arrayContaining(['from        base.yaml: a.c from base.yaml (S4)', 'source      S2 (layer 3)']),
    );
  });

  it('has blocks up to twelve keys, and a row for each of thirteen', () => {
    for (const make of [configPage, configDocument]) {
      const kinds = (leaves: typeof six) => make(reportOf(leaves)).blocks.map(({ kind }) => kind);
      expect(kinds(twelve)).toEqual(twelve.map(() => 'fields'));
      expect(kinds(thirteen)).toEqual(['table']);
    }
  });
});

describe('the page of many keys', () => {
  const page = configPage(reportOf(thirteen));

  it('has one row a key, in which each value that lost stands once and without its sources', () => {
    expect(tableIn(page).rows[0]).toMatchObject({
      path: 'a.b',
      value: '3',
      origin: 'env-production.yaml (S0 class: three, the strictest)',
      losers: '2; "x y"',
    });
  });

  it.each([80, 100, 120])('leaves out the meaning for width, and never what lost: %i columns', (width) => {
    const long = thirteen.map((one) => ({
      ...one,
      path: `guards.${'x'.repeat(30)}`,
      value: 'y'.repeat(20),
      meaning: 'm '.repeat(60),
    }));
    const lines = shown(configPage(reportOf(long)), width);
    expect(lines.join('\n')).toMatch(/ 2; "x/);
    expect(lines.at(-2)).toBe('left out for width, in JSON: meaning');
  });

  it('tells text that looks like something else apart from what it looks like', () => {
    const values = tableIn(page).rows.map((row) => row['value']);
    expect(values.slice(0, 6)).toEqual(['3', 'wilder', '"2"', '"null"', 'null', '[1,2]']);
  });

  it('dims what is built in, so that what a user set stands out', () => {
    expect(tableIn(page).tones?.slice(0, 6)).toEqual(['dim', 'plain', 'dim', 'plain', 'plain', 'plain']);
  });

  it('counts the keys and shows the hash of their values', () => {
    expect(page.subtitle).toBe('13 keys, hash abc');
  });
});

describe('the pages that no width bounds', () => {
  const row = {
    path: 'a.b',
    value: '3',
    origin: 'env-production.yaml (S0 class: three, the strictest)',
    also: 'S2 (layer 3): three; base.yaml (S4: three)',
    losers: '2 (base.yaml (S2)); "x y" (S4); 2 (S1)',
    meaning: 'what it means',
  };

  it('keep every source in the row of a key', () => {
    expect(tableIn(configDocument(reportOf(thirteen))).rows[0]).toEqual(row);
    expect(tableIn(configTable(reportOf(thirteen))).rows[0]).toEqual(row);
  });

  it('give a program the same columns for one key as for many', () => {
    const header = (leaves: typeof six) =>
      renderPage(configTable(reportOf(leaves)), { format: 'csv', width: 80, colour: false }).split('\n')[0];
    expect(header([first])).toBe('path,value,origin,also,losers,meaning');
    expect(header(thirteen)).toBe(header([first]));
  });
});
