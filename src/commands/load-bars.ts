/** Bars and prints of many files as one series a symbol: joined in time, built at the asked interval, mark beside last. */
import type { FileRead } from '../io/read-files.ts';
import type { Bars } from '../market/bars.ts';
import { intervalText } from '../market/gate/interval.ts';
import { joinBySymbol, type NamedBars } from '../market/join.ts';
import { joinTicks } from '../market/join-ticks.ts';
import { barsFromTicks, type Resampled, resampleBars } from '../market/resample.ts';
import type { Ticks } from '../market/ticks.ts';
import type { ReportWarning } from '../model/report.ts';

export type LoadedSeries = {
  /** At most one series a symbol; built from prints where only those are there and an interval is asked for. */
  readonly ohlcv: readonly Bars[];
  readonly ticks: readonly Ticks[];
  /** Mark prices, at most one series a symbol. */
  readonly mark: readonly Bars[];
  readonly warnings: readonly ReportWarning[];
};

export type SeriesReads = {
  readonly ohlcv: readonly FileRead<Bars>[];
  readonly ticks: readonly FileRead<Ticks>[];
  readonly mark: readonly FileRead<Bars>[];
  /** Milliseconds; null keeps that of the files. */
  readonly interval: number | null;
};

/**
 * @throws DataError INTERVAL, SERIES_SHORT where the asked interval cannot be built; ROW_VALUE, INTERVAL where files of
 *   one symbol do not go together
 */
export function joinSeries(reads: SeriesReads): LoadedSeries {
  const { interval } = reads;
  const last = joined(reads.ohlcv, interval);
  const marks = joined(reads.mark, interval);
  const ticks = joinTicks(reads.ticks.map(({ data, input }) => ({ ticks: data, file: input.path })));
  const printed = fromPrints(ticks, last.series, interval);
  const priced = new Set([...last.series, ...ticks].map(({ symbol }) => symbol));
  return {
    ohlcv: [...last.series, ...printed.map(({ bars }) => bars)],
    ticks,
    mark: marks.series,
    warnings: [
      ...last.warnings,
      ...marks.warnings,
      ...printed.flatMap((one) => cutEnds(one)),
      ...marks.series.filter(({ symbol }) => !priced.has(symbol)).map(unpriced),
    ],
  };
}

function joined(
  reads: readonly FileRead<Bars>[],
  interval: number | null,
): { readonly series: readonly Bars[]; readonly warnings: readonly ReportWarning[] } {
  const built = atInterval(
    reads.map(({ data: bars, input }) => ({ bars, file: input.path })),
    interval,
  );
  const { series, aside } = joinBySymbol(built);
  const told = aside.map(({ symbol, file }) => ({
    code: 'finer-series',
    input: file,
    count: 1,
    text: `left aside: a finer series of ${symbol} is there`,
  }));
  return { series, warnings: [...told, ...built.flatMap((one) => cutEnds(one))] };
}

/**
 * Bars of the asked interval. Files of one interval are joined before, so that a bucket that two of them share is whole;
 * without an asked interval the bars stay as they are.
 */
function atInterval(files: readonly NamedBars[], interval: number | null): (NamedBars & Resampled)[] {
  if (interval === null) return files.map((one) => ({ ...one, incomplete: 0 }));
  const given = [...new Set(files.map(({ bars }) => bars.interval))];
  return given.flatMap((own) => {
    const same = files.filter(({ bars }) => bars.interval === own);
    const names = (symbol: string) =>
      same.filter(({ bars }) => bars.symbol === symbol).map(({ file }) => file);
    return joinBySymbol(same).series.map((bars) => ({
      ...resampleBars(bars, interval),
      file: names(bars.symbol).join(', '),
    }));
  });
}

/** Bars from prints, for symbols that have none of their own. */
function fromPrints(ticks: readonly Ticks[], series: readonly Bars[], interval: number | null): Resampled[] {
  if (interval === null) return [];
  const without = ticks.filter(({ symbol }) => !series.some((bars) => bars.symbol === symbol));
  return without.map((one) => barsFromTicks(one, interval));
}

function cutEnds({ bars, incomplete }: Resampled): ReportWarning[] {
  if (incomplete === 0) return [];
  const text = `the first or last ${intervalText(bars.interval)} of ${bars.symbol} is covered in part and was left out`;
  return [{ code: 'incomplete-bars', input: null, count: incomplete, text }];
}

/** Margin looks at the mark of what is traded: a series of marks alone is of no use, and must not seem to be. */
function unpriced({ symbol }: Bars): ReportWarning {
  const text = `mark prices of ${symbol} were left aside: no bars and no prints have this symbol`;
  return { code: 'mark-unused', input: null, count: 1, text };
}
