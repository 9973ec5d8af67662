/** The historical scenarios: each file holds the headline numbers of its event, as published. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readScenario } from '../src/io/read-scenario.ts';
import type { Known, KnownBar, Scenario, StatedAsset } from '../src/model/scenario.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function scenarioOf(id: string): Scenario {
  const path = fileURLToPath(new URL(`../scenarios/${id}.yaml`, import.meta.url));
  return readScenario(readFileSync(path, 'utf8'), path);
}

function assetOf({ id, stated }: Scenario, asset: string): StatedAsset {
  const own = stated.find((one) => one.asset === asset);
  if (own === undefined) throw new Error(`${id} states no prices of ${asset}`);
  return own;
}

function barsOf(scenario: Scenario, asset: string): readonly KnownBar[] {
  return assetOf(scenario, asset).bars.flatMap(({ rows }) => rows);
}

function barAt(scenario: Scenario, asset: string, at: string): KnownBar | undefined {
  return barsOf(scenario, asset).find(({ time }) => time === Date.parse(at));
}

function pointAt(scenario: Scenario, asset: string, at: string): number | undefined {
  return valueAt(assetOf(scenario, asset).points, at);
}

function valueAt(points: readonly Known[] | undefined, at: string): number | undefined {
  return points?.find(({ time }) => time === Date.parse(at))?.value;
}

/** Every stated price of an asset between two moments; the extremes of a bar stand at its open. */
function stated(scenario: Scenario, asset: string, from = '1970-01-01', to = '2100-01-01'): Known[] {
  const { points } = assetOf(scenario, asset);
  const extremes = barsOf(scenario, asset).flatMap(({ time, high, low }) => [
    { time, value: high },
    { time, value: low },
  ]);
  const [first, last] = [Date.parse(from), Date.parse(to)];
  return [...points, ...extremes].filter(({ time }) => time >= first && time <= last);
}

const lowest = (...of: Parameters<typeof stated>) => Math.min(...stated(...of).map(({ value }) => value));
const highest = (...of: Parameters<typeof stated>) => Math.max(...stated(...of).map(({ value }) => value));

function shockOf({ shocks }: Scenario, asset: string): number | undefined {
  return shocks.find((one) => one.asset === asset)?.move;
}

function collateralOf({ collateral }: Scenario, asset: string): readonly Known[] {
  return collateral.find((one) => one.asset === asset)?.points ?? [];
}

function gapOf({ gaps }: Scenario, asset: string): readonly Known[] {
  return gaps.find((one) => one.asset === asset)?.points ?? [];
}

function settlementsOf({ funding }: Scenario, asset: string, from: string, to: string): number[] {
  const own = funding.find((one) => one.asset === asset);
  if (own === undefined) return [];
  const all: number[] = [];
  for (let time = Date.parse(from); time < Date.parse(to); time += own.interval) {
    const rate = own.rates.findLast((one) => one.time <= time);
    if (rate !== undefined) all.push(rate.value);
  }
  return all;
}

const historical = [
  'luna',
  'ftx',
  'covid',
  'may-2021',
  'usdc-depeg',
  'yen-unwind',
  'bybit-hack',
  'jelly',
  'october-2025',
  'wick-2025-12',
  'february-2026',
  'flash-crash-2010',
];

test.each(historical)('%s has two days of history for guards to know, and few enough bars', (id) => {
  const scenario = scenarioOf(id);
  expect(scenario.kind).toBe('historical');
  for (const { asset, bars, points } of scenario.stated) {
    const first = Math.min(bars[0]?.rows[0]?.time ?? Infinity, points[0]?.time ?? Infinity);
    expect(scenario.start - first, asset).toBeGreaterThanOrEqual(2 * DAY);
    expect((scenario.end - first) / scenario.interval, asset).toBeLessThanOrEqual(700);
  }
});

