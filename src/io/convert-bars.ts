/** Gated bars as files of their own. */
import { resolve } from 'node:path';
import type { Bars } from '../market/bars.ts';
import { InputError } from '../model/errors.ts';
import type { DataConvertResult } from './data-convert-result.ts';
import { arrowOfBars } from './write-arrow.ts';
import { csvOfBars } from './write-csv.ts';
import { writeWhole } from './write-file.ts';

type Written = DataConvertResult['written'][number];

const SYMBOL = '{symbol}';

export type Target = {
  /** A file that ends in .csv, .arrow or .feather; `{symbol}` stands for the name of each symbol. */
  readonly out: string;
  readonly cwd: string;
  /** What was read, as named: none of them is ever written over. */
  readonly inputs: readonly string[];
};

/**
 * Checks where bars are to be written, before anything is read.
 *
 * @throws InputError USAGE  where the ending is of no known form, or `out` is one of the inputs
 */
export function checkTarget({ out, cwd, inputs }: Target): Written['format'] {
  const [, ending = ''] = /\.([A-Za-z]+)$/.exec(out) ?? [];
  const format = { csv: 'csv', arrow: 'arrow', feather: 'arrow' }[ending.toLowerCase()];
  if (format !== 'csv' && format !== 'arrow') {
    throw new InputError({
      code: 'USAGE',
      message: `the file to write must end in .csv, .arrow or .feather, was "${out}"`,
    });
  }
  if (inputs.some((input) => resolve(cwd, input) === resolve(cwd, out))) {
    throw new InputError({
      code: 'USAGE',
      message: `the file to write must be another than the file to read, was "${out}"`,
    });
  }
  return format;
}

/**
 * @returns what was written, a file a series
 * @throws InputError USAGE   where there is no series, or several and `out` has no `{symbol}`
 * @throws InputError OUTPUT  where a file cannot be written
 */
export async function convertBars(series: readonly Bars[], target: Target): Promise<Written[]> {
  const format = checkTarget(target);
  if (series.length === 0) {
    throw new InputError({
      code: 'USAGE',
      message: 'at least one series of bars must be there to be written, was none',
      remedy: 'Name bars, or build them from --ticks with --interval 1h',
    });
  }
  if (series.length > 1 && !target.out.includes(SYMBOL)) {
    throw new InputError({
      code: 'USAGE',
      message: `the file to write must hold ${SYMBOL} where several symbols are read, was "${target.out}" for ${series.length}`,
      remedy: `Write for example "${SYMBOL}-1h.${format}"`,
    });
  }
  const written: Written[] = [];
  for (const bars of series) {
    const { symbol, interval, time } = bars;
    const file = target.out.replaceAll(SYMBOL, symbol);
    await writeWhole(file, target.cwd, format === 'csv' ? csvOfBars(bars) : await arrowOfBars(bars));
    const span = { from: time[0]!, to: time[time.length - 1]! + interval };
    written.push({ file, format, symbol, interval, bars: time.length, ...span });
  }
  return written;
}
