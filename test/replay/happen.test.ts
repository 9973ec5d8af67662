import { describe, expect, test } from 'vitest';
import { completeRun } from '../../src/replay/run.ts';
import type { Happening } from '../../src/replay/timeline.ts';
import { settlementsUntilLiquidation } from '../../src/risk/funding.ts';
import golden from '../golden/funding.json' with { type: 'json' };
import { flatTable } from '../support/flat-table.ts';
import { barsOf, bookOf, HOUR, planOf, positionOf, type Scene } from '../support/venue-scene.ts';
import { fundingEvery, roundTrips } from '../support/walk.ts';

const complete = (scene: Scene) => completeRun(planOf(scene));
const flat = (hours: number) => barsOf(Array.from({ length: hours }, () => [100, 100, 100, 100] as const));

describe('funding', () => {
  test.each([
    [10, 0.001, 0.005],
    [20, 0.001, 0.005],
    [50, 0.00375, 0.004],
    [100, 0.0005, 0.004],
  ])(
    'liquidates at a flat price with the settlement of the closed form: %dx, rate %f, mmr %f',
    (leverage, rate, mmr) => {
      const settlements = settlementsUntilLiquidation({ leverage, mmr, rate }) ?? 0;
      const run = complete({
        bars: [flat(8 * settlements + 20)],
        book: bookOf([positionOf({ qty: '1', entry: '100', leverage })]),
        table: flatTable(mmr),
        happenings: fundingEvery(8 * settlements + 16, 8, rate),
      });
      expect(run.liquidations[0]?.time).toBe(settlements * 8 * HOUR);
    },
  );

  test('moves the liquidation price: what survives without it falls with it', () => {
    // 10x from 100 is liquidated at 90.45; 40 settlements of 0.1 % leave a margin of 6, and 94 / 0.995 = 94.47.
    const rows = Array.from(
      { length: 330 },
      (_, i) => [100, 100, i < 325 ? 100 : 93, i < 325 ? 100 : 95] as const,
    );
    const bars = [
      barsOf(
        rows.map(([a, b, c, d], i) => (i > 325 ? ([95, 100, 93, 95] as const) : ([a, b, c, d] as const))),
      ),
    ];
    const book = bookOf([positionOf({ qty: '1', entry: '100', leverage: 10 })]);
    expect(complete({ bars, book }).liquidations).toHaveLength(0);
    const paid = complete({ bars, book, happenings: fundingEvery(320, 8, 0.001) });
    expect(paid.liquidations[0]?.mark).toBeCloseTo(94 / 0.995, 10);
    expect(paid.fundingPnl).toBe('-4');
  });

  test('is paid by longs and got by shorts alike, and by who is open in the closed interval', () => {
    const paid = (side: 1 | -1, from: number, to: number) => {
      const trade = roundTrips([{ entry: 100, exit: 100, qty: '3', from, to, side }]);
      const happenings = [...trade.happenings, ...fundingEvery(24, 8, 0.0001)];
      return complete({ bars: [flat(30)], book: bookOf([]), ...trade, happenings }).fundingPnl;
    };
    expect([paid(1, HOUR, 25 * HOUR), paid(-1, HOUR, 25 * HOUR)]).toEqual(['-0.09', '0.09']);
    expect(paid(1, 8 * HOUR, 8 * HOUR + 1)).toBe('-0.03');
    expect(paid(1, 7 * HOUR, 8 * HOUR)).toBe('-0.03');
    expect(paid(1, 8 * HOUR + 1, 16 * HOUR - 1)).toBe('0');
  });

  test('comes before the marks of its moment: the margin that meets the open has paid', () => {
    // 10x from 100, liquidated at 90.45; the second bar opens at 90.5, above that, but 0.1 has been paid: 90.1 / 0.995.
    const bars = [
      barsOf([
        [100, 100, 100, 100],
        [90.5, 95, 90.5, 95],
      ]),
    ];
    const book = bookOf([positionOf({ qty: '1', entry: '100', leverage: 10 })]);
    expect(complete({ bars, book }).liquidations).toHaveLength(0);
    const run = complete({ bars, book, happenings: fundingEvery(1, 1, 0.001) });
    expect(run.liquidations).toMatchObject([{ time: HOUR, mark: 90.5 }]);
  });
});

