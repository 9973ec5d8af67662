import { expect, test } from 'vitest';
import { leverageDistances } from '../../../src/studies/stress/distance.ts';
import { distanceResult } from '../../../src/studies/stress/distance-result.ts';
import { flatTable } from '../../support/flat-table.ts';
import { venueAt } from '../../support/still-venue.ts';
import { bookOf, positionOf } from '../../support/venue-scene.ts';

const book = bookOf([
  positionOf({ qty: '1', entry: '90', leverage: 7 }),
  positionOf({ symbol: 'ETHUSDT', qty: '-2', entry: '50', leverage: 3, marginMode: 'cross' }),
]);
const venue = () =>
  venueAt({ book, marks: [100, 50], symbols: ['BTCUSDT', 'ETHUSDT'], table: flatTable(0.005, 0, 20) });

const crash = {
  id: 'crash',
  extremes: [
    { symbol: 'BTCUSDT', low: 0.7, high: 1.02 },
    { symbol: 'ETHUSDT', low: 0.6, high: 1.4 },
  ],
};

test('each position by the move against it, opened at the mark of now whatever its own leverage and entry', () => {
  const rows = leverageDistances(venue(), [crash]);
  expect(distanceResult.parse(rows)).toEqual(rows);
  expect(rows).toEqual([
    {
      account: 'main',
      symbol: 'BTCUSDT',
      direction: 'long',
      contract: 'linear',
      leverage: 7,
      scenario: 'crash',
      move: expect.closeTo(0.3, 12),
      // 1 / (1 - 0.7 x 0.995)
      largest: expect.closeTo(1 / 0.3035, 10),
      allowed: expect.closeTo(1 / 0.3035, 10),
    },
    {
      account: 'main',
      symbol: 'ETHUSDT',
      direction: 'short',
      contract: 'linear',
      leverage: 3,
      scenario: 'crash',
      move: expect.closeTo(0.4, 12),
      // 1 / (1.4 x 1.005 - 1)
      largest: expect.closeTo(1 / 0.407, 10),
      allowed: expect.closeTo(1 / 0.407, 10),
    },
  ]);
});

test('a scenario that never moves against a position leaves its maintenance, and what the venue allows', () => {
  const calm = { id: 'up', extremes: [{ symbol: 'BTCUSDT', low: 1.01, high: 1.5 }] };
  const [row, ...others] = leverageDistances(venue(), [calm]);
  expect(row).toMatchObject({ move: 0, largest: expect.closeTo(200, 9), allowed: 20 });
  // ETHUSDT is no part of it.
  expect(others).toEqual([]);
});

test('a cap of the venue on the symbol, or on all, holds beside its table', () => {
  const capped = venue();
  capped.state.venues[0]?.leverageCaps.push({ symbol: 0, cap: 8 }, { symbol: -1, cap: 12 });
  const rows = leverageDistances(capped, [
    { id: 'small', extremes: crash.extremes.map((one) => ({ ...one, low: 0.99, high: 1.01 })) },
  ]);
  expect(rows.map(({ allowed }) => allowed)).toEqual([8, 12]);
});
