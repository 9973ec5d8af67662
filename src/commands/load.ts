/** The one place that turns roles into inputs: what the configuration names is read through `io`, else the sample. */

import {
  type FileOptions,
  type FileRead,
  readFundingFiles,
  readJournalFiles,
  readOhlcvFiles,
  readTicksFiles,
} from '../io/read-files.ts';
import { readOrderFile } from '../io/read-order.ts';
import { readPortfolioFile } from '../io/read-portfolio.ts';
import { sampleFiles } from '../io/sample.ts';
import type { Funding } from '../market/funding.ts';
import type { Journal } from '../market/journal.ts';
import type { Book } from '../model/book.ts';
import type { Fidelity } from '../model/fidelity.ts';
import type { StatedOrder } from '../model/order.ts';
import type { ReportInput, ReportWarning } from '../model/report.ts';
import type { Role } from '../model/study.ts';
import { parseDuration } from '../model/time.ts';
import type { Shell } from './command.ts';
import type { ConfigTree } from './config-tree.ts';
import { joinSeries, type LoadedSeries } from './load-bars.ts';

export type Loaded = LoadedSeries & {
  readonly funding: readonly Funding[];
  /** The portfolio that was named; null where none was. */
  readonly book: Book | null;
  /** The order that was named; null where none was. */
  readonly order: StatedOrder | null;
  /** All journals that were named, as one; null where none was. */
  readonly journal: Journal | null;
  readonly inputs: readonly ReportInput[];
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
  const mark = await readOhlcvFiles(filesOf('mark'), options, 'mark');
  const [portfolio] = filesOf('portfolio');
  const emptiness = { mayBeEmpty: request.roles.includes('order') };
  const held = portfolio === undefined ? null : await readPortfolioFile(portfolio, shell.cwd, emptiness);
  const [order] = filesOf('order');
  const asked = order === undefined ? null : await readOrderFile(order, shell.cwd);
  const reads = [...ohlcv, ...prints, ...journals, ...funding, ...mark];
  const interval = data.interval === null ? null : parseDuration(data.interval);
  const series = joinSeries({ ohlcv, ticks: prints, mark, interval });
  return {
    ...series,
    funding: funding.map((read) => read.data),
    book: held?.book ?? null,
    order: asked?.order ?? null,
    journal: joinJournals(journals.map((read) => read.data)),
    inputs: [...reads, held, asked].flatMap((one) => (one === null ? [] : [one.input])),
    warnings: [...reads.flatMap(warningsOf), ...series.warnings],
    fidelity: fidelityOf(reads),
  };
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
