/** The one place that turns roles into inputs: what the configuration names is read through `io`, else the sample. */

import {
  type FileOptions,
  type FileRead,
  readFundingFiles,
  readJournalFiles,
  readOhlcvFiles,
  readTicksFiles,
} from '../io/read-files.ts';
import { readPortfolioFile } from '../io/read-portfolio.ts';
import { sampleFiles } from '../io/sample.ts';
import type { Bars } from '../market/bars.ts';
import type { Funding } from '../market/funding.ts';
import { intervalText } from '../market/gate/interval.ts';
import { joinBySymbol, type NamedBars } from '../market/join.ts';
import { joinTicks } from '../market/join-ticks.ts';
import type { Journal } from '../market/journal.ts';
import { barsFromTicks, type Resampled, resampleBars } from '../market/resample.ts';
import type { Ticks } from '../market/ticks.ts';
import type { Book } from '../model/book.ts';
import type { Fidelity } from '../model/fidelity.ts';
import type { ReportInput, ReportWarning } from '../model/report.ts';
import type { Role } from '../model/study.ts';
import { parseDuration } from '../model/time.ts';
import type { Shell } from './command.ts';
import type { ConfigTree } from './config-tree.ts';

export type Loaded = {
  /** At most one series a symbol. */
  readonly ohlcv: readonly Bars[];
  readonly ticks: readonly Ticks[];
  readonly funding: readonly Funding[];
  /** Mark prices, at most one series a symbol. */
  readonly mark: readonly Bars[];
  /** The portfolio that was named; null where none was. */
  readonly book: Book | null;
  /** All journals that were named, as one; null where none was. */
  readonly journal: Journal | null;
  readonly inputs: readonly ReportInput[];
  readonly warnings: readonly ReportWarning[];
  readonly fidelity: readonly Fidelity[];
};

export type LoadRequest = {
  readonly roles: readonly Role[];
  /** Roles that the sample fills where the user names no data at all. */
  readonly fromSample: readonly Role[];
};

export async function loadInputs(
  shell: Shell,
  data: ConfigTree['data'],
  request: LoadRequest,
): Promise<Loaded> {
  const named = request.roles.some((role) => data[role].length > 0);
  const filesOf = (role: Role): readonly string[] => {
    if (!request.roles.includes(role)) return [];
    if (named) return data[role];
    return request.fromSample.includes(role) ? sampleFiles(role) : [];
  };
  const options = fileOptions(shell, data);
  const ohlcv = await readOhlcvFiles(filesOf('ohlcv'), options);
  const journalOffset = offsetOf(data.journalOffset ?? data.timeOffset);
  const journals = await readJournalFiles(filesOf('journal'), { ...options, timeOffset: journalOffset });
  const funding = await readFundingFiles(filesOf('funding'), options);
  const prints = await readTicksFiles(filesOf('ticks'), options);
  const marks = await readOhlcvFiles(filesOf('mark'), options, 'mark');
  const [portfolio] = filesOf('portfolio');
  const held = portfolio === undefined ? null : await readPortfolioFile(portfolio, shell.cwd);
  const reads = [...ohlcv, ...prints, ...journals, ...funding, ...marks];
  const ticks = joinTicks(prints.map(({ data: one, input }) => ({ ticks: one, file: input.path })));
  const built = atInterval(
    ohlcv.map(({ data: bars, input }) => ({ bars, file: input.path })),
    data.interval,
  );
  const joined = joinBySymbol(built);
  const aside = joined.aside.map(({ symbol, file }) => ({
    code: 'finer-series',
    input: file,
    count: 1,
    text: `left aside: a finer series of ${symbol} is there`,
  }));
  const printed = fromPrints(ticks, joined.series, data.interval);
  return {
    ohlcv: [...joined.series, ...printed.map(({ bars }) => bars)],
    ticks,
    funding: funding.map((read) => read.data),
    mark: joinBySymbol(marks.map(({ data: bars, input }) => ({ bars, file: input.path }))).series,
    book: held?.book ?? null,
    journal: joinJournals(journals.map((read) => read.data)),
    inputs: [...reads.map(({ input }) => input), ...(held === null ? [] : [held.input])],
    warnings: [...reads.flatMap(warningsOf), ...aside, ...[...built, ...printed].flatMap(cutEnds)],
    fidelity: fidelityOf(reads),
  };
}

/**
 * Bars of the asked interval. Files of one interval are joined before, so that a bucket that two of them share is whole;
 * without an asked interval the bars stay as they are.
 */
function atInterval(files: readonly NamedBars[], text: string | null): (NamedBars & Resampled)[] {
  const interval = text === null ? null : parseDuration(text);
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
function fromPrints(ticks: readonly Ticks[], series: readonly Bars[], text: string | null): Resampled[] {
  const interval = text === null ? null : parseDuration(text);
  if (interval === null) return [];
  const without = ticks.filter(({ symbol }) => !series.some((bars) => bars.symbol === symbol));
  return without.map((one) => barsFromTicks(one, interval));
}

function cutEnds({ bars, incomplete }: Resampled): ReportWarning[] {
  if (incomplete === 0) return [];
  const text = `the first or last ${intervalText(bars.interval)} of ${bars.symbol} is covered in part and was left out`;
  return [{ code: 'incomplete-bars', input: null, count: incomplete, text }];
}

/** What readers and gates are told by the section `data` of the configuration. */
export function fileOptions({ cwd }: Pick<Shell, 'cwd'>, data: ConfigTree['data']): FileOptions {
  const { reader, symbol, strategy, onBadRow, stamps, maxGap } = data;
  return {
    cwd,
    reader,
    symbol,
    strategy,
    timeOffset: offsetOf(data.timeOffset),
    onBadRow,
    stamps,
    maxGap,
  };
}

/** `+8h` as milliseconds ahead of UTC; the schema has checked the text. */
function offsetOf(text: string | null): number {
  if (text === null) return 0;
  const size = parseDuration(text.replace(/^[+-]/, '')) ?? 0;
  return text.startsWith('-') ? -size : size;
}

function joinJournals(journals: readonly Journal[]): Journal | null {
  const [first, ...others] = journals;
  if (first === undefined) return null;
  return others.reduce(
    (all, one) => ({
      trades: [...all.trades, ...one.trades],
      bare: [...all.bare, ...one.bare],
      skipped: [...all.skipped, ...one.skipped],
      faults: [...all.faults, ...one.faults],
      findings: [...all.findings, ...one.findings],
    }),
    first,
  );
}

export function warningsOf({ input, findings }: FileRead<unknown>): ReportWarning[] {
  return findings.map(({ code, count, line, example, consequence }) => {
    const where = line === null ? '' : `line ${line}: `;
    return { code, input: input.path, count, text: `${where}${example}; ${consequence}` };
  });
}

export function fidelityOf(reads: readonly FileRead<unknown>[]): Fidelity[] {
  const flags: Fidelity[] = [];
  if (reads.some(({ input }) => input.path.startsWith('sample:'))) flags.push('synthetic-data');
  const clipped = reads.some(({ findings }) => findings.some(({ code }) => code === 'opens-previous-close'));
  if (clipped) flags.push('opens-clipped');
  return flags;
}
