/** What a book moves with where bars are of another market, end early or are not there. */
import { describe, expect, it } from 'vitest';
import { barsOfReturns, DAY, rowOf, someReturns, varOf } from '../../support/var-study.ts';

const btc = barsOfReturns('BTCUSDT', someReturns(300, 1));
const basis = `account: { balance: 1000, venue: test, marginMode: cross }
positions:
  - { symbol: BTCUSDT, qty: -1, entry: 100, leverage: 5 }
  - { symbol: BTCUSDC, qty: 1, entry: 100, type: spot }
`;
const bookOf = (symbol: string, more = '') => `account: { balance: 1000, venue: test, marginMode: cross }
positions: [{ symbol: ${symbol}, qty: 1, entry: 20, leverage: 1${more} }]
`;

describe('a symbol with bars of another market of its coin', () => {
  it('takes them as a proxy, which is said and flagged', () => {
    const { result, fidelity, warnings } = varOf([btc], { book: basis });
    expect(rowOf(result, 'historical', 0.99).var).toBe('0');
    expect(result.portfolio.positions.map(({ proxy }) => proxy)).toEqual(['BTCUSDT', null]);
    expect(fidelity).toContain('proxy-history');
    expect(warnings.join()).toContain('BTCUSDC takes 252 of its moves from BTCUSDT');
    expect(warnings.join()).toContain('BTCUSDC and BTCUSDT move as one, by the bars of BTCUSDT');
  });

  it('is priced by their close, and the bars count as used', () => {
    const { result, warnings } = varOf([btc], { book: bookOf('BTCUSDC') });
    expect(result.portfolio.positions[0]).toMatchObject({ price: 100, proxy: 'BTCUSDT' });
    expect(warnings.join()).not.toContain('left aside');
  });

  it('has no proxy where its own are there', () => {
    const { result, fidelity } = varOf([btc, barsOfReturns('BTCUSDC', someReturns(300, 2))], { book: basis });
    expect(result.portfolio.positions.map(({ proxy }) => proxy)).toEqual([null, null]);
    expect(fidelity).not.toContain('proxy-history');
  });
});

describe('a series that ended before the others', () => {
  const both = [btc, barsOfReturns('SOLUSDT', someReturns(280, 3))];
  const book = `account: { balance: 1000, venue: test, marginMode: cross }
positions:
  - { symbol: BTCUSDT, qty: 1, entry: 100, leverage: 1 }
  - { symbol: SOLUSDT, qty: 1, entry: 100, leverage: 1 }
`;

  it('has no price of now', () => {
    expect(() => varOf(both, { book })).toThrow(
      /SERIES_SHORT: prices must be of one moment: the bars of SOLUSDT end at 1970-10-09.*, others at 1970-10-29/,
    );
  });

  it('with its mark it holds the window back, which is said and flagged', () => {
    const marked = book.replace('SOLUSDT, qty: 1,', 'SOLUSDT, qty: 1, mark: 70,');
    const { result, fidelity, warnings } = varOf(both, { book: marked });
    expect(result.window.to).toBe(281 * DAY);
    expect(fidelity).toContain('proxy-history');
    expect(warnings.join()).toContain('SOLUSDT has no moves after 1970-10-09');
    const lent = varOf(both, { book: marked, set: ['studies.var.proxies=[SOLUSDT=BTCUSDT]'] });
    expect(lent.result.window.to).toBe(301 * DAY);
    expect(lent.warnings.join()).not.toContain('has no moves after');
  });
});

describe('a symbol without any bars of its coin', () => {
  const set = ['studies.var.proxies=[SOLUSDT=BTCUSDT]'];

  it('is not priced by its entry', () => {
    expect(() => varOf([btc], { book: bookOf('SOLUSDT'), set })).toThrow(
      /PORTFOLIO: a symbol must have a mark or bars of its coin, SOLUSDT has neither/,
    );
  });

  it('is priced by its mark', () => {
    const { result } = varOf([btc], { book: bookOf('SOLUSDT', ', mark: 152'), set });
    expect(result.portfolio.grossExposure).toBe('152');
  });
});
