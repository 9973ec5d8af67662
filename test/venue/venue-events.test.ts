import { describe, expect, test } from 'vitest';
import { readMargin } from '../../src/risk/read-margin.ts';
import { venueOf } from '../../src/venue/venue.ts';
import { applyVenueEvent } from '../../src/venue/venue-events.ts';
import { flatTable } from '../support/flat-table.ts';
import { venueAt } from '../support/still-venue.ts';
import { bookOf, positionOf, venueOfTable } from '../support/venue-scene.ts';

const isolated = bookOf([positionOf({ qty: '1', entry: '100', leverage: 10 })], { balance: '25' });

describe('an event of the venue', () => {
  test('switches outages and halts on and off', () => {
    const venue = venueAt({ book: isolated, marks: [100] });
    applyVenueEvent(venue, { kind: 'outage', venue: 0, on: true });
    expect([venue.state.venues[0]?.outage, venue.view.active[0]]).toEqual([true, 0]);
    applyVenueEvent(venue, { kind: 'halt', venue: 0, on: true });
    applyVenueEvent(venue, { kind: 'outage', venue: 0, on: false });
    expect([venue.state.venues[0]?.halted, venue.view.active[0]]).toEqual([true, 0]);
    applyVenueEvent(venue, { kind: 'halt', venue: 0, on: false });
    expect(venue.view.active[0]).toBe(1);
  });

  test('freezes withdrawals: money comes in and does not go out until it is over', () => {
    const venue = venueAt({ book: isolated, marks: [100] });
    const move = (amount: string) =>
      applyVenueEvent(venue, { kind: 'transfer', account: 0, asset: 'USDT', amount });
    applyVenueEvent(venue, { kind: 'withdrawals', venue: 0, on: false });
    move('-1');
    move('5');
    const { ledger } = venue.state.accounts[0]?.wallets[0] ?? { ledger: null };
    expect([venue.state.rejections, ledger?.transfers]).toEqual([[{ reason: 'withdrawals', count: 1 }], '5']);
    applyVenueEvent(venue, { kind: 'withdrawals', venue: 0, on: true });
    move('-1');
    expect(ledger?.transfers).toBe('4');
  });

  test('replaces the cap of a symbol by its newest one', () => {
    const venue = venueAt({ book: isolated, marks: [100] });
    for (const [symbol, cap] of [
      [0, 20],
      [-1, 10],
      [0, 8],
    ] as const)
      applyVenueEvent(venue, { kind: 'leverage-cap', venue: 0, symbol, cap });
    expect(venue.state.venues[0]?.leverageCaps).toEqual([
      { symbol: -1, cap: 10 },
      { symbol: 0, cap: 8 },
    ]);
  });

  test('brings other brackets into force, and with them another maintenance', () => {
    const { world, state, prices } = venueAt({ book: isolated, marks: [100] });
    const [old] = venueOfTable(flatTable(0.005)).terms;
    const [later] = venueOfTable(flatTable(0.02)).terms;
    const terms = [old, later].flatMap((one, i) =>
      one === undefined ? [] : [{ ...one, effectiveFrom: i * 1000 - 1e15 }],
    );
    const venue = venueOf({ ...world, specs: [{ name: 'test', terms }] }, state, prices);
    readMargin(venue.view, prices.mark, 0);
    expect(venue.view.maintenance[1]).toBe(0.5);
    applyVenueEvent(venue, { kind: 'terms', venue: 0, terms: 1 });
    readMargin(venue.view, prices.mark, 0);
    expect(venue.view.maintenance[1]).toBe(2);
  });

  test('revalues an asset in every account, price and haircut by themselves', () => {
    const book = bookOf([positionOf({ qty: '1', entry: '100', marginMode: 'cross' })], {
      collateral: [
        { asset: 'USDT', qty: '10', haircut: 0, price: null },
        { asset: 'USDE', qty: '100', haircut: 0.1, price: null },
      ],
    });
    const venue = venueAt({ book, marks: [100] });
    const equity = () => {
      readMargin(venue.view, venue.prices.mark, 0);
      return venue.view.equity[0];
    };
    expect(equity()).toBe(100);
    applyVenueEvent(venue, { kind: 'collateral', asset: 'USDE', price: 0.65, haircut: null });
    expect(equity()).toBe(68.5);
    applyVenueEvent(venue, { kind: 'collateral', asset: 'USDE', price: null, haircut: 0.5 });
    expect(equity()).toBe(42.5);
    applyVenueEvent(venue, { kind: 'collateral', asset: 'DAI', price: 0, haircut: 1 });
    expect(equity()).toBe(42.5);
  });

  test('moves money in, and out as far as it is free', () => {
    const venue = venueAt({ book: isolated, marks: [100] });
    const move = (amount: string) =>
      applyVenueEvent(venue, { kind: 'transfer', account: 0, asset: 'USDT', amount });
    venue.state.rejections.push({ reason: 'margin', count: 1 });
    move('5');
    // 30 less the isolated margin of 10.
    move('-20.00000001');
    expect(venue.state.rejections[1]).toEqual({ reason: 'transfer', count: 1 });
    move('-20');
    expect(venue.state.accounts[0]?.wallets[0]?.ledger).toMatchObject({ cash: '10', transfers: '-15' });
    move('-1');
    expect(venue.state.rejections).toEqual([
      { reason: 'margin', count: 1 },
      { reason: 'transfer', count: 2 },
    ]);
    expect(() => applyVenueEvent(venue, { kind: 'transfer', account: 0, asset: 'BTC', amount: '1' })).toThrow(
      'a wallet of BTC',
    );
    expect(() =>
      applyVenueEvent(venue, { kind: 'transfer', account: 4, asset: 'USDT', amount: '1' }),
    ).toThrow('account 4 must hold a wallet of USDT');
    expect(() => applyVenueEvent(venue, { kind: 'halt', venue: 3, on: true })).toThrow('venue 3 must exist');
  });
});
