/** The correlations of a crisis: never below those of the window, not between two markets of one coin, and said where they help. */
import { describe, expect, it } from 'vitest';
import { barsOfReturns, someReturns, varOf } from '../../support/var-study.ts';

const btc = someReturns(300, 1);
const near = someReturns(300, 2, { shared: btc, share: 0.99 });
const bookOf = (other: string, qty: number) => `account: { balance: 1000, venue: test, marginMode: cross }
positions:
  - { symbol: BTCUSDT, qty: 1, entry: 100, leverage: 2 }
  - { symbol: ${other}, qty: ${qty}, entry: 100, leverage: 2 }
`;
const of = (other: string, qty: number, returns: Float64Array) => {
  const { result, warnings } = varOf([barsOfReturns('BTCUSDT', btc), barsOfReturns(other, returns)], {
    book: bookOf(other, qty),
    set: ['studies.var.correlation=crisis', 'studies.var.confidences=[0.99]'],
  });
  return { row: result.crisis?.rows[0], told: warnings.join() };
};

describe('a correlation of at least 0.9 between coins', () => {
  it('leaves one that is higher', () => {
    const { row, told } = of('ETHUSDT', 1, near);
    expect(row?.var).toBe(row?.sampleVar);
    expect(told).not.toContain('correlations of a crisis');
  });

  it('leaves two markets of one coin their own', () => {
    const { row } = of('BTCUSDC', -1, someReturns(300, 2));
    expect(row?.var).toBe(row?.sampleVar);
  });

  it('adds to what is held together', () => {
    const { row, told } = of('ETHUSDT', 1, someReturns(300, 2));
    expect(Number(row?.var)).toBeGreaterThan(Number(row?.sampleVar));
    expect(told).not.toContain('correlations of a crisis');
  });

  it('says where it takes from a hedged book', () => {
    const { row, told } = of('ETHUSDT', -1, someReturns(300, 2));
    expect(Number(row?.var)).toBeLessThan(Number(row?.sampleVar));
    expect(told).toContain('correlations of a crisis lower the VaR of this book');
  });
});
