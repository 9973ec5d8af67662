/** Money that goes down with a venue is told on the page. */
import { expect, test } from 'vitest';
import { lostBlocks } from '../../src/pages/stress-scenario.ts';
import { hours, START, smallScenario, statedAsset } from '../support/small-scenario.ts';
import { longBook, stressOf } from '../support/stress-study.ts';
import { HOUR } from '../support/venue-scene.ts';

const dead = smallScenario({
  id: 'dead',
  stated: [statedAsset('BTC', hours([-48, 100], [0, 100], [1, 100], [2, 90], [24, 90]))],
  venue: [{ kind: 'bankruptcy', venue: 'any', at: START + 3 * HOUR, recovery: 0.25 }],
});
const textOf = (guards: string, book: string, ...scenarios: Parameters<typeof stressOf>[0]) =>
  lostBlocks(stressOf(scenarios, { book, set: [`engine.guards=${guards}`] }).result).map((block) =>
    block.kind === 'text' ? block.text : '',
  );

test('a line for each scenario in which money was lost, and for no other', () => {
  // 1,000 - 10 x 10 = 900, of which a quarter is left.
  expect(textOf('[]', longBook, dead, smallScenario())).toEqual(['dead: 675.00 USDT was lost with a venue.']);
});

test('both sums where the guards make another one', () => {
  // The stop at 95 leaves 950 to be lost.
  const book = longBook.replace('leverage: 5', 'leverage: 5, stop: 95');
  expect(textOf('["stops"]', book, dead)).toEqual([
    'dead: 712.50 USDT was lost with a venue, 675.00 USDT without the guards.',
  ]);
});

test('collateral and spot that were lost are part of it', () => {
  const book = `account: { currency: USDT, venue: test, marginMode: cross, collateral: [{ asset: USDT, qty: 1000 }, { asset: USDC, qty: 400, haircut: 0.05 }] }
positions:
  - { symbol: BTCUSDT, qty: 10, entry: 100, leverage: 5 }
`;
  // Three quarters of 1,000 - 100 and of 400 x 0.95 = 380: 675 + 285.
  expect(textOf('[]', book, dead)).toEqual(['dead: 960.00 USDT was lost with a venue.']);
});