test('luna loses 99.0 % within 48 h and 99.996 % in its worst 24', () => {
  const luna = scenarioOf('luna');
  // crisis.json LUNA_hourly_close: stamps are opens of hours, so the close of 05-10 04:00 lies at 05:00.
  expect(pointAt(luna, 'LUNA', '2022-05-10T05:00:00Z')).toBe(29.8);
  expect(pointAt(luna, 'LUNA', '2022-05-12T05:00:00Z')).toBe(0.292);
  // ... and LUNA_worst: w24 ends with the hour of 05-13 00:00, whose close the bar of that hour holds.
  const closes = [
    ...assetOf(luna, 'LUNA').points,
    ...barsOf(luna, 'LUNA')
      .filter(({ time }) => time >= Date.parse('2022-05-13'))
      .map(({ time, close }) => ({ time: time + HOUR, value: close })),
  ];
  const worst = (hours: number) =>
    closes.reduce(
      (least, { time, value }) => {
        const before = closes.find((one) => one.time === time - hours * HOUR);
        const fall = before === undefined ? 0 : value / before.value - 1;
        return fall < least.fall ? { fall, time } : least;
      },
      { fall: 0, time: 0 },
    );
  // ... and blog_claims: 29.80 to 0.292.
  const early = closes.filter(({ time }) => time <= Date.parse('2022-05-12T05:00:00Z'));
  expect((early.at(-1)?.value ?? 0) / (early.at(-49)?.value ?? 1) - 1).toBeCloseTo(-0.990201, 6);
  expect(worst(24).fall).toBeCloseTo(-0.9999557404620696, 12);
  expect(worst(24).time).toBe(Date.parse('2022-05-13T01:00:00Z'));
  expect(worst(48).fall).toBeCloseTo(-0.9999970466627289, 12);
  // The daily rows of crisis.json: 2022-05.
  expect(barAt(luna, 'LUNA', '2022-05-07')?.close).toBe(68.13);
  expect(lowest(luna, 'LUNA')).toBe(0.00004);
  expect(lowest(luna, 'BTC')).toBe(26_700);
  expect(lowest(luna, 'SOL')).toBe(37.37);
  // PEERS 6: at most 8x, BitMEX settles at 20:00; the day is that of the notices, 12 May.
  expect(luna.venue).toContainEqual({
    ...{ kind: 'leverage-cap', venue: 'binance', asset: 'LUNA', cap: 8 },
    at: Date.parse('2022-05-12T08:00:00Z'),
  });
  expect(luna.venue).toContainEqual({
    ...{ kind: 'settle', venue: 'bitmex', asset: 'LUNA', price: null },
    at: Date.parse('2022-05-12T20:00:00Z'),
  });
});

test('ftx: BTC -26.5 %, ETH -33.6 %, SOL -66.9 %, FTT -95.2 %, each to its own hour', () => {
  const ftx = scenarioOf('ftx');
  // crisis.json 2022-11 and 2022-11_falls; `at` is the open of the hour that closes there.
  const falls = [
    { asset: 'BTC', peak: 21_444.61, trough: 15_751.13, fall: -0.265497, at: '2022-11-09T21:00:00Z' },
    { asset: 'ETH', peak: 1660.45, trough: 1102.73, fall: -0.335885, at: '2022-11-09T23:00:00Z' },
    { asset: 'SOL', peak: 37.71, trough: 12.49, fall: -0.668788, at: '2022-11-09T21:00:00Z' },
    { asset: 'FTT', peak: 26.14, trough: 1.2662, fall: -0.951561, at: '2022-11-14T19:00:00Z' },
  ];
  for (const { asset, peak, trough, fall, at } of falls) {
    expect(highest(ftx, asset), asset).toBe(peak);
    expect(lowest(ftx, asset), asset).toBe(trough);
    const troughs = assetOf(ftx, asset).points.filter(({ value }) => value === trough);
    expect(troughs, asset).toEqual([{ time: Date.parse(at) + HOUR, value: trough }]);
    expect(lowest(ftx, asset) / highest(ftx, asset) - 1, asset).toBeCloseTo(fall, 6);
    expect(shockOf(ftx, asset), asset).toBeCloseTo(fall, 3);
  }
  expect(highest(ftx, 'BTC', '2022-11-05', '2022-11-05T23:00:00Z')).toBe(21_444.61);
  // worst_48h and worst_24h there: the price before is the trough / (1 + fall).
  expect(pointAt(ftx, 'SOL', '2022-11-07T22:00:00Z')).toBeCloseTo(12.49 / (1 - 0.5972267), 2);
  expect(pointAt(ftx, 'FTT', '2022-11-08T20:00:00Z')).toBe(4.62);
});

