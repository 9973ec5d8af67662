import { describe, expect, test } from 'vitest';
import { bracketTable } from '../../src/risk/brackets.ts';
import { type CutGoal, type CutLeg, sharesToClose } from '../../src/risk/deleverage.ts';
import { flatTable } from '../support/flat-table.ts';
import { unchanged } from '../support/unchanged.ts';

/** Long 1 BTC at a mark of 50,000 and a flat maintenance of 0.5 %: 250 are kept. */
const oneBtc: CutLeg = { contract: 'linear', qty: 1, mark: 50_000, table: flatTable(0.005), cost: 0 };
const halfBtc: CutLeg = { ...oneBtc, qty: 0.5 };

function shares(legs: readonly CutLeg[], goal: Partial<CutGoal> & Pick<CutGoal, 'equity'>) {
  const columns = legs.flatMap(({ table }) => [table.cap, table.rate, table.amount]);
  return unchanged(columns, () => sharesToClose(legs, { target: 2, from: 'all-alike', ...goal }));
}

/** To 1e-9 relative, which is less than any lot. */
function near(actual: readonly number[], expected: readonly number[]) {
  expect(actual).toHaveLength(expected.length);
  for (const [i, one] of expected.entries())
    expect(Math.abs((actual[i] ?? 0) - one)).toBeLessThanOrEqual(1e-9 * one);
}

describe('the share to close until equity / maintenance is at the target', () => {
  test('of 312.5 at a level of 1.25: 312.5 = 2 x 250 x (1 - f), f = 0.375 (hand)', () => {
    near(shares([oneBtc], { equity: 312.5 }), [0.375]);
  });

  test('with a cost of 0.1 %: 312.5 - 50 f = 500 (1 - f), f = 187.5 / 450 (hand)', () => {
    near(shares([{ ...oneBtc, cost: 0.001 }], { equity: 312.5 }), [187.5 / 450]);
  });

  test('of another target: 312.5 = 3 x 250 x (1 - f), f = 1 - 312.5 / 750 (hand)', () => {
    near(shares([oneBtc], { equity: 312.5, target: 3 }), [1 - 312.5 / 750]);
  });

  test('of an inverse contract, in its coin: 50,000 USD at 50,000 are 1 BTC', () => {
    const leg = { ...oneBtc, contract: 'inverse' as const, qty: 50_000 };
    near(shares([leg], { equity: 0.006_25 }), [0.375]);
  });

  test('reads the bracket of what is left', () => {
    // Above 20,000: 1 % less 120, so that 50,000 keep 380.
    const table = bracketTable([
      { cap: 20_000, rate: 0.004, maxLeverage: 50 },
      { cap: 100_000, rate: 0.01, maxLeverage: 20 },
    ]);
    // 475 = 2 (500 (1 - f) - 120), f = 0.285: 35,750 are left, in the same bracket.
    near(shares([{ ...oneBtc, table }], { equity: 475 }), [0.285]);
    // 100 = 2 x 200 (1 - f), f = 0.75: 12,500 are left, in the bracket below.
    near(shares([{ ...oneBtc, table }], { equity: 100 }), [0.75]);
  });

  test('is the smallest that reaches it: a billionth more reaches the target, a billionth less does not', () => {
    const [share = 0] = shares([{ ...oneBtc, cost: 0.0007 }], { equity: 300 });
    const reaches = (f: number) => 300 - f * 50_000 * 0.0007 >= 2 * (1 - f) * 250;
    expect(reaches(share * (1 + 1e-9))).toBe(true);
    expect(reaches(share * (1 - 1e-9))).toBe(false);
  });

  test('is nothing where the target is reached already, and for nobody', () => {
    expect(shares([oneBtc], { equity: 500 })).toEqual([0]);
    near(shares([oneBtc], { equity: 499 }), [0.002]);
    expect(shares([], { equity: -1 })).toEqual([]);
  });

  test('is all where even closing all does not reach it', () => {
    expect(shares([oneBtc], { equity: 0 })).toEqual([1]);
    expect(shares([oneBtc], { equity: -1 })).toEqual([1]);
    // Closing costs 500 of 400.
    expect(shares([{ ...oneBtc, cost: 0.01 }], { equity: 400 })).toEqual([1]);
    expect(shares([oneBtc, halfBtc], { equity: -1, from: 'first-to-last' })).toEqual([1, 1]);
  });
});

describe('of several legs', () => {
  test('all alike: the same share of each', () => {
    // 375 are kept: 450 = 2 x 375 (1 - f), f = 0.4.
    near(shares([oneBtc, halfBtc], { equity: 450 }), [0.4, 0.4]);
    // They cost 0.1 % of 50,000 and nothing: 450 - 50 f = 750 (1 - f), f = 3 / 7.
    near(shares([{ ...oneBtc, cost: 0.001 }, halfBtc], { equity: 450 }), [3 / 7, 3 / 7]);
  });

  test('first to last: the first whole before the next is touched', () => {
    // 450 allow 225 to be kept of 250 + 125: 150 of the 250 go.
    near(shares([oneBtc, halfBtc], { equity: 450, from: 'first-to-last' }), [0.6, 0]);
    // 200 allow 100: all of the 250, and 25 of the 125.
    near(shares([oneBtc, halfBtc], { equity: 200, from: 'first-to-last' }), [1, 0.2]);
    // The other way round 450 allow 225: all of the 125, and 25 of the 250.
    near(shares([halfBtc, oneBtc], { equity: 450, from: 'first-to-last' }), [1, 0.1]);
  });

  test('first to last: exactly the first where that is enough', () => {
    near(shares([oneBtc, halfBtc], { equity: 250, from: 'first-to-last' }), [1, 0]);
  });
});
