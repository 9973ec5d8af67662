/** Recorded bars in the place of points: whose, at what level, and what a mark sees. */
import { expect, test } from 'vitest';
import type { Recorded } from '../../../src/studies/stress.ts';
import { hours, START, smallScenario, statedAsset } from '../../support/small-scenario.ts';
import { type Given, longBook, resultOf } from '../../support/stress-study.ts';
import { barsOf, HOUR } from '../../support/venue-scene.ts';

type Row = readonly [number, number, number, number];

/** Flat bars from 48 hours before the start to 24 after it, but for rows by the hours they begin at. */
function recorded(
  market: 'perp' | 'spot',
  special: Readonly<Record<number, Row>>,
  { symbol = 'BTCUSDT', price = 100, to = 24 } = {},
): Recorded {
  const rows = Array.from(
    { length: 48 + to },
    (_, i): Row => special[i - 48] ?? [price, price, price, price],
  );
  const bars = { ...barsOf(rows, { start: START - 48 * HOUR }), symbol };
  return { file: `${market}_${symbol}`, market, bars };
}

const event = smallScenario({ kind: 'historical' });
const bare = { set: ['engine.guards=[]'] } as const;
const run = (given: Given, scenario = event) => resultOf(scenario, { ...bare, ...given });

test('an invented event keeps its own prices, whatever was recorded on its date', () => {
  for (const kind of ['hypothetical', 'control'] as const) {
    const { mapping, unprotected } = run({ recorded: [recorded('perp', {})] }, { ...event, kind });
    expect(mapping).toMatchObject([{ by: 'points', marks: null, covered: null }]);
    // 10 BTC from 100 to 80 at 5x: the isolated margin of 200 is lost, 800 remain.
    expect(Number(unprotected.endEquity)).toBeLessThan(810);
  }
});

test('the book begins with its equity, though the bar before closed elsewhere', () => {
  const close = recorded('perp', { [-1]: [100, 100, 96, 96] });
  const { unprotected, path } = run({ recorded: [close] });
  expect(unprotected.startEquity).toBe('1000');
  expect(path[0]?.points[0]).toEqual([START, 1]);
});

test('a wick of the perpetual that spot does not have liquidates nobody', () => {
  // 10 at 5x from 100: maintenance 1 %, so that a mark of about 80.8 liquidates; last prices fall to 75, marks to 95.
  const perp = recorded('perp', { 5: [100, 100, 75, 100] });
  const spot = recorded('spot', { 5: [100, 100, 95, 100] });
  expect(run({ recorded: [perp] }).verdict).toBe('liquidated');
  const both = run({ recorded: [perp, spot] });
  expect(both.verdict).toBe('survives');
  expect(both.mapping).toMatchObject([
    { of: 'perp_BTCUSDT', market: 'perp', marks: 'spot_BTCUSDT', move: -0.25 },
  ]);
  // 10 x (95 - 100) on 1,000
  expect(both.unprotected.lowEquity).toBeCloseTo(950, 8);
});

test('the perpetual keeps its distance from spot, to which the level belongs', () => {
  const perp = recorded('perp', { 5: [99, 99, 88, 99] }, { price: 99 });
  const { mapping, unprotected } = run({ recorded: [perp, recorded('spot', {})] });
  // Last prices of 0.88 x spot, from a mark of 100
  expect(mapping[0]?.move).toBeCloseTo(-0.12, 12);
  expect(unprotected.startEquity).toBe('1000');
  expect(unprotected.endEquity).toBe('1000');
});

test('the figures of the file are held against a perpetual at the stated gap, against spot as they are', () => {
  const gaps = [{ asset: 'BTC', points: hours([0, 0], [11, -0.1], [24, -0.1]) }];
  const stated = [statedAsset('BTC', hours([-48, 100], [0, 100], [12, 100], [24, 100]), { exact: true })];
  const scenario = { ...event, gaps, stated };
  const late = Object.fromEntries(Array.from({ length: 13 }, (_, i) => [11 + i, [90, 90, 90, 90] as const]));
  const perp = recorded('perp', late);
  const [onPerp] = run({ recorded: [perp] }, scenario).mapping;
  expect(onPerp?.difference).toEqual({ compared: 4, median: 0, largest: 0, exact: true });
  const [onSpot] = run({ recorded: [recorded('spot', {})] }, scenario).mapping;
  expect(onSpot?.difference).toMatchObject({ compared: 4, largest: 0 });
});

test('who takes the part of another moves along the recorded file of that one', () => {
  const scenario = {
    ...event,
    stated: [...event.stated, statedAsset('LUNA', hours([-48, 60], [0, 60], [24, 6]))],
  };
  const solBook = longBook.replace('BTCUSDT', 'SOLUSDT');
  const set = ['engine.guards=[]', 'studies.stress.shift=["SOL=LUNA"]'];
  const sol = recorded('perp', {}, { symbol: 'SOLUSDT', price: 50 });
  const luna = recorded('spot', { 3: [60, 60, 57, 60] }, { symbol: 'LUNAUSDT', price: 60 });
  const given = { book: solBook, set };
  expect(resultOf(scenario, { ...given, recorded: [sol, luna] }).mapping).toMatchObject([
    // 57 / 60
    { symbol: 'SOLUSDT', by: 'market', of: 'spot_LUNAUSDT', price: 100, move: expect.closeTo(-0.05, 10) },
  ]);
  expect(resultOf(scenario, { ...given, recorded: [sol] }).mapping).toMatchObject([
    { by: 'points', of: 'LUNA', move: expect.closeTo(-0.9, 10) },
  ]);
});

test('who takes the part of an asset that only follows others stays on what it follows', () => {
  const scenario = {
    ...event,
    linked: [...event.linked, { asset: 'ETH', by: 'beta', of: 'BTC', beta: 1.2 } as const],
  };
  const book = longBook.replace('BTCUSDT', 'SOLUSDT');
  const set = ['engine.guards=[]', 'studies.stress.shift=["SOL=ETH"]'];
  const { mapping } = resultOf(scenario, {
    book,
    set,
    recorded: [recorded('perp', {}, { symbol: 'SOLUSDT' })],
  });
  expect(mapping).toMatchObject([{ by: 'beta', of: 'BTC', beta: 1.2 }]);
});

test('behind the end of a file its asset moves as the scenario does, with its beta, and the part that is recorded is named', () => {
  const book = longBook.replace('BTCUSDT', 'SOLUSDT');
  const sol = recorded('spot', {}, { symbol: 'SOLUSDT', price: 50, to: 12 });
  const { mapping, origin } = run({ book, recorded: [sol] });
  // DEFAULT is BTC x 1.5; the second half of ln 0.8: 0.8 ^ 0.75 - 1
  expect(mapping[0]?.move).toBeCloseTo(-0.154103, 5);
  expect(mapping[0]?.covered).toEqual({ from: START, to: START + 12 * HOUR, whole: false });
  expect(origin).toBe('synthetic');
});

test('a file that ends where trading did is all of it recorded', () => {
  const stated = [statedAsset('BTC', hours([-48, 100], [0, 100], [12, 50], [24, 50]))];
  const { mapping, origin } = run({ recorded: [recorded('spot', {}, { to: 12 })] }, { ...event, stated });
  expect(mapping[0]?.covered).toMatchObject({ to: START + 12 * HOUR, whole: true });
  expect(origin).toBe('recorded');
});
