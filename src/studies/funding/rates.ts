/** What the rates of a window were: their sums by month, their extremes, the cap, changes of the interval. */
import { addToSum, createRunningSum, type RunningSum, sumSoFar } from '../../math/running-sum.ts';
import { sum } from '../../math/sum.ts';
import { MS_PER_HOUR } from '../../model/time.ts';
import { utcText } from '../../model/utc-text.ts';
import { intervalChanges, settlementsAtCap } from '../../risk/funding/interval-changes.ts';
import type { FundingRates } from '../funding-replay-result.ts';
import type { FundedColumns } from './columns.ts';
import type { FundedTerms } from './terms.ts';

const PERIOD = 8 * MS_PER_HOUR;

export function ratesOf(
  { time, rate, interval }: Pick<FundedColumns, 'time' | 'rate' | 'interval'>,
  { cap, name }: Pick<FundedTerms, 'cap' | 'name'>,
): FundingRates {
  const hours = sum(interval);
  const total = sum(rate);
  const extreme = (value: number) => ({ rate: value, count: rate.filter((one) => one === value).length });
  return {
    settlements: rate.length,
    sum: total,
    mean8h: hours > 0 ? (total * PERIOD) / hours : 0,
    lowest: extreme(rate.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY)),
    highest: extreme(rate.reduce((most, one) => Math.max(most, one), Number.NEGATIVE_INFINITY)),
    cap,
    atCap: cap === null ? null : settlementsAtCap(rate, cap),
    capReason: cap === null ? `${name} states no cap of it` : null,
    interval: interval[0]!,
    intervalChanges: intervalChanges(interval).map(({ row, from, to }) => ({ time: time[row]!, from, to })),
    months: monthsOf(time, rate),
  };
}

function monthsOf(time: Float64Array, rate: Float64Array): FundingRates['months'] {
  const months = new Map<string, { count: number; readonly sum: RunningSum }>();
  for (let i = 0; i < rate.length; i += 1) {
    const month = utcText(time[i]!).slice(0, 7);
    const own = months.get(month) ?? { count: 0, sum: createRunningSum() };
    own.count += 1;
    addToSum(own.sum, rate[i]!);
    months.set(month, own);
  }
  return [...months].map(([month, own]) => ({ month, settlements: own.count, sum: sumSoFar(own.sum) }));
}
