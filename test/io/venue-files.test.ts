import { describe, expect, test } from 'vitest';
import { loadVenue, venueNames } from '../../src/io/venue-files.ts';
import golden from '../golden/liquidation.json' with { type: 'json' };

const DAY = 86_400_000;

describe('the bundled venues', () => {
  test('are all readable, dated in ascending order, and say where they come from', () => {
    expect(venueNames()).toEqual(['binance', 'bitmex', 'ftx']);
    for (const name of venueNames()) {
      const { terms } = loadVenue(name);
      expect(terms.length).toBeGreaterThan(0);
      const dates = terms.map(({ effectiveFrom }) => effectiveFrom);
      expect(dates).toEqual(dates.toSorted((a, b) => a - b));
      for (const one of terms) {
        expect(one.effectiveFrom % DAY).toBe(0);
        expect(one.source.length).toBeGreaterThan(20);
        expect(one.takerFee).toBeGreaterThan(one.makerFee);
        expect(one.defaults.linear ?? one.defaults.inverse).not.toBeNull();
      }
    }
  });

  test('of Binance carry the published tables: caps, rates, leverages and the amounts that follow', () => {
    const { terms } = loadVenue('binance');
    expect(terms.map(({ name }) => name)).toEqual([
      'binance/2021-03-18',
      'binance/2022-04-16',
      'binance/2024-10-24',
    ]);
    for (const [date, tables] of Object.entries(golden.tiers.tables)) {
      const own = terms.find(({ name }) => name === `binance/${date}`);
      for (const [coin, tiers] of Object.entries(tables)) {
        const brackets = own?.symbols.get(`${coin}USDT`)?.brackets;
        expect([...(brackets?.cap ?? [])]).toEqual(tiers.map(({ cap }) => cap));
        expect([...(brackets?.rate ?? [])]).toEqual(tiers.map(({ mmr }) => mmr));
        expect([...(brackets?.amount ?? [])]).toEqual(tiers.map(({ cum }) => cum));
        expect([...(brackets?.maxLeverage ?? [])]).toEqual(tiers.map(({ max_leverage }) => max_leverage));
      }
    }
  });

  test('of March 2021 have the amounts of the worked examples of Binance', () => {
    const [first] = loadVenue('binance').terms;
    expect(first?.effectiveFrom).toBe(Date.UTC(2021, 2, 18));
    const btc = first?.symbols.get('BTCUSDT')?.brackets;
    // QUANT 6: 1,300 in the third bracket, 16,300 in the one of 2.5 %, 135,365 for ETH at 10 %.
    expect([btc?.amount[2], btc?.amount[3]]).toEqual([1300, 16_300]);
    expect(first?.symbols.get('ETHUSDT')?.brackets.amount[5]).toBe(135_365);
    // The coin-margined table: 1.81 at 5 % and 11.81 at 12.5 %.
    const coin = first?.symbols.get('BTCUSD');
    expect(coin?.contract).toBe('inverse');
    expect([coin?.brackets.amount[4], coin?.brackets.amount[6]]).toEqual([1.81, 11.81]);
    expect(first?.funding).toEqual({ interval: 8 * 3_600_000, offset: 0, flatRate: 0.0001 });
    expect(first?.symbols.get('BTCUSDT')?.fundingCap).toBe(0.003);
  });

  test('of BitMEX settle at 04:00 and raise both margins by the step', () => {
    const [terms] = loadVenue('bitmex').terms;
    expect(terms?.funding.offset).toBe(4 * 3_600_000);
    const table = terms?.symbols.get('XBTUSD')?.brackets;
    expect([table?.rate[0], table?.rate[1], table?.cap[0], table?.cap[1]]).toEqual([0.005, 0.01, 200, 300]);
    expect(terms?.makerFee).toBe(-0.00025);
  });
});

test('an unknown venue is told with the nearest name', () => {
  expect(() => loadVenue('binanse')).toThrow('a venue must be one of binance, bitmex, ftx, was "binanse"');
  expect(() => loadVenue('binanse')).toThrow('Did you mean binance?');
});
