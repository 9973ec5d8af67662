/** The bounds that the hot loop compares with: where nothing bounds an equity, none may be reached at any price. */
import { describe, expect, test } from 'vitest';
import type { GuardName } from '../../src/engine/decision.ts';
import { configureGuards } from '../../src/engine/guards.ts';
import {
  createPriceBounds,
  createWatch,
  marginReached,
  PEAK,
  priceReached,
  scopeReached,
  setTotals,
  TOTAL,
  TOTALS,
  totalReached,
  WEEK_PEAK,
} from '../../src/engine/watch.ts';
import { engineScene, tellLine } from '../support/engine-scene.ts';
import { replayTree } from '../support/replay-study.ts';
import { bookOf } from '../support/venue-scene.ts';

const { guards } = replayTree();

/** A wallet of 1,000 without positions, under one guard of the product. */
function walletUnder(guard: GuardName) {
  return engineScene({
    book: bookOf([], { balance: '1000' }),
    marks: [100],
    guards: configureGuards(guards, [guard]),
  });
}

function reached({ engine }: ReturnType<typeof walletUnder>, total: number): boolean[] {
  const { peak, weekPeak } = engine.state.bases;
  const { point, leg } = engine.watch;
  return [point, leg].map((columns) =>
    totalReached(setTotals(new Float64Array(TOTALS), columns, total, { peak: peak, weekPeak: weekPeak })),
  );
}

describe('losses of the session bound the equity of all accounts', () => {
  test.each<[GuardName, number, number]>([
    // Half of the daily 3 %; of the drawdown of 5 % half is 2.5 %, which is later.
    ['session-limits', 985.01, 984.99],
    ['circuit-breakers', 985.01, 984.99],
    // Half of the 20 % of drawdown.
    ['emergency-stop', 900.01, 899.99],
  ])('%s: at %d not yet, at %d', (guard, above, below) => {
    const scene = walletUnder(guard);
    tellLine(scene, '0:01 clock');
    expect(reached(scene, above)).toEqual([false, false]);
    expect(reached(scene, below)).toEqual([true, true]);
  });

  test.each<GuardName>(['session-limits', 'circuit-breakers', 'emergency-stop'])(
    '%s: an account that begins its day with nothing is told of that once, and of no price',
    (guard) => {
      const scene = walletUnder(guard);
      scene.engine.state.bases.peak = 0;
      scene.engine.state.bases.weekPeak = 0;
      scene.engine.state.bases.day = 0;
      const ledger = scene.venue.state.accounts[0]?.wallets[0]?.ledger;
      if (ledger === undefined) throw new Error('an account must have a wallet');
      ledger.cash = '0';
      tellLine(scene, '0:01 transfer 0');
      for (const total of [0, 0.01, -0.01]) expect(reached(scene, total)).toEqual([false, false]);
    },
  );

  test('peaks are cells that the loop moves, with the bounds that hang on them', () => {
    const scene = walletUnder('emergency-stop');
    tellLine(scene, '0:01 clock');
    const totals = setTotals(new Float64Array(TOTALS), scene.engine.watch.point, 1100, {
      peak: 1200,
      weekPeak: 1000,
    });
    expect([totals[TOTAL], totals[PEAK], totals[WEEK_PEAK]]).toEqual([1100, 1200, 1000]);
    // 10 % below 1,200.
    expect(totalReached(totals)).toBe(false);
    totals[TOTAL] = 1079.9;
    expect(totalReached(totals)).toBe(true);
  });
});

