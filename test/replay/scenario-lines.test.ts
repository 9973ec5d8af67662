import { expect, test } from 'vitest';
import { priceAt } from '../../src/replay/price-line.ts';
import { seedOf, statedLines } from '../../src/replay/scenario-lines.ts';
import { hours, START, smallScenario, statedAsset } from '../support/small-scenario.ts';
import { HOUR } from '../support/venue-scene.ts';

const choice = { policy: 'olhc', exposures: [], seed: 1 } as const;
const lineOf = (scenario: ReturnType<typeof smallScenario>, policy: 'olhc' | 'ohlc' = 'olhc') => {
  const line = statedLines(scenario, { ...choice, policy }).get('BTC');
  if (line === undefined) throw new Error('BTC is stated');
  return line;
};
const day = { time: START, open: 100, high: 110, low: 70, close: 90 };
const daily = [{ interval: 24 * HOUR, rows: [day] }];

test('a stated bar gives each leg a third of its time, in the order that is asked for', () => {
  const scenario = smallScenario({ stated: [statedAsset('BTC', [], { bars: daily })] });
  expect([0, 8, 16, 24].map((hour) => priceAt(lineOf(scenario), START + hour * HOUR))).toEqual([
    100, 70, 110, 90,
  ]);
  expect([8, 16].map((hour) => priceAt(lineOf(scenario, 'ohlc'), START + hour * HOUR))).toEqual([110, 70]);
});

test('the pessimistic order goes against what the book holds of an asset', () => {
  const scenario = smallScenario({ stated: [statedAsset('BTC', [], { bars: daily })] });
  const held = (qty: number) => {
    const exposures = [{ symbol: 'BTC', from: -Infinity, to: Infinity, qty }];
    const line = statedLines(scenario, { policy: 'pessimistic', exposures, seed: 1 }).get('BTC');
    return line === undefined ? Number.NaN : priceAt(line, START + 8 * HOUR);
  };
  expect([held(2), held(-2)]).toEqual([70, 110]);
});

test('bars and points join in time, and a bridge fills the way between them and inside coarse bars', () => {
  const stated = statedAsset('BTC', hours([-48, 95], [-24, 100], [36, 60]), { bars: daily, bridge: 0.05 });
  const line = lineOf(smallScenario({ stated: [stated], end: START + 36 * HOUR }));
  for (const [hour, price] of [
    [-48, 95],
    [-24, 100],
    [0, 100],
    [8, 70],
    [16, 110],
    [24, 90],
    [36, 60],
  ] as const) {
    expect(priceAt(line, START + hour * HOUR)).toBe(price);
  }
  const inBar = [...line.price].filter(
    (_, i) => (line.time[i] ?? 0) > START && (line.time[i] ?? 0) < START + 24 * HOUR,
  );
  // The way inside a coarse bar is bridged as well, and never leaves its extremes.
  expect(inBar.length).toBeGreaterThan(50);
  expect([Math.min(...inBar), Math.max(...inBar)]).toEqual([70, 110]);
  expect(line.time.length).toBeGreaterThan(100);
  // The lowest stated price lies below the first: it is the low of the event.
  expect(Math.min(...line.price)).toBe(60);
});

test('a cascade follows its gap with a round of sales at a time', () => {
  // QUANT 11: P0 = 100, shock 5 %, k = 1e-8: 95 hits the first level, 2m push it to 93.1188..., which hits none.
  const cascade = {
    asset: 'BTC',
    at: START + 12 * HOUR,
    shock: 0.05,
    k: 1e-8,
    every: HOUR,
    levels: [
      { price: 0.95, notional: 2_000_000 },
      { price: 0.93, notional: 3_000_000 },
    ],
  };
  const stated = [statedAsset('BTC', hours([-48, 100], [24, 100]))];
  const line = lineOf(smallScenario({ stated, cascade }));
  expect(priceAt(line, START + 12 * HOUR - 1)).toBeCloseTo(100, 9);
  expect(priceAt(line, START + 12 * HOUR)).toBe(95);
  expect(priceAt(line, START + 13 * HOUR)).toBeCloseTo(93.11887396414176, 10);
});

test('another asset in a file changes the way of none', () => {
  const btc = statedAsset('BTC', hours([-48, 100], [24, 80]), { bridge: 0.03 });
  const eth = statedAsset('ETH', hours([-48, 10], [24, 5]), { bridge: 0.03 });
  const alone = lineOf(smallScenario({ stated: [btc] }));
  const together = lineOf(smallScenario({ stated: [eth, btc] }));
  expect(together).toEqual(alone);
  expect(seedOf(1, 'a')).not.toBe(seedOf(1, 'b'));
  expect(seedOf(1, 'a')).not.toBe(seedOf(2, 'a'));
});
