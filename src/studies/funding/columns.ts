/**
 * Rates beside the marks of their stamps, and the extremes of the bars between them.
 *
 * - The mark of a stamp is the open of the bar that begins there, else the close of the last bar before it (RULES 2.4).
 * - A hole of more than `data.maxGap` bars cuts the prices; the stretch with most settlements is taken, and the others are counted.
 * - The position is entered where prices and rates both begin, at the open of that bar, and pays at once where a settlement is there.
 */
import { type Bars, firstAtOrAfter } from '../../market/bars.ts';
import { intervalText } from '../../market/gate/interval.ts';
import { segmentStarts } from '../../market/segments.ts';
import { DataError, InputError } from '../../model/errors.ts';
import { parseUtc } from '../../model/time.ts';
import { utcText } from '../../model/utc-text.ts';
import { type ChosenPerp, choosePerp } from './choose-perp.ts';
import type { FundedInputs, FundedTree } from './inputs.ts';

export type FundedColumns = ChosenPerp & {
  readonly time: Float64Array;
  readonly rate: Float64Array;
  readonly interval: Float64Array;
  readonly mark: Float64Array;
  /** From the settlement before, or the entry, up to this one; null where the mark is held flat. */
  readonly range: { readonly low: Float64Array; readonly high: Float64Array } | null;
  readonly entry: { readonly time: number; readonly price: number };
  /** Settlements of the asked window without a price. */
  readonly aside: number;
};

type Span = { readonly from: number; readonly to: number };

/** @throws DataError INTERVAL, SERIES_SHORT, SYMBOL_UNKNOWN; InputError USAGE, CONFIG_VALUE */
export function fundedColumns(inputs: FundedInputs, tree: FundedTree): FundedColumns {
  const chosen = choosePerp(inputs, tree);
  const { funding, bars } = chosen;
  const asked = askedSpan(tree);
  const [askedFrom, askedTo] = rowsIn(funding.time, asked);
  const span = bars === null ? asked : within(pricedSpan(bars, funding.time, asked, tree.data.maxGap), asked);
  const [from, to] = rowsIn(funding.time, span);
  if (to <= from) throw tooShort(chosen, asked);
  const columns = {
    time: funding.time.slice(from, to),
    rate: funding.rate.slice(from, to),
    interval: funding.interval.slice(from, to),
  };
  const aside = askedTo - askedFrom - (to - from);
  if (bars === null) {
    const price = Number(tree.studies.funding.flat);
    const mark = new Float64Array(to - from).fill(price);
    const entry = { time: columns.time[0]!, price };
    return { ...chosen, ...columns, mark, range: null, entry, aside };
  }
  checkFineEnough(bars, columns.interval);
  const begins = Math.max(span.from, columns.time[0]! - columns.interval[0]!);
  const row = firstAtOrAfter(bars.time, begins);
  const opens = bars.time[row] ?? Number.POSITIVE_INFINITY;
  const mark = Float64Array.from(columns.time, (stamp) => markAt(bars, stamp));
  const entry =
    opens <= columns.time[0]!
      ? { time: opens, price: bars.open[row]! }
      : { time: columns.time[0]!, price: mark[0]! };
  const range = rangesOf(bars, columns.time, mark, entry.time);
  return { ...chosen, ...columns, mark, range, entry, aside };
}

function askedSpan({ studies }: FundedTree): Span {
  const { from, to } = studies.funding;
  const span = {
    from: from === null ? Number.NEGATIVE_INFINITY : momentOf('from', from),
    to: to === null ? Number.POSITIVE_INFINITY : momentOf('to', to),
  };
  if (span.from <= span.to) return span;
  throw new InputError({
    code: 'USAGE',
    message: `--from must lie before --to, was ${from} after ${to}`,
    remedy: 'Turn them round',
  });
}

function momentOf(key: 'from' | 'to', text: string): number {
  const time = parseUtc(text);
  if (!Number.isNaN(time)) return time;
  throw new InputError({
    code: 'CONFIG_VALUE',
    message: `studies.funding.${key} must be a moment of the calendar, was ${text}`,
    remedy: 'Write 2022-05-04 or 2022-05-04T12:00:00Z',
  });
}

/** Rows [first, behind the last) of a span, both of its ends included. */
function rowsIn(time: Float64Array, { from, to }: Span): readonly [number, number] {
  const end = firstAtOrAfter(time, to);
  return [firstAtOrAfter(time, from), end < time.length && time[end] === to ? end + 1 : end];
}

function within(span: Span, asked: Span): Span {
  return { from: Math.max(span.from, asked.from), to: Math.min(span.to, asked.to) };
}

/** The stretch of bars without a long hole that covers most of the settlements. */
function pricedSpan(bars: Bars, stamps: Float64Array, asked: Span, maxGap: number): Span {
  const starts = segmentStarts(bars, maxGap);
  let best: Span = { from: 0, to: -1 };
  let most = 0;
  starts.forEach((start, i) => {
    const last = (starts[i + 1] ?? bars.time.length) - 1;
    const span = { from: bars.time[start]!, to: bars.time[last]! + bars.interval };
    const [from, to] = rowsIn(stamps, within(span, asked));
    if (to - from <= most) return;
    most = to - from;
    best = span;
  });
  return best;
}

function markAt({ time, open, close, interval }: Bars, stamp: number): number {
  const row = firstAtOrAfter(time, stamp);
  if (time[row] === stamp) return open[row]!;
  const before = row - 1;
  // A bar that the stamp lies inside tells its open alone without looking ahead.
  return time[before]! + interval <= stamp ? close[before]! : open[before]!;
}

/** The bars that begin after one settlement and before the next, with the mark of the next. */
function rangesOf(bars: Bars, time: Float64Array, mark: Float64Array, entered: number) {
  const low = mark.slice();
  const high = mark.slice();
  let row = firstAtOrAfter(bars.time, entered);
  for (let i = 0; i < time.length; i += 1) {
    for (; row < bars.time.length && bars.time[row]! < time[i]!; row += 1) {
      low[i] = Math.min(low[i]!, bars.low[row]!);
      high[i] = Math.max(high[i]!, bars.high[row]!);
    }
  }
  return { low, high };
}

function checkFineEnough(bars: Bars, interval: Float64Array): void {
  const shortest = interval.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY);
  if (bars.interval <= shortest) return;
  throw new DataError({
    code: 'INTERVAL',
    message: `bars of ${bars.symbol} must be as fine as its settlements, ${intervalText(shortest)}, were of ${intervalText(bars.interval)}`,
    remedy: 'Give finer bars',
  });
}

function tooShort({ funding, bars }: ChosenPerp, asked: Span): DataError {
  const spanText = (from: number, to: number) => `${utcText(from)} to ${utcText(to)}`;
  const { time, symbol } = funding;
  const rates = `rates ${spanText(time[0]!, time[time.length - 1]!)}`;
  const prices =
    bars === null
      ? ''
      : `, prices ${spanText(bars.time[0]!, bars.time[bars.time.length - 1]! + bars.interval)}`;
  const window =
    Number.isFinite(asked.from) || Number.isFinite(asked.to)
      ? `, asked ${Number.isFinite(asked.from) ? utcText(asked.from) : 'the start'} to ${Number.isFinite(asked.to) ? utcText(asked.to) : 'the end'}`
      : '';
  return new DataError({
    code: 'SERIES_SHORT',
    message: `at least 1 settlement of ${symbol} must lie within its prices, was none: ${rates}${prices}${window}`,
    remedy:
      bars === null
        ? 'Ask for another window'
        : 'Give prices of the same time, or hold the mark still with --flat 20000',
  });
}
