import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withConfig } from '../../../src/engine/engine.ts';
import { fundingBreaker } from '../../../src/engine/guards/funding-breaker.ts';
import { MS_PER_HOUR } from '../../../src/model/time.ts';
import { type BreakerTerms, breakerOutcome, paysAbove } from '../../../src/risk/funding/breaker-history.ts';
import { heldHistory } from '../../../src/risk/funding/held-history.ts';
import { engineScene, tell } from '../../support/engine-scene.ts';
import { unchanged } from '../../support/unchanged.ts';
import { bookOf, positionOf } from '../../support/venue-scene.ts';

const EIGHT = 8 * MS_PER_HOUR;
const terms = { periods: 1, action: 'close', tradeCost: 0.01 } as const;
const history = { contract: 'linear', side: 1, sizing: 'constant-leverage' } as const;

describe('paysAbove', () => {
  const above = (side: 1 | -1, rate: number, hours: number) =>
    paysAbove(side, Float64Array.of(rate), Float64Array.of(hours * MS_PER_HOUR), 0.001)[0];

  test('is strict, and as of 8 hours', () => {
    expect([above(1, 0.001, 8), above(1, 0.0010001, 8)]).toEqual([0, 1]);
    expect([above(-1, -0.001, 8), above(-1, -0.0010001, 8)]).toEqual([0, 1]);
    expect([above(1, 0.000125, 1), above(1, 0.0001251, 1)]).toEqual([0, 1]);
    expect([above(1, -0.01, 8), above(-1, 0.01, 8)]).toEqual([0, 0]);
    // 0.0007 x 8 / 7 is not 0.0008 in doubles.
    expect(paysAbove(1, Float64Array.of(0.0007), Float64Array.of(7 * MS_PER_HOUR), 0.0008)[0]).toBe(0);
  });

  test('refuses a threshold of 0, and columns of two lengths', () => {
    expect(() => paysAbove(1, Float64Array.of(1), Float64Array.of(1), 0)).toThrow(
      'a threshold must be above 0',
    );
    expect(() => paysAbove(1, Float64Array.of(1), new Float64Array(), 1)).toThrow('1 rates need as many');
  });
});

describe('breakerOutcome', () => {
  // Held at 1: pays 0.002, 0.003, 0.0005, 0.0005; the mark brings +10 %, -10 %, +10 % between.
  const rate = Float64Array.of(0.002, 0.003, 0.0005, 0.0005);
  const mark = Float64Array.of(100, 110, 99, 108.9);
  const held = heldHistory(history, rate, mark);
  const above = paysAbove(1, rate, new Float64Array(4).fill(EIGHT), 0.001);

  // By hand. Closed after the first settlement: it misses +10 % and -10 %, saves 0.003 and 0.0005, and is back after the third,
  // at 1 % each way.
  test('closes after the settlement that was above, and is back after the first that was not', () => {
    const columns = [held.notional, held.funding, held.move, above];
    const outcome = unchanged(columns, () => breakerOutcome(held, above, terms));
    expect(outcome).toMatchObject({ triggers: 1, settlementsAway: 2, acted: [0] });
    expect(outcome.fundingSaved).toBeCloseTo(0.0035, 15);
    expect(outcome.markPnlMissed).toBeCloseTo(0, 15);
    expect([outcome.exitCost, outcome.reentryCost]).toEqual([0.01, 0.01]);
    expect(outcome.net).toBeCloseTo(0.0035 - 0.02, 15);
    expect(Array.from(outcome.gain, (one) => Number(one.toFixed(12)))).toEqual([-0.11, 0.103, -0.0095, 0]);
  });

  test('turned round it receives, loses and pays twice', () => {
    const outcome = breakerOutcome(held, above, { ...terms, action: 'flip' });
    expect(outcome.fundingSaved).toBeCloseTo(0.007, 15);
    expect([outcome.exitCost, outcome.reentryCost]).toEqual([0.02, 0.02]);
    expect(outcome.gain[0]).toBeCloseTo(-0.22, 15);
  });

  test('acts at the k-th in a row, and never where there are fewer', () => {
    const second = breakerOutcome(held, above, { ...terms, periods: 2 });
    expect(second).toMatchObject({ acted: [1], settlementsAway: 1 });
    expect(second.fundingSaved).toBeCloseTo(0.0005, 15);
    expect(second.markPnlMissed).toBeCloseTo(-0.1, 15);
    expect(breakerOutcome(held, above, { ...terms, periods: 3 })).toMatchObject({ triggers: 0, net: 0 });
    // One that does not pay above begins the count anew.
    expect(breakerOutcome(held, Uint8Array.of(1, 0, 1, 1), { ...terms, periods: 2 }).acted).toEqual([3]);
  });

  test('stays away at the end, without the cost of coming back', () => {
    expect(breakerOutcome(held, Uint8Array.of(0, 0, 1, 1), terms)).toMatchObject({
      acted: [2],
      exitCost: 0.01,
      reentryCost: 0,
    });
  });

  test('refuses periods of 0, a cost below 0, and columns of two lengths', () => {
    expect(() => breakerOutcome(held, above, { ...terms, periods: 0 })).toThrow('periods must be');
    expect(() => breakerOutcome(held, above, { ...terms, tradeCost: -1 })).toThrow('a trade cost must');
    expect(() => breakerOutcome(held, new Uint8Array(1), terms)).toThrow('4 settlements need');
  });
});

