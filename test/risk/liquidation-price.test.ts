import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BracketTable, bracketTable, maintenanceMargin } from '../../src/risk/brackets.ts';
import {
  bankruptcyPrice,
  isolatedLiquidationPrice,
  liquidationPrices,
  type MarginLeg,
} from '../../src/risk/liquidation-price.ts';
import { unrealisedPnl } from '../../src/risk/pnl.ts';
import golden from '../golden/liquidation.json' with { type: 'json' };
import { flatTable } from '../support/flat-table.ts';

type Tier = { cap: number; mmr: number; max_leverage: number };

function tableOf(date: '2022-04-16' | '2024-10-24', symbol: string): BracketTable {
  const tables: Record<string, Record<string, Tier[]>> = golden.tiers.tables;
  const tiers = tables[date]?.[symbol] ?? [];
  return bracketTable(
    tiers.map(({ cap, mmr, max_leverage }) => ({ cap, rate: mmr, maxLeverage: max_leverage })),
  );
}

const linear = (qty: number, entry: number, table: BracketTable, feeRate = 0): MarginLeg => ({
  contract: 'linear',
  qty,
  entry,
  table,
  feeRate,
});

const march2021 = bracketTable(
  [
    [50e3, 0.004, 125],
    [250e3, 0.005, 100],
    [1e6, 0.01, 50],
    [10e6, 0.025, 20],
    [20e6, 0.05, 10],
    [50e6, 0.1, 5],
    [100e6, 0.125, 4],
    [200e6, 0.15, 3],
    [300e6, 0.25, 2],
    [500e6, 0.5, 1],
  ].map(([cap = 0, rate = 0, maxLeverage = 0]) => ({ cap, rate, maxLeverage })),
);

describe('liquidationPrices of one linear position', () => {
  // The table of 18 March 2021, 20x isolated: published in the issue, and by hand 90 x 50,000 = 4.5 M in the 2.5 % bracket:
  // (50,000 - (225,000 + 16,300) / 90) / 0.975 = 48,532.194.
  test.each([
    [100, 48_550.769],
    [90, 48_532.194],
  ])('%d BTC at 50,000 and 20x are liquidated at %d', (qty, price) => {
    const { lower, upper } = liquidationPrices((qty * 50_000) / 20, [linear(qty, 50_000, march2021)]);
    expect(lower?.price).toBeCloseTo(price, 3);
    expect(lower?.brackets).toEqual([3]);
    expect(upper).toBeNull();
  });

  test.each(golden.tier_scenarios_2024)('$symbol, $qty at $entry, side $side: its own bracket', (one) => {
    const table = tableOf('2024-10-24', one.symbol);
    const { lower, upper } = liquidationPrices(one.wallet, [linear(one.qty * one.side, one.entry, table)]);
    const [found, other] = one.side > 0 ? [lower, upper] : [upper, lower];
    expect(other).toBeNull();
    if (one.lp === null) expect(found).toBeNull();
    else {
      expect(found?.price).toBeCloseTo(one.lp, 8);
      expect(found?.brackets).toEqual([(one.tier ?? 0) - 1]);
    }
  });

  test.each(golden.luna_2022)('LUNA before its fall, $leverage x, side $side', (one) => {
    const table = tableOf('2022-04-16', 'LUNA');
    const wallet = (one.qty * one.entry) / one.leverage;
    const { lower, upper } = liquidationPrices(wallet, [linear(one.qty * one.side, one.entry, table)]);
    const found = one.side > 0 ? lower : upper;
    expect(found?.price).toBeCloseTo(one.lp, 9);
    expect(found?.brackets).toEqual([one.tier - 1]);
  });

  test.each(golden.freqtrade_table.filter(({ exchange }) => exchange !== 'bybit'))(
    '$exchange $side $leverage x from $entry: $expected',
    ({ side, leverage, entry, qty, wallet, mmr, cum, taker, expected, exchange }) => {
      const signed = side === 'long' ? qty : -qty;
      const fee = exchange === 'binance' ? 0 : taker;
      const { lower, upper } = liquidationPrices(wallet, [linear(signed, entry, flatTable(mmr, cum), fee)]);
      const price = (side === 'long' ? lower : upper)?.price ?? Number.NaN;
      // The published figure of the 3x short carries ten digits of its wallet.
      expect(Math.abs(price / expected - 1)).toBeLessThan(leverage === 3 ? 1e-8 : 1e-14);
    },
  );

  test('agrees with the worked examples of Binance, isolated and across two symbols', () => {
    const wallet = 1_535_443.01;
    const eth = linear(3683.979, 1456.84, flatTable(0.1, 135_365));
    const btc = linear(109.488, 32_481.98, flatTable(0.025, 16_300));
    expect(liquidationPrices(wallet, [eth]).lower?.price).toBeCloseTo(1114.7849637458723, 8);
    expect(liquidationPrices(wallet, [btc]).lower?.price).toBeCloseTo(18_778.725932171, 7);
    const other = golden.binance_example_intermediates;
    const ethBase = wallet - other.TMM_for_ETH + other.UPNL_for_ETH;
    expect(liquidationPrices(ethBase, [eth]).lower?.price).toBeCloseTo(1153.256464239104, 8);
    const btcBase = wallet - other.TMM_for_BTC + other.UPNL_for_BTC;
    expect(liquidationPrices(btcBase, [btc]).lower?.price).toBeCloseTo(26_316.893264518858, 7);
  });

  test('agrees with dYdX, Hyperliquid, and with Bybit where maintenance is taken at the liquidation price', () => {
    expect(liquidationPrices(1000, [linear(-3, 3000, flatTable(0.05))]).upper?.price).toBeCloseTo(
      3174.6031746031745,
      9,
    );
    const { price, isolated_margin, size, maint_leverage, liq_long, liq_short } =
      golden.hyperliquid_equivalence;
    const table = flatTable(1 / maint_leverage);
    expect(liquidationPrices(isolated_margin, [linear(size, price, table)]).lower?.price).toBeCloseTo(
      liq_long,
      8,
    );
    expect(liquidationPrices(isolated_margin, [linear(-size, price, table)]).upper?.price).toBeCloseTo(
      liq_short,
      8,
    );
    const bybit = liquidationPrices(400, [linear(1, 20_000, flatTable(0.005))]).lower;
    expect(bybit?.price).toBeCloseTo(golden.bybit_usdt_same_case_mm_at_liq_price, 8);
    // A page that keeps maintenance at 0.5 % of the entry is 22.6 away from the exact price of the same position.
    const affmiss = liquidationPrices(5000, [linear(1, 100_000, flatTable(0.005))]).lower;
    expect(affmiss?.price).toBeCloseTo(golden.affmiss_exact, 8);
  });

  test('is null for a long without leverage and for one with more margin than it can lose', () => {
    expect(liquidationPrices(60_000, [linear(1, 60_000, flatTable(0.004))])).toEqual({
      lower: null,
      upper: null,
    });
    expect(liquidationPrices(61_000, [linear(1, 60_000, flatTable(0.004))])).toEqual({
      lower: null,
      upper: null,
    });
  });

  test('with one flat rate equals the closed form', () => {
    for (const side of [1, -1] as const) {
      const { lower, upper } = liquidationPrices(10, [linear(side, 100, flatTable(0.005))]);
      const price = (side > 0 ? lower : upper)?.price;
      expect(price).toBeCloseTo(isolatedLiquidationPrice(100, 10, 0.005, side), 12);
    }
  });
});

