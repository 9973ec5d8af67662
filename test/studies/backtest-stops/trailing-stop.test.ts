import { describe, expect, test } from 'vitest';
import { type Ohlc, rowsOf, ruleOf, runTrailing, tradeOf } from './one-trade.ts';

describe('trailing stops (RULES 1.8)', () => {
  // Entry 100, unit 5, one multiple. Bar 1 rises to 110 and falls to 104: with the high first the trail stands at 105
  // and is hit there; with the low first it still stands at 95.
  const bars: Ohlc[] = [
    [100, 110, 104, 108],
    [108, 109, 103, 104],
  ];
  const trade = tradeOf(1, { entry: 100, exit: 104, unit: 5 });

  test('the pessimistic side takes the favourable extreme first, and the lower return of both orders counts', () => {
    // High first: hit in bar 1 at 105 (+5 %). Low first: trail 105 after bar 1, hit in bar 2 at 105 (+5 %).
    const seen = runTrailing(trade, rowsOf(bars), ruleOf([1]));
    expect(seen.fate.reached).toBe(1);
    expect(seen.returns[0]).toBeCloseTo(0.05, 12);
    expect(seen.sums.ambiguous[0]).toBe(1);
  });

  test('where only the high-first order hits, the worse of hit and exit counts', () => {
    // Bar 1 alone, exit at 108: high first hits at 105, low first ends at 108; 105 is lower.
    const once = runTrailing(
      tradeOf(1, { entry: 100, exit: 108, unit: 5 }),
      rowsOf(bars.slice(0, 1)),
      ruleOf([1]),
    );
    expect([once.fate.reached, once.fate.reachedOptimistic]).toEqual([1, 0]);
    expect(once.returns[0]).toBeCloseTo(0.05, 12);
    // The same with an exit of 101: the order without a hit is the worse one.
    const worse = runTrailing(
      tradeOf(1, { entry: 100, exit: 105.5, unit: 5 }),
      rowsOf([
        [100, 110, 104, 105.5],
        [105.5, 106, 105.2, 105.5],
      ]),
      ruleOf([1]),
    );
    expect(worse.returns[0]).toBeCloseTo(0.05, 12);
  });

  test('a low that reaches the trail of the bar before fills at that lower trail', () => {
    // High first: trail 115, fill 115. Low first: trail 95, fill 95, which is lower.
    const seen = runTrailing(trade, rowsOf([[100, 120, 94, 96]]), ruleOf([1]));
    expect(seen.returns[0]).toBeCloseTo(-0.05, 12);
    expect(seen.sums.ambiguous[0]).toBe(0);
  });

  test('a gap below the trail fills at the open', () => {
    const seen = runTrailing(
      trade,
      rowsOf([
        [100, 110, 106, 109],
        [102, 103, 101, 102],
      ]),
      ruleOf([1]),
    );
    expect(seen.returns[0]).toBeCloseTo(0.02, 12);
    expect(seen.sums.gapFills[0]).toBe(1);
  });

  test('a short trails from above', () => {
    const short = tradeOf(-1, { entry: 100, exit: 96, unit: 5 });
    const seen = runTrailing(
      short,
      rowsOf([
        [100, 96, 90, 92],
        [92, 97, 91, 96],
      ]),
      ruleOf([1]),
    );
    expect(seen.returns[0]).toBeCloseTo(0.05, 12);
  });

  test('a chandelier takes the ATR of the last completed bar and never falls back', () => {
    // Units 5, then 20: the second bar would put the stop at 110 - 20 = 90, the ratchet keeps 105.
    const rows = rowsOf([
      [100, 110, 106, 109],
      [109, 109.5, 104, 108],
    ]);
    const seen = runTrailing(trade, rows, ruleOf([1]), Float64Array.of(5, 20));
    expect(seen.fate.reached).toBe(1);
    expect(seen.returns[0]).toBeCloseTo(0.05, 12);
    // Units 5, then 2: the stop rises to 108 before the second bar trades.
    const tight = runTrailing(trade, rows, ruleOf([1]), Float64Array.of(5, 2));
    expect(tight.returns[0]).toBeCloseTo(0.08, 12);
  });

  test('liquidation takes the levels whose stop it precedes', () => {
    // Liquidation at 90.5. Both stops begin beyond it (90 and 75); the first has risen to 100 when the price falls.
    const leveraged = tradeOf(1, { entry: 100, exit: 92, unit: 5 }, { liquidation: 90.5, leverage: 10 });
    const seen = runTrailing(
      leveraged,
      rowsOf([
        [100, 110, 107, 109],
        [109, 109, 89, 92],
      ]),
      ruleOf([2, 5]),
    );
    expect([seen.sums.liquidated[0], seen.sums.liquidated[1]]).toEqual([0, 1]);
    expect(seen.margin[0]).toBeCloseTo(0, 12);
    expect(seen.margin[1]).toBe(-1);
    expect([seen.sums.beyondLiquidation[0], seen.sums.beyondLiquidation[1]]).toEqual([1, 1]);
  });

  test('from its last extreme a bar goes on to its close: the trail between them is passed in either order', () => {
    // Long at 100, unit 2, two multiples. The bar O 100, H 110, L 99.9, C 101: the trail stands at 106 and is passed.
    const fall: Ohlc[] = [[100, 110, 99.9, 101]];
    const long = tradeOf(1, { entry: 100, exit: 101, unit: 2 });
    for (const intrabar of ['pessimistic', 'optimistic', 'olhc', 'ohlc'] as const) {
      const seen = runTrailing(long, rowsOf(fall), ruleOf([2], intrabar));
      expect(seen.fate.reachedOptimistic).toBe(1);
      expect(seen.returns[0]).toBeCloseTo(0.06, 12);
      expect([seen.sums.gapFills[0], seen.sums.ambiguous[0]]).toEqual([0, 0]);
    }
  });

  test('the excursion of a trade is the same whatever levels were asked for', () => {
    const narrow = runTrailing(trade, rowsOf(bars), ruleOf([0.1]));
    const wide = runTrailing(trade, rowsOf(bars), ruleOf([0.1, 50]));
    expect(narrow.fate.excursion).toBe(wide.fate.excursion);
  });
});
