import fc from 'fast-check';
import { expect, test } from 'vitest';
import { breakEvenPrice, fundingShare } from '../../../src/risk/funding/mark-and-funding.ts';
import { unrealisedPnl } from '../../../src/risk/pnl.ts';

test('the share of funding is by size', () => {
  expect(fundingShare(300, -100)).toBe(0.25);
  expect(fundingShare(-300, -100)).toBe(0.25);
  expect(fundingShare(0, -100)).toBe(1);
  expect(fundingShare(100, 0)).toBe(0);
  expect(fundingShare(0, 0)).toBeNull();
});

test('at the break-even price the mark has brought what funding took', () => {
  // By hand: a long of 2 that paid 100 needs 50 more; a short of 2 needs 50 less.
  expect(breakEvenPrice({ contract: 'linear', qty: 2, entry: 1000 }, -100)).toBe(1050);
  expect(breakEvenPrice({ contract: 'linear', qty: -2, entry: 1000 }, -100)).toBe(950);
  const side = fc.constantFrom(1, -1);
  fc.assert(
    fc.property(side, fc.integer({ min: -900, max: 900 }), (sign, paid) => {
      for (const contract of ['linear', 'inverse'] as const) {
        const position = { contract, qty: sign * (contract === 'linear' ? 10 : 10_000), entry: 100 };
        const funding = contract === 'linear' ? paid : paid / 100;
        const price = breakEvenPrice(position, funding);
        if (price !== null) expect(unrealisedPnl(position, price)).toBeCloseTo(-funding, 9);
      }
    }),
  );
});

test('no price gives back what is more than a position can bring', () => {
  expect(breakEvenPrice({ contract: 'linear', qty: -2, entry: 100 }, -200)).toBeNull();
  // A long of 100 USD at 100 is one coin: it can never bring a whole one.
  expect(breakEvenPrice({ contract: 'inverse', qty: 100, entry: 100 }, -1)).toBeNull();
  expect(() => breakEvenPrice({ contract: 'linear', qty: 0, entry: 100 }, -1)).toThrow('must not be 0');
});
