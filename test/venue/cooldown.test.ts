import { describe, expect, test } from 'vitest';
import { liquidateBroken } from '../../src/venue/liquidate.ts';
import { refresh, type Venue } from '../../src/venue/venue.ts';
import { applyVenueEvent } from '../../src/venue/venue-events.ts';
import { flatTable } from '../support/flat-table.ts';
import { venueAt } from '../support/still-venue.ts';
import { bookOf, positionOf } from '../support/venue-scene.ts';

/*
 * 20 coins from 10,000 at 20x: a margin of 10,000; maintenance 2 %. At 9,645 equity is 10,000 - 7,100 = 2,900, maintenance 3,858, so it is
 * due and above the backstop (2,572). 4 coins go: the margin is 8,580, equity still 2,900, maintenance 3,086.40.
 */
const isolated = positionOf({ qty: '20', entry: '10000', leverage: 20 });

function stagedAt(mark: number): Venue {
  const venue = venueAt({
    book: bookOf([isolated]),
    marks: [mark],
    table: flatTable(0.02),
    terms: { profile: 'staged' },
  });
  venue.state.time = 1000;
  return venue;
}

function lookAt(venue: Venue, time: number, mark: number): boolean {
  venue.state.time = time;
  venue.prices.mark[0] = mark;
  venue.prices.last[0] = mark;
  return liquidateBroken(venue);
}

const sold = ({ state }: Venue) => state.liquidations.map(({ time, qty }) => [time, qty]);

describe('a scope that was sold in part', () => {
  test('is spared for 30 s to the millisecond, and sold whole where it is still broken', () => {
    const venue = stagedAt(9645);
    expect(liquidateBroken(venue)).toBe(true);
    expect(venue.state.accounts[0]?.positions).toMatchObject([{ qty: '16', margin: '8580' }]);
    expect(venue.watch.wake).toBe(31_000);
    expect([lookAt(venue, 1000, 9645), lookAt(venue, 30_999, 9645)]).toEqual([false, false]);
    expect(lookAt(venue, 31_000, 9645)).toBe(true);
    expect(sold(venue)).toEqual([
      [1000, '-4'],
      [31_000, '-16'],
    ]);
    expect(venue.watch.wake).toBe(Number.POSITIVE_INFINITY);
  });

  test('keeps the rest where the price has recovered, and begins anew when it falls again', () => {
    const venue = stagedAt(9645);
    liquidateBroken(venue);
    // 8,580 - 16 x 300 = 3,780 above 2 % of 155,200 = 3,104.
    expect(lookAt(venue, 31_000, 9700)).toBe(false);
    expect(venue.state.accounts[0]?.cooldowns).toEqual([]);
    expect(venue.watch.wake).toBe(Number.POSITIVE_INFINITY);
    expect(lookAt(venue, 40_000, 9645)).toBe(true);
    expect(sold(venue)).toEqual([
      [1000, '-4'],
      [40_000, '-3.2'],
    ]);
  });

  test('is taken over within the pause where it falls to two thirds of maintenance', () => {
    const venue = stagedAt(9645);
    liquidateBroken(venue);
    // 8,580 - 16 x 408 = 2,052 above 2 / 3 x 3,069.44 = 2,046.29; at 9,591 it is 2,036 against 2,046.08.
    expect(lookAt(venue, 2000, 9592)).toBe(false);
    expect(lookAt(venue, 3000, 9591)).toBe(true);
    expect(venue.state.liquidations[1]).toMatchObject({
      qty: '-16',
      price: 9591,
      fee: '2036',
      shortfall: '0',
    });
    // The margin of 10,000 is gone, no more.
    expect(venue.state.accounts[0]?.wallets[0]?.ledger.cash).toBe('90000');
    expect(venue.state.accounts[0]?.cooldowns).toEqual([]);
  });

  test('waits on while the venue is out, and is then sold whole', () => {
    const venue = stagedAt(9645);
    liquidateBroken(venue);
    applyVenueEvent(venue, { kind: 'outage', venue: 0, on: true });
    expect(venue.watch.wake).toBe(Number.POSITIVE_INFINITY);
    expect(lookAt(venue, 60_000, 9645)).toBe(false);
    applyVenueEvent(venue, { kind: 'outage', venue: 0, on: false });
    expect(venue.watch.wake).toBe(31_000);
    expect(lookAt(venue, 61_000, 9645)).toBe(true);
    expect(sold(venue)[1]).toEqual([61_000, '-16']);
  });

  test('spares nobody else: not the other position, not the cross scope beside it', () => {
    const eth = positionOf({ qty: '1', entry: '100', leverage: 10, symbol: 'ETHUSDT' });
    const sol = positionOf({ qty: '100', entry: '100', symbol: 'SOLUSDT', marginMode: 'cross' });
    const venue = venueAt({
      book: bookOf([isolated, eth, sol], { balance: '11010' }),
      marks: [9645, 100, 100],
      symbols: ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'],
      table: flatTable(0.02),
      terms: { profile: 'staged' },
    });
    liquidateBroken(venue);
    // ETH: 10 - 8.2 = 1.8 of 1.836; SOL: 1,000 of cash - 820 = 180 of 183.6.
    venue.prices.mark[1] = 91.8;
    venue.prices.mark[2] = 91.8;
    expect(liquidateBroken(venue)).toBe(true);
    expect(venue.state.liquidations.map(({ symbol, qty }) => [symbol, qty]).toSorted()).toEqual([
      [0, '-4'],
      [1, '-1'],
      [2, '-100'],
    ]);
    expect(venue.state.accounts[0]?.cooldowns).toEqual([
      { wallet: 0, isolated: { symbol: 0, side: 1 }, until: 30_000 },
    ]);
  });

  test('is known again after its state was saved and loaded', () => {
    const venue = stagedAt(9645);
    liquidateBroken(venue);
    const [account] = venue.state.accounts;
    if (account === undefined) throw new Error('the account must exist');
    account.cooldowns = JSON.parse(JSON.stringify(account.cooldowns));
    refresh(venue);
    expect([lookAt(venue, 30_999, 9645), lookAt(venue, 31_000, 9645)]).toEqual([false, true]);
  });
});
