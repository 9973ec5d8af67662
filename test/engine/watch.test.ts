/** The bounds that the hot loop compares with: where nothing bounds an equity, none may be reached at any price. */
import { describe, expect, test } from 'vitest';
import type { GuardName } from '../../src/engine/decision.ts';
import { configureGuards } from '../../src/engine/guards.ts';
import { createTotals, PEAK, TOTAL, totalReached, WEEK_PEAK } from '../../src/engine/watch.ts';
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
  return [point, leg].map((columns) => totalReached(createTotals(columns, total, peak, weekPeak)));
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
    const totals = createTotals(scene.engine.watch.point, 1100, 1200, 1000);
    expect([totals[TOTAL], totals[PEAK], totals[WEEK_PEAK]]).toEqual([1100, 1200, 1000]);
    // 10 % below 1,200.
    expect(totalReached(totals)).toBe(false);
    totals[TOTAL] = 1079.9;
    expect(totalReached(totals)).toBe(true);
  });
});
