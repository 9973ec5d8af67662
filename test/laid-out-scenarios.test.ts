/** Every bundled scenario laid out in bars: what its file states is what runs see, to the digit. */
import { expect, test } from 'vitest';
import { loadScenario, scenarioIds } from '../src/io/scenario-files.ts';
import type { Scenario, StatedAsset } from '../src/model/scenario.ts';
import { priceAt } from '../src/replay/price-line.ts';
import { statedLines } from '../src/replay/scenario-lines.ts';
import { barsTo, mapAsset, placeLines } from '../src/replay/scenario-market.ts';

const scenarios = await Promise.all(
  scenarioIds().map(async (id) => (await loadScenario(id, process.cwd())).scenario),
);

function barsOf(scenario: Scenario, asset: string, level: number | null = null) {
  const lines = statedLines(scenario, { policy: 'pessimistic', exposures: [], seed: 1 });
  const mapping = mapAsset(scenario, asset);
  const line = lines.get(asset);
  if (line === undefined) throw new Error(`${scenario.id} states no prices of ${asset}`);
  const placing = { symbol: `${asset}USDT`, asset, mapping, level: level ?? priceAt(line, scenario.start) };
  const { last, mark } = placeLines(scenario, lines, placing, { scale: 1, seed: 1 });
  return {
    last: barsTo(last, placing.symbol, scenario),
    mark: mark === null ? null : barsTo(mark, placing.symbol, scenario),
  };
}

const inside =
  ({ time }: { time: Float64Array }, { start }: Scenario) =>
  (_: number, i: number) =>
    time[i]! >= start;

function lowOf(id: string, asset: string, which: 'last' | 'mark' = 'last'): number {
  const scenario = found(id);
  const bars = barsOf(scenario, asset)[which];
  if (bars === null) throw new Error(`${id} parts no mark from last`);
  return Math.min(...bars.low.filter(inside(bars, scenario)));
}

function found(id: string): Scenario {
  const scenario = scenarios.find((one) => one.id === id);
  if (scenario === undefined) throw new Error(`there is no scenario ${id}`);
  return scenario;
}

function statedExtremes({ bars, points }: StatedAsset): { low: number; high: number } {
  const rows = bars.flatMap((block) => block.rows);
  const prices = [...rows.flatMap(({ low, high }) => [low, high]), ...points.map(({ value }) => value)];
  return { low: Math.min(...prices), high: Math.max(...prices) };
}

test.each(scenarios.map((one) => [one.id, one] as const))(
  '%s: no bar goes beyond its stated extremes',
  (_, scenario) => {
    if (scenario.cascade !== null || scenario.gaps.length > 0) return;
    for (const stated of scenario.stated) {
      const { last } = barsOf(scenario, stated.asset);
      const { low, high } = statedExtremes(stated);
      const first = stated.bars[0]?.rows[0]?.open ?? stated.points[0]?.value ?? 1;
      if (low < first) expect(Math.min(...last.low)).toBe(low);
      if (high > first) expect(Math.max(...last.high)).toBe(high);
    }
  },
);

// The figures, on the bars that runs see.
test('covid: the index falls to 3,782.13, the perpetual to 3,621.81', () => {
  expect(lowOf('covid', 'BTC', 'mark')).toBe(3782.13);
  expect(lowOf('covid', 'BTC')).toBeCloseTo(3621.81, 2);
});

test('may-2021: BTC falls from 59,500 to 30,000', () => {
  const scenario = found('may-2021');
  const { last } = barsOf(scenario, 'BTC');
  expect(Math.max(...last.high.filter(inside(last, scenario)))).toBe(59_500);
  expect(lowOf('may-2021', 'BTC')).toBe(30_000);
});

test('october-2025: BTC trades at 102,000; yen-unwind: at 49,000', () => {
  expect(lowOf('october-2025', 'BTC')).toBeCloseTo(102_000, 6);
  expect(lowOf('yen-unwind', 'BTC')).toBe(49_000);
});

test('luna: -99.0 % within 48 h, and -99.99 % in the worst 24', () => {
  const { last } = barsOf(found('luna'), 'LUNA');
  const { close } = last;
  const falls = (hours: number) => [...close.subarray(hours)].map((price, i) => price / close[i]! - 1);
  // crisis.json: the first span of 48 h with more than -99 % is 29.80 to 0.292.
  expect(falls(48).find((fall) => fall < -0.99)).toBeCloseTo(0.292 / 29.8 - 1, 12);
  // crisis.json: -0.9999557
  expect(Math.min(...falls(24))).toBeCloseTo(-0.9999557, 7);
});

test('ftx: BTC -26.5 %, SOL -66.9 %, FTT -95.2 % from peak to trough', () => {
  const fall = (asset: string) => {
    const { last } = barsOf(found('ftx'), asset);
    let peak = 0;
    let worst = 0;
    for (let i = 0; i < last.time.length; i += 1) {
      peak = Math.max(peak, last.high[i]!);
      worst = Math.min(worst, last.low[i]! / peak - 1);
    }
    return Math.round(worst * 1000) / 10;
  };
  expect([fall('BTC'), fall('SOL'), fall('FTT')]).toEqual([-26.5, -66.9, -95.2]);
});

test('wick-2025-12: the last price falls to 24,111.22 within a bar, the index stays', () => {
  expect(lowOf('wick-2025-12', 'BTC')).toBeCloseTo(24_111.22, 6);
  expect(lowOf('wick-2025-12', 'BTC', 'mark')).toBeGreaterThan(80_000);
});
