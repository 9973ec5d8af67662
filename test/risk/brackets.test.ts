import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bracketOf, bracketTable, maintenanceMargin } from '../../src/risk/brackets.ts';
import golden from '../golden/liquidation.json' with { type: 'json' };

const tables = Object.entries(golden.tiers.tables).flatMap(([date, symbols]) =>
  Object.entries(symbols).map(([symbol, tiers]) => ({ name: `${symbol} of ${date}`, tiers })),
);

describe('bracketTable', () => {
  test.each(tables)('derives the published amounts of $name', ({ tiers }) => {
    const table = bracketTable(
      tiers.map(({ cap, mmr, max_leverage }) => ({ cap, rate: mmr, maxLeverage: max_leverage })),
    );
    expect([...table.amount]).toEqual(tiers.map(({ cum }) => cum));
    expect([...table.floor]).toEqual(tiers.map(({ floor }) => floor));
  });

  test('derives the maintenance amounts of the worked examples of Binance', () => {
    // QUANT 6: level 5 of BTCUSDT of 2021 is 1,300 at 250,000 -> 1,000,000; of the coin-margined table 1.81.
    const usdt = bracketTable([
      { cap: 50_000, rate: 0.004, maxLeverage: 125 },
      { cap: 250_000, rate: 0.005, maxLeverage: 100 },
      { cap: 1_000_000, rate: 0.01, maxLeverage: 50 },
    ]);
    expect(usdt.amount[2]).toBe(1300);
  });

  test('keeps the leverage of each bracket, and takes two brackets of one rate', () => {
    const table = bracketTable([
      { cap: 100, rate: 0.01, maxLeverage: 50 },
      { cap: 300, rate: 0.01, maxLeverage: 25 },
    ]);
    expect([...table.maxLeverage]).toEqual([50, 25]);
    expect([...table.amount]).toEqual([0, 0]);
  });

  test('refuses caps that do not ascend, rates that fall, and an empty table', () => {
    const row = { cap: 100, rate: 0.01, maxLeverage: 10 };
    expect(() => bracketTable([row, row])).toThrow('caps must ascend, was 100 after 100');
    expect(() => bracketTable([row, { cap: 200, rate: 0.005, maxLeverage: 5 }])).toThrow(
      'rates must ascend below 1, was 0.005 after 0.01',
    );
    expect(() => bracketTable([{ ...row, rate: 1 }])).toThrow('rates must ascend below 1, was 1 after 0');
    expect(() => bracketTable([{ ...row, cap: 0 }])).toThrow('caps must ascend, was 0 after 0');
    expect(() => bracketTable([])).toThrow('at least one bracket');
  });
});

describe('bracketOf', () => {
  const three = () =>
    bracketTable([
      { cap: 100, rate: 0.01, maxLeverage: 50 },
      { cap: 300, rate: 0.02, maxLeverage: 25 },
      { cap: 900, rate: 0.05, maxLeverage: 10 },
    ]);

  test('takes a cap into its own bracket and what lies beyond it into the next', () => {
    const table = three();
    expect(bracketOf(table, 0)).toBe(0);
    expect(bracketOf(table, 100)).toBe(0);
    expect(bracketOf(table, 100.00000000000001)).toBe(1);
    expect(bracketOf(table, 300)).toBe(1);
    expect(bracketOf(table, 300.00000000000006)).toBe(2);
    expect(bracketOf(table, 1e12)).toBe(2);
  });

  test('makes maintenance that never jumps and never falls', () => {
    const table = three();
    // By hand: 100 x 1 % = 1; 300 x 2 % - 1 = 5; 900 x 5 % - 10 = 35.
    expect(maintenanceMargin(table, 100)).toBe(1);
    expect(maintenanceMargin(table, 300)).toBe(5);
    expect(maintenanceMargin(table, 900)).toBe(35);
    const notionals = fc.tuple(
      fc.double({ min: 0, max: 2000, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(notionals, ([notional, more]) => {
        const before = maintenanceMargin(table, notional);
        const after = maintenanceMargin(table, notional + more);
        expect(after).toBeGreaterThanOrEqual(before);
        expect(after - before).toBeLessThanOrEqual(0.05 * more + 1e-9);
      }),
      { seed: 7 },
    );
  });
});
