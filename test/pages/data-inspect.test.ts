import { describe, expect, it } from 'vitest';
import type { Block } from '../../src/model/page.ts';
import type { Report } from '../../src/model/report.ts';
import { dataInspectPage } from '../../src/pages/data-inspect.ts';
import type { DataInspectResult, InspectedResult } from '../../src/studies/data-inspect-result.ts';

const clean: InspectedResult = {
  file: 'clean.csv',
  role: 'ohlcv',
  format: 'generic-ohlcv',
  why: 'a header in line 1',
  symbols: ['AAAUSDT'],
  rows: 100,
  from: 0,
  to: 360_000_000,
  interval: 3_600_000,
  segments: 1,
  expected: 100,
  missing: 0,
  dropped: 0,
  duplicates: 0,
  stale: 0,
  score: 1,
  findings: [],
  impossible: [],
};
const gap = { code: 'gap', meaning: 'missing', count: 7, line: 4, example: 'here', consequence: 'split' };

function page(result: DataInspectResult, warnings: Report<unknown>['warnings'] = []) {
  return dataInspectPage({
    schema: 'risk-report/1',
    command: 'data inspect',
    version: '0',
    runId: '',
    seed: 1,
    config: {},
    configHash: '',
    inputs: [],
    fidelity: [],
    warnings,
    result,
  });
}

function texts(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : []));
}

describe('dataInspectPage', () => {
  it('shows a score for each series, marked where it is below 99 %, and bad below 90 % or with impossible rows', () => {
    const scored = (score: number, dropped = 0) => ({ ...clean, score, dropped });
    const series = [scored(1), scored(0.99), scored(0.9899), scored(0.8999), scored(1, 1)];
    const [table] = page({ series, refused: [] }).blocks;
    expect(table).toMatchObject({ kind: 'table', tones: ['plain', 'plain', 'warn', 'bad', 'bad'] });
    expect(table).toMatchObject({
      rows: [{ file: 'clean.csv', symbol: 'AAAUSDT', score: 1, interval: '1h' }, {}, {}, {}, {}],
    });
  });

  it('says which reader was used and why, and that nothing was found where nothing was', () => {
    const { subtitle, blocks } = page({ series: [clean], refused: [] });
    expect(subtitle).toBe('One file, 1 series, 0 refused');
    expect(texts(blocks)).toEqual([
      'clean.csv, AAAUSDT: read as generic-ohlcv, a header in line 1.',
      'Nothing was found.',
    ]);
  });

  it('shows every finding with its example and consequence, and the impossible rows below', () => {
    const impossible = [{ line: 9, code: 'ROW_PRICE', message: 'open must be above 0, was 0' }];
    const one = { ...clean, findings: [gap], impossible, dropped: 3 };
    const [, , findings, rows] = page({ series: [one], refused: [] }).blocks;
    expect(findings).toMatchObject({
      kind: 'table',
      rows: [{ code: 'gap', count: 7, line: 4, example: 'here', consequence: 'split' }],
    });
    expect(rows).toMatchObject({ title: 'The first of 3 impossible rows', rows: impossible });
    const all = page({ series: [{ ...one, dropped: 1 }], refused: [] }).blocks;
    expect(all[3]).toMatchObject({ title: 'Impossible rows' });
  });

  it('names refused files with the place and what to do, and warnings that are no findings', () => {
    const refused = [
      { file: 'x.csv', code: 'ROW_TIME', line: 3, message: 'm', remedy: 'Do this' },
      { file: 'y.csv', code: 'FILE_FORMAT', line: null, message: 'n', remedy: null },
    ];
    const warning = (code: string) => ({ code, input: 'clean.csv', count: 1, text: 'told' });
    const { subtitle, blocks } = page({ series: [{ ...clean, findings: [gap] }], refused }, [
      warning('gap'),
      warning('symbol-unknown'),
    ]);
    expect(subtitle).toBe('3 files, 1 series, 2 refused');
    expect(texts(blocks).slice(0, 3)).toEqual([
      'x.csv:3 was refused. ROW_TIME: m. Do this',
      'y.csv was refused. FILE_FORMAT: n',
      'symbol-unknown (clean.csv): told',
    ]);
  });

  it('counts the symbols of a journal of many', () => {
    const many = { ...clean, symbols: ['A', 'B', 'C', 'D'] };
    expect(page({ series: [many], refused: [] }).blocks[0]).toMatchObject({
      rows: [{ symbol: '4 symbols' }],
    });
  });
});
