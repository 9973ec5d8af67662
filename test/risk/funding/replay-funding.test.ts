import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bracketTable } from '../../../src/risk/brackets.ts';
import type { FundedPosition } from '../../../src/risk/funding/funded-position.ts';
import { type FundingColumns, replayFunding } from '../../../src/risk/funding/replay-funding.ts';
import golden from '../../golden/funding.json' with { type: 'json' };
import { unchanged } from '../../support/unchanged.ts';

/** 0.4 % up to 50,000 and 0.5 % above, so that 50 are deducted at a notional of 60,000: the terms of the goldens. */
const table = bracketTable([
  { cap: 50_000, rate: 0.004, maxLeverage: 125 },
  { cap: 250_000, rate: 0.005, maxLeverage: 100 },
]);
const flatTable = (rate: number) => bracketTable([{ cap: 1e12, rate, maxLeverage: 125 }]);

const long: FundedPosition = {
  contract: 'linear',
  side: 1,
  notional: 60_000,
  entry: 60_000,
  leverage: 10,
  table,
  sizing: 'constant-size',
  tradeCost: 0,
};

function columns(rows: number, rate: number, markAt: (n: number) => number): FundingColumns {
  return {
    rate: new Float64Array(rows).fill(rate),
    mark: Float64Array.from({ length: rows }, (_, i) => markAt(i + 1)),
    range: null,
  };
}

