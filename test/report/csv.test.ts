import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvariantError } from '../../src/model/errors.ts';
import type { Page, Row } from '../../src/model/page.ts';
import { csvText } from '../../src/report/csv.ts';
import { levels } from '../support/invented-page.ts';

const pageOf = (rows: readonly Row[]): Page => ({
  title: '',
  subtitle: '',
  blocks: [
    {
      kind: 'table',
      columns: [
        { key: 'x', title: 'a number', unit: 'fraction' },
        { key: 'name', title: 'a text', unit: 'text' },
      ],
      rows,
    },
  ],
});

describe('csvText', () => {
  it('carries the main table with keys as header, raw numbers, quoted texts and empty cells', () => {
    const other = { ...levels, main: false, title: 'another' };
    expect(csvText({ title: '', subtitle: '', blocks: [other, { kind: 'text', text: 'x' }, levels] })).toBe(
      [
        'multiplier,hits,hitRate,meanReturn,verdict',
        '0.5,1800,0.9,-0.000123,"increase"',
        '2,310,0.155,,"inconclusive, recommended"',
        '2.25,0,0,0.01,"keep"',
        '',
      ].join('\n'),
    );
  });

  it('takes the first table where none is the main one, and fields where there is no table', () => {
    expect(csvText(pageOf([{ x: -0, name: 'a' }]))).toBe('x,name\n0,"a"\n');
    const fields = [
      { title: 'trades', unit: 'count', value: 3 } as const,
      { title: 'paid', unit: 'money', value: '10.50' } as const,
      { title: 'stop', unit: 'text', value: 'atr' } as const,
    ];
    expect(csvText({ title: '', subtitle: '', blocks: [{ kind: 'fields', fields }] })).toBe(
      'name,value\n"trades",3\n"paid",10.50\n"stop","atr"\n',
    );
  });

  it('tells an empty text from nothing', () => {
    expect(csvText(pageOf([{ x: null, name: '' }]))).toBe('x,name\n,""\n');
  });

  it('refuses what is not finite', () => {
    expect(() => csvText(pageOf([{ x: Number.NaN, name: '' }]))).toThrow(InvariantError);
  });

  it('reads back to the same bits and the same texts', () => {
    const row = fc.record({
      x: fc.double({ noNaN: true, noDefaultInfinity: true }),
      name: fc.string({ unit: 'grapheme' }).map((text) => `${text}",\r\n=1+1`),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (rows) => {
        const back: Record<string, string>[] = parse(csvText(pageOf(rows)), { columns: true });
        expect(back.map(({ x, name }) => ({ x: Number(x), name }))).toEqual(
          rows.map(({ x, name }) => ({ x: x === 0 ? 0 : x, name })),
        );
      }),
      { seed: 3, numRuns: 500 },
    );
  });
});
