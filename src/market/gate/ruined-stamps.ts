/** Time stamps that a spreadsheet has rounded to six digits, such as `1.67867E+12`. */
import { DataError } from '../../model/errors.ts';

/** What is left of milliseconds in `1.67867E+12`: steps of 10,000 seconds, on which no interval of bars lies. */
const STEP = 10_000_000;
const ROWS_MIN = 3;

/** @throws DataError ROW_TIME where every stamp (NaN for none) is a multiple of 10,000 seconds */
export function refuseRuinedStamps(
  time: Float64Array,
  file: string,
  line: (row: number) => number | null,
): void {
  let good = 0;
  for (let i = 0; i < time.length; i += 1) {
    if (Number.isNaN(time[i]!)) continue;
    if (time[i]! % STEP !== 0) return;
    good += 1;
  }
  if (good < ROWS_MIN) return;
  const at = line(0);
  throw new DataError({
    code: 'ROW_TIME',
    message: `time stamps must have all their digits, was ${time[0]!} and ${good - 1} others, all multiples of ${STEP} ms`,
    place: at === null ? { file } : { file, line: at },
    remedy: 'A spreadsheet has rounded them: export the file again without opening it in one',
  });
}