test('ftx: funds cannot be taken out from 8 November and are lost on the 11th; SOL funding sums to -25.75 %', () => {
  const ftx = scenarioOf('ftx');
  // QUANT 8: withdrawals stopped 11-08, Chapter 11 11-11.
  expect(ftx.venue.map(({ kind }) => kind)).toEqual(['withdrawals', 'bankruptcy']);
  const [stop, end] = ftx.venue;
  expect(stop).toMatchObject({ venue: 'ftx', to: end !== undefined && 'at' in end ? end.at : null });
  expect(stop !== undefined && 'from' in stop ? Math.floor(stop.from / DAY) * DAY : null).toBe(
    Date.parse('2022-11-08'),
  );
  expect(end).toMatchObject({ venue: 'ftx', recovery: 0 });
  expect(end !== undefined && 'at' in end ? Math.floor(end.at / DAY) * DAY : null).toBe(
    Date.parse('2022-11-11'),
  );
  // Binance SOLUSDT, 9 to 11 November: seven settlements at the cap of -2 %, sum -25.75 %.
  const rates = settlementsOf(ftx, 'SOL', '2022-11-09', '2022-11-12');
  expect(rates).toHaveLength(36);
  expect(rates.filter((rate) => rate === -0.02)).toHaveLength(7);
  expect(rates.reduce((sum, rate) => sum + rate, 0)).toBeCloseTo(-0.2575, 10);
  // QUANT 7: BTC's mean of 10 November.
  expect(settlementsOf(ftx, 'DEFAULT', '2022-11-10', '2022-11-11')).toEqual([-0.00085, -0.00085, -0.00085]);
});

test('covid: spot from 9,188 to 3,782.13, and the perpetual at 3,621.81 in the same hour', () => {
  const covid = scenarioOf('covid');
  // crisis.json 2020-03, 2020-03_hourly and spot_perp_gap_2020_03_13.
  expect(highest(covid, 'BTC')).toBe(9188);
  expect(barAt(covid, 'BTC', '2020-03-07')?.high).toBe(9188);
  const worst = barAt(covid, 'BTC', '2020-03-13T02:00:00Z');
  expect(worst).toMatchObject({ open: 4130.64, high: 5276.97, low: 3782.13, close: 4848.71 });
  expect(lowest(covid, 'BTC')).toBe(3782.13);
  expect(lowest(covid, 'ETH')).toBe(86);
  expect(lowest(covid, 'BTC') / highest(covid, 'BTC') - 1).toBeCloseTo(-0.588362, 6);
  expect(shockOf(covid, 'BTC')).toBeCloseTo(-0.588362, 3);
  expect(shockOf(covid, 'ETH')).toBeCloseTo(-0.658635, 3);
  // The gap is the same over the whole hour, wherever in it the low lies.
  for (const at of ['2020-03-13T02:00:00Z', '2020-03-13T03:00:00Z']) {
    const gap = valueAt(gapOf(covid, 'BTC'), at) ?? 0;
    expect(gap).toBeCloseTo(-0.042389, 6);
    expect(3782.13 * (1 + gap)).toBeCloseTo(3621.81, 9);
  }
  // The perpetual's low of 12 March, 4,347, in the hour of the spot low of that day.
  expect(barAt(covid, 'BTC', '2020-03-12T23:00:00Z')?.low).toBe(4410);
  expect(4410 * (1 + (valueAt(gapOf(covid, 'BTC'), '2020-03-12T23:00:00Z') ?? 0))).toBeCloseTo(4347, 9);
  // QUANT 8: BitMEX down 02:16 to 02:40; QUANT 7: mean funding of the 13th.
  expect(covid.venue).toEqual([
    {
      ...{ kind: 'outage', venue: 'bitmex' },
      from: Date.parse('2020-03-13T02:16:00Z'),
      to: Date.parse('2020-03-13T02:40:00Z'),
    },
  ]);
  expect(settlementsOf(covid, 'DEFAULT', '2020-03-13', '2020-03-14')).toEqual([
    -0.001272, -0.001272, -0.001272,
  ]);
});

