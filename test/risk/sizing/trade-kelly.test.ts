import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { literalKelly } from '../../../src/risk/sizing/literal-kelly.ts';
import { kellyFromTrades } from '../../../src/risk/sizing/trade-kelly.ts';
import kelly from '../../golden/kelly.json' with { type: 'json' };
import { unchanged } from '../../support/unchanged.ts';

const full = { share: 1, statedLoss: null };

/** So many winners and losers of one size each, and flat trades between them. */
function trades(winners: number, losers: number, { win = 0.06, loss = 0.04, flat = 0 } = {}): Float64Array {
  return Float64Array.from([
    ...new Array<number>(winners).fill(win),
    ...new Array<number>(flat).fill(0),
    ...new Array<number>(losers).fill(-loss),
  ]);
}

describe('kellyFromTrades', () => {
  test.each(kelly.win_loss_form)('W $W and R $R put $f at risk', ({ W, R, f }) => {
    const returns = trades(Math.round(W * 100), 100 - Math.round(W * 100), { win: 0.02 * R, loss: 0.02 });
    const { atRisk, notional } = unchanged([returns], () => kellyFromTrades(returns, full));
    expect(atRisk.fraction).toBeCloseTo(Math.max(0, f), 14);
    // RULES 4.6: the notional that loses that fraction when a trade loses its average.
    expect(notional.fraction).toBeCloseTo(Math.max(0, f) / 0.02, 12);
    expect(atRisk.reason).toBe(f > 0 ? null : 'no-edge');
  });

  test('takes its share', () => {
    const { atRisk, notional } = kellyFromTrades(trades(55, 45), { ...full, share: 0.25 });
    // By hand: 0.55 - 0.45 / 1.5 = 0.25; a quarter of it is 0.0625, over a loss of 4 % 1.5625 times equity.
    expect(atRisk.fraction).toBeCloseTo(0.0625, 14);
    expect(notional.fraction).toBeCloseTo(1.5625, 12);
  });

  test('leaves out trades that ended where they began', () => {
    expect(kellyFromTrades(Float64Array.of(0, 1e-17, -1e-17, 0.1), full)).toMatchObject({
      winners: 1,
      flat: 3,
    });
    const { atRisk, flat, observedWinRate } = kellyFromTrades(trades(55, 45, { flat: 300 }), full);
    expect([flat, observedWinRate]).toEqual([300, 0.55]);
    expect(atRisk.fraction).toBeCloseTo(0.25, 14);
  });

  test('sizes by the lower bound of the win rate under 30 trades, and by the rate from 30 on', () => {
    const few = kellyFromTrades(trades(24, 5), full);
    const enough = kellyFromTrades(trades(25, 5), full);
    expect([few.atRisk.reason, enough.atRisk.reason]).toEqual(['few-trades', null]);
    expect(few.winRate).toBeLessThan(few.observedWinRate ?? 0);
    expect(enough.winRate).toBe(enough.observedWinRate);
    expect(few.atRisk.fraction).toBeLessThan((24 - 5 / 1.5) / 29);
  });

  test('without a loser takes the stated loss, and bounds nothing without one', () => {
    const stated = kellyFromTrades(trades(40, 0), { share: 1, statedLoss: 0.03 });
    // By hand: all of 40 won, so that W = 40 / (40 + z^2), z = 1.959963984540054; R = 2.
    const winRate = 40 / (40 + 1.959963984540054 * 1.959963984540054);
    expect(stated.averageLoss).toBe(0.03);
    expect(stated.atRisk.reason).toBe('no-loser');
    expect(stated.atRisk.fraction).toBeCloseTo(winRate - (1 - winRate) / 2, 13);
    const none = kellyFromTrades(trades(40, 0), full);
    expect(none).toMatchObject({
      atRisk: { fraction: null, reason: 'no-loser' },
      notional: { fraction: null, reason: 'no-loser' },
    });
    // A stated loss is not taken where losses are known.
    expect(kellyFromTrades(trades(20, 20), { share: 1, statedLoss: 0.5 }).averageLoss).toBeCloseTo(0.04, 15);
  });

  test('is 0 without a trade, without a winner, and without an edge, each with its reason', () => {
    expect(kellyFromTrades(new Float64Array(), full).atRisk).toEqual({ fraction: 0, reason: 'no-trades' });
    expect(kellyFromTrades(new Float64Array(3), full).atRisk).toEqual({ fraction: 0, reason: 'no-trades' });
    expect(kellyFromTrades(trades(0, 4), full).atRisk).toEqual({ fraction: 0, reason: 'no-edge' });
    expect(kellyFromTrades(trades(40, 60), full).notional).toEqual({ fraction: 0, reason: 'no-edge' });
  });

  test('refuses a return that is not finite, and a stated loss of 0', () => {
    expect(() => kellyFromTrades(Float64Array.of(0.1, Number.NaN), full)).toThrow('was NaN at 1');
    expect(() => kellyFromTrades(trades(1, 1), { share: 1, statedLoss: 0 })).toThrow('a stated loss');
  });

  test('is a finite fraction or no bound, whatever the trades', () => {
    const any = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { maxLength: 60 });
    fc.assert(
      fc.property(any, (returns) => {
        const { atRisk, notional } = kellyFromTrades(Float64Array.from(returns), full);
        for (const { fraction } of [atRisk, notional]) {
          expect(fraction === null || (fraction >= 0 && Number.isFinite(fraction))).toBe(true);
        }
        expect(atRisk.fraction ?? 0).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('literalKelly beside it', () => {
  test('takes the same fraction for the position: the average loss times smaller', () => {
    const { winRate, averageWin, averageLoss, atRisk, notional } = kellyFromTrades(trades(55, 45), {
      share: 0.25,
      statedLoss: null,
    });
    const literal = literalKelly({
      winRate: winRate ?? 0,
      averageWin: averageWin ?? 0,
      averageLoss: averageLoss ?? 0,
      share: 0.25,
    });
    expect(literal.fraction).toBe(atRisk.fraction);
    expect((literal.fraction ?? 0) / 0.04).toBeCloseTo(notional.fraction ?? 0, 12);
  });
});
