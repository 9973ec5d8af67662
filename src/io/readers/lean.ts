/** LEAN's crypto bars: no header, times in milliseconds since midnight, and the day in the name of the file. */
import { DataError } from '../../model/errors.ts';
import { MS_PER_DAY } from '../../model/time.ts';
import { headOf } from '../head.ts';
import type { OhlcvReader } from '../reader.ts';
import type { Source } from '../source.ts';
import { readCsvBars } from './csv-bars.ts';
import { headerlessLayout, headerlessRows } from './headerless-bars.ts';
import { utcOf } from './stamp.ts';

const FIELDS = 6;

export const lean: OhlcvReader = {
  role: 'ohlcv',
  name: 'lean',
  detect: (head) => {
    const found = headerlessRows(head, FIELDS);
    const since = found?.first[0] ?? -1;
    const own = found?.orders.includes('ohlc') && Number.isInteger(since) && since >= 0 && since < MS_PER_DAY;
    return own ? '6 columns without a header, the first in ms since midnight, as LEAN writes them' : null;
  },
  read: async (source, options) => {
    const day = dayInName(source);
    const raws = await readCsvBars(source, headerlessLayout(headOf(source), FIELDS, 'ohlc'), {
      timeOffset: 0,
    });
    return raws.map((raw) => ({ ...raw, time: raw.time.map((since) => day + since - options.timeOffset) }));
  },
};

function dayInName({ name, path }: Source): number {
  const match = /(?<!\d)(20\d{2})-?(\d{2})-?(\d{2})(?!\d)/.exec(name);
  const day = match === null ? Number.NaN : utcOf(match.slice(1, 4).map(Number));
  if (!Number.isNaN(day)) return day;
  throw new DataError({
    code: 'ROW_TIME',
    message: 'the name of a LEAN file must hold its day, such as 20221213 or 2022-12-13, was without one',
    place: { file: path },
    remedy: 'Put the day into the name of the file',
  });
}
