/**
 * Files of a few thousand rows whose columns go by name. Every value is the text that the file has, so that a reader
 * decides itself what a number is.
 */
import type { RowFault } from '../../market/raw.ts';

export type NamedRecord = {
  /** 1-based number of the record in the file. */
  readonly id: number;
  /** The line of the file, null for JSON. */
  readonly line: number | null;
  /** One text for each name; '' where JSON has null or nothing. */
  readonly values: readonly string[];
};

export type Records = {
  readonly names: readonly string[];
  readonly records: readonly NamedRecord[];
  /** Rows with another number of fields than the header, and a last line that is cut off. */
  readonly faults: readonly RowFault[];
};
