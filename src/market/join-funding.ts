/** Settlements of one symbol from several files, as venues publish them: a month a file. */
import { DataError } from '../model/errors.ts';
import { utcText } from '../model/utc-text.ts';
import type { Funding } from './funding.ts';
import { fundingIntervals } from './funding-intervals.ts';

/**
 * One series of the rates of one symbol, in time; settlements that two files share stand once. The intervals are read anew.
 *
 * @param series  of one symbol, at least one
 * @throws DataError ROW_VALUE  where two files give one settlement different rates
 */
export function joinFunding(series: readonly Funding[]): Funding {
  const [first, ...more] = series;
  if (first === undefined) throw new RangeError('a join needs at least one series, was none');
  if (more.length === 0) return first;
  const { symbol } = first;
  const rates = new Map<number, number>();
  for (const { time, rate } of series) {
    for (let i = 0; i < time.length; i += 1) {
      const before = rates.get(time[i]!);
      if (before !== undefined && before !== rate[i]!) {
        throw new DataError({
          code: 'ROW_VALUE',
          message: `files of ${symbol} must agree on a settlement, gave ${before} and ${rate[i]!} at ${utcText(time[i]!)}`,
          remedy: 'Leave one of the files out',
        });
      }
      rates.set(time[i]!, rate[i]!);
    }
  }
  const rows = [...rates].sort(([a], [b]) => a - b);
  const time = Float64Array.from(rows, ([at]) => at);
  return {
    symbol,
    time,
    rate: Float64Array.from(rows, ([, one]) => one),
    interval: fundingIntervals(time).interval,
  };
}
