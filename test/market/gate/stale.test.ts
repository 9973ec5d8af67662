import { describe, expect, it } from 'vitest';
import { codesOf, findingOf, gate } from '../../support/gate.ts';
import { type BarRow, cleanRows, rawBars } from '../../support/raw-bars.ts';

/** Clean bars, of which `count` from row 20 on repeat the close of row 19 (but keep their volume). */
function frozen(count: number, change: (row: BarRow) => BarRow = (row) => row): BarRow[] {
  const rows = cleanRows(60);
  const price = rows[19]?.[4] ?? 0;
  return rows.map((row, i) =>
    i >= 20 && i < 20 + count ? change([row[0], price, price, price, price, row[5]]) : row,
  );
}

function silent(count: number): BarRow[] {
  return cleanRows(60).map((row, i) =>
    i >= 20 && i < 20 + count ? (row.with(5, 0) as unknown as BarRow) : row,
  );
}

describe('stale', () => {
  it('is five flat bars in a row at the previous close, not four', () => {
    expect(codesOf(gate(rawBars(frozen(4))))).toEqual([]);
    const gated = gate(rawBars(frozen(5)));
    expect(findingOf(gated, 'stale')).toMatchObject({ count: 5, line: 22 });
    expect(findingOf(gated, 'stale')?.example).toMatch(
      /^the longest of 1: 5 bars at .* from 2024-01-01 20:00$/,
    );
    expect(gated).toMatchObject({ stale: 5, score: 1 - 5 / 60 });
  });

  it('ends with a bar that has any range', () => {
    const rows = frozen(9, ([t, o, h, l, c, v]) => [t, o, t % 5 === 4 ? h + 1e-9 : h, l, c, v]);
    const touched = rows.map(
      (row, i): BarRow => (i === 24 ? [row[0], row[1], row[2] + 1e-9, row[3], row[4], row[5]] : row),
    );
    expect(codesOf(gate(rawBars(touched)))).toEqual([]);
  });

  it('is no run of flat bars each at another price', () => {
    const rows = cleanRows(60).map(([t, , , , c, v]): BarRow => [t, c, c, c, c, v]);
    expect(codesOf(gate(rawBars(rows)))).toEqual([]);
  });
});

describe('zero-volume', () => {
  it('is five bars in a row without volume, not four', () => {
    expect(codesOf(gate(rawBars(silent(4))))).toEqual([]);
    const gated = gate(rawBars(silent(5)));
    expect(findingOf(gated, 'zero-volume')).toMatchObject({
      count: 5,
      line: 22,
      example: 'the longest of 1: 5 bars from 2024-01-01 20:00',
    });
    expect(gated.score).toBe(1);
  });

  it('counts a run that the file ends with', () => {
    const rows = cleanRows(30).map((row, i) => (i >= 24 ? (row.with(5, 0) as unknown as BarRow) : row));
    expect(findingOf(gate(rawBars(rows)), 'zero-volume')).toMatchObject({ count: 6, line: 26 });
  });

  it('says nothing about a source that has no volumes', () => {
    const rows = cleanRows(60).map((row) => row.with(5, 0) as unknown as BarRow);
    expect(codesOf(gate(rawBars(rows)))).toEqual([]);
  });
});
