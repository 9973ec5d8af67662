import { describe, expect, test } from 'vitest';
import {
  auditDocumentRow,
  documentDays,
  documentTable,
  drainsThatFit,
} from '../../../src/risk/funding/document-table.ts';
import golden from '../../golden/funding.json' with { type: 'json' };

test('is the table as it is printed', () => {
  expect(documentTable).toEqual(
    golden.blog_table_check.map(({ L, liq, drain, days }) => ({
      leverage: L,
      liquidationAt: liq,
      drainPerDay: drain,
      days,
    })),
  );
  expect([2, 3, 50].map(documentDays)).toEqual([250, null, 4]);
});

test.each(golden.blog_table_check)('the row of $L x is audited', (row) => {
  const printed = documentTable.find(({ leverage }) => leverage === row.L);
  if (printed === undefined) throw new Error('the row must be printed');
  const { ownDays, impliedDrainPerDay, impliedRate8h } = auditDocumentRow(printed);
  expect(ownDays).toBeCloseTo(row.own_columns_distance_over_drain, 11);
  expect(Math.abs(ownDays - printed.days) < 1e-9).toBe(row.matches_own_columns);
  expect(impliedDrainPerDay).toBeCloseTo(row.implied_drain_of_notional_per_day, 16);
  expect(impliedRate8h).toBeCloseTo(row.implied_8h_rate, 16);
  expect(printed.drainPerDay).toBeCloseTo(0.001 * row.L, 16);
});

describe('drainsThatFit', () => {
  test('knows the rate of a table that has one', () => {
    const right = documentTable.map((row) => ({ ...row, days: 1 / row.leverage / 0.002 }));
    const fit = drainsThatFit(right, 0);
    expect(fit?.low).toBeLessThan(0.002);
    expect(fit?.high).toBeGreaterThan(0.002);
    // 200 / leverage: what the rows from 10x on are.
    expect(drainsThatFit(documentTable.slice(1), 0)?.low).toBeLessThan(0.005);
    expect(drainsThatFit(documentTable.slice(1), 0)?.high).toBeGreaterThan(0.005);
  });

  test('finds none for the printed table, whatever the maintenance rate', () => {
    for (let mmr = 0; mmr < 0.5; mmr += 0.0001) expect(drainsThatFit(documentTable, mmr)).toBeNull();
  });

  // By hand: (1/2 - m) / 250 = (1/5 - m) / 40 at m = 1/7, where 10x has less margin than maintenance.
  test('brings 2x and 5x together at a seventh of notional alone, where 10x does not live', () => {
    const two = documentTable.slice(0, 2);
    const fit = drainsThatFit(two, 1 / 7);
    expect(fit?.low).toBeLessThan((1 / 2 - 1 / 7) / 250);
    expect(fit?.high).toBeGreaterThan((1 / 2 - 1 / 7) / 250);
    expect(drainsThatFit(two, 0.1)).toBeNull();
    expect(drainsThatFit(two, 0.15)).toBeNull();
    expect(1 / 10 - 1 / 7).toBeLessThan(0);
  });
});