describe('liquidationPrices of several legs', () => {
  test('a hedge is liquidated below where it is net long, as Binance has it', () => {
    const { qL, EPL, qS, EPS, WB, mmrL, cumL, mmrS, cumS, lp } = golden.hedge_cross;
    const legs = [linear(qL, EPL, flatTable(mmrL, cumL)), linear(-qS, EPS, flatTable(mmrS, cumS))];
    const { lower, upper } = liquidationPrices(WB, legs);
    expect(lower?.price).toBeCloseTo(lp, 9);
    expect(upper).toBeNull();
  });

  test('a balanced hedge is liquidated by a rise alone: its maintenance grows, its value does not', () => {
    // By hand: 100 = 2 x 0.01 x P, so P = 5,000.
    const legs = [linear(1, 100, flatTable(0.01)), linear(-1, 100, flatTable(0.01))];
    const { lower, upper } = liquidationPrices(100, legs);
    expect(lower).toBeNull();
    expect(upper?.price).toBeCloseTo(5000, 9);
  });

  test('equity equals maintenance at every price that it gives', () => {
    const table = tableOf('2024-10-24', 'BTC');
    const leg = fc.record({
      qty: fc.double({ min: 0.01, max: 400, noNaN: true }),
      side: fc.constantFrom(1, -1),
      entry: fc.double({ min: 20_000, max: 90_000, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.array(leg, { minLength: 1, maxLength: 3 }),
        fc.double({ min: 0.005, max: 0.9, noNaN: true }),
        (all, share) => {
          const legs = all.map(({ qty, side, entry }) => linear(qty * side, entry, table));
          const cost = all.reduce((sum, { qty, entry }) => sum + qty * entry, 0);
          const { lower, upper } = liquidationPrices(cost * share, legs);
          for (const point of [lower, upper]) {
            if (point === null) continue;
            const equity = legs.reduce((sum, one) => sum + unrealisedPnl(one, point.price), cost * share);
            const kept = legs.reduce(
              (sum, one) => sum + maintenanceMargin(table, Math.abs(one.qty) * point.price),
              0,
            );
            const size = legs.reduce((sum, one) => sum + Math.abs(one.qty) * point.price, cost);
            expect(Math.abs(equity - kept) / size).toBeLessThan(1e-12);
          }
        },
      ),
      { seed: 11, numRuns: 500 },
    );
  });
});

describe('liquidationPrices of an inverse position', () => {
  test.each(golden.inverse)('$N USD at $entry, $leverage x, side $side', (one) => {
    const table = flatTable(one.mmr, one.cum_coin);
    const leg: MarginLeg = {
      contract: 'inverse',
      qty: one.N * one.side,
      entry: one.entry,
      table,
      feeRate: 0,
    };
    const { lower, upper } = liquidationPrices(one.wallet_coin, [leg]);
    const [found, other] = one.side > 0 ? [lower, upper] : [upper, lower];
    expect(other).toBeNull();
    if (one.lp === null) expect(found).toBeNull();
    else expect(Math.abs((found?.price ?? 0) / one.lp - 1)).toBeLessThan(1e-12);
    const bankrupt = bankruptcyPrice(leg, one.wallet_coin);
    if (one.bankruptcy === null) expect(bankrupt).toBeNull();
    else expect(Math.abs((bankrupt ?? 0) / one.bankruptcy - 1)).toBeLessThan(1e-12);
  });

  test('agrees with the coin-margined case of 10 M USD and 101 BTC', () => {
    const leg: MarginLeg = {
      contract: 'inverse',
      qty: 1e7,
      entry: 45_000,
      table: flatTable(0.125, 11.81),
      feeRate: 0,
    };
    expect(liquidationPrices(101, [leg]).lower?.price).toBeCloseTo(33_578.859744834, 6);
  });

  test('finds the bracket of the notional in coin at the price itself', () => {
    // By hand: 1,000 USD long at 10 with 10 coin; equity 10 + 100 - 1000 / P. In the second bracket (over 120 coin, 5 %,
    // amount 120 x 4 % = 4.8) equity = 50 / P - 4.8 at P = 1050 / 114.8.
    const table = bracketTable([
      { cap: 120, rate: 0.01, maxLeverage: 50 },
      { cap: 1000, rate: 0.05, maxLeverage: 10 },
    ]);
    const leg: MarginLeg = { contract: 'inverse', qty: 1000, entry: 10, table, feeRate: 0 };
    const near = liquidationPrices(10, [leg]).lower;
    expect(near?.price).toBeCloseTo(1010 / 110, 12);
    expect(near?.brackets).toEqual([0]);
    const far = liquidationPrices(40, [leg]).lower;
    // Below 1000 / 120 = 8.33 the second bracket holds: P = 1050 / (40 + 100 + 4.8).
    expect(far?.price).toBeCloseTo(1050 / 144.8, 12);
    expect(far?.brackets).toEqual([1]);
  });
});

describe('bankruptcyPrice', () => {
  test('is where the margin is gone', () => {
    expect(bankruptcyPrice({ contract: 'linear', qty: 1, entry: 100 }, 10)).toBe(90);
    expect(bankruptcyPrice({ contract: 'linear', qty: -1, entry: 100 }, 10)).toBe(110);
    // dYdX: short 500 at 1 with a deposit of 100.
    expect(bankruptcyPrice({ contract: 'linear', qty: -500, entry: 1 }, 100)).toBeCloseTo(1.2, 12);
    expect(bankruptcyPrice({ contract: 'linear', qty: 1, entry: 100 }, 100)).toBeNull();
    // Bybit ADL page: long at 7,890.08, 50x, inverse.
    expect(bankruptcyPrice({ contract: 'inverse', qty: 7890.08, entry: 7890.08 }, 1 / 50)).toBeCloseTo(
      7735.372549,
      6,
    );
  });
});

// QUANT 6, freqtrade's published table (entry 10, mmr 1 %, there with cum 0.01): by hand with cum = 0
// long 5x: 10 * 0.8 / 0.99 = 8.0808..., short 5x: 10 * 1.2 / 1.01 = 11.8811..., short 3x: 10 * (4/3) / 1.01 = 13.2013...
test.each([
  [1, 5, 8 / 0.99],
  [-1, 5, 12 / 1.01],
  [-1, 3, 40 / 3 / 1.01],
] as const)('side %i at %ix is liquidated where equity meets maintenance', (side, leverage, expected) => {
  const price = isolatedLiquidationPrice(10, leverage, 0.01, side);
  expect(price).toBeCloseTo(expected, 12);
  // equity = margin + side * (price - entry), maintenance = price * mmr, for one unit
  expect(10 / leverage + side * (price - 10)).toBeCloseTo(price * 0.01, 12);
});

test('distance of a long is (1 / leverage - mmr) / (1 - mmr) (QUANT 7)', () => {
  expect(1 - isolatedLiquidationPrice(1, 10, 0.005, 1)).toBeCloseTo((0.1 - 0.005) / 0.995, 12);
});

test('a long at leverage 1 is liquidated at 0, never above', () => {
  expect(isolatedLiquidationPrice(10, 1, 0.005, 1)).toBe(0);
});
