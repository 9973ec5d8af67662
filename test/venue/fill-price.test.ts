import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectedCosts, recordSlippage, slippageOf, takerPrice } from '../../src/venue/fill-price.ts';
import { venueAt } from '../support/still-venue.ts';
import { bookOf, positionOf } from '../support/venue-scene.ts';

const slippage = { halfSpreadBps: 10, impactCoefficient: 1, impactExponent: 0.5, maxBarShare: null };
const btc = { symbol: 0, contract: 'linear' as const };
const plain = venueAt({ book: bookOf([]), marks: [100], config: { slippage } });

describe('an order that takes liquidity', () => {
  test('pays half the spread and the mean impact of its size, whichever way it goes', () => {
    // 0.1 % and 0.04 x sqrt(100 / 10,000) x 2 / 3.
    const share = 0.001 + (0.04 * 0.1 * 2) / 3;
    expect(slippageOf(plain, { ...btc, side: 1, qty: 100 })).toBeCloseTo(share, 14);
    expect(takerPrice(plain, { ...btc, side: 1, qty: 100 }, 200)).toBeCloseTo(200 * (1 + share), 10);
    expect(takerPrice(plain, { ...btc, side: -1, qty: 100 }, 200)).toBeCloseTo(200 * (1 - share), 10);
  });

  test('pays the spread alone where no volume is known', () => {
    const quiet = venueAt({
      book: bookOf([]),
      marks: [100],
      config: { slippage },
      liquidity: { volumeDaily: 0 },
    });
    expect(slippageOf(quiet, { ...btc, side: 1, qty: 100 })).toBe(0.001);
  });

  test('sells for a hundredth at least, however large it is', () => {
    expect(takerPrice(plain, { ...btc, side: -1, qty: 1e12 }, 200)).toBe(2);
    expect(takerPrice(plain, { ...btc, side: 1, qty: 1e12 }, 200)).toBeGreaterThan(200);
  });
});

describe('a book whose depth is known', () => {
  const inBook = (liquidity: { spread?: number; depth?: number }, last = 100, halfSpreadBps = 10) =>
    venueAt({
      book: bookOf([]),
      marks: [last],
      config: { slippage: { ...slippage, halfSpreadBps } },
      liquidity: { depth: 1_000_000, ...liquidity },
    });

  test('is walked: half the wider spread, and half of what its last unit pays', () => {
    // 500 x 100 = 50,000 of 1,000,000 within 1 %: 0.05 % at the end, 0.025 % in the mean; and 0.1 % x 3.
    const taking = { ...btc, side: 1, qty: 500 } as const;
    expect(slippageOf(inBook({ spread: 3 }), taking)).toBeCloseTo(0.00325, 14);
    expect(takerPrice(inBook({ spread: 3 }), taking, 200)).toBeCloseTo(200.65, 10);
    const { halfSpread, impact } = expectedCosts(inBook({ spread: 3 }), taking);
    expect([halfSpread, impact]).toEqual([expect.closeTo(0.003, 14), expect.closeTo(0.00025, 14)]);
  });

  test('is walked by the notional of the moment; that of an inverse contract is its quantity', () => {
    const taking = { ...btc, side: -1, qty: 500 } as const;
    // 500 x 40 = 20,000: 0.01 % and 0.1 %.
    expect(slippageOf(inBook({}, 40), taking)).toBeCloseTo(0.0011, 14);
    // 500 dollars: 0.00025 % and 0.1 %.
    expect(slippageOf(inBook({}, 40), { ...taking, contract: 'inverse' })).toBeCloseTo(0.0010025, 14);
  });

  test('leaves the law of impact to markets of unknown depth, with the spread of the moment', () => {
    const taking = { ...btc, side: 1, qty: 100 } as const;
    expect(slippageOf(inBook({ depth: 0, spread: 5 }), taking)).toBeCloseTo(0.005 + (0.04 * 0.1 * 2) / 3, 14);
  });

  test('never fills better for a wider spread or less depth', () => {
    const amount = fc.double({ min: 1e-3, max: 1e7, noNaN: true });
    const multiple = fc.double({ min: 0.1, max: 1000, noNaN: true });
    fc.assert(
      fc.property(
        amount,
        fc.tuple(multiple, multiple),
        fc.tuple(amount, amount),
        fc.boolean(),
        (qty, spreads, depths, isKnown) => {
          const price = (side: 1 | -1, spread: number, depth: number) =>
            takerPrice(inBook({ spread, depth: isKnown ? depth : 0 }), { ...btc, side, qty }, 100);
          const [narrow, wide] = [Math.min(...spreads), Math.max(...spreads)];
          const [thin, deep] = [Math.min(...depths), Math.max(...depths)];
          expect(price(1, wide, thin)).toBeGreaterThanOrEqual(price(1, narrow, deep));
          expect(price(-1, wide, thin)).toBeLessThanOrEqual(price(-1, narrow, deep));
          expect(price(-1, wide, thin)).toBeGreaterThanOrEqual(1);
        },
      ),
    );
  });
});

describe('slippage is told in the currency of the account', () => {
  const inverse = positionOf({ symbol: 'BTCUSD', contract: 'inverse', qty: '10000', entry: '50000' });
  const fill = { symbol: 0, qty: 10_000, contract: 'inverse' as const, cause: 40_000 };

  test('of an inverse contract in coin, where the account is kept in coin', () => {
    const coin = () =>
      venueAt({
        book: bookOf([inverse], { currency: 'BTC', balance: '1' }),
        marks: [40_000],
        symbols: ['BTCUSD'],
      });
    const sold = coin();
    const [account] = sold.state.accounts;
    if (account === undefined) throw new Error('the account must exist');
    // Sold at 39,000 instead of 40,000: 10,000 / 39,000 - 10,000 / 40,000 coin are a cost; bought there, a gain.
    recordSlippage(sold, account, { ...fill, side: -1, price: 39_000 });
    expect(Number(sold.state.slippage.actual)).toBeCloseTo(10_000 / 39_000 - 0.25, 8);
    recordSlippage(sold, account, { ...fill, side: 1, price: 39_000 });
    expect(Number(sold.state.slippage.actual)).toBeCloseTo(0, 7);
  });

  test('of an inverse contract in dollars at the mark, where the account is kept in dollars', () => {
    const book = bookOf([inverse], {
      collateral: [
        { asset: 'USDT', qty: '100', haircut: 0, price: null },
        { asset: 'BTC', qty: '1', haircut: 0, price: null },
      ],
    });
    const venue = venueAt({ book, marks: [41_000, 7], symbols: ['BTCUSD', 'ETHUSDT'] });
    const [account] = venue.state.accounts;
    if (account === undefined) throw new Error('the account must exist');
    recordSlippage(venue, account, { ...fill, side: -1, price: 39_000 });
    expect(Number(venue.state.slippage.actual)).toBeCloseTo((10_000 / 39_000 - 0.25) * 41_000, 6);
    venue.state.slippage.actual = '0';
    recordSlippage(venue, account, { symbol: 1, qty: 3, contract: 'linear', cause: 7, side: 1, price: 8 });
    expect(venue.state.slippage.actual).toBe('3');
  });
});