test('may-2021: 59,500 to 30,000 in eleven days, 31.2 % of it on the 19th', () => {
  const may = scenarioOf('may-2021');
  // crisis.json 2021-05 and 2021-05-19_hourly.
  expect(barAt(may, 'BTC', '2021-05-08')?.high).toBe(59_500);
  expect(highest(may, 'BTC')).toBe(59_500);
  expect(barAt(may, 'BTC', '2021-05-19T13:00:00Z')).toMatchObject({ low: 30_000, close: 35_863.06 });
  expect(lowest(may, 'BTC')).toBe(30_000);
  expect(shockOf(may, 'BTC')).toBeCloseTo(-0.495798, 3);
  const day = ['2021-05-19', '2021-05-19T23:00:00Z'] as const;
  expect(lowest(may, 'BTC', ...day) / highest(may, 'BTC', ...day) - 1).toBeCloseTo(-0.311688, 6);
  expect(lowest(may, 'ETH', ...day) / highest(may, 'ETH', ...day) - 1).toBeCloseTo(-0.451439, 6);
  expect(lowest(may, 'ETH', '2021-05-23', '2021-05-23')).toBe(1728.74);
  expect(shockOf(may, 'ETH')).toBeCloseTo(-0.604653, 3);
  expect(lowest(may, 'SOL')).toBe(19.117);
  expect(lowest(may, 'LUNA')).toBe(3.91);
  expect(lowest(may, 'FTT')).toBe(22.734);
});

test('usdc-depeg: USDC at 0.87, DAI at 0.88, FRAX at 0.885, and back at a dollar', () => {
  const depeg = scenarioOf('usdc-depeg');
  // PEERS 6: USDC 0.86 to 0.88, DAI 0.88 to 0.897, FRAX 0.885, 11 March 2023.
  for (const [asset, low] of [
    ['USDC', 0.87],
    ['DAI', 0.88],
    ['FRAX', 0.885],
  ] as const) {
    const points = collateralOf(depeg, asset);
    const least = points.reduce((a, b) => (b.value < a.value ? b : a));
    expect(least.value, asset).toBe(low);
    expect(Math.floor(least.time / DAY) * DAY, asset).toBe(Date.parse('2023-03-11'));
    expect(points.at(-1)?.value, asset).toBe(1);
  }
  // CoinDesk, 2023-03-11 02:54 UTC: back at about 0.98 after 0.94.
  expect(valueAt(collateralOf(depeg, 'USDC'), '2023-03-11T02:54:00Z')).toBe(0.98);
  // Binance spot, closes of the hours of 2023-03-10 10:00, 2023-03-11 07:00 and 2023-03-13 19:00.
  expect(pointAt(depeg, 'BTC', '2023-03-10T11:00:00Z')).toBe(19_621.66);
  expect(pointAt(depeg, 'BTC', '2023-03-11T08:00:00Z')).toBe(19_850.81);
  expect(highest(depeg, 'BTC')).toBe(24_279.91);
});

