/** What the value-at-risk study is given, and the parts of the configuration tree that it reads. */
import type { Bars } from '../../market/bars.ts';
import type { Book } from '../../model/book.ts';
import type { Scenario } from '../../model/scenario.ts';
import type { VenueConfig } from '../../venue/venue-config.ts';
import type { VenueSpec } from '../../venue/venue-spec.ts';
import type { VarConfig } from '../var-config.ts';

export type VarInputs = {
  readonly book: Book;
  /** At most one series a symbol; symbols that the book does not hold are left aside. */
  readonly ohlcv: readonly Bars[];
  /** The venue of every account. */
  readonly venues: readonly VenueSpec[];
  /** The one that `studies.var.stressed` names; null where none is. */
  readonly scenario: Scenario | null;
};

export type VarTree = { readonly venue: VenueConfig; readonly studies: { readonly var: VarConfig } };
