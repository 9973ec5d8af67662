/** The four crises that stored files cover, on recorded prices: what the points say is what the market printed. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { command } from '../../src/commands/stress.ts';
import type { Report } from '../../src/model/report.ts';
import type { ScenarioResult, StressResult } from '../../src/studies/stress-result.ts';
import { scratch } from '../support/scratch.ts';
import { shellIn } from '../support/shell.ts';

const market = process.env['RISK_MARKET_DATA'];

function recorded(id: string, ...symbols: readonly string[]): Promise<ScenarioResult> {
  const positions = symbols.map((symbol) => `  - { symbol: ${symbol}, qty: 1, entry: 100, leverage: 1 }\n`);
  const book = `account: { balance: 100000, venue: binance, marginMode: cross }\npositions:\n${positions.join('')}`;
  return recordedWith(id, book);
}

async function recordedWith(id: string, book: string): Promise<ScenarioResult> {
  const { shell, told } = shellIn(await scratch({ 'book.yaml': book }));
  const argv = ['--scenario', id, '--portfolio', 'book.yaml', '--market', join(market ?? '', 'crisis')];
  await command(shell).parseAsync([...argv, '--format', 'json', '--quiet'], { from: 'user' });
  const report: Report<StressResult> = JSON.parse(told.out);
  const [result] = report.result.scenarios;
  if (result === undefined) throw new Error(`${id} has a result`);
  return result;
}

describe.skipIf(market === undefined)('on recorded files', () => {
  // Spot files are the market that the exact figures claim to be prints of; their known differences are single opens of covid.
  it.each([
    ['luna', 'SOLUSDT', 0],
    ['luna', 'LUNAUSDT', 0],
    ['ftx', 'FTTUSDT', 0],
    ['covid', 'ETHUSDT', 0.002],
    ['may-2021', 'ETHUSDT', 0],
    ['may-2021', 'FTTUSDT', 0],
  ])('%s: the figures of %s are those of its file', async (id, symbol, atMost) => {
    const { mapping } = await recorded(id, symbol);
    const [own] = mapping;
    expect(own).toMatchObject({ by: 'market', market: 'spot', difference: { exact: true, median: 0 } });
    expect(own?.difference?.compared).toBeGreaterThan(30);
    expect(own?.difference?.largest).toBeLessThanOrEqual(atMost);
  });

  it.each(['luna', 'ftx', 'covid', 'may-2021'])('%s runs on the perpetual where there is one', async (id) => {
    const { mapping, origin } = await recorded(id, 'BTCUSDT');
    expect([mapping[0]?.by, mapping[0]?.market, origin]).toEqual(['market', 'perp', 'recorded']);
    expect(mapping[0]?.of).toMatch(/_perp_BTCUSDT_/);
  });

  it('plays LUNA to its death, not into the coin that has its name today', async () => {
    const { mapping } = await recorded('luna', 'LUNAUSDT');
    // README of the files: 87.71 -> 0.00005; the scenario begins at 68.13 of 7 May, the low of 13 May is 0.00004.
    expect(mapping[0]?.move).toBeLessThan(-0.99999);
  });

  it('names luna recorded for a holder of LUNA: trading ended with the file', async () => {
    const { mapping, origin } = await recorded('luna', 'LUNAUSDT');
    expect([origin, mapping[0]?.covered]).toEqual([
      'recorded',
      { from: Date.UTC(2022, 4, 8), to: Date.UTC(2022, 4, 13, 1), whole: true },
    ]);
  });

  it('looks at spot for margin: covid liquidates by 3,782, not by the 3,621.81 of the perpetual', async () => {
    // 1 BTC from 8,885 at 1.705x: the isolated margin of 5,211 is reached at about 3,690, between the two lows.
    const position = '{ symbol: BTCUSDT, qty: "1", entry: "8885", leverage: 1.705 }';
    const account = '{ venue: binance, currency: USDT, balance: "6000", marginMode: isolated }';
    const { mapping, unprotected } = await recordedWith(
      'covid',
      `account: ${account}\npositions:\n  - ${position}\n`,
    );
    expect(mapping[0]).toMatchObject({ market: 'perp', marks: '2020-03_binance_spot_BTCUSDT_1h.csv' });
    expect([unprotected.startEquity, unprotected.liquidations.length]).toEqual(['6000', 0]);
  });
});
