import { expect, test } from 'vitest';
import { bracketsOf, currentTerms, feesOf } from '../../src/venue/venue-world.ts';
import { flatTable } from '../support/flat-table.ts';
import { venueAt } from '../support/still-venue.ts';
import { bookOf, venueOfTable } from '../support/venue-scene.ts';

const specs = venueOfTable(flatTable(0.01)).terms.map((terms) => ({
  name: 'test',
  terms: [
    {
      ...terms,
      makerFee: -0.0001,
      takerFee: 0.0004,
      liquidation: { ...terms.liquidation, feeRate: 0.0125 },
      symbols: new Map([
        ['ETHUSDT', { contract: 'linear' as const, brackets: flatTable(0.03), fundingCap: null }],
      ]),
    },
  ],
}));

test('fees are those of the configuration, else those of the venue; 0 is a fee that is stated', () => {
  const fees = (maker: number | null, taker: number | null, liquidation: number | null) => {
    const { world, state } = venueAt({
      book: bookOf([]),
      marks: [100],
      specs,
      fees: { maker, taker, liquidation },
    });
    return feesOf(world, state, 0);
  };
  expect(fees(null, null, null)).toEqual({ maker: -0.0001, taker: 0.0004, liquidation: 0.0125 });
  expect(fees(0, 0, 0)).toEqual({ maker: 0, taker: 0, liquidation: 0 });
  expect(fees(0.1, 0.2, 0.3)).toEqual({ maker: 0.1, taker: 0.2, liquidation: 0.3 });
});

test('a symbol has its own brackets where the venue states them', () => {
  const { world, state } = venueAt({
    book: bookOf([]),
    marks: [100, 5],
    symbols: ['BTCUSDT', 'ETHUSDT'],
    specs,
  });
  const [account] = state.accounts;
  if (account === undefined) throw new Error('the account must exist');
  const rates = [0, 1].map(
    (symbol) => bracketsOf(world, state, account, { symbol, contract: 'linear' }).rate[0],
  );
  expect(rates).toEqual([0.01, 0.03]);
  expect(() => currentTerms(world, state, 1)).toThrow('a venue must have terms, 1 has none at 0');
});
