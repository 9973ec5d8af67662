import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fundingReplay } from '../../src/studies/funding-replay.ts';
import { fundingTable } from '../../src/studies/funding-table.ts';
import golden from '../golden/funding.json' with { type: 'json' };
import { ctx, fundedInputs, fundedTree, ratesOf } from '../support/funding-study.ts';

const tableOf = (...settings: string[]) =>
  fundingTable.run(
    null,
    fundedTree(...settings.map((one) => one.replace(/^table/, 'studies.funding.table'))),
    ctx,
  ).result;

describe('the funding table', () => {
  test.each(golden.days_until_liquidation_flat_price)(
    '$L x at $r8h per 8 h, maintenance $mmr: settlement $periods_int',
    ({ L, r8h, mmr, periods_int, days_int, drain_notional_per_day, drain_margin_per_day }) => {
      const [row] = tableOf(`table.leverages=[${L}]`, `table.rate=${r8h}`, `table.mmr=${mmr}`).rows;
      expect(row).toMatchObject({ settlements: periods_int, direction: 'long', reason: null });
      expect(row?.days).toBeCloseTo(days_int, 9);
      expect(row?.drainPerDayNotional).toBeCloseTo(drain_notional_per_day, 12);
      expect(row?.drainPerDayMargin).toBeCloseTo(drain_margin_per_day, 12);
    },
  );

  test.each(golden.blog_table_check)('has the row of S2 at $L x beside it, and what it means', (one) => {
    const { document, rows } = tableOf();
    const row = document.rows.find(({ leverage }) => leverage === one.L);
    expect(row).toMatchObject({ liquidationAt: one.liq, drainPerDay: one.drain, days: one.days });
    expect(row?.ownDays).toBeCloseTo(one.own_columns_distance_over_drain, 9);
    expect(row?.impliedDrainPerDay).toBeCloseTo(one.implied_drain_of_notional_per_day, 12);
    expect(row?.impliedRate8h).toBeCloseTo(one.implied_8h_rate, 12);
    const right = rows.find(({ leverage }) => leverage === one.L);
    expect(right?.documentDays).toBe(one.days);
    expect(right?.days).toBeCloseTo(one.correct_days_0p1pct_8h_with_mmr_0p5pct, 9);
    expect(document.fits).toBeNull();
  });

  test('moves the liquidation price by the week, from below for a long and from above for a short', () => {
    const [long] = tableOf('table.leverages=[5]').rows;
    // 21 settlements of 0.1 % a week: (80 + 2.1 n) / 0.995 of an entry of 100, for 195 settlements.
    expect(long?.liquidationPriceByWeek).toHaveLength(9);
    long?.liquidationPriceByWeek.forEach((price, i) => {
      expect(price).toBeCloseTo((80 + 2.1 * (i + 1)) / 0.995, 9);
    });
    const [short] = tableOf(
      'table.leverages=[5]',
      'table.rate=-0.001',
      'studies.funding.direction=short',
    ).rows;
    expect(short).toMatchObject({ direction: 'short', settlements: 195, drainPerDayNotional: 0.003 });
    expect(short?.liquidationPriceByWeek[0]).toBeCloseTo((120 - 2.1) / 1.005, 9);
  });

  test('says who is paid, and who is at maintenance when opened', () => {
    const { rows } = tableOf('studies.funding.direction=both', 'table.leverages=[2, 200]');
    expect(rows.map(({ settlements, reason }) => [settlements, reason])).toEqual([
      [495, null],
      [0, 'is at maintenance when opened'],
      [null, 'does not pay at this rate: funding never ends it'],
      [null, 'does not pay at this rate: funding never ends it'],
    ]);
    expect(rows[2]?.drainPerDayMargin).toBeCloseTo(-0.006, 12);
  });

  test('lasts as long in coin at a flat mark', () => {
    const { inverse_flat: one } = golden;
    const [row] = tableOf(
      'studies.funding.inverse=true',
      `table.leverages=[${one.L}]`,
      `table.rate=${one.r}`,
      `table.mmr=${one.mmr}`,
    ).rows;
    expect(row?.settlements).toBe(one.n_exact);
  });
});

test('funding table equals a flat replay: the settlement that liquidates, and the price on the way', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 50 }),
      fc.integer({ min: 5, max: 40 }),
      fc.constantFrom(0, 0.004, 0.005, 0.01),
      fc.constantFrom('long', 'short'),
      fc.boolean(),
      (leverage, tenths, mmr, direction, inverse) => {
        const rate = ((direction === 'long' ? 1 : -1) * tenths) / 10_000;
        const tree = fundedTree(
          `studies.funding.direction=${direction}`,
          `studies.funding.inverse=${inverse}`,
          'studies.funding.flat="100"',
          `studies.funding.replay.leverage=${leverage}`,
          `studies.funding.table.leverages=[${leverage}]`,
          `studies.funding.table.rate=${rate}`,
          `studies.funding.table.mmr=${mmr}`,
        );
        const [row] = fundingTable.run(null, tree, ctx).result.rows;
        const settlements = row?.settlements ?? Number.NaN;
        const funding = [ratesOf(Array.from({ length: settlements + 2 }, () => rate))];
        const inputs = { ...fundedInputs({ funding }, mmr), curvePoints: Number.POSITIVE_INFINITY };
        const [run] = fundingReplay.run(inputs, tree, ctx).result.runs;
        expect(run?.settlements).toBe(settlements);
        expect(run?.liquidation?.cause).toBe('funding');
        row?.liquidationPriceByWeek.forEach((price, i) => {
          const point = run?.curve[21 * (i + 1)];
          if (price === null) expect(point?.liquidationPrice).toBeNull();
          else expect(Math.abs((point?.liquidationPrice ?? 0) / price - 1)).toBeLessThan(1e-9);
        });
      },
    ),
    { numRuns: 60 },
  );
});
