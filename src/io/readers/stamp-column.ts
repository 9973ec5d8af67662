/** The stamps of a whole column: what one stamp leaves open (which of 1/2 is the month), the column decides. */
import { mixedEpochs, toMilliseconds } from '../../market/epoch.ts';
import type { Finding } from '../../market/finding.ts';
import { DataError } from '../../model/errors.ts';
import { type DateOrder, type OrderEvidence, readTime, weighOrder } from '../csv/time-text.ts';
import { stampOf } from './stamp.ts';

/** Milliseconds UTC of one text of the column, NaN where it is no time. */
export type StampReader = (text: string) => number;

/**
 * @param texts every text of the column, or of the columns that one program wrote
 * @throws DataError ROW_TIME where dates have their year at the end and nothing shows whether the month comes first
 */
export function stampReader(texts: readonly string[], file: string): StampReader {
  const evidence: OrderEvidence = { seen: false, monthFirst: false, dayFirst: false };
  for (const text of texts) weighOrder(evidence, text);
  if (!evidence.seen) return (text) => readOne(text, null);
  if (evidence.monthFirst === evidence.dayFirst) {
    const why = evidence.dayFirst ? 'parts above 12 in both places' : 'no part above 12 in either place';
    throw new DataError({
      code: 'ROW_TIME',
      message: `the order of day and month must show in dates such as 1/2/2021, was undecided: ${why}`,
      place: { file },
      remedy: 'Write the dates as YYYY-MM-DD',
    });
  }
  const order = evidence.dayFirst ? 'day-first' : 'month-first';
  return (text) => readOne(text, order);
}

/** Epochs become milliseconds here; every other form is read as all CSV files are. */
function readOne(text: string, order: DateOrder | null): number {
  return /^[\d.]+$/.test(text) ? stampOf(text) : readTime(text, order);
}

/** The finding that a column writes its epochs in several units. */
export function mixedStamps(texts: readonly string[], lineOf: (row: number) => number | null): Finding[] {
  const finding = mixedEpochs(
    toMilliseconds(Float64Array.from(texts, (text) => readTime(text, null))),
    lineOf,
  );
  return finding === null ? [] : [finding];
}
