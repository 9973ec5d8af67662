import { describe, expect, test } from 'vitest';
import type { MarginView } from '../../src/risk/read-margin.ts';
import { readEquity } from '../../src/venue/account-equity.ts';

/** Scopes of which only what the equity of accounts rests on is told. */
function viewOf(scopes: readonly { account: number; rate: number; equity: number }[]): MarginView {
  const count = scopes.length;
  const ints = () => new Int32Array(count);
  return {
    scopes: count,
    account: Int32Array.from(scopes, ({ account }) => account),
    wallet: ints(),
    position: ints(),
    base: new Float64Array(count),
    initial: new Float64Array(count),
    active: new Uint8Array(count),
    rate: Int32Array.from(scopes, ({ rate }) => rate),
    from: new Int32Array(count + 1),
    kind: new Uint8Array(0),
    symbol: new Int32Array(0),
    qty: new Float64Array(0),
    entry: new Float64Array(0),
    legPosition: new Int32Array(0),
    table: [],
    bracket: new Int32Array(0),
    equity: Float64Array.from(scopes, ({ equity }) => equity),
    maintenance: new Float64Array(count),
  };
}

describe('the equity of accounts, the sum over their scopes in their own currency', () => {
  test('turns coin at the mark of its row and adds each scope to its own account', () => {
    const view = viewOf([
      { account: 0, rate: -1, equity: 100 },
      { account: 0, rate: 1, equity: 0.5 },
      { account: 1, rate: -1, equity: 7 },
      { account: 2, rate: 0, equity: 2 },
      { account: 2, rate: -1, equity: -3 },
    ]);
    // Rows of two symbols; the second row is read. By hand: 100 + 0.5 x 40, 7, 2 x 30 - 3.
    const marks = Float64Array.of(10, 20, 30, 40);
    const equity = new Float64Array(3).fill(Number.NaN);
    readEquity(view, marks, 2, equity);
    expect([...equity]).toEqual([120, 7, 57]);
  });

  test('is 0 for an account without scopes, wherever it stands', () => {
    const equity = new Float64Array(4).fill(Number.NaN);
    const scopes = [1, 3].map((account) => ({ account, rate: -1, equity: account * 10 }));
    readEquity(viewOf(scopes), new Float64Array(0), 0, equity);
    expect([...equity]).toEqual([0, 10, 0, 30]);
    readEquity(viewOf([]), new Float64Array(0), 0, equity);
    expect([...equity]).toEqual([0, 0, 0, 0]);
  });
});
