/**
 * Funding as freqtrade stores it: rows in the shape of candles, `[time ms, rate, 0, 0, 0, 0]`. The rate stands where a
 * candle has its open, and the rest is zero.
 */
import type { RawFunding, RowFault } from '../../market/raw.ts';
import { DataError } from '../../model/errors.ts';
import { firstRows, readRows } from '../json-rows.ts';
import type { FundingReader, ReadOptions } from '../reader.ts';
import type { Source } from '../source.ts';
import { type FundingRow, rawFundingOf } from './funding-records.ts';
import { stampOf } from './stamp.ts';

export const freqtradeFunding: FundingReader = {
  role: 'funding',
  name: 'freqtrade-funding',
  detect: (head) => {
    const rows = firstRows(head.text ?? '', 20).map(rowOf);
    const isFunding = rows.length > 0 && rows.every((row) => row !== null && isSettlement(row));
    return isFunding ? 'rows of a time, a rate, and zeros where a candle has prices' : null;
  },
  read: readFreqtradeFunding,
};

async function readFreqtradeFunding(source: Source, options: ReadOptions): Promise<RawFunding[]> {
  const rows: FundingRow[] = [];
  const faults: RowFault[] = [];
  await readRows(source, (text, index) => {
    const row = rowOf(text);
    if (row === null || !isSettlement(row)) {
      const message = `row ${index + 1} must be [time, rate, 0, 0, 0, 0], was ${text.slice(0, 60)}`;
      faults.push({ line: null, code: 'ROW_VALUE', message });
      return;
    }
    const [stamp, rate] = row as readonly [number, number];
    rows.push({ line: null, time: stampOf(String(stamp)) - options.timeOffset, rate, symbol: null });
  });
  if (rows.length > 0) return rawFundingOf(rows, faults);
  throw new DataError({
    code: 'FILE_FORMAT',
    message: 'a freqtrade funding file must hold rows of a time, a rate and zeros, held none',
    place: { file: source.path },
  });
}

function rowOf(text: string): readonly unknown[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function isSettlement(row: readonly unknown[]): boolean {
  const [time, rate, ...rest] = row;
  const zeros = rest.length >= 4 && rest.every((value) => value === 0 || value === null);
  return zeros && typeof rate === 'number' && typeof time === 'number' && time > 0;
}
