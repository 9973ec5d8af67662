import { describe, expect, test } from 'vitest';
import { settleFunding } from '../../src/venue/settle-funding.ts';
import { venueAt } from '../support/still-venue.ts';
import { bookOf, positionOf } from '../support/venue-scene.ts';

const ledgerOf = (venue: ReturnType<typeof venueAt>, account = 0, wallet = 0) =>
  venue.state.accounts[account]?.wallets[wallet]?.ledger;

describe('a settlement', () => {
  test('is paid from the margin of an isolated position, which the wallet holds', () => {
    const venue = venueAt({
      book: bookOf([positionOf({ qty: '2', entry: '100', leverage: 10 })]),
      marks: [100],
    });
    expect(settleFunding(venue, { symbol: 0, venue: -1, rate: 0.001, mark: 110 })).toBe(1);
    // 2 x 110 x 0.1 %.
    expect(venue.state.accounts[0]?.positions[0]?.margin).toBe('19.78');
    expect(ledgerOf(venue)).toMatchObject({ funding: '-0.22', cash: '99999.78' });
    expect(venue.view.base[1]).toBe(19.78);
  });

  test('is paid from the wallet of a cross position, in coin for an inverse one', () => {
    const cross = venueAt({
      book: bookOf([positionOf({ qty: '-2', entry: '100', marginMode: 'cross' })]),
      marks: [100],
    });
    settleFunding(cross, { symbol: 0, venue: -1, rate: 0.001, mark: 110 });
    expect(cross.state.accounts[0]?.positions[0]?.margin).toBeNull();
    expect(ledgerOf(cross)?.funding).toBe('0.22');
    const inverse = positionOf({ symbol: 'BTCUSD', contract: 'inverse', qty: '10000', entry: '50000' });
    const coin = venueAt({
      book: bookOf([inverse], { currency: 'BTC', balance: '1' }),
      marks: [40_000],
      symbols: ['BTCUSD'],
    });
    settleFunding(coin, { symbol: 0, venue: -1, rate: 0.001, mark: 40_000 });
    expect(ledgerOf(coin)?.funding).toBe('-0.00025');
  });

  test('is got by shorts as it is paid by longs, but for one unit of the last place', () => {
    for (const [qty, rate, mark] of [
      ['3', 0.0001, 61_234.5],
      ['1.2345678', 0.00012345, 61_234.56],
      ['0.0000001', -0.0375, 0.00123],
    ] as const) {
      const funding = [qty, `-${qty}`].map((signed) => {
        const venue = venueAt({
          book: bookOf([positionOf({ qty: signed, entry: '1', marginMode: 'cross' })]),
          marks: [mark],
        });
        settleFunding(venue, { symbol: 0, venue: -1, rate, mark });
        return Number(ledgerOf(venue)?.funding);
      });
      expect(Math.abs((funding[0] ?? 1) + (funding[1] ?? 1))).toBeLessThanOrEqual(1.0001e-8);
    }
  });

  test('leaves other symbols and other venues alone', () => {
    const venue = venueAt({
      book: bookOf([positionOf({ qty: '2', entry: '100' })]),
      marks: [100, 5],
      symbols: ['BTCUSDT', 'ETHUSDT'],
    });
    expect(settleFunding(venue, { symbol: 1, venue: -1, rate: 0.001, mark: 5 })).toBe(0);
    expect(settleFunding(venue, { symbol: 0, venue: 1, rate: 0.001, mark: 100 })).toBe(0);
    expect(ledgerOf(venue)?.funding).toBe('0');
    expect(settleFunding(venue, { symbol: 0, venue: 0, rate: 0.001, mark: 100 })).toBe(1);
  });
});
