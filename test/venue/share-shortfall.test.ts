import { describe, expect, test } from 'vitest';
import { bracketTable } from '../../src/risk/brackets.ts';
import { liquidateBroken } from '../../src/venue/liquidate.ts';
import { applyVenueEvent } from '../../src/venue/venue-events.ts';
import type { AccountState } from '../../src/venue/venue-state.ts';
import { flatTable } from '../support/flat-table.ts';
import { type Setting, venueAt } from '../support/still-venue.ts';
import { bookOf, positionOf } from '../support/venue-scene.ts';

const symbols = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'];
const cross = (symbol: string, qty: string, entry: string) =>
  positionOf({ symbol, qty, entry, marginMode: 'cross', leverage: 10 });

function liquidated(setting: Setting) {
  const venue = venueAt({ symbols, ...setting });
  liquidateBroken(venue);
  const { ledger } = venue.state.accounts[0]?.wallets[0] ?? { ledger: null };
  const told = venue.state.liquidations.map(({ symbol, price, shortfall }) => [symbol, price, shortfall]);
  return { told, ledger, pnl: venue.fills.map((one) => [one.symbol, one.pnl]), venue };
}

/** Realised of an account of one wallet: the sum of what its fills say. */
function sumOf(pnl: readonly (readonly (number | undefined)[])[]): number {
  return pnl.reduce((sum, [, one]) => sum + (one ?? 0), 0);
}

describe('what a cross account cannot pay', () => {
  test('is spared its losing legs in proportion to their losses', () => {
    // Losses of 10,000 and 600 against 6,000: 4,600 are missing. ETH is spared 4,600 x 600 / 10,600 = 260.3773584905...,
    // to the scale and no more 260.37735849, and loses 339.62264151: charged 3,000 - 339.62264151. BTC has the rest of the 6,000.
    const book = bookOf([cross('BTCUSDT', '1', '50000'), cross('ETHUSDT', '1', '3000')], { balance: '6000' });
    const { told, ledger, pnl } = liquidated({ book, marks: [40_000, 2400] });
    expect(told).toEqual([
      [1, 2660.37735849, '260.37735849'],
      [0, 44_339.62264151, '4339.62264151'],
    ]);
    expect(pnl).toEqual([
      [1, -339.62264151],
      [0, -5660.37735849],
    ]);
    expect(ledger).toMatchObject({ cash: '0', realised: '-6000', shortfall: '4600' });
  });

  test('is the same where a venue sells the largest first, one step at a time', () => {
    // BTC first: 4,600 x 10,000 / 10,600 = 4,339.62264150 to the scale. ETH pays with what is left.
    const book = bookOf([cross('BTCUSDT', '1', '50000'), cross('ETHUSDT', '1', '3000')], { balance: '6000' });
    const { told, ledger } = liquidated({
      book,
      marks: [40_000, 2400],
      terms: { profile: 'tier-step-down' },
    });
    expect(told).toEqual([
      [0, 44_339.6226415, '4339.6226415'],
      [1, 2660.3773585, '260.3773585'],
    ]);
    expect(ledger).toMatchObject({ cash: '0', realised: '-6000', shortfall: '4600' });
  });

  test('leaves a leg that gains at its mark, and what is gained pays for the others', () => {
    // 40 + 10 - 60 - 30 = -40 of equity: BTC is spared 40 x 60 / 90 = 26.66666666, SOL 13.33333334.
    const book = bookOf(
      [cross('BTCUSDT', '1', '100'), cross('ETHUSDT', '-1', '100'), cross('SOLUSDT', '2', '100')],
      { balance: '40' },
    );
    const { told, ledger } = liquidated({ book, marks: [40, 90, 85] });
    expect(told).toEqual([
      [1, 90, '0'],
      [2, 91.666666665, '13.33333333'],
      [0, 66.66666667, '26.66666667'],
    ]);
    expect(ledger).toMatchObject({ cash: '0', realised: '-40', shortfall: '40' });
  });

  test('counts what the sale itself costs', () => {
    // 1 % below the marks: 60.6 and 20.2 are lost of 80; 0.8 are missing, SOL is spared 0.8 x 20.2 / 80.8 = 0.2.
    const slippage = { halfSpreadBps: 100, impactCoefficient: 0, impactExponent: 0.5, maxBarShare: null };
    const book = bookOf([cross('BTCUSDT', '1', '100'), cross('SOLUSDT', '1', '100')], { balance: '80' });
    const setting: Setting = { book, marks: [39.7979797979798, 1, 80.60606060606061], config: { slippage } };
    const { told, ledger } = liquidated({ ...setting, table: flatTable(0.005) });
    const shares = told.map(([symbol, , shortfall]) => [symbol, Number(shortfall)]);
    expect(shares).toEqual([
      [2, expect.closeTo(0.2, 7)],
      [0, expect.closeTo(0.6, 7)],
    ]);
    expect(ledger?.cash).toBe('0');
  });
});

test('an isolated position that is sold in parts beyond its margin is charged its bankruptcy price in each', () => {
  // 20 of margin on 20 at 10: bankrupt at 9. At a mark of 5 it loses 100, 80 of them are missing. First 10 go, down to the cap of 50,
  // which are spared 80 x 50 / 100 = 40 of their 50; then the rest pays with the 10 that are left.
  const table = bracketTable([
    { cap: 50, rate: 0.01, maxLeverage: 50 },
    { cap: 10_000, rate: 0.1, maxLeverage: 10 },
  ]);
  const book = bookOf([positionOf({ qty: '20', entry: '10', leverage: 10 })], { balance: '100' });
  const { told, ledger } = liquidated({
    book,
    marks: [5, 1, 1],
    table,
    terms: { profile: 'tier-step-down' },
  });
  expect(told).toEqual([
    [0, 9, '40'],
    [0, 9, '40'],
  ]);
  expect(ledger).toMatchObject({ cash: '80', realised: '-20', shortfall: '80' });
});