describe('at constant size', () => {
  test('a long at 10x follows the golden liquidation price, and ends at settlement 96', () => {
    const { rows, entry } = golden.liq_price_path_long_10x_0p1pct;
    const given = columns(120, 0.001, () => entry);
    const replay = unchanged([given.rate, given.mark], () => replayFunding(long, given));
    expect(replay.firstLiquidationPrice).toBeCloseTo(rows[0]?.liq ?? 0, 8);
    expect(replay.margin).toBe(6000);
    for (const { n, liq, margin } of rows.filter((row) => row.n > 0 && row.n <= 96)) {
      expect(replay.liquidationPrice[n - 1]).toBeCloseTo(liq, 8);
      expect(replay.equity[n - 1]).toBeCloseTo(margin, 8);
    }
    expect(replay.liquidation).toEqual({ row: 95, cause: 'funding', price: 60_000 });
    expect(replay.cash).toHaveLength(96);
    expect(replay.funding[95]).toBeCloseTo(-96 * 60, 9);
  });

  test.each(golden.drift)('side $side at $L x, rate $r, drift $g: settlement $n', (row) => {
    let price = 60_000;
    const marks = Float64Array.from({ length: 500 }, () => {
      price *= 1 + row.g;
      return price;
    });
    const { liquidation, equity } = replayFunding(
      { ...long, side: row.side === 1 ? 1 : -1, leverage: row.L },
      { rate: new Float64Array(500).fill(row.r), mark: marks, range: null },
    );
    expect((liquidation?.row ?? Number.NaN) + 1).toBe(row.n);
    expect(liquidation?.price).toBeCloseTo(row.price, 8);
    expect(equity.at(-1)).toBeCloseTo(row.equity, 7);
  });

  test('an inverse position pays in coin, and lasts as the golden says', () => {
    const { N, ep, L, mmr, r, n_exact } = golden.inverse_flat;
    const inverse: FundedPosition = {
      ...long,
      contract: 'inverse',
      notional: N,
      entry: ep,
      leverage: L,
      table: flatTable(mmr),
    };
    const replay = replayFunding(
      inverse,
      columns(200, r, () => ep),
    );
    expect(replay.margin).toBeCloseTo(N / ep / L, 15);
    expect(replay.cash[0]).toBeCloseTo((-N / ep) * r, 18);
    // In decimals the 95th leaves exactly the maintenance, and equality liquidates.
    expect(replay.liquidation?.row).toBe(n_exact - 1);
  });

  // By hand: 10 coins at 100 with a margin of 5 lose 2.5 at 80, and 12.5 coins ask for 2.5 at a maintenance of 20 %; a linear
  // short of 1,000 with 500 loses 250 at 125, and 1,250 ask for 250.
  test.each([
    ['inverse', 1, 80],
    ['linear', -1, 125],
  ] as const)('equity that equals maintenance on paper liquidates: %s, side %d', (contract, side, mark) => {
    const position: FundedPosition = {
      ...long,
      contract,
      side,
      notional: 1000,
      entry: 100,
      leverage: 2,
      table: flatTable(0.2),
    };
    const at = (price: number) =>
      replayFunding(position, { rate: Float64Array.of(0), mark: Float64Array.of(price), range: null });
    expect(at(mark).liquidation).toEqual({ row: 0, cause: 'funding', price: mark });
    expect(at(mark + side * 1e-9).liquidation).toBeNull();
  });

  test('a short at 1x of an inverse contract has no liquidation price', () => {
    const replay = replayFunding(
      { ...long, contract: 'inverse', side: -1, leverage: 1, table: flatTable(0.005) },
      columns(2, 0.001, () => 60_000),
    );
    expect(replay.firstLiquidationPrice).toBeNull();
    expect(replay.liquidationPrice[0]).toBeNaN();
    expect(replay.liquidation).toBeNull();
  });

  test('a mark between settlements that reaches the liquidation price ends it before the payment', () => {
    const given = columns(5, 0.001, () => 60_000);
    const { firstLiquidationPrice } = replayFunding(long, given);
    const first = firstLiquidationPrice ?? 0;
    const low = Float64Array.of(55_000, first, 60_000, 60_000, 60_000);
    const range = { low, high: new Float64Array(5).fill(70_000) };
    // After one payment the price stands 60 / 0.995 higher: the low of the second wait is below it, by that.
    expect(replayFunding(long, { ...given, range })).toMatchObject({
      liquidation: { row: 1, cause: 'price' },
      cash: Float64Array.of(-60),
    });
    const reached = replayFunding(long, { ...given, range: { ...range, low: low.with(0, first) } });
    expect(reached.liquidation).toEqual({ row: 0, cause: 'price', price: first });
    expect(reached.cash).toHaveLength(0);
    const above = replayFunding(long, {
      ...given,
      range: { ...range, low: new Float64Array(5).fill(first + 302) },
    });
    expect(above.liquidation).toBeNull();
    const short = { ...long, side: -1 } as const;
    const reached10 = replayFunding(short, given).firstLiquidationPrice ?? 0;
    for (const [high, row] of [
      [reached10, 0],
      [reached10 * (1 - 1e-9), undefined],
    ] as const) {
      const one = { rate: Float64Array.of(-0.001), mark: Float64Array.of(60_000) };
      const reach = { low: Float64Array.of(60_000), high: Float64Array.of(high) };
      const { liquidation } = replayFunding(short, { ...one, range: reach });
      expect(liquidation?.row).toBe(row);
    }
  });
});

describe('at constant leverage', () => {
  const held: FundedPosition = { ...long, sizing: 'constant-leverage', table: flatTable(0.005) };

  test.each(golden.constant_leverage_rebalanced.rows)('$L x leaves the golden share of equity', (row) => {
    const replay = replayFunding(
      { ...held, leverage: row.L },
      columns(90, row.r, () => 60_000),
    );
    expect((replay.equity.at(-1) ?? 0) / replay.margin).toBeCloseTo(row.equity_after_30d, 12);
    expect(replay.liquidation).toBeNull();
  });

  test('holds notional over equity, and pays for it', () => {
    const given = columns(30, 0.001, (n) => 60_000 * (1 + 0.01 * Math.sin(n)));
    const free = replayFunding(held, given);
    const paid = replayFunding({ ...held, tradeCost: 0.0005 }, given);
    for (const replay of [free, paid]) {
      replay.equity.forEach((equity, i) => {
        expect((replay.qty[i]! * given.mark[i]!) / equity).toBeCloseTo(10, 9);
      });
    }
    expect(free.cost.at(-1)).toBeCloseTo(0, 8);
    expect(paid.cost.at(-1)).toBeGreaterThan(1);
    expect(paid.equity.at(-1)).toBeLessThan(free.equity.at(-1) ?? 0);
  });

  // By hand: 10x on 6,000; a fall of 1 % takes 600 and leaves 5,400 with 59,400 of notional, of which 5,400 are sold at 1 %:
  // E' = (5,400 - 0.01 x 59,400) / (1 - 0.1) = 5,340; the sale of 59,400 - 53,400 = 6,000 costs 60.
  test('takes the cost of a trade from the equity that the trade aims at', () => {
    const replay = replayFunding(
      { ...held, tradeCost: 0.01 },
      columns(1, 0, () => 59_400),
    );
    expect(replay.equity[0]).toBeCloseTo(5340, 9);
    expect(replay.cost[0]).toBeCloseTo(60, 9);
    expect(replay.markPnl[0]).toBeCloseTo(-600, 9);
  });
});