type Step = readonly [rate: number, move: number, interval: number];

const steps = fc.array(
  fc.tuple(
    fc.integer({ min: -30, max: 30 }).map((n) => n / 10_000),
    fc.integer({ min: -900, max: 900 }).map((n) => n / 10_000),
    fc.constantFrom(8, 4, 2).map((hours) => hours * MS_PER_HOUR),
  ),
  { minLength: 1, maxLength: 40 },
);

function columnsOf(path: readonly Step[]) {
  let price = 100;
  return {
    rate: Float64Array.from(path, ([rate]) => rate),
    interval: Float64Array.from(path, ([, , interval]) => interval),
    mark: Float64Array.from(path, ([, move]) => {
      price *= 1 + move;
      return price;
    }),
  };
}

test('net is the difference of two accounts, one with and one without', () => {
  fc.assert(
    fc.property(steps, fc.boolean(), fc.boolean(), fc.boolean(), (path, isLong, isLinear, isFlip) => {
      const { rate, interval, mark } = columnsOf(path);
      const side = isLong ? 1 : -1;
      const contract = isLinear ? 'linear' : 'inverse';
      const sized = { contract, side, sizing: 'constant-size' } as const;
      const above = paysAbove(side, rate, interval, 0.001);
      const own: Omit<BreakerTerms, 'threshold'> = {
        periods: 2,
        action: isFlip ? 'flip' : 'close',
        tradeCost: 0.0005,
      };
      const outcome = breakerOutcome(heldHistory(sized, rate, mark), above, own);
      // Quantities of a position worth 1 at the first mark, traded at marks.
      const full = side * (isLinear ? 1 / mark[0]! : mark[0]!);
      const worth = (qty: number, price: number) => (isLinear ? qty * price : -qty / price);
      let [withIt, without, qty, count] = [0, 0, full, 0];
      for (let i = 0; i < mark.length; i += 1) {
        const now = mark[i]!;
        if (i > 0) {
          withIt += worth(qty, now) - worth(qty, mark[i - 1]!);
          without += worth(full, now) - worth(full, mark[i - 1]!);
        }
        const value = (one: number) => (isLinear ? one * now : one / now);
        withIt -= value(qty) * rate[i]!;
        without -= value(full) * rate[i]!;
        const pays = (side * rate[i]! * EIGHT) / interval[i]! > 0.001 + 1e-12;
        let next = qty;
        if (qty === full) {
          count = pays ? count + 1 : 0;
          if (count === 2) next = isFlip ? -full : 0;
        } else if (!pays) [next, count] = [full, 0];
        withIt -= Math.abs(value(next - qty)) * 0.0005;
        qty = next;
      }
      expect(outcome.net).toBeCloseTo(withIt - without, 11);
      expect(outcome.gain.reduce((sum, one) => sum + one, 0)).toBeCloseTo(outcome.net, 11);
    }),
  );
});

test('acts where the guard of the engine acts', () => {
  fc.assert(
    fc.property(steps, fc.boolean(), fc.integer({ min: 1, max: 3 }), (path, isLong, periods) => {
      const { rate, interval, mark } = columnsOf(path);
      const side = isLong ? 1 : -1;
      const above = paysAbove(side, rate, interval, 0.001);
      const config = { maxRate8h: 0.001, settlements: periods, action: 'close', safeLevel: 2 } as const;
      const fresh = () =>
        engineScene({
          symbols: ['BTCUSDT'],
          marks: [100],
          book: bookOf([positionOf({ qty: String(side), entry: '100', leverage: 10 })]),
          guards: [withConfig(fundingBreaker, config)],
        });
      let scene: ReturnType<typeof fresh> | null = fresh();
      const acted: number[] = [];
      for (let i = 0; i < rate.length; i += 1) {
        if (scene === null) {
          if (above[i] === 0) scene = fresh();
          continue;
        }
        const event = { kind: 'funding', time: (i + 1) * EIGHT, symbol: 0, venue: -1 } as const;
        const said = tell(scene, { ...event, rate: rate[i]!, interval: interval[i]! });
        if (!said.some(({ kind }) => kind === 'close')) continue;
        acted.push(i);
        scene = null;
      }
      const held = heldHistory({ ...history, side }, rate, mark);
      expect(breakerOutcome(held, above, { ...terms, periods }).acted).toEqual(acted);
    }),
    { numRuns: 60 },
  );
});
