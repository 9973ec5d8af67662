/** What the stress study is given, and the parts of the configuration tree that it reads. */
import type { Bars } from '../../market/bars.ts';
import type { Book } from '../../model/book.ts';
import type { Scenario } from '../../model/scenario.ts';
import type { VenueSpec } from '../../venue/venue-spec.ts';
import type { RunTree } from '../replay/inputs.ts';
import type { StressConfig } from '../stress-config.ts';

/** A recorded series of --market. */
export type Recorded = {
  /** Base name of its file, for reports. */
  readonly file: string;
  readonly market: 'perp' | 'spot';
  readonly bars: Bars;
};

export type StressInputs = {
  readonly book: Book;
  readonly scenarios: readonly Scenario[];
  /** The venue of every account. */
  readonly venues: readonly VenueSpec[];
  readonly recorded: readonly Recorded[];
  /** Bars whose daily returns say what is plausible; none without --ohlcv. */
  readonly ohlcv: readonly Bars[];
  /** How many points of equity and price the result keeps, extremes among them. */
  readonly equityPoints: number;
};

export type StressTree = RunTree & { readonly studies: { readonly stress: StressConfig } };
