/** Impossible rows with their place in the file, gathered by several rules and told in the order of the file. */
import type { RawBars, RawTicks, RowFault } from '../raw.ts';

/** `row` counts where the source has no lines; what the reader found without a row stands last. */
export type PlacedFault = RowFault & { readonly row: number };

/** The faults of stamps that are none. */
export function stampFaults(raw: RawBars | RawTicks, rows: readonly number[]): PlacedFault[] {
  return rows.map((row) => {
    const was = raw.time[row]!;
    const message = `a time stamp must be a date, or a count of s, ms, us or ns, of a day since March 1973, was ${was}`;
    return { row, line: raw.line(row), code: 'ROW_TIME', message };
  });
}

export function inFileOrder(faults: readonly PlacedFault[]): RowFault[] {
  return faults
    .toSorted((a, b) => (a.line ?? a.row) - (b.line ?? b.row))
    .map(({ line, code, message }) => ({ line, code, message }));
}
