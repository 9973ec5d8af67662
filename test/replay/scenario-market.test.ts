import { expect, test } from 'vitest';
import { lineOf, priceAt } from '../../src/replay/price-line.ts';
import { statedLines } from '../../src/replay/scenario-lines.ts';
import { barsTo, levelled, mapAsset, placeLines } from '../../src/replay/scenario-market.ts';
import { hours, START, smallScenario, statedAsset } from '../support/small-scenario.ts';
import { HOUR } from '../support/venue-scene.ts';

const linked = [
  { asset: 'SOL', by: 'beta', of: 'ETH', beta: 1.5 },
  { asset: 'ETH', by: 'proxy', of: 'BTC', beta: 1 },
  { asset: 'DEFAULT', by: 'beta', of: 'BTC', beta: 1.2 },
] as const;
const half = { scale: 0.5, seed: 1 };
const whole = { scale: 1, seed: 1 };

function lastOf(scenario: ReturnType<typeof smallScenario>, asset: string, level: number, degree = whole) {
  const lines = statedLines(scenario, { policy: 'olhc', exposures: [], seed: 1 });
  const mapping = mapAsset(scenario, asset);
  return placeLines(scenario, lines, { symbol: `${asset}USDT`, asset, mapping, level }, degree);
}

test('an asset has its own prices, or those that it is linked to, or what DEFAULT has', () => {
  const scenario = smallScenario({ linked });
  expect(mapAsset(scenario, 'BTC')).toEqual({ by: 'points', of: 'BTC', beta: 1, residual: 0 });
  expect(mapAsset(scenario, 'ETH')).toEqual({ by: 'proxy', of: 'BTC', beta: 1, residual: 0 });
  expect(mapAsset(scenario, 'SOL')).toEqual({ by: 'beta', of: 'BTC', beta: 1.5, residual: 0 });
  expect(mapAsset(scenario, 'PEPE')).toEqual({ by: 'default', of: 'BTC', beta: 1.2, residual: 0 });
  expect(mapAsset(scenario, 'USDC')).toEqual({ by: 'default', of: '', beta: 0, residual: 0 });
});

test('RULES 4.3: at a correlation of 0.9 the log move is 0.9 x sigma / sigma of the factor, and a residual', () => {
  const factor = {
    correlation: 0.9,
    of: 'BTC',
    sigmas: [
      { asset: 'BTC', sigma: 0.04 },
      { asset: 'SOL', sigma: 0.06 },
      { asset: 'DEFAULT', sigma: 0.08 },
    ],
  };
  const scenario = smallScenario({ factor, linked: [] });
  const { beta, residual, by } = mapAsset(scenario, 'SOL');
  expect([by, beta]).toEqual(['beta', (0.9 * 0.06) / 0.04]);
  // sqrt(1 - 0.81) x 0.06
  expect(residual).toBeCloseTo(0.0261533937, 9);
  expect(mapAsset(scenario, 'PEPE').by).toBe('default');
  const { last } = lastOf(scenario, 'SOL', 10);
  const factorMove = Math.log(80 / 100);
  const own = Math.log(priceAt(last, scenario.end) / 10) - 1.35 * factorMove;
  expect(own).not.toBe(0);
  expect(Math.abs(own)).toBeLessThan(6 * residual);
  expect(priceAt(last, START)).toBe(10);
});

test('a beta and a scale are powers, at the level of the book; history keeps its own', () => {
  const stated = [statedAsset('BTC', hours([-48, 50], [0, 100], [24, 80]))];
  const scenario = smallScenario({ stated, linked });
  // 200 x 0.8 ^ 1.5 = 143.108...; half of the move: 200 x 0.8 ^ 0.75 = 169.179...
  expect(priceAt(lastOf(scenario, 'SOL', 200).last, scenario.end)).toBeCloseTo(143.1083506, 6);
  expect(priceAt(lastOf(scenario, 'SOL', 200, half).last, scenario.end)).toBeCloseTo(169.1794, 3);
  expect(priceAt(lastOf(scenario, 'BTC', 200, half).last, START - 48 * HOUR)).toBe(100);
  expect(priceAt(lastOf(scenario, 'BTC', 100).last, scenario.end)).toBe(80);
});

test('scale 0 is flat from the start on', () => {
  const { last } = lastOf(smallScenario(), 'BTC', 321.5, { scale: 0, seed: 1 });
  for (const hour of [0, 5, 24]) expect(priceAt(last, START + hour * HOUR)).toBe(321.5);
});

test('a gap parts last from mark, of an asset or of all', () => {
  const gaps = [{ asset: 'BTC', points: hours([0, 0], [12, -0.1], [24, 0]) }];
  const scenario = smallScenario({ gaps });
  const { last, mark } = lastOf(scenario, 'BTC', 100);
  if (mark === null) throw new Error('there is a mark');
  const at = START + 12 * HOUR;
  expect(priceAt(last, at)).toBeCloseTo(0.9 * priceAt(mark, at), 10);
  expect(lastOf(smallScenario(), 'BTC', 100).mark).toBeNull();
});

test('bars begin with the first whole interval of history and end with the event', () => {
  const bars = barsTo(lineOf(hours([-2.5, 90], [0, 100], [24, 80])), 'BTCUSDT', {
    start: START,
    end: START + 24 * HOUR,
    interval: HOUR,
  });
  expect(bars.time[0]).toBe(START - 2 * HOUR);
  expect(bars.time).toHaveLength(26);
  expect(bars.close.at(-1)).toBe(80);
});

test('a level of its own keeps the digits of the file', () => {
  const line = lineOf(hours([0, 9188], [24, 3782.13]));
  expect(levelled(line, START, { level: 9188, power: 1, scale: 1 })).toBe(line);
});

test('history takes the scale of 1 where beta x scale is 1, as it does a hair beside it', () => {
  // From 100 to 110 before the start, to 80 after it. Beta 2, level 110: history is 110 x (100 / 110) ^ 2 = 90.909..., whatever the
  // scale; at a scale of 0.5 the end is 110 x (80 / 110) ^ 1 = 80.
  const line = lineOf(hours([-48, 100], [0, 110], [24, 80]));
  const at = (scale: number) => levelled(line, START, { level: 110, power: 2, scale });
  expect(priceAt(at(0.5), START - 48 * HOUR)).toBeCloseTo(90.90909091, 8);
  expect(priceAt(at(0.5), START + 24 * HOUR)).toBe(80);
  for (const beside of [0.49999999, 0.50000001])
    for (const hour of [-48, -24, 0, 12, 24]) {
      const time = START + hour * HOUR;
      expect(priceAt(at(0.5), time) / priceAt(at(beside), time)).toBeCloseTo(1, 7);
    }
});
