import { describe, expect, test } from 'vitest';
import { loadVenue, venueNames } from '../../src/io/venue-files.ts';
import golden from '../golden/liquidation.json' with { type: 'json' };

const DAY = 86_400_000;

describe('the bundled venues', () => {
  test('are all readable, dated in ascending order, and say where they come from', async () => {
    expect(venueNames()).toEqual(['binance', 'bitmex', 'bybit', 'ftx', 'hyperliquid', 'okx']);
    for (const name of venueNames()) {
      const { terms } = await loadVenue(name);
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

  test('of Binance carry the published tables: caps, rates, leverages and the amounts that follow', async () => {
    const { terms } = await loadVenue('binance');
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

  test('of March 2021 have the amounts of the worked examples of Binance', async () => {
    const [first] = (await loadVenue('binance')).terms;
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

  test('of Bybit have the deductions that it prints beside its rates', async () => {
    const [terms] = (await loadVenue('bybit')).terms;
    // Bybit, Margin parameters of BTCUSDT, tiers 1 to 20.
    expect([...(terms?.symbols.get('BTCUSDT')?.brackets.amount ?? [])]).toEqual([
      0, 1200, 3020, 4300, 5820, 8460, 15_460, 20_500, 46_000, 66_000, 80_000, 160_000, 300_000, 452_000,
      502_000, 777_000, 837_000, 967_000, 1_107_000, 1_482_000,
    ]);
    expect(terms?.liquidation).toMatchObject({ profile: 'tier-step-down', tiersPerStep: 1 });
  });

  test('of Hyperliquid keep half of the initial margin, settle hourly and sell in stages', async () => {
    const [terms] = (await loadVenue('hyperliquid')).terms;
    const tables = [...(terms?.symbols.values() ?? [])].map(({ brackets }) => brackets);
    for (const { rate, maxLeverage } of [...tables, terms?.defaults.linear?.brackets].flatMap(
      (one) => one ?? [],
    )) {
      for (const [i, one] of rate.entries()) expect(one * 2 * (maxLeverage[i] ?? 0)).toBeCloseTo(1, 9);
    }
    expect(terms?.funding).toMatchObject({ interval: 3_600_000, offset: 0 });
    expect(terms?.liquidation).toEqual({
      profile: 'staged',
      tiersPerStep: 1,
      stageNotional: 100_000,
      stageShare: 0.2,
      cooldownSeconds: 30,
      backstopShare: 2 / 3,
      feeRate: 0,
    });
  });

  test('of OKX go down by two tiers', async () => {
    const [terms] = (await loadVenue('okx')).terms;
    expect(terms?.liquidation.profile).toBe('two-tiers');
    expect(terms?.funding).toMatchObject({ interval: 8 * 3_600_000, offset: 0 });
    // The notice of 2023-05-15: 0.50, 0.75 and 1.00 %, then half a percent a tier.
    expect([...(terms?.defaults.linear?.brackets.rate ?? [])].slice(0, 6)).toEqual([
      0.005, 0.0075, 0.01, 0.015, 0.02, 0.025,
    ]);
  });

  test('of BitMEX settle at 04:00 and raise both margins by the step', async () => {
    const [terms] = (await loadVenue('bitmex')).terms;
    expect(terms?.funding.offset).toBe(4 * 3_600_000);
    const table = terms?.symbols.get('XBTUSD')?.brackets;
    expect([table?.rate[0], table?.rate[1], table?.cap[0], table?.cap[1]]).toEqual([0.005, 0.01, 200, 300]);
    expect(terms?.makerFee).toBe(-0.00025);
  });
});

test('an unknown venue is told with the nearest name', async () => {
  await expect(loadVenue('binanse')).rejects.toThrow(
    'a venue must be one of binance, bitmex, bybit, ftx, hyperliquid, okx, was "binanse"',
  );
  await expect(loadVenue('binanse')).rejects.toThrow('Did you mean binance?');
});
