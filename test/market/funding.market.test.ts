/** Goldens: the README of the market files, which were measured apart from this program. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { headOf } from '../../src/io/head.ts';
import { openSources } from '../../src/io/open.ts';
import { fundingReaders } from '../../src/io/readers/funding.ts';
import type { Funding } from '../../src/market/funding.ts';
import { type GatedFunding, gateFunding } from '../../src/market/funding-gate.ts';

const folder = process.env['RISK_MARKET_DATA'];
const HOUR = 3_600_000;

async function gated(name: string, timeOffset = 0): Promise<GatedFunding & { readonly reader: string }> {
  const [source] = await openSources([join(folder ?? '', name)], '/');
  if (source === undefined) throw new Error(`${name} must exist`);
  const reader = fundingReaders.find((one) => one.detect(headOf(source)) !== null);
  const [raw] = (await reader?.read(source, { timeOffset })) ?? [];
  if (reader === undefined || raw === undefined) throw new Error(`${name} must be read`);
  const symbol = raw.symbol ?? 'UNKNOWN';
  return { ...gateFunding(raw, { symbol, file: name, onBadRow: 'error' }), reader: reader.name };
}

/** The sum and count of the rates in [from, to). */
function sumOf({ time, rate }: Funding, from: string, to: string): readonly [number, number] {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < time.length; i += 1) {
    if (time[i]! < Date.parse(`${from}T00:00:00Z`) || time[i]! >= Date.parse(`${to}T00:00:00Z`)) continue;
    sum += rate[i]!;
    count += 1;
  }
  return [sum, count];
}

const BTC = 'funding/binance_BTCUSDT_8h_2019-09_2025-03.csv';
const EXPORT = 'funding/raw_binance_export_utc+8_percent.csv';
const SOL = 'funding/binance_SOLUSDT_8h-to-2h_2022-10_2023-01.csv';
const ETH = 'funding/binance_ETHUSDT_8h_2022-06_2022-11.csv';

describe.skipIf(folder === undefined)('funding files (RISK_MARKET_DATA)', () => {
  it('reproduce the sums of BTCUSDT', async () => {
    const { funding, findings } = await gated(BTC);
    expect(funding.time).toHaveLength(6033);
    expect(findings).toEqual([]);
    expect(sumOf(funding, '2021-02-01', '2021-03-01')[0]).toBeCloseTo(0.07244, 5);
    expect(sumOf(funding, '2021-01-01', '2021-05-01')[0]).toBeCloseTo(0.2085, 5);
    expect(sumOf(funding, '2021-01-01', '2021-05-01')[1]).toBe(360);
    expect(sumOf(funding, '2022-11-01', '2022-12-01')[0]).toBeCloseTo(-0.00174, 5);
  });

  it('are the same stamp for stamp and rate for rate in the percent export of UTC+8', async () => {
    const { funding } = await gated(BTC);
    const { funding: exported, findings, reader } = await gated(EXPORT, 8 * HOUR);
    expect(reader).toBe('binance-funding-export');
    expect(exported.symbol).toBe('BTCUSDT');
    expect(exported.time).toEqual(funding.time);
    expect(exported.rate).toEqual(funding.rate);
    expect(findings.map(({ code }) => code)).toEqual(['newest-first']);
  });

  it('warn of local times where the export is read without an offset', async () => {
    const { findings } = await gated(EXPORT);
    expect(findings.map(({ code }) => code)).toContain('local-times');
  });

  it('show the interval of SOLUSDT change from 8 to 2 hours and back, and its rates at the cap', async () => {
    const { funding, findings } = await gated(SOL);
    expect([...new Set(funding.interval)].map((ms) => ms / HOUR)).toEqual([8, 4, 2]);
    expect(findings.map(({ code, count }) => [code, count])).toEqual([
      ['stamp-jitter', 248],
      ['interval-change', 3],
    ]);
    expect([...funding.rate].filter((rate) => rate === -0.02)).toHaveLength(7);
    expect(sumOf(funding, '2022-11-09', '2022-11-12')[0]).toBeCloseTo(-0.2575, 4);
    expect(funding.time.every((time) => time % 60_000 === 0)).toBe(true);
  });

  it('show the Merge in ETHUSDT', async () => {
    const { funding } = await gated(ETH);
    const merge = funding.time.indexOf(Date.parse('2022-09-15T00:00:00Z'));
    expect(funding.rate[merge]).toBeCloseTo(-0.00302, 5);
  });

  it('doubt the invented series, and no recorded one', async () => {
    const { findings } = await gated('broken/synthetic_posing_as_btc_funding.csv');
    expect(findings.map(({ code }) => code)).toContain('too-precise');
    for (const name of [BTC, EXPORT, SOL, ETH]) {
      const codes = (await gated(name, name === EXPORT ? 8 * HOUR : 0)).findings.map(({ code }) => code);
      for (const doubt of ['too-precise', 'rate-scale', 'off-grid', 'gap', 'duplicate'] as const) {
        expect(codes).not.toContain(doubt);
      }
    }
  });
});
