import { describe, expect, it } from 'vitest';
import type { LinesBlock } from '../../src/model/page.ts';
import { linesText } from '../../src/report/lines-text.ts';
import { penOf } from '../../src/report/pen.ts';

const block: LinesBlock = {
  kind: 'lines',
  title: 'Rates',
  x: { title: 'multiple', unit: 'ratio' },
  y: { title: 'hit rate', unit: 'fraction' },
  series: [
    { name: 'first', style: 'line', points: [0, 1, 4, 0] },
    { name: 'second', style: 'step', points: [0, 0.5, 2, 0.2, 4, 0.2] },
  ],
  marks: [
    { axis: 'y', at: 0.9, label: 'target' },
    { axis: 'x', at: 3, label: 'here' },
  ],
};
const textOf = (one: LinesBlock, width: number) =>
  linesText(one, penOf({ width, colour: false })).split('\n');

describe('curves in a terminal', () => {
  // 32 columns are 25 for the drawing. At column k the first curve is at row 10 - k / 2.4, rounded: 10 10 9 9 8 8 8 7 7 6
  // 6 5 5 5 4 4 3 3 3 2 2 1 1 0 0. The second falls from 50 % to 20 % at the middle, column 12; the mark is at column 18.
  it('have round values at the side and below, curves told apart, marks as dots, and all of it named', () => {
    expect(textOf(block, 32)).toEqual([
      'Rates',
      'hit rate by multiple',
      '100 % ┤─╮                ┊',
      ' 90 % ┤┄╰─╮┄┄┄┄┄┄┄┄┄┄┄┄┄┄┊┄┄┄┄┄┄',
      ' 80 % ┤   ╰──╮           ┊',
      ' 70 % ┤      ╰─╮         ┊',
      ' 60 % ┤        ╰─╮       ┊',
      ' 50 % ┤══════════╰──╮    ┊',
      ' 40 % ┤           ║ ╰─╮  ┊',
      ' 30 % ┤           ║   ╰──╮',
      ' 20 % ┤           ╚══════╰─╮════',
      ' 10 % ┤                  ┊ ╰─╮',
      '  0 % ┤                  ┊   ╰──',
      '      └┬───────────┬───────────┬',
      '       0           2           4',
      '── first   ══ second',
      '┄ target at 90.00 %',
      '┊ here at 3',
    ]);
  });

  it('take finer rows where only these hold a mark', () => {
    const rows = textOf({ ...block, marks: [{ axis: 'y', at: 0.15, label: 'target' }] }, 40);
    expect(rows.filter((row) => row.includes('┄┄┄'))).toHaveLength(1);
    expect(rows.find((row) => row.includes('┄┄┄'))).toMatch(/^ 15 % ┤/);
  });

  it('begin and end where their points do', () => {
    const short: LinesBlock = {
      ...block,
      series: [
        { name: 'whole', style: 'line', points: [0, 0, 4, 0] },
        { name: 'part', style: 'line', points: [2, 1, 3, 1] },
      ],
      marks: [],
    };
    const top = textOf(short, 32)[2];
    expect(top).toBe('100 % ┤            ═══════');
  });

  it('name what only a graphic page can show', () => {
    const points: LinesBlock = {
      ...block,
      series: [{ name: 'trades', style: 'points', points: [1, 2, 3, 4] }],
      note: 'a note',
    };
    expect(textOf(points, 60)).toEqual(['Rates', 'only in graphic pages: trades', 'a note']);
  });

  it('stand with one point, with a level line, and with dates', () => {
    const one: LinesBlock = { ...block, series: [{ name: 'a', style: 'line', points: [1, 5] }], marks: [] };
    const level: LinesBlock = {
      ...block,
      x: { title: 'UTC', unit: 'time' },
      series: [{ name: 'a', style: 'line', points: [1_640_995_200_000, 5, 1_672_531_200_000, 5] }],
      marks: [],
    };
    for (const page of [one, level])
      expect(textOf(page, 60).join('\n')).not.toMatch(/NaN|Infinity|undefined/);
    expect(textOf(level, 60).join('\n')).toContain('2022-07');
  });
});

it('a spike between two columns is drawn: a crash of one bar must not fall out of the picture', () => {
  const points = Array.from({ length: 1000 }, (_, i) => [i, i === 501 ? 0 : 10]).flat();
  const text = linesText(
    {
      kind: 'lines',
      title: 'Margin level',
      x: { title: 'bar', unit: 'count' },
      y: { title: 'level', unit: 'count' },
      series: [{ name: 'a', style: 'line', points }],
    },
    penOf({ width: 60, colour: false }),
  );
  const bottom = text.split('\n').find((line) => /^ *0 ┤/.test(line));
  expect(bottom).toMatch(/┤ +╰╯/);
});