describe('funding on a drifting price', () => {
  // funding.json > drift: 1 coin from 60,000, maintenance 0.5 % less 50; the price drifts by g and the rate settles at it.
  test.each(golden.drift)(
    'side $side, $L x, $r, drift $g: liquidated at settlement $n',
    ({ side, L, r, g, n, price, equity }) => {
      const prices = [60_000];
      for (let i = 1; i <= n + 2; i += 1) prices.push((prices[i - 1] ?? 0) * (1 + g));
      const bars = [
        barsOf(
          prices.map((one) => [one, one, one, one] as const),
          { interval: 8 * HOUR },
        ),
      ];
      const happenings = fundingEvery(8 * (n + 2), 8, r).map((one, i) =>
        one.rank === 'funding' ? { ...one, stamp: { ...one.stamp, mark: prices[i + 1] ?? 0 } } : one,
      );
      const book = bookOf([positionOf({ qty: String(side), entry: '60000', leverage: L })]);
      const run = complete({ bars, book, table: flatTable(0.005, 50), happenings });
      expect(run.liquidations).toMatchObject([{ time: n * 8 * HOUR }]);
      expect(run.liquidations[0]?.mark).toBeCloseTo(price, 6);
      // What is left of the margin goes back to the wallet.
      expect(Number(run.endCash) - 100_000 + 60_000 / L).toBeCloseTo(equity, 4);
    },
  );

  test.each(golden.liq_price_path_long_10x_0p1pct.rows.filter(({ n }) => n > 0 && n < 96))(
    'after $n settlements a flat 10x long has a margin of $margin and falls at $liq',
    ({ n, margin, liq }) => {
      const count = 8 * n + 2;
      const rows = Array.from(
        { length: count + 1 },
        (_, i) =>
          (i < count ? [60_000, 60_000, 60_000, 60_000] : [60_000, 60_000, 40_000, 41_000]) as [
            number,
            number,
            number,
            number,
          ],
      );
      const book = bookOf([positionOf({ qty: '1', entry: '60000', leverage: 10 })]);
      const run = complete({
        bars: [barsOf(rows)],
        book,
        table: flatTable(0.005, 50),
        happenings: fundingEvery(8 * n, 8, 0.001),
      });
      expect(Number(run.fundingPnl)).toBe(margin - 6000);
      expect(run.liquidations[0]?.mark).toBeCloseTo(liq, 8);
    },
  );
});

describe('an exit that is known to its candle', () => {
  const bars = [
    barsOf([
      [100, 100, 100, 100],
      [100, 104, 90, 95],
      [95, 96, 94, 95],
    ]),
  ];
  const trade = { entry: 100, qty: '1', from: 0, to: HOUR, window: HOUR };

  test('fills where the path first passes its price', () => {
    const run = complete({ bars, book: bookOf([]), ...roundTrips([{ ...trade, exit: 92 }]) });
    expect(run.trades).toMatchObject({ entered: 1, closed: 1, losses: 1, gone: 0 });
    expect(run.endCash).toBe('99992');
  });

  test('comes too late for a position that is liquidated on the way', () => {
    // 5x and 15 % maintenance: 20 + P - 100 = 0.15 P at 94.1, before 92.
    const scene = { bars, book: bookOf([]), ...roundTrips([{ ...trade, exit: 92 }]), table: flatTable(0.15) };
    const run = complete(scene);
    expect(run.liquidations[0]?.mark).toBeCloseTo(80 / 0.85, 10);
    expect(run.trades).toMatchObject({ entered: 1, closed: 0, gone: 1 });
  });

  test('fills at the end of its window where the path never passes it, before anything else of that moment', () => {
    const trips = roundTrips([{ ...trade, exit: 110 }]);
    const stamp = { symbol: 0, venue: -1, rate: 0.01, mark: Number.NaN, interval: 8 * HOUR };
    const happenings: Happening[] = [...trips.happenings, { rank: 'funding', time: 2 * HOUR, stamp }];
    const run = complete({ bars, book: bookOf([]), ...trips, happenings });
    expect(run.trades).toMatchObject({ closed: 1, wins: 1 });
    expect(run.fundingPnl).toBe('0');
    expect(run.endCash).toBe('100010');
  });
});

describe('an outage', () => {
  const outage = (from: number, to: number): Happening[] => [
    { rank: 'venue', time: from, event: { kind: 'outage', venue: 0, on: true } },
    { rank: 'venue', time: to, event: { kind: 'outage', venue: 0, on: false } },
  ];
  const bars = [
    barsOf([
      [100, 100, 100, 100],
      [100, 100, 80, 88],
      [88, 110, 88, 110],
      [110, 110, 110, 110],
    ]),
  ];
  const book = bookOf([positionOf({ qty: '1', entry: '100', leverage: 10 })]);

  test('lets nothing be liquidated, and acts at the price that it ends with', () => {
    expect(complete({ bars, book }).liquidations).toHaveLength(1);
    expect(complete({ bars, book, happenings: outage(HOUR, 3 * HOUR) }).liquidations).toHaveLength(0);
    const late = complete({ bars, book, happenings: outage(HOUR, 2 * HOUR) });
    expect(late.liquidations).toMatchObject([{ time: 2 * HOUR, mark: 88, price: 90, shortfall: '2' }]);
  });

  test('refuses entries, and lets an exit wait for its end at the market of then', () => {
    const shut = outage(HOUR, 3 * HOUR);
    const inside = roundTrips([{ entry: 100, exit: 101, qty: '1', from: 2 * HOUR, to: 4 * HOUR }]);
    const refused = complete({
      bars,
      book: bookOf([]),
      ...inside,
      happenings: [...inside.happenings, ...shut],
    });
    expect(refused.trades).toMatchObject({ entered: 0, refused: 1 });
    expect(refused.orders.reasons).toEqual([{ reason: 'outage', count: 1 }]);
    const before = roundTrips([{ entry: 100, exit: 90, qty: '1', from: 0, to: 2 * HOUR }]);
    const waited = complete({
      bars,
      book: bookOf([]),
      ...before,
      happenings: [...before.happenings, ...shut],
    });
    expect(waited.endCash).toBe('100010');
  });
});
