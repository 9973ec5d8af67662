import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allowedShare } from '../../../src/risk/sizing/allowed.ts';
import { binaryKelly } from '../../../src/risk/sizing/binary-kelly.ts';
import { growthRate } from '../../../src/risk/sizing/growth.ts';
import { outcomesOfBet } from '../../../src/risk/sizing/outcomes.ts';
import kelly from '../../golden/kelly.json' with { type: 'json' };

describe('binaryKelly', () => {
  test.each(kelly.binary)('of p $p, b $b, loss $loss is $f_raw', (row) => {
    const full = binaryKelly({ winRate: row.p, win: row.b, loss: row.loss });
    expect(full).toBeCloseTo(row.f_raw, 15);
    expect(allowedShare(full, 1).fraction).toBeCloseTo(row.f, 15);
    // The maximum of the growth as a search found it, to the error of that search.
    expect(allowedShare(full, 1).fraction).toBeCloseTo(row.numeric, 7);
  });

  test.each(kelly.win_loss_form)('W $W and R $R give $f', ({ W, R, f }) => {
    expect(binaryKelly({ winRate: W, win: R, loss: 1 })).toBeCloseTo(f, 15);
  });

  test('a sure win is staked up to the ruin of its loss, a sure loss is taken from the other side', () => {
    expect(binaryKelly({ winRate: 1, win: 0.1, loss: 0.5 })).toBe(2);
    expect(binaryKelly({ winRate: 0, win: 0.1, loss: 0.5 })).toBe(-10);
  });

  test('no other fraction grows faster', () => {
    const part = fc.double({ min: 0.05, max: 0.95, noNaN: true });
    fc.assert(
      fc.property(part, part, part, part, (winRate, win, loss, other) => {
        const bet = { winRate, win, loss };
        const full = Math.max(0, binaryKelly(bet));
        const outcomes = outcomesOfBet(bet);
        const best = growthRate(outcomes, full) ?? Number.NEGATIVE_INFINITY;
        const there = growthRate(outcomes, other / loss) ?? Number.NEGATIVE_INFINITY;
        expect(there).toBeLessThanOrEqual(best + 1e-12);
      }),
    );
  });
});
