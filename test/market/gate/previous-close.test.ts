import { describe, expect, it } from 'vitest';
import { codeOf } from '../../support/codes.ts';
import { codesOf, findingOf, gate } from '../../support/gate.ts';
import { type BarRow, cleanRows, rawBars, withRow } from '../../support/raw-bars.ts';

/** Every open is the close before it; row 30 jumps, so that its open lies 4 below its bar. */
function chained(count: number): BarRow[] {
  const rows = cleanRows(count).map((row, i): BarRow => (i < 30 ? row : raised(row, 5)));
  return rows.map(([time, open, high, low, close, volume], i): BarRow => {
    const before = rows[i - 1]?.[4] ?? open;
    const wide = i === 30 ? low : Math.min(low, before);
    return [time, before, i === 30 ? high : Math.max(high, before), wide, close, volume];
  });
}

function raised([time, open, high, low, close, volume]: BarRow, by: number): BarRow {
  return [time, open + by, high + by, low + by, close + by, volume];
}

describe('opens-previous-close', () => {
  it('clips the opens of a source that repeats the previous close, as one finding', () => {
    const rows = chained(60);
    const [, open = 0, high = 0, low = 0] = rows[30] ?? [];
    expect(open).toBeLessThan(low);
    const gated = gate(rawBars(rows));
    expect(codesOf(gated)).toEqual(['opens-previous-close']);
    expect(findingOf(gated, 'opens-previous-close')).toMatchObject({
      count: 1,
      line: 32,
      example: `2024-01-02 06:00 opens at ${open}, the close before it, outside its bar [${low}, ${high}]`,
    });
    expect(gated.bars.open[30]).toBe(low);
    expect(gated.bars.open[29]).toBe(rows[29]?.[1]);
    expect(gated.score).toBe(1);
  });

  it('clips from above as well', () => {
    const rows = chained(60).map(([t, o, h, l, c, v]): BarRow => [t, 200 - o, 200 - l, 200 - h, 200 - c, v]);
    const gated = gate(rawBars(rows));
    expect(gated.bars.open[30]).toBe(rows[30]?.[2]);
  });

  it('sees the habit in a file that runs from new to old', () => {
    expect(codesOf(gate(rawBars(chained(60).toReversed())))).toEqual([
      'newest-first',
      'opens-previous-close',
    ]);
  });

  it('says nothing where opens repeat the previous close and lie inside their bars', () => {
    const rows = chained(60).filter((_, i) => i !== 30 && i !== 31);
    expect(codesOf(gate(rawBars(rows.slice(0, 30))))).toEqual([]);
  });

  it('holds from 95 % of the opens on; below it such an open is impossible', async () => {
    // Of 100 opens behind the first, 5 or 6 are no repetition.
    const broken = (count: number) =>
      chained(101).map(
        ([t, o, h, ...rest], i): BarRow =>
          i > 40 && i <= 40 + count ? [t, o + 0.001, h + 0.001, ...rest] : [t, o, h, ...rest],
      );
    expect(codesOf(gate(rawBars(broken(5))))).toEqual(['opens-previous-close']);
    expect(await codeOf(() => gate(rawBars(broken(6))))).toBe('ROW_RANGE');
  });

  it('does not clip an open outside its bar that is not the previous close', async () => {
    const rows = withRow(chained(60), 40, ([t, , h, ...rest]) => [t, h + 1, h, ...rest]);
    expect(await codeOf(() => gate(rawBars(rows)))).toBe('ROW_RANGE');
  });

  it('does not excuse a close outside its bar', async () => {
    const rows = withRow(chained(60), 30, ([t, o, h, l, , v]) => [t, o, h, l, h + 1, v]);
    expect(await codeOf(() => gate(rawBars(rows)))).toBe('ROW_RANGE');
  });
});
