import { describe, expect, it } from 'vitest';
import type { BarsBlock } from '../../src/model/page.ts';
import { barName, barsText } from '../../src/report/bars-text.ts';
import { penOf } from '../../src/report/pen.ts';

const block: BarsBlock = {
  kind: 'bars',
  title: 'Excursions',
  x: { title: 'ATRs', unit: 'r' },
  y: { title: 'trades', unit: 'count' },
  bars: [
    { from: 0, to: 0.5, value: 1200 },
    { from: 0.5, to: 1, value: 600 },
    { from: 1, to: 1.5, value: 1 },
    { from: 1.5, to: 2, value: 0 },
  ],
  note: 'a note',
};

describe('bars in a terminal', () => {
  // 40 columns less 11 for names, 5 for values and 4 between them are 20 for the longest bar.
  it('are as long as their share of the largest, and seen where they are not nothing', () => {
    expect(barsText(block, penOf({ width: 40, colour: false })).split('\n')).toEqual([
      'Excursions',
      'trades by ATRs',
      `0.00 – 0.50  1,200  ${'█'.repeat(20)}`,
      `0.50 – 1.00    600  ${'█'.repeat(10)}`,
      '1.00 – 1.50      1  ▏',
      '1.50 – 2.00      0',
      'a note',
    ]);
  });

  it('look different below zero', () => {
    const bars = [
      { label: 'gain', value: 10 },
      { label: 'loss', value: -5 },
    ];
    const lines = barsText({ ...block, bars }, penOf({ width: 80, colour: false })).split('\n');
    expect(lines.slice(2, 4)).toEqual([`gain  10  ${'█'.repeat(48)}`, `loss  -5  ${'▒'.repeat(24)}`]);
  });
});

describe('barName', () => {
  it('is the label, else the bin', () => {
    expect(barName({ label: 'a', from: 1, value: 0 }, 'r')).toBe('a');
    expect(barName({ from: 1, value: 0 }, 'r')).toBe('1.00');
    expect(barName({ from: 1, to: 2, value: 0 }, 'r')).toBe('1.00 – 2.00');
    expect(barName({ from: 0, to: 86_400_000, value: 0 }, 'time')).toBe('1970-01-01');
    expect(barName({ value: 0 }, 'r')).toBe('');
  });
});
