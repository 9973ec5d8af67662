/**
 * A reader is a value: it tells from content whether a file is its dialect, and turns it into raw columns.
 *
 * Detection never looks at the name of a file. `io/readers/index.ts` lists the readers of each role in the order in
 * which they are asked; the narrow dialects stand before the generic ones.
 */
import type { Journal } from '../market/journal.ts';
import type { RawBars, RawFunding, RawTicks } from '../market/raw.ts';
import type { Head } from './head.ts';
import type { Source } from './source.ts';

export type ReadOptions = {
  /** Milliseconds that the stamps of the file are ahead of UTC (--time-offset +8h is 28,800,000); subtracted. */
  readonly timeOffset: number;
  /** The strategy to read where a results file holds several (--strategy). */
  readonly strategy?: string;
  /** The symbol of a file that names none (--symbol). */
  readonly symbol?: string;
};

type ReaderOf<R extends string, T> = {
  readonly role: R;
  /** Kebab-case; what --reader takes and what a report prints as `format`. */
  readonly name: string;
  /** Why this is the dialect, in words for a report (`12 columns without a header, first an epoch in ms`); null where it is not. */
  readonly detect: (head: Head) => string | null;
  readonly read: (source: Source, options: ReadOptions) => Promise<T>;
};

/** One entry a symbol: a file with a symbol column may hold many. */
export type OhlcvReader = ReaderOf<'ohlcv', readonly RawBars[]>;
export type TicksReader = ReaderOf<'ticks', readonly RawTicks[]>;
export type FundingReader = ReaderOf<'funding', readonly RawFunding[]>;
export type JournalReader = ReaderOf<'journal', Journal>;
