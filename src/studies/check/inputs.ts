/** What the check of one order is given, and the parts of the configuration tree that it reads. */
import type { EngineConfig } from '../../engine/engine-config.ts';
import type { GuardsConfig } from '../../engine/guards-config.ts';
import type { Bars } from '../../market/bars.ts';
import type { Ticks } from '../../market/ticks.ts';
import type { Book } from '../../model/book.ts';
import type { StatedOrder } from '../../model/order.ts';
import type { VenueConfig } from '../../venue/venue-config.ts';
import type { VenueSpec } from '../../venue/venue-spec.ts';
import type { CheckConfig } from '../check-config.ts';

export type CheckInputs = {
  /** At most one series a symbol, here and below. */
  readonly ohlcv: readonly Bars[];
  readonly mark: readonly Bars[];
  readonly ticks: readonly Ticks[];
  readonly book: Book | null;
  readonly order: StatedOrder | null;
  /** The venue of every account. */
  readonly venues: readonly VenueSpec[];
};

export type CheckTree = {
  readonly data: { readonly maxGap: number };
  readonly mode: string;
  readonly engine: EngineConfig;
  readonly guards: GuardsConfig;
  readonly venue: VenueConfig;
  readonly studies: { readonly check: CheckConfig };
};