test('yen-unwind: bitcoin at 49,000 and ether at 2,111 on 5 August 2024, SOL -35.0 %', () => {
  const yen = scenarioOf('yen-unwind');
  // crisis.json 2024-08_daily; SOL: hourly closes, worst at the hour of 12:00.
  expect(barAt(yen, 'BTC', '2024-08-05')).toMatchObject({ open: 58_161, low: 49_000, close: 54_018.81 });
  expect(lowest(yen, 'BTC')).toBe(49_000);
  expect(barAt(yen, 'ETH', '2024-08-05')?.low).toBe(2111);
  expect(lowest(yen, 'ETH')).toBe(2111);
  expect(lowest(yen, 'SOL')).toBe(111.83);
  expect(pointAt(yen, 'SOL', '2024-08-05T13:00:00Z')).toBe(111.83);
  expect(shockOf(yen, 'SOL')).toBeCloseTo(-0.3498, 3);
});

test('bybit-hack: 99.5k to 94.9k on the day, 86k within five', () => {
  const bybit = scenarioOf('bybit-hack');
  // PEERS 6: BTC 99.5k to 94.8k, ETH -4 to -8 %, BTC to 87k in days; the digits are those of Binance spot.
  const day = ['2025-02-21', '2025-02-21T23:59:00Z'] as const;
  expect(highest(bybit, 'BTC', ...day)).toBe(99_475);
  expect(lowest(bybit, 'BTC', ...day)).toBe(94_871.95);
  const ether = lowest(bybit, 'ETH', ...day) / highest(bybit, 'ETH', ...day) - 1;
  expect(ether).toBeGreaterThan(-0.085);
  expect(ether).toBeLessThan(-0.04);
  expect(lowest(bybit, 'BTC')).toBe(86_050.99);
});

test('jelly: more than four times the price, settled at 0.0095', () => {
  const jelly = scenarioOf('jelly');
  // PEERS 6, and the report of 0.0095 to 0.050.
  expect(highest(jelly, 'JELLY', '2025-03-26')).toBe(0.05);
  expect(lowest(jelly, 'JELLY', '2025-03-26T12:00:00Z', '2025-03-26T14:00:00Z')).toBe(0.0095);
  expect(shockOf(jelly, 'JELLY')).toBeCloseTo(4.26, 2);
  const [settled] = jelly.venue;
  expect(jelly.venue).toHaveLength(1);
  expect(settled).toMatchObject({ kind: 'settle', venue: 'hyperliquid', asset: 'JELLY', price: 0.0095 });
  const peak = assetOf(jelly, 'JELLY').points.find(({ value }) => value === 0.05);
  expect(settled !== undefined && 'at' in settled ? settled.at : 0).toBeGreaterThan(peak?.time ?? Infinity);
});

test('october-2025: 102,000 and 3,435 at 21:20, the collateral only after it, shorts taken on the way', () => {
  const october = scenarioOf('october-2025');
  // crisis.json 2025-10_hourly and 2025-10_falls; minutes by PEERS 6.
  const low = '2025-10-10T21:20:00Z';
  expect(pointAt(october, 'BTC', low)).toBe(102_000);
  expect(lowest(october, 'BTC')).toBe(102_000);
  expect(pointAt(october, 'ETH', low)).toBe(3435);
  expect(lowest(october, 'ETH')).toBe(3435);
  const day = ['2025-10-10', '2025-10-10T23:00:00Z'] as const;
  expect(lowest(october, 'BTC', ...day) / highest(october, 'BTC', ...day) - 1).toBeCloseTo(-0.167687, 6);
  // crisis.json counts ETH from its high of 4,393.63 at 01:00.
  expect(lowest(october, 'ETH', ...day) / highest(october, 'ETH', ...day) - 1).toBeCloseTo(-0.218186, 6);
  // The average Binance coin, open of the day to low.
  const open = pointAt(october, 'DEFAULT', '2025-10-10') ?? Number.NaN;
  expect(lowest(october, 'DEFAULT') / open - 1).toBeCloseTo(-0.63, 10);
  // USDe 0.65, 21:36 to 22:16.
  const usde = collateralOf(october, 'USDE');
  expect(Math.min(...usde.map(({ value }) => value))).toBe(0.65);
  for (const { points } of october.collateral) {
    const least = points.reduce((a, b) => (b.value < a.value ? b : a));
    expect(least.time).toBeGreaterThan(Date.parse('2025-10-10T21:36:00Z'));
    expect(least.time).toBeLessThan(Date.parse('2025-10-10T22:16:00Z'));
  }
  expect(october.collateral.map(({ asset }) => asset)).toEqual(['USDE', 'WBETH', 'BNSOL']);
  expect(october.venue[0]).toMatchObject({ kind: 'adl', venue: 'any', asset: null, side: -1 });
  // QUANT 8: depth down by about 98 % at worst.
  expect(Math.min(...october.depth.map(({ value }) => value))).toBe(0.02);
});

