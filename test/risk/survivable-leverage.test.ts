import { describe, expect, test } from 'vitest';
import { type BracketTable, bracketTable } from '../../src/risk/brackets.ts';
import { type AloneIsolated, survivableLeverage } from '../../src/risk/survivable-leverage.ts';
import { liquidateBroken } from '../../src/venue/liquidate.ts';
import { flatTable } from '../support/flat-table.ts';
import { venueAt } from '../support/still-venue.ts';
import { bookOf, positionOf, venueOfTable } from '../support/venue-scene.ts';

const alone = (position: Partial<AloneIsolated> = {}): AloneIsolated => ({
  contract: 'linear',
  side: 1,
  qty: 1,
  price: 100,
  table: flatTable(0.005),
  cap: null,
  ...position,
});

/** The first brackets of BTCUSDT at Binance in 2024 (QUANT 6). */
const btc2024 = bracketTable([
  { cap: 50_000, rate: 0.004, maxLeverage: 125 },
  { cap: 600_000, rate: 0.005, maxLeverage: 100 },
  { cap: 3_000_000, rate: 0.0065, maxLeverage: 75 },
  { cap: 12_000_000, rate: 0.01, maxLeverage: 50 },
]);

// PEERS 6, sanity vector: L = 1 / (1 - (1 - d)(1 - m)), printed with two decimals. Its moves are printed with three digits and
// were computed with more: where the section states the prices (or the two days) of an event, they are what gives its figures.
const golden: readonly (readonly [string, number, string, string])[] = [
  ['COVID BitMEX perp, 7,353 to 3,596', 1 - 3596 / 7353, '1.95', '1.91'],
  ['19 May 2021 BTC, 30 %', 0.3, '3.29', '3.15'],
  ['LUNA 6 to 11 May, 83.04 to 9.45', 1 - 9.45 / 83.04, '1.13', '1.12'],
  ['FTX two days, 11 % and 13 %', 1 - 0.89 * 0.87, '4.36', '4.08'],
  ['5 Aug 2024 BTC, 58,350 to 49,513', 1 - 49_513 / 58_350, '6.42', '5.79'],
  ['5 Aug 2024 ETH, 2,695 to 2,118', 1 - 2118 / 2695, '4.59', '4.28'],
  ['10 Oct 2025 BTC, 116.5k to 102.7k', 1 - 102.7 / 116.5, '8.14', '7.12'],
  ['10 Oct 2025 average alt, 63 %', 0.63, '1.58', '1.56'],
  ['5-6 Feb 2026 BTC, 17 %', 0.17, '5.74', '5.24'],
];

describe('an isolated long with one rate', () => {
  test.each(golden)('%s', (_, fall, low, high) => {
    expect(survivableLeverage(alone(), fall).largest?.toFixed(2)).toBe(low);
    expect(survivableLeverage(alone({ table: flatTable(0.025) }), fall).largest?.toFixed(2)).toBe(high);
  });
});

describe('other positions by hand', () => {
  test('a short: 1 / ((1 + u)(1 + m) - 1), also where the price more than doubles', () => {
    // 1.4 x 1.005 - 1 = 0.407; 4 x 1.005 - 1 = 3.02, so that not even 1x lives.
    expect(survivableLeverage(alone({ side: -1 }), 0.4).largest).toBeCloseTo(1 / 0.407, 12);
    expect(survivableLeverage(alone({ side: -1 }), 3)).toEqual({ largest: null, allowed: null });
  });

  test('a long of a coin-margined contract: what it owes grows as 1 / price', () => {
    // 100 USD at 100 is 1 coin; at 80 it is 1.25 coins: loss 0.25, maintenance 0.00625.
    const found = survivableLeverage(alone({ contract: 'inverse', qty: 100 }), 0.2);
    expect(found.largest).toBeCloseTo(1 / 0.25625, 12);
  });

  test('a short of a coin-margined contract lives through any rise at a leverage near 1', () => {
    // At 1000 it is 0.1 coin: loss 0.9, maintenance 0.0005.
    const found = survivableLeverage(alone({ contract: 'inverse', side: -1, qty: 100 }), 9);
    expect(found.largest).toBeCloseTo(1 / 0.9005, 12);
  });

  test('brackets are those of the notional at the worst price', () => {
    // Long 10 at 62,000 (620,000, third bracket) down 10 %: 558,000, second: 0.005 x 558,000 - 50 = 2,740.
    const long = alone({ qty: 10, price: 62_000, table: btc2024 });
    expect(survivableLeverage(long, 0.1).largest).toBeCloseTo(620_000 / (62_000 + 2_740), 12);
    // Short 10 at 59,000 (590,000, second) up 10 %: 649,000, third: 0.0065 x 649,000 - 950 = 3,268.5.
    const short = alone({ qty: 10, price: 59_000, table: btc2024, side: -1 });
    expect(survivableLeverage(short, 0.1).largest).toBeCloseTo(590_000 / (59_000 + 3_268.5), 12);
  });
});

