/** The simulated exchange without a path: one moment, whose prices a test sets. */
import { createVenueState } from '../../src/venue/create-venue.ts';
import { type Venue, venueOf } from '../../src/venue/venue.ts';
import type { VenueConfig } from '../../src/venue/venue-config.ts';
import type { LiquidationTerms, VenueSpec } from '../../src/venue/venue-spec.ts';
import type { Liquidity } from '../../src/venue/venue-world.ts';
import { flatTable } from './flat-table.ts';
import { type bookOf, frictionless, venueOfTable } from './venue-scene.ts';

export type Setting = {
  readonly book: ReturnType<typeof bookOf>;
  readonly marks: readonly number[];
  /** The marks where left out. */
  readonly last?: readonly number[];
  readonly symbols?: readonly string[];
  readonly table?: ReturnType<typeof flatTable>;
  readonly terms?: Partial<LiquidationTerms>;
  /** One venue of `table` and `terms` where left out. */
  readonly specs?: readonly VenueSpec[];
  readonly fees?: Partial<VenueConfig['fees']>;
  readonly config?: Partial<VenueConfig>;
  readonly liquidity?: Partial<Liquidity>;
};

/** A venue at time 0: a book and marks by symbol; the market trades 10,000 a day at 4 %, 100 in the bar that ends at 1000. */
export function venueAt(setting: Setting): Venue {
  const { book, marks, last = marks, symbols = ['BTCUSDT'], table = flatTable(0.005), terms = {} } = setting;
  const world = {
    symbols,
    specs: setting.specs ?? [venueOfTable(table, terms)],
    config: {
      ...frictionless,
      ...setting.config,
      fees: { maker: 0, taker: 0, liquidation: terms.feeRate ?? 0, ...setting.fees },
    },
    liquidityAt: () => ({
      sigmaDaily: 0.04,
      volumeDaily: 10_000,
      barVolume: 100,
      barEnd: 1000,
      spread: 1,
      depth: 0,
      ...setting.liquidity,
    }),
  };
  const prices = { last: Float64Array.from(last), mark: Float64Array.from(marks) };
  return venueOf(world, createVenueState(world, book, 0), prices);
}
