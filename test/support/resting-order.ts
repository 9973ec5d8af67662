/** An order that rests at the venue. */
import type { RestingOrder } from '../../src/venue/venue-state.ts';

/** A stop that sells all of a long in the first symbol where last falls to 95, but for what a test says. */
export function restingOrder(over: Partial<RestingOrder> = {}): RestingOrder {
  return {
    id: 0,
    symbol: 0,
    kind: 'stop-market',
    side: -1,
    qty: null,
    price: 95,
    trigger: 'last',
    opens: null,
    resumesAt: null,
    exit: null,
    ...over,
  };
}
