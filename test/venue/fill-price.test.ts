import { describe, expect, test } from 'vitest';
import { recordSlippage, slippageOf, takerPrice } from '../../src/venue/fill-price.ts';
import { venueOf } from '../../src/venue/venue.ts';
import { venueAt } from '../support/still-venue.ts';
import { bookOf, positionOf } from '../support/venue-scene.ts';

const slippage = { halfSpreadBps: 10, impactCoefficient: 1, impactExponent: 0.5, maxBarShare: null };
const plain = venueAt({ book: bookOf([]), marks: [100], config: { slippage } });

describe('an order that takes liquidity', () => {
  test('pays half the spread and the mean impact of its size, whichever way it goes', () => {
    // 0.1 % and 0.04 x sqrt(100 / 10,000) x 2 / 3.
    const share = 0.001 + (0.04 * 0.1 * 2) / 3;
    expect(slippageOf(plain, { symbol: 0, side: 1, qty: 100 })).toBeCloseTo(share, 14);
    expect(takerPrice(plain, { symbol: 0, side: 1, qty: 100 }, 200)).toBeCloseTo(200 * (1 + share), 10);
    expect(takerPrice(plain, { symbol: 0, side: -1, qty: 100 }, 200)).toBeCloseTo(200 * (1 - share), 10);
  });

  test('pays the spread alone where no volume is known', () => {
    const { state, prices, world } = plain;
    const quiet = {
      ...world,
      liquidityAt: () => ({ sigmaDaily: 0.04, volumeDaily: 0, barVolume: 0, barEnd: 0 }),
    };
    expect(slippageOf(venueOf(quiet, state, prices), { symbol: 0, side: 1, qty: 100 })).toBe(0.001);
  });

  test('sells for a hundredth at least, however large it is', () => {
    expect(takerPrice(plain, { symbol: 0, side: -1, qty: 1e12 }, 200)).toBe(2);
    expect(takerPrice(plain, { symbol: 0, side: 1, qty: 1e12 }, 200)).toBeGreaterThan(200);
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
