/** What the margin study is given, and the parts of the configuration tree that it reads. */

import type { Bars } from '../../market/bars.ts';
import type { Funding } from '../../market/funding.ts';
import type { Ticks } from '../../market/ticks.ts';
import type { Book } from '../../model/book.ts';
import type { VenueSpec } from '../../venue/venue-spec.ts';
import type { MarginConfig } from '../margin-config.ts';
import type { ReplayTree } from '../replay/inputs.ts';

export type MarginInputs = {
  readonly ohlcv: readonly Bars[];
  readonly mark: readonly Bars[];
  readonly funding: readonly Funding[];
  readonly ticks: readonly Ticks[];
  /** Null where flags describe a position. */
  readonly book: Book | null;
  readonly venues: readonly VenueSpec[];
};

export type MarginTree = ReplayTree & {
  readonly studies: { readonly margin: MarginConfig; readonly replay: ReplayTree['studies']['replay'] };
};
