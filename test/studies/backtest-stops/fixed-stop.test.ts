import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Intrabar } from '../../../src/studies/backtest-stops-config.ts';
import { type Ohlc, rowsOf, ruleOf, runFixed, tradeOf } from './one-trade.ts';

type StopCase = {
  name: string;
  side: 'long' | 'short';
  bar: Ohlc;
  stop: number;
  tp: number;
  worst: [string, number | null];
  best: [string, number | null];
  ohlc_path: [string, number | null];
};
const golden: { stops: StopCase[] } = JSON.parse(
  readFileSync(new URL('../../golden/impact-stops.json', import.meta.url), 'utf8'),
);

/** Entry 100, unit 5: the stop lies at one multiple and the take-profit at two. */
function playCase(stopCase: StopCase, intrabar: Intrabar) {
  const side = stopCase.side === 'long' ? 1 : -1;
  const trade = tradeOf(side, { entry: 100, exit: stopCase.bar[3], unit: 5 }, { target: side * stopCase.tp });
  const seen = runFixed(trade, rowsOf([stopCase.bar]), ruleOf([1], intrabar));
  const fill = 100 + side * (seen.returns[0] ?? Number.NaN) * 100;
  return { hit: seen.fate.reached === 1, fill, gapFills: seen.sums.gapFills[0] };
}

describe('one bar with a stop and a take-profit (golden impact_stops.json > stops)', () => {
  const policies = [
    ['pessimistic', 'worst'],
    ['optimistic', 'best'],
    ['nearest-extreme', 'ohlc_path'],
  ] as const;
  for (const stopCase of golden.stops) {
    for (const [intrabar, key] of policies) {
      test(`${stopCase.name}, ${intrabar}`, () => {
        const [ending, price] = stopCase[key];
        const seen = playCase(stopCase, intrabar);
        expect(seen.hit).toBe(ending.startsWith('stop'));
        expect(seen.gapFills).toBe(ending === 'stop_gap' ? 1 : 0);
        // Without stop and take-profit the trade ends at its own exit, the close.
        expect(seen.fill).toBeCloseTo(price ?? stopCase.bar[3], 9);
      });
    }
  }

  test('a bar that holds both is counted as ambiguous, and only such a bar', () => {
    for (const stopCase of golden.stops) {
      const side = stopCase.side === 'long' ? 1 : -1;
      const trade = tradeOf(
        side,
        { entry: 100, exit: stopCase.bar[3], unit: 5 },
        { target: side * stopCase.tp },
      );
      const seen = runFixed(trade, rowsOf([stopCase.bar]), ruleOf([1]));
      expect(seen.sums.ambiguous[0], stopCase.name).toBe(stopCase.name.includes('both') ? 1 : 0);
    }
  });
});

describe('stop against liquidation in one bar (golden impact_stops.json > stop_vs_liquidation)', () => {
  // Entry 100 at 10x: what the stop or the liquidation leaves on margin.
  const play = (stop: number, liquidation: number, bar: Ohlc) => {
    const trade = tradeOf(1, { entry: 100, exit: bar[3], unit: 1 }, { liquidation, leverage: 10 });
    return runFixed(trade, rowsOf([bar]), ruleOf([100 - stop]));
  };

  test('the higher level is reached first: the stop at 95 fills', () => {
    const seen = play(95, 90.5, [99, 100, 89, 92]);
    expect(seen.sums.liquidated[0]).toBe(0);
    expect(seen.margin[0]).toBeCloseTo(-0.5, 12);
  });
  test('a stop below the liquidation price is useless', () => {
    const seen = play(90, 91, [99, 100, 89, 92]);
    expect(seen.sums.beyondLiquidation[0]).toBe(1);
    expect(seen.sums.liquidated[0]).toBe(1);
    expect(seen.margin[0]).toBe(-1);
  });
  test('an open beyond both is a liquidation', () => {
    const seen = play(95, 90.5, [90, 93, 88, 92]);
    expect(seen.sums.liquidated[0]).toBe(1);
    expect(seen.margin[0]).toBe(-1);
  });
  test('an open beyond the stop alone fills at the open', () => {
    const seen = play(95, 90.5, [93, 96, 92, 95]);
    expect(seen.sums.liquidated[0]).toBe(0);
    expect(seen.margin[0]).toBeCloseTo(-0.7, 12);
    expect(seen.sums.gapFills[0]).toBe(1);
  });
  test('a stop exactly at the liquidation price lies beyond it, a cent nearer it does not', () => {
    expect(play(90.5, 90.5, [99, 100, 89, 92]).sums.beyondLiquidation[0]).toBe(1);
    expect(play(90.51, 90.5, [99, 100, 89, 92]).sums.beyondLiquidation[0]).toBe(0);
  });
});

describe('excursions (golden impact_stops.json > mae_mfe)', () => {
  const bars: Ohlc[] = [
    [100, 103, 99, 102],
    [102, 106, 101, 105],
    [105, 105.5, 97, 98],
    [98, 104, 96, 103],
  ];
  test('MAE is 4 for the long and 6 for the short', () => {
    const long = runFixed(tradeOf(1, { entry: 100, exit: 103, unit: 1 }), rowsOf(bars), ruleOf([50]));
    const short = runFixed(tradeOf(-1, { entry: 100, exit: 103, unit: 1 }), rowsOf(bars), ruleOf([50]));
    expect([long.fate.excursion, short.fate.excursion]).toEqual([4, 6]);
  });
});