test('a debt of funding that is more than all losses is brought in by the last close', () => {
  // -10 of cash and losses of 1 and 2: 13 are missing. BTC is spared its 1, ETH its 2 and the 10 that it has to bring in.
  const book = bookOf([cross('BTCUSDT', '1', '100'), cross('ETHUSDT', '1', '100')], { balance: '10' });
  const venue = venueAt({ book, marks: [99, 98, 1], symbols });
  const ledger = venue.state.accounts[0]?.wallets[0]?.ledger;
  if (ledger === undefined) throw new Error('the wallet must exist');
  ledger.cash = '-10';
  venue.view.base[0] = -10;
  liquidateBroken(venue);
  expect(venue.state.liquidations.map(({ symbol, price, shortfall }) => [symbol, price, shortfall])).toEqual([
    [0, 100, '1'],
    [1, 110, '12'],
  ]);
  expect(ledger).toMatchObject({ cash: '0', realised: '10', shortfall: '13' });
});

describe('what the venue itself closes', () => {
  const fallen = (account: AccountState | undefined, pnl: readonly (readonly (number | undefined)[])[]) => ({
    positions: account?.positions.length,
    cash: account?.wallets[0]?.ledger.cash,
    pnl,
  });

  test('its end spares in proportion too, each scope for itself', () => {
    // Cross 30 of cash against 40 and 20: 30 are missing, ETH is spared 10. The isolated SOL has 10 and loses 15.
    const isolated = positionOf({ symbol: 'SOLUSDT', qty: '1', entry: '100', leverage: 10 });
    const book = bookOf([cross('BTCUSDT', '1', '100'), cross('ETHUSDT', '1', '100'), isolated], {
      balance: '40',
    });
    const venue = venueAt({ book, marks: [60, 80, 85], symbols });
    applyVenueEvent(venue, { kind: 'bankruptcy', venue: 0, recovery: 1 });
    const pnl = venue.fills.map((one) => [one.symbol, one.pnl]);
    expect(fallen(venue.state.accounts[0], pnl)).toEqual({
      positions: 0,
      cash: '0',
      pnl: [
        [2, -10],
        [1, -10],
        [0, -20],
      ],
    });
    expect(venue.state.accounts[0]?.wallets[0]?.ledger.shortfall).toBe('35');
  });

  test('an auto-deleveraging of a winner pays for nobody: the account is as short as before', () => {
    // 10 of cash, +20 and -50: half of the winner at its mark, 10.
    const book = bookOf([cross('BTCUSDT', '1', '100'), cross('ETHUSDT', '-1', '100')], { balance: '10' });
    const venue = venueAt({ book, marks: [50, 80, 1], symbols });
    applyVenueEvent(venue, { kind: 'adl', venue: 0, symbol: 1, side: null, share: 0.5 });
    expect(venue.state.adl).toMatchObject([{ symbol: 1, qty: '0.5', price: 80, pnl: '10' }]);
    expect(venue.state.accounts[0]?.wallets[0]?.ledger).toMatchObject({ cash: '20', shortfall: '0' });
  });
});

describe('of any cross book beyond its bankruptcy', () => {
  // Quantities and entries by a plain generator: each leg is charged a price between its entry and its mark, and the sum of all
  // results is what the account had.
  const next = (seed: number) => (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  const draws = Array.from({ length: 60 }).reduce<number[]>((all) => [...all, next(all.at(-1) ?? 7)], []);
  const share = (i: number) => (draws[i] ?? 0) / 2_147_483_648;

  test.each(Array.from({ length: 8 }, (_, i) => [i] as const))('book %i', (i) => {
    const legs = [0, 1, 2].map((leg) => ({
      entry: 50 + Math.round(1000 * share(6 * i + leg)) / 10,
      // A short gains, and never as much as the others lose.
      side: leg === 2 && share(6 * i + 3) < 0.5 ? -1 : 1,
    }));
    const marks = legs.map(({ entry }, leg) => Math.round(entry * (0.2 + 0.2 * leg) * 100) / 100);
    const positions = legs.map(({ entry, side }, leg) =>
      cross(symbols[leg] ?? '', String(2 * side), `${entry}`),
    );
    const results = legs.map(({ entry, side }, leg) => 2 * side * ((marks[leg] ?? 0) - entry));
    const lost = results.reduce((sum, one) => sum + one, 0);
    // Half of what is lost, so that every book is beyond its bankruptcy.
    const balance = Math.round(-lost / 2).toString();
    expect(Number(balance)).toBeGreaterThan(0);
    for (const profile of ['full', 'tier-step-down', 'two-tiers', 'staged'] as const) {
      const { told, ledger, pnl } = liquidated({
        book: bookOf(positions, { balance }),
        marks,
        terms: { profile },
      });
      expect(sumOf(pnl)).toBeCloseTo(-Number(balance), 6);
      expect(ledger?.cash).toBe('0');
      expect(Number(ledger?.shortfall)).toBeCloseTo(-lost - Number(balance), 6);
      for (const [symbol, price] of told) {
        const [entry, mark] = [legs[Number(symbol)]?.entry ?? 0, marks[Number(symbol)] ?? 0];
        expect(Number(price)).toBeGreaterThanOrEqual(Math.min(entry, mark));
        expect(Number(price)).toBeLessThanOrEqual(Math.max(entry, mark));
      }
    }
  });
});
