import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MS_PER_HOUR } from '../../../src/model/time.ts';
import { bracketTable } from '../../../src/risk/brackets.ts';
import { type FundingTableTerms, fundingTable } from '../../../src/risk/funding/funding-table.ts';
import { replayFunding } from '../../../src/risk/funding/replay-funding.ts';
import { isolatedLiquidationPrice } from '../../../src/risk/liquidation-price.ts';
import golden from '../../golden/funding.json' with { type: 'json' };

const terms: FundingTableTerms = {
  rate: 0.001,
  interval: 8 * MS_PER_HOUR,
  mmr: 0.005,
  contract: 'linear',
  side: 1,
  entry: 60_000,
  weeks: 60,
};

function rowOf(leverage: number, other: Partial<FundingTableTerms> = {}) {
  const [row] = fundingTable([leverage], { ...terms, ...other });
  if (row === undefined) throw new Error('a leverage must have a row');
  return row;
}

describe('fundingTable', () => {
  test.each(golden.days_until_liquidation_flat_price)('$L x at $r8h a settlement, mmr $mmr', (one) => {
    const row = rowOf(one.L, { rate: one.r8h, mmr: one.mmr });
    // Where the exact count is whole, the doubles of the source went one over or under; in decimals it is that count.
    const whole = Math.round(one.periods_exact);
    const exact = Math.abs(one.periods_exact - whole) < 1e-9 ? whole : Math.ceil(one.periods_exact);
    expect(row.settlements).toBe(exact);
    expect(row.days).toBeCloseTo(exact / 3, 12);
    expect(row.drainPerDayNotional).toBeCloseTo(one.drain_notional_per_day, 15);
    expect(row.drainPerDayMargin).toBeCloseTo(one.drain_margin_per_day, 14);
    expect(row.marginBuffer).toBeCloseTo(1 / one.L - one.mmr, 15);
  });

  // QUANT 7: 165, 65, 31.7, 15 and 5 days at 0.1 % per 8 h and a maintenance of 0.5 %; 250, 40, 20, 10 and 4 are printed by S2.
  test('stands beside what the document prints', () => {
    const rows = fundingTable([2, 5, 10, 20, 50, 25], terms);
    expect(rows.map(({ days }) => days?.toFixed(1))).toEqual([
      '165.0',
      '65.0',
      '31.7',
      '15.0',
      '5.0',
      '11.7',
    ]);
    expect(rows.map(({ documentDays }) => documentDays)).toEqual([250, 40, 20, 10, 4, null]);
    expect(rows.map(({ marginBuffer }) => marginBuffer)).toEqual([0.495, 0.195, 0.095, 0.045, 0.015, 0.035]);
    // The distance of a price is the buffer over 1 - mmr.
    expect(rows[2]?.liquidationDistance).toBeCloseTo(0.095 / 0.995, 14);
  });

  test('moves the liquidation price up by n x rate x entry / (1 - mmr) for a long', () => {
    const { liquidationPriceByWeek } = rowOf(10);
    const first = isolatedLiquidationPrice(60_000, 10, 0.005, 1);
    // 95 settlements: four whole weeks of 21 lie before.
    expect(liquidationPriceByWeek).toHaveLength(4);
    liquidationPriceByWeek.forEach((price, i) => {
      expect(price).toBeCloseTo(first + ((i + 1) * 21 * 0.001 * 60_000) / 0.995, 8);
    });
    // The golden path has a deduction of 50 on a quantity of 1: 50 / 0.995 below a table without one.
    const { rows } = golden.liq_price_path_long_10x_0p1pct;
    for (const { n, liq } of rows.slice(0, 3)) {
      const table = rowOf(10, { interval: (7 * 24 * MS_PER_HOUR) / Math.max(1, n), weeks: n > 0 ? 1 : 0 });
      const price = n > 0 ? table.liquidationPriceByWeek[0] : first;
      expect(price).toBeCloseTo(liq + 50 / 0.995, 8);
    }
  });

  test('a week at whose end it is liquidated has no price any more', () => {
    // (0.1 - 0.016) / 0.001 = 84 settlements: four weeks to the day.
    expect(rowOf(10, { mmr: 0.016 })).toMatchObject({ settlements: 84, days: 28 });
    expect(rowOf(10, { mmr: 0.016 }).liquidationPriceByWeek).toHaveLength(3);
  });

  test('a short that pays comes from the other side', () => {
    const { liquidationPriceByWeek, liquidationDistance } = rowOf(10, { side: -1 });
    const first = isolatedLiquidationPrice(60_000, 10, 0.005, -1);
    expect(liquidationDistance).toBeCloseTo(first / 60_000 - 1, 14);
    expect(liquidationPriceByWeek[0]).toBeCloseTo(first - (21 * 0.001 * 60_000) / 1.005, 8);
  });

  test('an inverse position lasts as long', () => {
    const { N: _, ep, L, mmr, r, n_exact } = golden.inverse_flat;
    const row = rowOf(L, { contract: 'inverse', entry: ep, mmr, rate: r });
    expect(row.settlements).toBe(n_exact);
    // By hand: entry (1 + mmr) / (1 + 1 / L - n r) for a long.
    expect(row.liquidationPriceByWeek[0]).toBeCloseTo((ep * 1.005) / (1.1 - 21 * 0.001), 8);
  });

  test('never ends for who is paid, and is over where maintenance is more than margin', () => {
    expect(rowOf(10, { rate: -0.001 })).toMatchObject({ settlements: null, days: null });
    expect(rowOf(10, { rate: 0, weeks: 3 }).liquidationPriceByWeek).toHaveLength(3);
    expect(rowOf(250)).toMatchObject({ settlements: 0, days: 0, liquidationDistance: 0 });
    expect(rowOf(250).liquidationPriceByWeek).toEqual([]);
  });

  test('a long at 1x has no liquidation price until it has paid', () => {
    const { liquidationDistance, liquidationPriceByWeek } = rowOf(1);
    expect(liquidationDistance).toBeNull();
    expect(liquidationPriceByWeek[0]).toBeCloseTo((21 * 0.001 * 60_000) / 0.995, 8);
  });

  test.each([
    [{ rate: Number.NaN }, 'a rate must be finite'],
    [{ interval: 0 }, 'an interval must be finite and above 0'],
    [{ mmr: 1 }, 'a maintenance rate must lie in [0, 1)'],
    [{ entry: 0 }, 'an entry must be finite and above 0'],
    [{ weeks: 1.5 }, 'weeks must be a whole number from 0'],
  ])('refuses %j', (wrong, message) => {
    expect(() => rowOf(10, wrong)).toThrow(message);
  });

  test('refuses a leverage below 1', () => {
    expect(() => rowOf(0.5)).toThrow('a leverage must be finite and at least 1, was 0.5');
  });
});

