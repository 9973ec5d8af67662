import { expect, test } from 'vitest';
import { symbolTerms, termsAt } from '../../src/venue/venue-spec.ts';
import { codeOf } from '../support/codes.ts';
import { flatTable } from '../support/flat-table.ts';
import { venueOfTable } from '../support/venue-scene.ts';

const [terms] = venueOfTable(flatTable(0.01)).terms;
if (terms === undefined) throw new Error('terms must exist');
const dated = {
  name: 'test',
  terms: [1000, 2000].map((effectiveFrom) => ({ ...terms, effectiveFrom, name: `test/${effectiveFrom}` })),
};

test('the terms in force are the newest that have begun, to the millisecond; the oldest before', () => {
  const at = (time: number) => {
    const { terms: own, nearest } = termsAt(dated, time);
    return [own.name, nearest];
  };
  expect(at(999)).toEqual(['test/1000', true]);
  expect(at(1000)).toEqual(['test/1000', false]);
  expect(at(1999)).toEqual(['test/1000', false]);
  expect(at(2000)).toEqual(['test/2000', false]);
  expect(() => termsAt({ name: 'none', terms: [] }, 0)).toThrow('a venue must have terms');
});

test('a symbol has its own terms by contract, else those that stand in, else none', async () => {
  const own = { contract: 'linear' as const, brackets: flatTable(0.02), fundingCap: 0.003 };
  const some = {
    ...terms,
    symbols: new Map([['BTCUSDT', own]]),
    defaults: { ...terms.defaults, inverse: null },
  };
  expect(symbolTerms(some, 'BTCUSDT', 'linear')).toEqual({ symbol: own, fallback: false });
  expect(symbolTerms(some, 'ETHUSDT', 'linear')).toEqual({ symbol: terms.defaults.linear, fallback: true });
  expect(() => symbolTerms(some, 'BTCUSDT', 'inverse')).toThrow(
    'must have inverse contracts to margin BTCUSDT',
  );
  expect(() => symbolTerms(some, 'BTCUSDT', 'inverse')).toThrow('Leave --inverse out');
  expect(await codeOf(() => symbolTerms(some, 'BTCUSDT', 'inverse'))).toBe('CONFIG_VALUE');
  const coin = { ...terms, defaults: { ...terms.defaults, linear: null } };
  expect(() => symbolTerms(coin, 'BTCUSD', 'linear')).toThrow('Make it inverse, or name another venue');
});
