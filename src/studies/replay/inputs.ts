/** What the replay study is given, and the parts of the configuration tree that it reads. */

import type { EngineConfig } from '../../engine/engine-config.ts';
import type { GuardsConfig } from '../../engine/guards-config.ts';
import type { Bars } from '../../market/bars.ts';
import type { Funding } from '../../market/funding.ts';
import type { Journal } from '../../market/journal.ts';
import type { Ticks } from '../../market/ticks.ts';
import type { Book } from '../../model/book.ts';
import type { Fidelity } from '../../model/fidelity.ts';
import type { KnownPrice } from '../../replay/known-prices.ts';
import type { Exposure } from '../../replay/path.ts';
import type { Listener } from '../../replay/protection.ts';
import type { Entry, Exit, Happening } from '../../replay/timeline.ts';
import type { VenueConfig } from '../../venue/venue-config.ts';
import type { VenueSpec } from '../../venue/venue-spec.ts';
import type { ReplayConfig } from '../replay-config.ts';

export type ReplayInputs = {
  /** At most one series a symbol, here and below. */
  readonly ohlcv: readonly Bars[];
  readonly mark: readonly Bars[];
  readonly ticks: readonly Ticks[];
  readonly funding: readonly Funding[];
  /** A journal or a book, not both. */
  readonly journal: Journal | null;
  readonly book: Book | null;
  /** The venue of every account. */
  readonly venues: readonly VenueSpec[];
  /** How many points of equity the result keeps, extremes among them; all with Infinity. */
  readonly equityPoints: number;
  /** Hears of every decision and fill of the protected run as it is made; null where nobody listens. */
  readonly listen: RunListener | null;
};

/** Who listens to a run: what it is about first, then what happens. */
export type RunListener = Listener & {
  readonly begin: (about: {
    readonly pathHash: string;
    readonly symbols: readonly string[];
    readonly accounts: readonly string[];
  }) => void;
};

/** What making a plan looks at. */
export type PlanTree = Pick<ReplayTree, 'data' | 'venue' | 'studies'>;

/** What a run itself looks at, whichever study drives it. */
export type RunTree = {
  readonly data: { readonly maxGap: number };
  readonly mode: string;
  readonly engine: EngineConfig;
  readonly guards: GuardsConfig;
  readonly venue: VenueConfig;
};

export type ReplayTree = RunTree & { readonly studies: { readonly replay: ReplayConfig } };

export type Skipped = { readonly reason: string; readonly example: string };

/** What is replayed, made from a journal or a book alone: nothing here depends on the path. */
export type Plan = {
  readonly book: Book;
  /** The columns of the path. */
  readonly symbols: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly exposures: readonly Exposure[];
  /** Prices that the path has to pass, ascending in time. */
  readonly known: readonly KnownPrice[];
  readonly entries: readonly Entry[];
  readonly exits: readonly Exit[];
  readonly happenings: readonly Happening[];
  /** Null for a book. */
  readonly selection: Selection | null;
  readonly fidelity: readonly Fidelity[];
  readonly warnings: readonly string[];
};

export type Selection = {
  readonly total: number;
  readonly used: number;
  readonly skipped: readonly Skipped[];
  readonly fit: { readonly prices: number; readonly inside: number; readonly share: number | null };
};
