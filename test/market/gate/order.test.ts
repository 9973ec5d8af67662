import { describe, expect, it } from 'vitest';
import { codeOf } from '../../support/codes.ts';
import { codesOf, findingOf, gate } from '../../support/gate.ts';
import { type BarRow, cleanRows, HOUR, rawBars, START } from '../../support/raw-bars.ts';

const clean = cleanRows(40);

function other([time, open, high, low, close]: BarRow): BarRow {
  return [time, open, high, low, close, 77];
}

describe('duplicate', () => {
  it('keeps one of two equal rows and counts the other', () => {
    const gated = gate(rawBars(clean.toSpliced(5, 0, ...clean.slice(4, 5))));
    expect(findingOf(gated, 'duplicate')).toEqual({
      code: 'duplicate',
      count: 1,
      line: 7,
      example: '2024-01-01 04:00 stands twice with the same values',
      consequence: 'one of each was kept',
    });
    expect(gated.bars).toEqual(gate(rawBars(clean)).bars);
    expect(gated).toMatchObject({ rows: 41, duplicates: 1, expected: 40, score: 1 - 1 / 40 });
  });

  it('sees a repetition that comes late: a block that overlaps the one before it', () => {
    const gated = gate(rawBars([...clean.slice(0, 30), ...clean.slice(20)]));
    expect(codesOf(gated)).toEqual(['duplicate']);
    expect(gated.duplicates).toBe(10);
    expect(gated.bars).toEqual(gate(rawBars(clean)).bars);
  });

  it('takes rows with one volume apart for a contradiction, of which the first in the file is kept', () => {
    const rows = [...clean.slice(0, 5), other(clean[4]!), ...clean.slice(5)];
    const gated = gate(rawBars(rows));
    const [, o, h, l, c, v] = clean[4]!;
    expect(gated.findings).toEqual([
      {
        code: 'duplicate-conflict',
        count: 1,
        line: 7,
        example: `2024-01-01 04:00 is O ${o} H ${h} L ${l} C ${c} V ${v} (line 6) and O ${o} H ${h} L ${l} C ${c} V 77`,
        consequence: 'the row that comes first in the file was kept, the other left out',
      },
    ]);
    expect(gated.bars.volume[4]).toBe(v);
    expect(gated.duplicates).toBe(1);
  });

  it('keeps the first in the file also where the file runs from new to old', () => {
    const turned = clean.toReversed();
    const at = turned.findIndex(([time]) => time === START + 4 * HOUR);
    const gated = gate(rawBars(turned.toSpliced(at, 0, other(turned[at]!))));
    expect(codesOf(gated)).toEqual(['newest-first', 'duplicate-conflict']);
    expect(findingOf(gated, 'duplicate-conflict')?.line).toBe(at + 3);
    expect(gated.bars.volume[4]).toBe(77);
  });

  it('does not take an impossible row for the one to keep', () => {
    const rows = clean.toSpliced(4, 0, [START + 4 * HOUR, 0, 0, 0, 0, 0]);
    const gated = gate(rawBars(rows), { onBadRow: 'drop' });
    expect(codesOf(gated)).toEqual(['dropped-rows']);
    expect(gated.bars).toEqual(gate(rawBars(clean)).bars);
  });
});

describe('newest-first', () => {
  it('turns a file of which most steps go back', () => {
    const gated = gate(rawBars(clean.toReversed()));
    expect(findingOf(gated, 'newest-first')).toEqual({
      code: 'newest-first',
      count: 40,
      line: 2,
      example: '2024-01-02 15:00, then 2024-01-02 14:00',
      consequence: 'the rows were turned round',
    });
  });

  it('turns nothing where as many steps go back as forward: that is out of order', async () => {
    const [a, b, c] = clean;
    expect(await codeOf(() => gate(rawBars([b!, a!, c!])))).toBe('ROW_ORDER');
  });

  it('reads two overlapping blocks from new to old, with the overlap as repetitions', () => {
    const gated = gate(rawBars([...clean.slice(15).toReversed(), ...clean.slice(0, 25).toReversed()]));
    expect(codesOf(gated)).toEqual(['newest-first', 'duplicate']);
    expect(gated.duplicates).toBe(10);
    expect(gated.bars).toEqual(gate(rawBars(clean)).bars);
  });
});

describe('mixed-epochs', () => {
  it('reads every stamp by its own magnitude', () => {
    const rows = clean.map(([time, ...rest], i): BarRow => [i < 30 ? time / 1000 : time, ...rest]);
    const gated = gate(rawBars(rows));
    expect(findingOf(gated, 'mixed-epochs')).toMatchObject({ count: 10, line: 32 });
    expect(gated.bars).toEqual(gate(rawBars(clean)).bars);
  });
});

describe('stamps that a spreadsheet has rounded', () => {
  const rounded = (step: number) =>
    rawBars(clean.map(([time, ...rest]): BarRow => [Math.round(time / step) * step, ...rest]));

  it('are refused where they have six digits left, and bars of one stamp are no repetitions', async () => {
    expect(await codeOf(() => gate(rounded(1e7)))).toBe('ROW_TIME');
    expect(await codeOf(() => gate(rounded(1e7), { onBadRow: 'drop' }))).toBe('ROW_TIME');
    expect(await codeOf(() => gate(rounded(1e10)))).toBe('ROW_TIME');
  });

  it('are refused in seconds too', async () => {
    const seconds = clean.map(([time, ...rest]): BarRow => [Math.round(time / 1e7) * 1e4, ...rest]);
    expect(await codeOf(() => gate(rawBars(seconds)))).toBe('ROW_TIME');
  });

  it('are whole where a single one is no multiple of 10,000 seconds', () => {
    const rows = cleanRows(3, 1e7, 1.7e12).map(
      ([time, ...rest], i): BarRow => [time + (i === 2 ? 1000 : 0), ...rest],
    );
    expect(() => gate(rawBars(rows), { interval: 1e7 })).not.toThrow();
  });
});