describe('partial bars (RULES 1.1, 1.2)', () => {
  const bars: Ohlc[] = [
    [100, 101, 90, 100],
    [100, 102, 99, 101],
    [94, 101, 93, 100],
  ];
  test('a low in the entry bar counts on the pessimistic side alone, and fills at the stop', () => {
    const rows = rowsOf(bars.slice(0, 2), { entryPartial: true });
    const seen = runFixed(tradeOf(1, { entry: 100, exit: 101, unit: 1 }), rows, ruleOf([5]));
    expect([seen.fate.reached, seen.fate.reachedOptimistic]).toEqual([1, 0]);
    expect(seen.returns[0]).toBeCloseTo(-0.05, 12);
  });
  test('the open of the exit bar lies inside the trade: a gap there fills at the open', () => {
    const rows = rowsOf(bars.slice(1), { partialFrom: 1 });
    const seen = runFixed(tradeOf(1, { entry: 100, exit: 100, unit: 1 }), rows, ruleOf([5]));
    expect([seen.fate.reached, seen.fate.reachedOptimistic]).toEqual([1, 0]);
    expect(seen.returns[0]).toBeCloseTo(-0.06, 12);
    expect(seen.sums.gapFills[0]).toBe(1);
  });
  test('an exit price at the stop is a hit on both sides, filled there when no bar could fill it', () => {
    const rows = rowsOf([[100, 102, 99, 101]]);
    const touch = runFixed(tradeOf(1, { entry: 100, exit: 95, unit: 1 }), rows, ruleOf([5]));
    expect([touch.fate.reached, touch.fate.reachedOptimistic]).toEqual([1, 1]);
    expect(touch.returns[0]).toBeCloseTo(-0.05, 12);
    const beyond = runFixed(tradeOf(1, { entry: 100, exit: 94, unit: 1 }), rows, ruleOf([5]));
    expect(beyond.returns[0]).toBeCloseTo(-0.06, 12);
    const short = runFixed(tradeOf(1, { entry: 100, exit: 95.01, unit: 1 }), rows, ruleOf([5]));
    expect([short.fate.reached, short.fate.reachedOptimistic]).toEqual([0, 0]);
  });
});

describe('trigger', () => {
  const rows = rowsOf([[100, 101, 95, 100]]);
  test('touch counts a low at the stop, through does not', () => {
    const trade = tradeOf(1, { entry: 100, exit: 100, unit: 5 });
    expect(runFixed(trade, rows, ruleOf([1], 'pessimistic', 'touch')).fate.reached).toBe(1);
    expect(runFixed(trade, rows, ruleOf([1], 'pessimistic', 'through')).fate.reached).toBe(0);
  });
});

describe('costs', () => {
  test('a stop at 95 with 10 bps a side and 20 bps of slippage costs what the arithmetic says', () => {
    // Fill 95 * 0.998 = 94.81; return -5.19 / 100 - 0.001 - 0.001 * 0.9481 = -0.0538481
    const trade = tradeOf(
      1,
      { entry: 100, exit: 100, unit: 5 },
      { feeEntry: 0.001, feeExit: 0.001, slippage: 0.002 },
    );
    const seen = runFixed(trade, rowsOf([[100, 101, 90, 100]]), ruleOf([1]));
    expect(seen.returns[0]).toBeCloseTo(-0.0538481, 12);
  });
  test('the mirrored short pays on its higher fill', () => {
    // Fill 105 * 1.002 = 105.21; return -5.21 / 100 - 0.001 - 0.001 * 1.0521 = -0.0541521
    const trade = tradeOf(
      -1,
      { entry: 100, exit: 100, unit: 5 },
      { feeEntry: 0.001, feeExit: 0.001, slippage: 0.002 },
    );
    const seen = runFixed(trade, rowsOf([[100, 110, 99, 100]]), ruleOf([1]));
    expect(seen.returns[0]).toBeCloseTo(-0.0541521, 12);
  });
});

describe('a take-profit that known prices reach (RULES 1.1)', () => {
  const flat: Ohlc = [100, 101, 99, 100];
  const trade = (exit: number) => tradeOf(1, { entry: 100, exit, unit: 2 }, { target: 102 });
  test('an exit price beyond it in a partial bar was passed on the way: filled at the take-profit', () => {
    const rows = rowsOf([flat, [100, 108, 99, 107]], { partialFrom: 1 });
    expect(runFixed(trade(107), rows, ruleOf([5])).returns[0]).toBeCloseTo(0.02, 12);
  });
  test('the open of the exit bar beyond it fills there', () => {
    const rows = rowsOf([flat, [107, 108, 106, 107.5]], { partialFrom: 1 });
    expect(runFixed(trade(107.5), rows, ruleOf([5])).returns[0]).toBeCloseTo(0.07, 12);
  });
  test('an exit at the border of a bar that jumped over it is the fill', () => {
    expect(runFixed(trade(105), rowsOf([flat]), ruleOf([5])).returns[0]).toBeCloseTo(0.05, 12);
    expect(runFixed(trade(101.99), rowsOf([flat]), ruleOf([5])).returns[0]).toBeCloseTo(0.0199, 12);
  });
});

describe('a known exit beyond the liquidation price (RULES 2.5, 2.6)', () => {
  test('costs the margin and no more, at every level', () => {
    const trade = tradeOf(1, { entry: 100, exit: 80, unit: 2 }, { liquidation: 95.5, leverage: 20 });
    const seen = runFixed(trade, rowsOf([[100, 101, 99, 100]]), ruleOf([1, 2, 3]));
    expect(seen.margin).toEqual([-1, -1, -1]);
    expect([...seen.sums.liquidated.slice(0, 3)]).toEqual([1, 1, 1]);
  });
});