test('the table equals a replay at a flat mark, to the settlement', () => {
  const hundredth = (max: number) => fc.integer({ min: 1, max }).map((n) => n / 10_000);
  const leverages = fc.integer({ min: 1, max: 60 });
  fc.assert(
    fc.property(leverages, hundredth(100), hundredth(150), fc.boolean(), (leverage, rate, mmr, long) => {
      for (const contract of ['linear', 'inverse'] as const) {
        const side = long ? 1 : -1;
        const row = rowOf(leverage, { rate, mmr, side, contract });
        const rows = 2000;
        const { liquidation } = replayFunding(
          {
            contract,
            side,
            notional: 10_000,
            entry: 60_000,
            leverage,
            table: bracketTable([{ cap: 1e12, rate: mmr, maxLeverage: 100 }]),
            sizing: 'constant-size',
            tradeCost: 0,
          },
          {
            rate: new Float64Array(rows).fill(side * rate),
            mark: new Float64Array(rows).fill(60_000),
            range: null,
          },
        );
        const expected = row.settlements ?? Number.NaN;
        if (expected > rows) expect(liquidation).toBeNull();
        // One that is below maintenance when opened is found at its first settlement.
        else expect((liquidation?.row ?? Number.NaN) + 1).toBe(Math.max(1, expected));
      }
    }),
    { numRuns: 40 },
  );
});