test('equity is margin and both P&Ls less costs, on both sides, contracts and sizings', () => {
  const steps = fc.array(
    fc.tuple(
      fc.double({ min: -0.02, max: 0.02, noNaN: true }),
      fc.double({ min: -0.002, max: 0.002, noNaN: true }),
    ),
    { minLength: 1, maxLength: 40 },
  );
  fc.assert(
    fc.property(steps, fc.boolean(), fc.boolean(), fc.boolean(), (path, isLong, isLinear, isHeld) => {
      let price = 50_000;
      const mark = Float64Array.from(path, ([move]) => {
        price *= 1 + move;
        return price;
      });
      const rate = Float64Array.from(path, ([, one]) => one);
      const position: FundedPosition = {
        contract: isLinear ? 'linear' : 'inverse',
        side: isLong ? 1 : -1,
        notional: 10_000,
        entry: 50_000,
        leverage: 3,
        table: flatTable(0.005),
        sizing: isHeld ? 'constant-leverage' : 'constant-size',
        tradeCost: isHeld ? 0.0004 : 0,
      };
      const replay = replayFunding(position, { rate, mark, range: null });
      // The same account kept in a plain way, one settlement after another.
      const inverse = position.contract === 'inverse';
      let qty = position.side * (inverse ? 10_000 : 0.2);
      let before = 50_000;
      let equity = replay.margin;
      for (let i = 0; i < replay.cash.length; i += 1) {
        const now = mark[i]!;
        equity += inverse ? qty / before - qty / now : qty * (now - before);
        equity -= (inverse ? qty / now : qty * now) * rate[i]!;
        equity -= replay.cost[i]! - (i > 0 ? replay.cost[i - 1]! : 0);
        if (isHeld) qty = position.side * 3 * equity * (inverse ? now : 1 / now);
        before = now;
        expect(replay.equity[i]! / equity).toBeCloseTo(1, 11);
        expect(replay.qty[i]! / qty).toBeCloseTo(1, 11);
      }
    }),
  );
});

test.each([
  [{ notional: 0 }, 'a notional must be finite and above 0'],
  [{ entry: Number.NaN }, 'an entry must be finite and above 0'],
  [{ leverage: 0.9 }, 'a leverage must be finite and at least 1'],
  [{ tradeCost: 0.1 }, 'a trade cost must lie in [0, 1 / leverage), was 0.1 at 10x'],
])('refuses %j', (wrong, message) => {
  const given = columns(1, 0.001, () => 60_000);
  expect(() => replayFunding({ ...long, ...wrong }, given)).toThrow(message);
});

test('refuses a rate or mark that is none, and columns of two lengths', () => {
  const given = columns(2, 0.001, () => 60_000);
  expect(() => replayFunding(long, { ...given, rate: Float64Array.of(0, Number.NaN) })).toThrow(
    'was NaN at 1',
  );
  expect(() => replayFunding(long, { ...given, mark: Float64Array.of(1, 0) })).toThrow('was 0 at 1');
  expect(() => replayFunding(long, { ...given, mark: Float64Array.of(1) })).toThrow('every column');
  const range = { low: Float64Array.of(1), high: Float64Array.of(1) };
  expect(() => replayFunding(long, { ...given, range })).toThrow('every column');
});