test('wick-2025-12: the last price of one pair at 24,111.22, no mark moves', () => {
  const wick = scenarioOf('wick-2025-12');
  // PEERS 6: about 87,000 to 24,111.22 at 09:15 UTC.
  expect(wick.gaps.map(({ asset }) => asset)).toEqual(['BTC']);
  const gap = gapOf(wick, 'BTC');
  const deepest = Math.min(...gap.map(({ value }) => value));
  expect(deepest).toBeCloseTo(-0.72286, 5);
  expect(87_000 * (1 + deepest)).toBeCloseTo(24_111.22, 9);
  expect(gap[0]).toEqual({ time: Date.parse('2025-12-24T09:15:00Z'), value: 0 });
  expect(gap.at(-1)?.value).toBe(0);
  expect((gap.at(-1)?.time ?? Infinity) - (gap[0]?.time ?? 0)).toBeLessThanOrEqual(60_000);
  // The mark is the same on both sides of it, and BTC/USDT never below 86,400 that day; nor does another asset share the gap.
  expect(pointAt(wick, 'BTC', '2025-12-24T09:00:00Z')).toBe(87_000);
  expect(pointAt(wick, 'BTC', '2025-12-24T09:30:00Z')).toBe(87_000);
  expect(lowest(wick, 'BTC', '2025-12-24')).toBeGreaterThan(86_400);
  expect(wick.linked).toEqual([]);
  expect(wick.venue).toEqual([]);
  expect(wick.shocks.map(({ move }) => move)).toEqual([0, 0]);
});

test('february-2026: 60,000 on the 6th, ether below 1,750', () => {
  const february = scenarioOf('february-2026');
  // PEERS 6: BTC low 60,000 to 60,074, -14 to -17 % a day, ETH about 1,750.
  expect(lowest(february, 'BTC')).toBe(60_000);
  expect(barAt(february, 'BTC', '2026-02-06')?.low).toBe(60_000);
  const fifth = barAt(february, 'BTC', '2026-02-05');
  expect((fifth?.close ?? 0) / (fifth?.open ?? 1) - 1).toBeCloseTo(-0.14, 2);
  expect(lowest(february, 'ETH')).toBe(1747.8);
  expect(lowest(february, 'SOL')).toBe(67);
});

test('flash-crash-2010: 9.2 % down at 14:47 in New York, 6.3 % back ten minutes later', () => {
  const crash = scenarioOf('flash-crash-2010');
  expect(crash.prices).toBe('relative');
  // Dow Jones: close of 5 May 10,868.12; low 9,869.62; +305.7 within a minute, +619.42 (6.28 %) by 14:57; close 10,520.32.
  const close = 9869.62 + 998.5;
  const at = (time: string) => pointAt(crash, 'BTC', `2010-05-06T${time}:00Z`);
  expect(at('13:30')).toBe(1);
  expect(at('18:47')).toBeCloseTo(9869.62 / close, 5);
  expect(lowest(crash, 'BTC')).toBe(at('18:47'));
  expect(at('18:48')).toBeCloseTo((9869.62 + 305.7) / close, 5);
  expect((at('18:57') ?? 0) / (at('18:47') ?? 1) - 1).toBeCloseTo(0.0628, 4);
  expect(at('20:00')).toBeCloseTo(10_520.32 / close, 5);
  expect(shockOf(crash, 'DEFAULT')).toBe(-0.092);
  // Findings of the staffs of CFTC and SEC: less than 1 % of the morning's depth, a pause of five seconds.
  expect(Math.min(...crash.depth.map(({ value }) => value))).toBe(0.01);
  expect(crash.venue).toEqual([
    {
      ...{ kind: 'halt', venue: 'any' },
      from: Date.parse('2010-05-06T18:45:28Z'),
      to: Date.parse('2010-05-06T18:45:33Z'),
    },
  ]);
});

