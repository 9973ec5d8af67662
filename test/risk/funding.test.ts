import { describe, expect, test } from 'vitest';
import {
  averagePremium,
  cappedRate,
  equityAtConstantLeverage,
  fundingPayment,
  fundingRate,
  premiumIndex,
  settlementCount,
  settlementsUntilLiquidation,
} from '../../src/risk/funding.ts';
import golden from '../golden/funding.json' with { type: 'json' };

const binance = { interest: 0.0001, clamp: 0.0005, cap: null };
const HOURS_8 = 8 * 3_600_000;

describe('fundingRate', () => {
  test.each(golden.funding_rate_formula.rows)('of a premium of $P is $F', ({ P, F, capped_0p3 }) => {
    expect(fundingRate(P, binance)).toBeCloseTo(F, 15);
    expect(fundingRate(P, { ...binance, cap: 0.003 })).toBeCloseTo(capped_0p3, 15);
  });

  test('is the interest wherever the premium lies within the clamp of it', () => {
    expect(fundingRate(0.0006, binance)).toBeCloseTo(0.0001, 15);
    expect(fundingRate(0.00061, binance)).toBeCloseTo(0.00011, 15);
  });

  test.each(golden.funding_rate_formula.premium)('premium of bid $ib and ask $ia', ({ ib, ia, idx, P }) => {
    expect(premiumIndex(ib, ia, idx)).toBeCloseTo(P, 15);
  });

  test('weights the newest premium most', () => {
    // By hand: (1 x 1 + 2 x 4) / 3 = 3.
    expect(averagePremium([1, 4])).toBe(3);
    const { P } = golden.funding_rate_formula.weighted_example;
    const byHand =
      P.reduce((sum, premium, i) => sum + premium * (i + 1), 0) / ((P.length * (P.length + 1)) / 2);
    expect(averagePremium(P)).toBeCloseTo(byHand, 15);
  });

  test('a cap holds both signs', () => {
    expect([cappedRate(0.02, 0.003), cappedRate(-0.02, 0.003), cappedRate(-0.02, null)]).toEqual([
      0.003, -0.003, -0.02,
    ]);
  });
});

describe('fundingPayment', () => {
  test('longs pay a positive rate, shorts get it, and the other way round', () => {
    expect(fundingPayment('linear', 2, 30_000, 0.0001)).toBe(-6);
    expect(fundingPayment('linear', -2, 30_000, 0.0001)).toBe(6);
    expect(fundingPayment('linear', 2, 30_000, -0.0001)).toBe(6);
    expect(Object.is(fundingPayment('linear', 2, 30_000, 0), 0)).toBe(true);
  });

  test('an inverse position pays in coin on its notional in coin', () => {
    expect(fundingPayment('inverse', 10_000, 50_000, 0.001)).toBeCloseTo(-0.0002, 18);
    expect(fundingPayment('inverse', -10_000, 50_000, 0.001)).toBeCloseTo(0.0002, 18);
  });
});

describe('settlementsUntilLiquidation', () => {
  test.each(golden.days_until_liquidation_flat_price)(
    '$L x, $r8h a settlement, mmr $mmr: $periods_int',
    (row) => {
      const { L: leverage, r8h: rate, mmr } = row;
      // Where the exact count is whole, the doubles of the source went one over or under; in decimals it is that count.
      const whole = Math.round(row.periods_exact);
      const exact = Math.abs(row.periods_exact - whole) < 1e-9 ? whole : Math.ceil(row.periods_exact);
      expect(settlementsUntilLiquidation({ leverage, mmr, rate })).toBe(Math.max(0, exact));
    },
  );

  test('counts the deduction of the bracket', () => {
    // 10x at 60,000: (0.1 - 0.005 + 50 / 60,000) / 0.001 = 95.83, so the 96th.
    const { exact_n, rows } = golden.liq_price_path_long_10x_0p1pct;
    const life = { leverage: 10, mmr: 0.005, amountOverNotional: 50 / 60_000, rate: 0.001 };
    expect(settlementsUntilLiquidation(life)).toBe(Math.ceil(exact_n));
    expect(rows.find(({ distance_pct }) => distance_pct <= 0)?.n).toBe(96);
    expect(settlementsUntilLiquidation({ ...life, closingFee: 0.0005 })).toBe(96);
    expect(settlementsUntilLiquidation({ ...life, closingFee: 0.001 })).toBe(95);
  });

  test('an inverse position at a flat price lasts as long', () => {
    const { L, mmr, r, n_exact } = golden.inverse_flat;
    expect(settlementsUntilLiquidation({ leverage: L, mmr, rate: r })).toBe(n_exact);
  });

  test('never ends for who is paid, and is over for who is at maintenance', () => {
    expect(settlementsUntilLiquidation({ leverage: 5, mmr: 0.005, rate: 0 })).toBeNull();
    expect(settlementsUntilLiquidation({ leverage: 5, mmr: 0.005, rate: -0.001 })).toBeNull();
    expect(settlementsUntilLiquidation({ leverage: 200, mmr: 0.01, rate: 0.001 })).toBe(0);
  });
});

test.each(golden.settlement_count)('open $open to $close pays $closed_interval settlements', (row) => {
  const at = (text: string) => new Date(`${text}Z`).getTime();
  expect(settlementCount(at(row.open), at(row.close), HOURS_8)).toBe(row.closed_interval);
});

test('a venue that settles at 04:00 has its own count', () => {
  const HOUR = 3_600_000;
  expect(settlementCount(0, 8 * HOUR, HOURS_8, 4 * HOUR)).toBe(1);
  expect(settlementCount(4 * HOUR, 12 * HOUR, HOURS_8, 4 * HOUR)).toBe(2);
});

test.each(golden.constant_leverage_rebalanced.rows)(
  'a constant leverage of $L leaves $equity_after_30d after 30 days',
  (row) => {
    expect(equityAtConstantLeverage(row.L, row.r, 90)).toBeCloseTo(row.equity_after_30d, 12);
    const half = row.days_to_half * 3;
    expect(equityAtConstantLeverage(row.L, row.r, Math.floor(half))).toBeGreaterThan(0.5);
    expect(equityAtConstantLeverage(row.L, row.r, Math.ceil(half))).toBeLessThanOrEqual(0.5);
  },
);

test.each(golden.blog_table_check)('the audited table at $L x: days at a flat price', (row) => {
  const days = (rate: number, mmr: number, each: number) =>
    ((settlementsUntilLiquidation({ leverage: row.L, mmr, rate }) ?? 0) * each) / 1;
  // Whole settlements: at most one more than the exact figure of the audit.
  const near = (found: number, exact: number, each: number) => {
    expect(found).toBeGreaterThanOrEqual(exact - 1e-9);
    expect(found - exact).toBeLessThan(each);
  };
  near(days(0.001, 0, 1 / 3), row.correct_days_0p1pct_per_8h, 1 / 3);
  near(days(0.001, 0.005, 1 / 3), row.correct_days_0p1pct_8h_with_mmr_0p5pct, 1 / 3);
  near(days(0.001, 0, 1), row.correct_days_0p1pct_per_day, 1);
  near(days(0.0001, 0, 1 / 3), row.correct_days_0p01pct_per_8h, 1 / 3);
});
