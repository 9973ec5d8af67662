import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { money } from '../../src/model/money.ts';
import { type Ledger, openLedger, type Posting, post, recordShortfall } from '../../src/venue/ledger.ts';

const closes = (ledger: Ledger) =>
  money(ledger.start)
    .plus(ledger.realised)
    .plus(ledger.funding)
    .minus(ledger.fees)
    .plus(ledger.transfers)
    .minus(ledger.lost)
    .equals(ledger.cash);

describe('post', () => {
  test('rounds once and against the account: a gain down, a loss and a fee up', () => {
    const dollars = openLedger('USDT', '100.10');
    expect(post(dollars, 'realised', money('0.123456789')).toFixed()).toBe('0.12345678');
    expect(post(dollars, 'realised', money('-0.123456781')).toFixed()).toBe('-0.12345679');
    expect(post(dollars, 'fees', money('-0.000000001')).toFixed()).toBe('-0.00000001');
    expect(dollars).toEqual({
      asset: 'USDT',
      start: '100.1',
      cash: '100.09999998',
      realised: '-0.00000001',
      funding: '0',
      fees: '0.00000001',
      transfers: '0',
      lost: '0',
      shortfall: '0',
    });
    const coin = openLedger('BTC', '1');
    expect(post(coin, 'funding', money('-0.00000000001')).toFixed()).toBe('-0.0000000001');
  });

  test('takes a rebate off the fees', () => {
    const ledger = openLedger('USDT', '0');
    post(ledger, 'fees', money('0.5'));
    expect([ledger.fees, ledger.cash]).toEqual(['-0.5', '0.5']);
  });

  test('closes after any postings', () => {
    const kinds: Posting[] = ['realised', 'funding', 'fees', 'transfers', 'lost'];
    const posting = fc.tuple(fc.constantFrom(...kinds), fc.double({ min: -1e6, max: 1e6, noNaN: true }));
    fc.assert(
      fc.property(fc.array(posting, { maxLength: 40 }), (postings) => {
        const ledger = openLedger('USDT', '12345.678');
        for (const [kind, amount] of postings) post(ledger, kind, money(amount));
        expect(closes(ledger)).toBe(true);
      }),
      { seed: 3 },
    );
  });
});

test('a shortfall stands outside of the ledger, rounded up', () => {
  const ledger = openLedger('USDT', '10');
  expect(recordShortfall(ledger, money('1.000000001')).toFixed()).toBe('1.00000001');
  recordShortfall(ledger, money('2'));
  expect([ledger.shortfall, ledger.cash]).toEqual(['3.00000001', '10']);
  expect(closes(ledger)).toBe(true);
});
