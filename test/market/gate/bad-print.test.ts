import { describe, expect, it } from 'vitest';
import { codesOf, findingOf, gate } from '../../support/gate.ts';
import { type BarRow, HOUR, rawBars, START, withRow } from '../../support/raw-bars.ts';

/** A market that stands between 99 and 101: every range is ln(101 / 99) = 0.0200007, twelve of them are 0.240008. */
const still = Array.from({ length: 60 }, (_, i): BarRow => [START + i * HOUR, 99.5, 101, 99, 100.5, 1]);
const high = (at: number, price: number) => withRow(still, at, ([t, o, , l, c, v]) => [t, o, price, l, c, v]);
const low = (at: number, price: number) => withRow(still, at, ([t, o, h, , c, v]) => [t, o, h, price, c, v]);

describe('bad-print', () => {
  it('is a high twelve median ranges beyond both neighbours, not a little less', () => {
    // 101 e^0.240008 = 128.396
    expect(codesOf(gate(rawBars(high(30, 128.38))))).toEqual([]);
    const gated = gate(rawBars(high(30, 128.41)));
    expect(findingOf(gated, 'bad-print')).toMatchObject({
      count: 1,
      line: 32,
      example: '2024-01-02 06:00 reaches 128.41, the bars beside it lie within [99, 101]',
    });
    expect(gated.score).toBe(1);
    expect(gated.bars.high[30]).toBe(128.41);
  });

  it('is a low as far below them', () => {
    // 99 e^-0.240008 = 77.876
    expect(codesOf(gate(rawBars(low(30, 77.89))))).toEqual([]);
    expect(findingOf(gate(rawBars(low(30, 77.86))), 'bad-print')?.example).toContain('reaches 77.86');
  });

  it('is never less than a tenth, however quiet the market', () => {
    const quiet = still.map(([t]): BarRow => [t, 100, 100.01, 100, 100.01, 1]);
    const spike = (price: number) => withRow(quiet, 30, ([t, o, , l, c, v]) => [t, o, price, l, c, v]);
    // 100.01 e^0.1 = 110.528
    expect(codesOf(gate(rawBars(spike(110.52))))).toEqual([]);
    expect(codesOf(gate(rawBars(spike(110.54))))).toEqual(['bad-print']);
  });

  it('is no crash: the bars behind it stay where it fell to', () => {
    const fallenTo = (open: number) =>
      still.map(([t], i): BarRow => {
        if (i < 30) return still[i]!;
        if (i === 30) return [t, 99.5, 101, 40, open, 1];
        return [t, open, open * 1.01, open * 0.99, open, 1];
      });
    // The fall reaches to 40: with bars at 60 behind it, by ln(59.4 / 40) = 0.395, while the ends differ by 0.516.
    expect(codesOf(gate(rawBars(fallenTo(60))))).toEqual([]);
    // With bars at 90 behind it, by ln(89.1 / 40) = 0.80, and the ends differ by 0.11.
    expect(codesOf(gate(rawBars(fallenTo(90))))).toEqual(['bad-print']);
  });

  it('is no bar of a wild market, whose ranges are as wide', () => {
    const wild = still.map(([t]): BarRow => [t, 99, 110, 90, 101, 1]);
    const spike = withRow(wild, 30, ([t, o, , l, c, v]) => [t, o, 180, l, c, v]);
    expect(codesOf(gate(rawBars(spike)))).toEqual([]);
  });

  it('is seen in the first and in the last bar by their one neighbour', () => {
    const first = withRow(still, 0, ([t, , , l, c, v]) => [t, 300, 300, l, c, v]);
    expect(findingOf(gate(rawBars(first)), 'bad-print')).toMatchObject({ count: 1, line: 2 });
    expect(findingOf(gate(rawBars(low(59, 1))), 'bad-print')).toMatchObject({ count: 1, line: 61 });
    const crash = withRow(still, 59, ([t, o, h, , , v]) => [t, o, h, 30, 30, v]);
    expect(codesOf(gate(rawBars(crash)))).toEqual([]);
  });

  it('names the farthest of several, and the line of the first', () => {
    const rows = withRow(high(20, 140), 40, ([t, o, , l, c, v]) => [t, o, 500, l, c, v]);
    const finding = findingOf(gate(rawBars(rows)), 'bad-print');
    expect(finding).toMatchObject({ count: 2, line: 22 });
    expect(finding?.example).toContain('reaches 500');
  });
});
