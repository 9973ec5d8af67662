import { describe, expect, test } from 'vitest';
import { fires, firesBelow } from '../../src/venue/order-watch.ts';
import { placeOrder } from '../../src/venue/resting-orders.ts';
import { refresh } from '../../src/venue/venue.ts';
import { restingOrder as order } from '../support/resting-order.ts';
import { venueAt } from '../support/still-venue.ts';
import { bookOf, positionOf } from '../support/venue-scene.ts';

describe('an order fires', () => {
  test.each([
    ['stop-market', -1, true],
    ['stop-market', 1, false],
    ['take-profit', -1, false],
    ['take-profit', 1, true],
    ['limit', -1, false],
    ['limit', 1, true],
  ] as const)('%s with side %i as its price falls: %s', (kind, side, below) => {
    const one = order({ kind, side });
    expect(firesBelow(one)).toBe(below);
    expect([fires(one, 94.99, 95), fires(one, 95, 95), fires(one, 95.01, 95)]).toEqual([below, true, !below]);
  });

  test('by the series that it names', () => {
    expect(fires(order({ trigger: 'mark' }), 90, 96)).toBe(false);
    expect(fires(order({ trigger: 'mark' }), 96, 95)).toBe(true);
    expect(fires(order({ trigger: 'last' }), 96, 90)).toBe(false);
  });

  test('from the side on which a known exit lay', () => {
    const exit = (above: boolean) => order({ kind: 'known-exit', exit: { trade: 1, above, feeRate: null } });
    expect([firesBelow(exit(true)), firesBelow(exit(false))]).toEqual([false, true]);
  });
});

test('the watch holds the nearest price of every series and side, and nothing while the venue is out', () => {
  const venue = venueAt({
    book: bookOf([positionOf({ qty: '10', entry: '100', leverage: 5 })]),
    marks: [100],
  });
  for (const one of [
    order({ price: 90 }),
    order({ price: 95 }),
    order({ price: 93, trigger: 'mark' }),
    order({ kind: 'take-profit', price: 110 }),
    order({ kind: 'take-profit', price: 108 }),
    order({ kind: 'limit', price: 107, trigger: 'mark' }),
  ])
    placeOrder(venue, 0, one);
  const { lastLow, lastHigh, markLow, markHigh, orders, wake } = venue.watch;
  expect([lastLow[0], lastHigh[0], markLow[0], markHigh[0], orders, wake]).toEqual([
    95,
    108,
    93,
    107,
    true,
    Number.POSITIVE_INFINITY,
  ]);
  const [status] = venue.state.venues;
  if (status !== undefined) status.halted = true;
  refresh(venue);
  expect([venue.watch.lastLow[0], venue.watch.orders]).toEqual([Number.NEGATIVE_INFINITY, false]);
});

test('the watch keeps symbols apart, and waits for the first moment at which an order goes on', () => {
  const venue = venueAt({ book: bookOf([]), marks: [100, 50], symbols: ['BTCUSDT', 'ETHUSDT'] });
  placeOrder(venue, 0, order({ symbol: 1, price: 45 }));
  placeOrder(venue, 0, order({ price: 95 }), 2000);
  placeOrder(venue, 0, order({ price: 95 }), 1500);
  const { lastLow, lastHigh, wake } = venue.watch;
  expect([...lastLow]).toEqual([Number.NEGATIVE_INFINITY, 45]);
  expect([...lastHigh]).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
  expect(wake).toBe(1500);
});
