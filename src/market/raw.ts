/**
 * What a reader hands to the data gate: columns in the order of the file, nothing repaired, nothing left out.
 *
 * A row that cannot be turned into numbers at all (ragged, cut off, text in a price) is no row of the columns but a
 * fault in `faults`; the gate decides, by --on-bad-row, whether the first fault is an error or a dropped row.
 * Rows that are numbers but impossible (high below low, NaN, a price of zero) stand in the columns and are found there.
 */
import type { ErrorCode } from '../model/errors.ts';
import type { Finding } from './finding.ts';

/** `line` is the line of the file, or in a source without lines the number of the row, 1-based. */
export type RowFault = { readonly line: number | null; readonly code: ErrorCode; readonly message: string };

type RawCommon = {
  /** From a column of the file; null where the name of the file or --symbol must tell. */
  readonly symbol: string | null;
  readonly length: number;
  /** As written: seconds, milliseconds, microseconds or nanoseconds (`market/epoch.ts` tells by magnitude), or ms from a text. */
  readonly time: Float64Array;
  /**
   * The line (1-based) of a row; in a source without lines (JSON, Arrow, Parquet) the number of the row in the file,
   * 1-based too.
   */
  readonly line: (row: number) => number | null;
  readonly faults: readonly RowFault[];
  /** What the reader itself noticed (ruined stamps in a column that it did not need, ...). */
  readonly findings: readonly Finding[];
};

export type RawBars = RawCommon & {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  /** The dialect is known to stamp a bar by its end (BitMEX buckets), or is known not to; null where unknown. */
  readonly stampIsEnd: boolean | null;
};

export type RawTicks = RawCommon & {
  readonly price: Float64Array;
  readonly qty: Float64Array;
  readonly side: Int8Array;
};

export type RawFunding = RawCommon & { readonly rate: Float64Array };
