import { describe, expect, it } from 'vitest';
import type { Field } from '../../src/model/page.ts';
import { fieldsText } from '../../src/report/fields-text.ts';
import { penOf } from '../../src/report/pen.ts';

const textOf = (fields: readonly Field[], width: number) =>
  fieldsText({ kind: 'fields', title: 'Trades', fields }, penOf({ width, colour: false })).split('\n');

describe('fields in a terminal', () => {
  const fields: readonly Field[] = [
    { title: 'judged', unit: 'count', value: 2080, note: 'of 3,015' },
    { title: 'inside their bars', unit: 'fraction', value: null },
  ];

  it('stand in pairs below each other, with their notes', () => {
    expect(textOf(fields, 80)).toEqual([
      'Trades',
      'judged             2,080  of 3,015',
      'inside their bars  –',
    ]);
  });

  it('wrap on both sides where the width does not hold them', () => {
    expect(textOf(fields, 24)).toEqual([
      'Trades',
      'judged      2,080',
      '            of 3,015',
      'inside      –',
      'their bars',
    ]);
  });
});
