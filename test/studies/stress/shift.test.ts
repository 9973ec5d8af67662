import { expect, test } from 'vitest';
import { bookOf } from '../../../src/io/portfolio-text.ts';
import { shiftsOf } from '../../../src/studies/stress/shift.ts';
import { hours, smallScenario, statedAsset } from '../../support/small-scenario.ts';
import { resultOf } from '../../support/stress-study.ts';

const scenario = smallScenario({
  stated: [
    statedAsset('BTC', hours([-48, 100], [0, 100], [24, 80])),
    statedAsset('LUNA', hours([-48, 50], [0, 50], [24, 1])),
    statedAsset('GOLD', hours([-48, 10], [0, 10], [24, 12])),
  ],
  shocks: [
    { asset: 'BTC', move: -0.2 },
    { asset: 'LUNA', move: -0.98 },
    { asset: 'GOLD', move: 0.2 },
    { asset: 'DEFAULT', move: -0.3 },
  ],
});
const book = (positions: string) =>
  bookOf(`account: { balance: 1000, venue: test }\npositions:\n${positions}`, 'b.yaml');
const held = `  - { symbol: SOLUSDT, qty: 10, entry: 20, leverage: 2 }
  - { symbol: ETHUSDT, qty: -100, entry: 10, leverage: 2 }
`;

test('a pair says whose part an asset takes', () => {
  expect([...shiftsOf(scenario, book(held), ['SOL=LUNA'])]).toEqual([['SOL', 'LUNA']]);
  const { mapping, shock } = resultOf(scenario, {
    book: `account: { balance: 1000, venue: test }\npositions:\n${held}`,
    set: ['studies.stress.shift=["SOL=LUNA"]', 'engine.guards=[]'],
  });
  expect(mapping[0]).toMatchObject({ symbol: 'SOLUSDT', by: 'points', of: 'LUNA', price: 20 });
  // 1 / 50
  expect(mapping[0]?.move).toBeCloseTo(-0.98, 10);
  // 10 x 20 x -0.98
  expect(shock.positions[0]?.pnl).toBeCloseTo(-196, 9);
});

test('assets: what is held most takes what hurts it most, a short what rises', () => {
  // ETH is short 1,000, SOL long 200: ETH takes GOLD (+20 %), SOL then LUNA (-98 %).
  expect([...shiftsOf(scenario, book(held), ['assets'])]).toEqual([
    ['ETH', 'GOLD'],
    ['SOL', 'LUNA'],
  ]);
});

test('a pair behind assets wins over it', () => {
  expect(shiftsOf(scenario, book(held), ['assets', 'SOL=BTC']).get('SOL')).toBe('BTC');
});

test('an asset that the scenario does not have is refused with the nearest', () => {
  expect(() => shiftsOf(scenario, book(held), ['SOL=LUMA'])).toThrow(
    /--shift must name an asset of the scenario small .* was "LUMA".*Did you mean LUNA\?/,
  );
});

test('a pair that would do nothing is refused: an asset that is not held, or one named twice', () => {
  expect(() => shiftsOf(scenario, book(held), ['XRP=LUNA'])).toThrow(
    /--shift must name an asset of the book before "=", was "XRP".*It holds SOL, ETH/,
  );
  expect(() => shiftsOf(scenario, book(held), ['SOL=LUNA', 'SOL=BTC'])).toThrow(
    /--shift must name an asset once before "=", SOL stood there twice/,
  );
});
