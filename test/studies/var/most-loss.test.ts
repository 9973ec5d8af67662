/** A figure beyond all that can be lost is not valid. */
import { describe, expect, it } from 'vitest';
import { heldToMost, mostLossOf } from '../../../src/studies/var/most-loss.ts';
import { barsOfReturns, rowOf, someReturns, varOf } from '../../support/var-study.ts';

const leg = (exposure: number, { factor = 0, form = 'price' as 'price' | 'inverse' } = {}) => ({
  exposure,
  factor,
  form,
});

describe('the most that a book can lose', () => {
  it('is what it holds long, netted price by price', () => {
    expect(mostLossOf([leg(30), leg(-10), leg(5, { factor: 1 })])).toBe(25);
    expect(mostLossOf([leg(30), leg(-30)])).toBe(0);
  });

  it('has no bound where the net of a price is short, or where 1 / P rises', () => {
    expect(mostLossOf([leg(30), leg(-1, { factor: 1 })])).toBe(Number.POSITIVE_INFINITY);
    expect(mostLossOf([leg(30), leg(1, { form: 'inverse' })])).toBe(Number.POSITIVE_INFINITY);
    // Short of an inverse contract: 1 / P falls to 0 at most.
    expect(mostLossOf([leg(-4, { form: 'inverse' })])).toBe(4);
  });
});

it('simulated prices that all end at 0 are no estimate either, a book that offsets itself is', () => {
  const told = { varRaw: 1, esRaw: 1, valid: true, reason: null, parameters: [] };
  expect(heldToMost(told, 1).valid).toBe(false);
  expect(heldToMost({ ...told, varRaw: 0.9, esRaw: 0.95 }, 1).valid).toBe(true);
  expect(heldToMost({ ...told, varRaw: 0, esRaw: 0 }, 0).valid).toBe(true);
});

describe('a deviation of a third a day over ten days', () => {
  const bars = [barsOfReturns('BTCUSDT', someReturns(300, 1, { sigma: 0.35 }))];
  const set = ['studies.var.horizon=10d', 'studies.var.sqrtTime=true', 'studies.var.methods=[normal,ewma]'];

  it('takes more than all from a long book: not valid', () => {
    const { result, warnings } = varOf(bars, { set });
    const row = rowOf(result, 'ewma', 0.99);
    expect(Number(row.var)).toBeGreaterThan(100);
    expect(row.valid).toBe(false);
    expect(row.reason).toContain(
      'the VaR is at or above the most that the book can lose, with every price at 0',
    );
    expect(warnings.join()).toMatch(/not to be used, each for its reason: .*ewma/);
    const scaled = result.sqrtTime?.find(
      ({ method, confidence }) => method === 'ewma' && confidence === 0.99,
    );
    expect(scaled).toMatchObject({ valid: false, reason: row.reason });
  });

  it('may be lost by a short one', () => {
    const book = `account: { balance: 100, venue: test, marginMode: cross }
positions: [{ symbol: BTCUSDT, qty: -1, entry: 100, leverage: 1 }]
`;
    const row = rowOf(varOf(bars, { set, book }).result, 'ewma', 0.99);
    expect(Number(row.var)).toBeGreaterThan(100);
    expect(row.valid).toBe(true);
  });
});