describe('what the venue lets open', () => {
  test('is that of the bracket at the start, or its own cap', () => {
    // Down 0.5 % at 0.65 % - 950: 1 / (0.005 + ...) is far above 75.
    const long = alone({ qty: 10, price: 62_000, table: btc2024 });
    const found = survivableLeverage(long, 0.005);
    expect(found.largest).toBeGreaterThan(75);
    expect(found.allowed).toBe(75);
    expect(survivableLeverage({ ...long, cap: 8 }, 0.005).allowed).toBe(8);
    expect(survivableLeverage({ ...long, cap: 8 }, 0.3).allowed).toBe(survivableLeverage(long, 0.3).largest);
  });

  test('without a move against it maintenance alone decides, and without that the venue', () => {
    expect(survivableLeverage(alone(), 0).largest).toBeCloseTo(200, 10);
    expect(survivableLeverage(alone({ table: flatTable(0, 0, 125) }), 0)).toEqual({
      largest: 125,
      allowed: 125,
    });
  });

  test('a leverage of 1 is the last that counts', () => {
    // A long without maintenance lives through every fall at 1x: 1 / d > 1; at a rate it does not from d = 1 - m on.
    const bare = alone({ table: flatTable(0.5) });
    // d = 0.5: loss 50 + 25 of maintenance: 1.33; d = 1 - 1e-9: loss 100 and a little: 1 still.
    expect(survivableLeverage(bare, 0.5).largest).toBeCloseTo(4 / 3, 12);
    expect(survivableLeverage(bare, 1 - 1e-9).largest).toBeCloseTo(1, 6);
    expect(() => survivableLeverage(bare, 1)).toThrow('must leave a price above 0');
    expect(() => survivableLeverage(bare, -0.1)).toThrow('was -0.1');
  });
});

type Check = {
  readonly contract: 'linear' | 'inverse';
  readonly side: 1 | -1;
  readonly qty: number;
  readonly price: number;
  readonly table: BracketTable;
  readonly move: number;
};

const checks: readonly (readonly [string, Check])[] = [
  ['long', { contract: 'linear', side: 1, qty: 1, price: 100, table: flatTable(0.005), move: 0.3 }],
  ['short', { contract: 'linear', side: -1, qty: 1, price: 100, table: flatTable(0.025), move: 0.4 }],
  ['tiers down', { contract: 'linear', side: 1, qty: 10, price: 62_000, table: btc2024, move: 0.1 }],
  ['tiers up', { contract: 'linear', side: -1, qty: 10, price: 59_000, table: btc2024, move: 0.1 }],
  ['coin long', { contract: 'inverse', side: 1, qty: 1000, price: 100, table: flatTable(0.005), move: 0.2 }],
  ['coin short', { contract: 'inverse', side: -1, qty: 1000, price: 100, table: flatTable(0.005), move: 2 }],
];

describe.each(checks)('against the simulated venue: %s', (_, { contract, side, qty, price, table, move }) => {
  const { largest } = survivableLeverage({ contract, side, qty, price, table, cap: null }, move);
  const symbol = contract === 'linear' ? 'BTCUSDT' : 'BTCUSD';

  function isLiquidated(leverage: number): boolean {
    const worst = price * (1 - side * move);
    const position = positionOf({
      symbol,
      contract,
      qty: String(side * qty),
      entry: String(price),
      leverage,
    });
    const collateral = ['USDT', 'BTC'].map((asset) => ({ asset, qty: '10000000', haircut: 0, price: null }));
    const book = bookOf([position], { collateral });
    const specs = [venueOfTable(table)];
    return liquidateBroken(venueAt({ book, symbols: [symbol, 'BTCUSDT'], marks: [worst, worst], specs }));
  }

  test('it lives just below that leverage and is liquidated just above', () => {
    expect(isLiquidated((largest ?? 0) * (1 - 1e-6))).toBe(false);
    expect(isLiquidated((largest ?? 0) * (1 + 1e-6))).toBe(true);
  });
});
