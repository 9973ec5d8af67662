import { describe, expect, it } from 'vitest';
import { segmentStarts } from '../../../src/market/segments.ts';
import { codesOf, findingOf, gate } from '../../support/gate.ts';
import { type BarRow, cleanRows, HOUR, rawBars } from '../../support/raw-bars.ts';

/** Thirty hours, a distance of `hours`, then thirty bars whose first close is `factor` times the last close. */
function reused(factor: number, hours: number): BarRow[] {
  const rows = cleanRows(60);
  const close = rows[29]?.[4] ?? 1;
  const next = rows[30]?.[4] ?? 1;
  const scale = (factor * close) / next;
  return rows.map(([time, o, h, l, c, v], i): BarRow => {
    if (i < 30) return [time, o, h, l, c, v];
    return [time + (hours - 1) * HOUR, o * scale, h * scale, l * scale, c * scale, v];
  });
}

describe('symbol-reuse', () => {
  it('is a price more than three times as high, or a third as low, behind a hole', () => {
    for (const factor of [3.001, 1 / 3.001]) {
      expect(findingOf(gate(rawBars(reused(factor, 10))), 'symbol-reuse')).toMatchObject({
        count: 1,
        line: 32,
      });
    }
    for (const factor of [2.999, 1 / 2.999]) {
      expect(codesOf(gate(rawBars(reused(factor, 10))))).toEqual(['gap']);
    }
  });

  it('says from which price to which, and splits the series there', () => {
    const gated = gate(rawBars(reused(1000, 300)));
    expect(findingOf(gated, 'symbol-reuse')?.example).toMatch(
      /^2024-01-02 05:00 [\d.]+ -> 2024-01-14 17:00 [\d.]+$/,
    );
    expect([...segmentStarts(gated.bars, 3)]).toEqual([0, 30]);
  });

  it('needs a hole longer than maxGap intervals', () => {
    expect(codesOf(gate(rawBars(reused(5, 3))))).not.toContain('symbol-reuse');
    expect(codesOf(gate(rawBars(reused(5, 4))))).toContain('symbol-reuse');
    expect(codesOf(gate(rawBars(reused(5, 4)), { maxGap: 4 }))).not.toContain('symbol-reuse');
  });
});