/** What the files say beside the round numbers of the press, PEERS 6: each figure again from the prices of the file. */
test('claims of the press stand beside what the prices of the file say', () => {
  const percent = (from: number, to: number) => `${((to / from - 1) * 100).toFixed(2)} %`;
  const dataOf = (id: string) => scenarioOf(id).claims.at(-1)?.data ?? '';
  const barOf = (id: string, asset: string, day: string) => {
    const bar = barAt(scenarioOf(id), asset, day);
    if (bar === undefined) throw new Error(`${id} states no bar of ${asset} at ${day}`);
    return bar;
  };
  const says = (id: string, ...figures: readonly string[]) => {
    for (const figure of figures) expect(dataOf(id), id).toContain(figure);
  };

  const [btc, eth] = ['BTC', 'ETH'].map((asset) => barOf('yen-unwind', asset, '2024-08-05'));
  const before = ['BTC', 'ETH'].map((asset) => barOf('yen-unwind', asset, '2024-08-04').high);
  says('yen-unwind', percent(btc?.high ?? 0, btc?.low ?? 0), percent(eth?.high ?? 0, eth?.low ?? 0));
  says('yen-unwind', percent(before[0] ?? 0, btc?.low ?? 0), percent(before[1] ?? 0, eth?.low ?? 0));

  const hack = scenarioOf('bybit-hack');
  const day = ['2025-02-21', '2025-02-21T23:00:00Z'] as const;
  const fall = (asset: string) => percent(highest(hack, asset, ...day), lowest(hack, asset, ...day));
  says('bybit-hack', fall('BTC'), fall('ETH'), percent(highest(hack, 'BTC', ...day), lowest(hack, 'BTC')));

  const fifth = barOf('february-2026', 'BTC', '2026-02-05');
  says('february-2026', percent(fifth.open, fifth.close), percent(fifth.high, fifth.low));
  says('february-2026', percent(fifth.high, barOf('february-2026', 'BTC', '2026-02-06').low));

  const october = scenarioOf('october-2025');
  for (const [asset, low] of [['BTC', 102_000] as const, ['ETH', 3435] as const]) {
    const hour = barOf('october-2025', asset, '2025-10-10T20:00:00Z').high;
    const high = highest(october, asset, '2025-10-10', '2025-10-10T23:00:00Z');
    says('october-2025', percent(hour, low), percent(high, low));
  }

  const ftx = scenarioOf('ftx');
  const close = (at: string) => pointAt(ftx, 'BTC', at) ?? 0;
  says(
    'ftx',
    percent(close('2022-11-08'), close('2022-11-09')),
    percent(close('2022-11-09'), close('2022-11-10')),
  );
  // crisis.json 2022-11_falls: SOL's worst_168h and max_dd.
  says('ftx', '-62.7 %', '-66.9 %', '15,751.13');

  const covid = scenarioOf('covid');
  const since = ['2020-03-12T02:00:00Z', '2020-03-13T02:00:00Z'] as const;
  const spot = lowest(covid, 'BTC', ...since);
  says('covid', percent(highest(covid, 'BTC', ...since), spot));
  const gap = gapOf(covid, 'BTC').find(({ time }) => time === Date.parse(since[1]))?.value ?? 0;
  expect(spot * (1 + gap)).toBeCloseTo(3621.81, 6);
  says('covid', '3,621.81', percent(7763.81, 3621.81));
});
