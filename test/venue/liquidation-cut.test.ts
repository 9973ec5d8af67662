import { describe, expect, test } from 'vitest';
import { bracketTable } from '../../src/risk/brackets.ts';
import { liquidateBroken } from '../../src/venue/liquidate.ts';
import { flatTable } from '../support/flat-table.ts';
import { venueAt } from '../support/still-venue.ts';
import { bookOf, positionOf } from '../support/venue-scene.ts';

const cross = (qty: string, entry: string, symbol = 'BTCUSDT') =>
  positionOf({ qty, entry, symbol, marginMode: 'cross' });

describe('two-tiers', () => {
  // Rates of 1 to 5 % in steps of 100: amounts 0, 1, 3, 6, 10.
  const table = bracketTable([1, 2, 3, 4, 5].map((n) => ({ cap: 100 * n, rate: n / 100, maxLeverage: 20 })));
  const sold = (qty: string, balance: string, profile: 'two-tiers' | 'tier-step-down' = 'two-tiers') => {
    const venue = venueAt({
      book: bookOf([cross(qty, '100')], { balance }),
      marks: [100],
      table,
      terms: { profile },
    });
    liquidateBroken(venue);
    return venue.state.liquidations.map((one) => one.qty);
  };

  test('cuts from tier 5 to tier 3, looks again, then to tier 1, then the whole', () => {
    // At 450 maintenance is 22.5 - 10 = 12.5, at 300 it is 9 - 3 = 6, at 100 it is 1.
    expect(sold('4.5', '12.51')).toEqual([]);
    expect(sold('4.5', '12.5')).toEqual(['-1.5']);
    expect(sold('4.5', '6.01')).toEqual(['-1.5']);
    expect(sold('4.5', '6')).toEqual(['-1.5', '-2']);
    expect(sold('4.5', '1.01')).toEqual(['-1.5', '-2']);
    expect(sold('4.5', '1')).toEqual(['-1.5', '-2', '-1']);
  });

  test('takes tiers 1 and 2 whole, where one tier at a time leaves the first', () => {
    // At 150 maintenance is 3 - 1 = 2.
    expect(sold('1.5', '2')).toEqual(['-1.5']);
    expect(sold('1.5', '2', 'tier-step-down')).toEqual(['-0.5']);
    expect(sold('1', '1')).toEqual(['-1']);
    // The first notional of tier 3 falls to tier 1: 9.03 - 3 = 6.03 is not met.
    expect(sold('2.01', '3.03')).toEqual(['-1.01']);
  });
});

describe('staged', () => {
  const staged = (qty: string, marks: readonly number[], balance: string, more: readonly string[] = []) => {
    const symbols = ['BTCUSDT', 'ETHUSDT'].slice(0, marks.length);
    const venue = venueAt({
      book: bookOf([cross(qty, '10000'), ...more.map((one) => cross(one, '100', 'ETHUSDT'))], { balance }),
      marks,
      symbols,
      table: flatTable(0.02),
      terms: { profile: 'staged' },
    });
    liquidateBroken(venue);
    return venue;
  };
  const told = ({ state }: ReturnType<typeof staged>) =>
    state.liquidations.map(({ symbol, qty }) => [symbol, qty]);

  test('sells a fifth of a position above 100,000, and the whole of one at it', () => {
    // 2 % of 100,000 is 2,000.
    expect(told(staged('10', [10_000], '2000'))).toEqual([[0, '-10']]);
    expect(told(staged('10.0001', [10_000], '2000'))).toEqual([[0, '-2.00002']]);
    expect(told(staged('-20', [10_000], '4000'))).toEqual([[0, '4']]);
  });

  test('of a cross account sells a fifth of the large positions and the small ones whole', () => {
    // 2 % of 200,000 and of 10,000 is 4,200.
    expect(told(staged('20', [10_000, 100], '4200', ['100'])).toSorted()).toEqual([
      [0, '-4'],
      [1, '-100'],
    ]);
  });

  test('below two thirds of maintenance gives everything to the backstop at the mark, the margin with it', () => {
    // Maintenance 4,000 at 10,000: two thirds are 2,666.67.
    const venue = staged('20', [10_000], '2666');
    expect(venue.state.liquidations).toMatchObject([
      { qty: '-20', mark: 10_000, price: 10_000, fee: '2666', shortfall: '0' },
    ]);
    expect(venue.state.accounts[0]?.wallets[0]?.ledger).toMatchObject({
      cash: '0',
      realised: '0',
      fees: '2666',
    });
    expect(venue.state.accounts[0]?.cooldowns).toEqual([]);
    expect(told(staged('20', [10_000], '2667'))).toEqual([[0, '-4']]);
  });

  test('the backstop takes small positions too, each at its mark, and all of the cross margin once', () => {
    // 20 x 9,900 - 200,000 = -2,000; 10 x (80 - 100) = -200; 2,300 - 2,200 = 100 is far below 2 % of 198,800.
    const venue = staged('20', [9900, 80], '2300', ['10']);
    expect(told(venue)).toEqual([
      [1, '-10'],
      [0, '-20'],
    ]);
    expect(venue.state.liquidations.map(({ fee }) => fee)).toEqual(['0', '100']);
    expect(venue.state.accounts[0]?.wallets[0]?.ledger).toMatchObject({ cash: '0', realised: '-2200' });
  });

  test('beyond bankruptcy leaves a shortfall as any liquidation does', () => {
    const venue = staged('20', [9800], '3000');
    expect(venue.state.liquidations).toMatchObject([{ qty: '-20', fee: '0', shortfall: '1000' }]);
    expect(venue.state.accounts[0]?.wallets[0]?.ledger).toMatchObject({ cash: '0', shortfall: '1000' });
  });

  test('of an inverse contract looks at its quote notional', () => {
    const inverse = (qty: string, balance: string) => {
      const position = positionOf({
        symbol: 'BTCUSD',
        contract: 'inverse',
        qty,
        entry: '10000',
        marginMode: 'cross',
      });
      const venue = venueAt({
        book: bookOf([position], { currency: 'BTC', balance }),
        marks: [10_000],
        symbols: ['BTCUSD'],
        table: flatTable(0.02),
        terms: { profile: 'staged' },
      });
      liquidateBroken(venue);
      return venue.state.liquidations.map((one) => one.qty);
    };
    // 2 % of 10 and of 11 coins.
    expect([inverse('100000', '0.2'), inverse('110000', '0.22')]).toEqual([['-100000'], ['-22000']]);
  });
});
