import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TableBlock, Unit } from '../../src/model/page.ts';
import { fitColumns, GAP } from '../../src/report/column-widths.ts';

type Ask = { readonly title: string; readonly unit: Unit; readonly cell: string };

const widthsFor = (asks: readonly Ask[], yields: TableBlock['yields'] & {}, width: number) => {
  const columns = asks.map(({ title, unit }, i) => ({ key: `k${i}`, title, unit }));
  const block: TableBlock = { kind: 'table', columns, rows: [], yields };
  return fitColumns(block, [asks.map(({ cell }) => cell)], width);
};
const number = (title: string, cell: string): Ask => ({ title, unit: 'count', cell });
const text = (title: string, cell: string): Ask => ({ title, unit: 'text', cell });

describe('fitColumns', () => {
  // 8 + 2 + 10 + 2 + 4 = 26 with titles on one line, 8 + 2 + 5 + 2 + 4 = 21 with broken ones.
  const asks = [number('multiple', '1'), number('gap fills', '12'), text('ok', 'keep')];
  it.each([
    [25, [0, 1, 2], [8, 9, 4]],
    [24, [0, 1, 2], [8, 5, 4]],
    [21, [0, 1, 2], [8, 5, 4]],
    [20, [0, 2], [8, 4]],
  ])('has at %i columns room for %j', (width, kept, widths) => {
    expect(widthsFor(asks, ['k1'], width)).toMatchObject({ kept, widths });
  });

  it('leaves out in the order of yields, only as many as it must', () => {
    expect(widthsFor(asks, ['k2', 'k1'], 20)).toEqual({ kept: [0, 1], left: [2], widths: [8, 9] });
  });

  it('leaves out together what is named together', () => {
    expect(widthsFor(asks, [['k0', 'k1']], 20)).toMatchObject({ kept: [2], left: [0, 1] });
    expect(widthsFor(asks, ['k1', ['k0', 'k1']], 20)).toMatchObject({ kept: [0, 2], left: [1] });
  });

  it('narrows texts that yield to nobody, the widest first', () => {
    const long = [text('a', 'x'.repeat(40)), text('b', 'y'.repeat(12)), number('c', '123')];
    expect(widthsFor(long, [], 40)).toEqual({ kept: [0, 1, 2], left: [], widths: [21, 12, 3] });
  });

  it('leaves out from the right what no order names, numbers before texts, never the first', () => {
    const wide = [
      number('a', '1'.repeat(9)),
      text('b', 'word'),
      number('c', '1'.repeat(9)),
      number('d', '1'.repeat(9)),
    ];
    expect(widthsFor(wide, [], 20)).toMatchObject({ kept: [0, 1], left: [3, 2] });
    expect(widthsFor(wide, [], 12)).toMatchObject({ kept: [0], left: [3, 2, 1] });
    expect(widthsFor(wide, [], 5)).toMatchObject({ kept: [0], widths: [5] });
  });

  it('never takes more than the width, and shows or names each column', () => {
    const ask = fc.record({
      title: fc.constantFrom('a', 'hit rate', 'why this reader', 'beyond liquidation'),
      unit: fc.constantFrom<Unit>('text', 'price'),
      cell: fc.string({ maxLength: 60 }),
    });
    fc.assert(
      fc.property(
        fc.array(ask, { minLength: 1, maxLength: 18 }),
        fc.array(fc.integer({ min: 1, max: 17 })),
        fc.integer({ min: 20, max: 200 }),
        (columns, yields, width) => {
          const { kept, left, widths } = widthsFor(
            columns,
            yields.map((i) => `k${i}`),
            width,
          );
          expect(widths.reduce((sum, w) => sum + w, 0) + GAP * (widths.length - 1)).toBeLessThanOrEqual(
            width,
          );
          expect([...kept, ...left].sort((a, b) => a - b)).toEqual(columns.map((_, i) => i));
          expect(kept).toContain(0);
          expect(Math.min(...widths)).toBeGreaterThan(0);
        },
      ),
      { seed: 5, numRuns: 1000 },
    );
  });
});