describe('a bound is reached at its value, from either side', () => {
  const one = (value: number) => Float64Array.of(value);

  test('of a scope: equity, and equity over maintenance where any is asked', () => {
    const reachedBy = (
      column: 'equityLow' | 'equityHigh' | 'levelLow' | 'levelHigh',
      bound: number,
      equity: number,
      maintenance: number,
    ) => {
      const { point } = createWatch(2, 1);
      point[column][1] = bound;
      // The first scope is far from everything.
      const margin = {
        scopes: 2,
        equity: Float64Array.of(1000, equity),
        maintenance: Float64Array.of(1, maintenance),
      };
      return scopeReached(point, { ...walletUnder('flags').engine.view.margin, ...margin });
    };
    expect([101, 100, 99].map((equity) => reachedBy('equityLow', 100, equity, 0))).toEqual([
      false,
      true,
      true,
    ]);
    expect([99, 100, 101].map((equity) => reachedBy('equityHigh', 100, equity, 0))).toEqual([
      false,
      true,
      true,
    ]);
    // 1.5 x 40 is 60.
    expect([61, 60, 59].map((equity) => reachedBy('levelLow', 1.5, equity, 40))).toEqual([false, true, true]);
    expect([59, 60, 61].map((equity) => reachedBy('levelHigh', 1.5, equity, 40))).toEqual([
      false,
      true,
      true,
    ]);
    expect([-1, 0, 1].map((equity) => reachedBy('levelLow', 1.5, equity, 0))).toEqual([false, false, false]);
    expect([-1, 0, 1].map((equity) => reachedBy('levelHigh', 1.5, equity, 0))).toEqual([false, false, false]);
  });

  test('of a price: mark and last, of each symbol', () => {
    const far = Float64Array.of(50, 50);
    const at = (price: number) => Float64Array.of(50, price);
    for (const [column, series, inside, beyond] of [
      ['markLow', 'mark', 41, 39],
      ['markHigh', 'mark', 39, 41],
      ['lastLow', 'last', 41, 39],
      ['lastHigh', 'last', 39, 41],
    ] as const) {
      const bounds = createPriceBounds(2);
      bounds[column][1] = 40;
      const reachedAt = (price: number) =>
        priceReached(bounds, { mark: far, last: far, [series]: at(price) });
      expect([inside, 40, beyond].map(reachedAt), column).toEqual([false, true, true]);
    }
    expect(priceReached(createPriceBounds(2), { mark: far, last: far })).toBe(false);
  });

  test('of the total: as it is, and against each of its peaks', () => {
    const columns = (change: object) => Object.assign(createWatch(1, 1).point, change);
    const at = (change: object, total: number) =>
      totalReached(setTotals(new Float64Array(TOTALS), columns(change), total, { peak: 200, weekPeak: 100 }));
    expect([81, 80].map((total) => at({ totalLow: 80 }, total))).toEqual([false, true]);
    expect([79, 80].map((total) => at({ totalHigh: 80 }, total))).toEqual([false, true]);
    // 0.9 of the peak of 200, of that of the week of 100.
    expect([181, 180].map((total) => at({ peakLow: 0.9 }, total))).toEqual([false, true]);
    expect([179, 180].map((total) => at({ peakHigh: 0.9 }, total))).toEqual([false, true]);
    expect([91, 90].map((total) => at({ weekLow: 0.9 }, total))).toEqual([false, true]);
    expect([89, 90].map((total) => at({ weekHigh: 0.9 }, total))).toEqual([false, true]);
    // The tighter of several.
    expect([91, 90].map((total) => at({ totalLow: 80, weekLow: 0.9, peakLow: 0.3 }, total))).toEqual([
      false,
      true,
    ]);
  });

  test('a total that makes a peak moves the bounds that hang on it; one that does not leaves them', () => {
    const watch = createWatch(1, 1);
    watch.point.peakLow = 0.9;
    watch.point.weekLow = 0.8;
    const view = walletUnder('flags').engine.view.margin;
    const totals = setTotals(new Float64Array(TOTALS), watch.point, 100, { peak: 100, weekPeak: 50 });
    const passing = (total: number) => {
      totals[TOTAL] = total;
      const reached = marginReached(watch, view, totals);
      return [reached, totals[PEAK], totals[WEEK_PEAK]];
    };
    expect(passing(95)).toEqual([false, 100, 95]);
    expect(passing(94)).toEqual([false, 100, 95]);
    expect(passing(200)).toEqual([false, 200, 200]);
    expect(passing(181)).toEqual([false, 200, 200]);
    expect(passing(180)).toEqual([true, 200, 200]);
  });

  test('a scope is only looked at where one of its bounds is set', () => {
    const watch = createWatch(1, 1);
    watch.point.equityLow[0] = 100;
    const { view } = walletUnder('flags').engine;
    const margin = { ...view.margin, scopes: 1, equity: one(50), maintenance: one(0) };
    const totals = setTotals(new Float64Array(TOTALS), watch.point, 50, { peak: 50, weekPeak: 50 });
    expect(marginReached(watch, margin, totals)).toBe(false);
    watch.point.scopes = true;
    expect(marginReached(watch, margin, totals)).toBe(true);
  });
});
