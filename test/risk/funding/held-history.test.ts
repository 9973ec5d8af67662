import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { heldHistory } from '../../../src/risk/funding/held-history.ts';
import { fundingPayment } from '../../../src/risk/funding.ts';
import { unrealisedPnl } from '../../../src/risk/pnl.ts';
import { unchanged } from '../../support/unchanged.ts';

const numbers = (column: Float64Array) => Array.from(column, (one) => Number(one.toFixed(12)));

describe('heldHistory', () => {
  // By hand: marks 100, 110, 99. A long of 0.01 is worth 1, 1.1, 0.99 and earns 0.1, -0.11; held at 1 it earns 10 %, -10 %.
  test('by size and by leverage', () => {
    const rate = Float64Array.of(0.001, 0.002, -0.001);
    const mark = Float64Array.of(100, 110, 99);
    const bySize = unchanged([rate, mark], () =>
      heldHistory({ contract: 'linear', side: 1, sizing: 'constant-size' }, rate, mark),
    );
    expect(numbers(bySize.notional)).toEqual([1, 1.1, 0.99]);
    expect(numbers(bySize.funding)).toEqual([-0.001, -0.0022, 0.00099]);
    expect(numbers(bySize.move)).toEqual([0.1, -0.11, 0]);
    const byLeverage = heldHistory({ contract: 'linear', side: -1, sizing: 'constant-leverage' }, rate, mark);
    expect(numbers(byLeverage.notional)).toEqual([1, 1, 1]);
    expect(numbers(byLeverage.funding)).toEqual([0.001, 0.002, -0.001]);
    expect(numbers(byLeverage.move)).toEqual([-0.1, 0.1, 0]);
  });

  test('at constant size is the position itself, over its first notional', () => {
    const marks = fc.array(fc.integer({ min: 50, max: 200 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(marks, fc.boolean(), fc.boolean(), (path, isLong, isLinear) => {
        const contract = isLinear ? 'linear' : 'inverse';
        const side = isLong ? 1 : -1;
        const mark = Float64Array.from(path);
        const rate = mark.map((one, i) => (one - 100) / 1e5 + i / 1e6);
        const first = mark[0]!;
        const { notional, funding, move } = heldHistory(
          { contract, side, sizing: 'constant-size' },
          rate,
          mark,
        );
        // One in the settlement asset: 1 / first base, or `first` quote, a coin.
        const qty = side * (isLinear ? 1 / first : first);
        let total = 0;
        for (let i = 0; i < mark.length; i += 1) {
          expect(funding[i]).toBeCloseTo(fundingPayment(contract, qty, mark[i]!, rate[i]!), 15);
          expect(notional[i]).toBeCloseTo(Math.abs(isLinear ? qty * mark[i]! : qty / mark[i]!), 13);
          expect(total).toBeCloseTo(unrealisedPnl({ contract, qty, entry: first }, mark[i]!), 12);
          total += move[i]!;
        }
      }),
    );
  });

  test('refuses a mark or rate that is none', () => {
    const terms = { contract: 'linear', side: 1, sizing: 'constant-size' } as const;
    expect(() => heldHistory(terms, Float64Array.of(0), Float64Array.of(0))).toThrow('was 0 at 0');
    expect(() => heldHistory(terms, Float64Array.of(Number.NaN), Float64Array.of(1))).toThrow('was NaN at 0');
    expect(() => heldHistory(terms, Float64Array.of(0), new Float64Array())).toThrow('1 rates need 1 marks');
  });
});
