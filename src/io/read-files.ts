/** From opened files to gated market data and journals: reader, gate, and what a report says of each file. */
import { basename } from 'node:path';
import { gateJournal } from '../market/bad-rows.ts';
import type { Bars } from '../market/bars.ts';
import type { Finding } from '../market/finding.ts';
import type { Funding } from '../market/funding.ts';
import { gateFunding } from '../market/funding-gate.ts';
import type { StampsOption } from '../market/gate/bar-ends.ts';
import { type GatedBars, gateBars } from '../market/gate.ts';
import { gateTicks } from '../market/gate-ticks.ts';
import type { Journal } from '../market/journal.ts';
import type { RowFault } from '../market/raw.ts';
import { symbolFromFileName } from '../market/symbol.ts';
import type { Ticks } from '../market/ticks.ts';
import { DataError } from '../model/errors.ts';
import type { ReportInput } from '../model/report.ts';
import { checkReaderName, type Picked, pickReader } from './detect.ts';
import { readerNames } from './file-role.ts';
import { hashFile } from './hash-file.ts';
import { headOf } from './head.ts';
import { type OpenedSource, openSources } from './open.ts';
import type { ReadOptions } from './reader.ts';
import { fundingReaders } from './readers/funding.ts';
import { journalReaders } from './readers/journal.ts';
import { ohlcvReaders } from './readers/ohlcv.ts';
import { ticksReaders } from './readers/ticks.ts';
import { isSample } from './sample.ts';

export type FileOptions = {
  readonly cwd: string;
  readonly reader: string | null;
  /** For files that do not name their symbol. */
  readonly symbol: string | null;
  /** Which strategy of a journal of several is meant. */
  readonly strategy: string | null;
  /** Milliseconds that stamps are ahead of UTC. */
  readonly timeOffset: number;
  readonly onBadRow: 'error' | 'drop';
  readonly stamps: StampsOption;
  readonly maxGap: number;
};

/** What was read, and what is to be said of it. */
export type FileRead<T> = {
  readonly data: T;
  readonly input: ReportInput;
  readonly findings: readonly Finding[];
  /** The impossible rows that were left out. */
  readonly faults: readonly RowFault[];
  /** What the gate counted; null where the role is not bars. */
  readonly counts: BarCounts | null;
};

export type BarCounts = Pick<GatedBars, 'expected' | 'missing' | 'duplicates' | 'stale' | 'score'>;

type Reader<T> = {
  readonly name: string;
  readonly read: (source: OpenedSource, options: ReadOptions) => Promise<T>;
};

/** Bars of every symbol in every file, one entry a symbol and file. */
export async function readOhlcvFiles(
  names: readonly string[],
  options: FileOptions,
  role: 'ohlcv' | 'mark' = 'ohlcv',
): Promise<FileRead<Bars>[]> {
  const reads: FileRead<Bars>[] = [];
  for (const { source, picked, sha256 } of await opened(names, options, ohlcvReaders, role)) {
    const raws = await readWith(picked, source, options);
    for (const raw of raws) {
      const symbol = symbolOf(raw.symbol, source, options);
      const { onBadRow, stamps, maxGap } = options;
      const gated = gateBars(raw, { file: source.path, symbol, onBadRow, stamps, maxGap });
      const { bars, findings, faults, rows, ...counts } = gated;
      const { time, interval } = bars;
      const span = { from: time[0] ?? null, to: time.length === 0 ? null : (time.at(-1) ?? 0) + interval };
      const told = { rows, rejected: faults.length, symbols: [symbol] };
      const input = { ...about(source, role, picked, sha256), ...told, ...span };
      reads.push({ data: bars, input, findings, faults, counts });
    }
  }
  return reads;
}

export async function readTicksFiles(
  names: readonly string[],
  options: FileOptions,
): Promise<FileRead<Ticks>[]> {
  const reads: FileRead<Ticks>[] = [];
  for (const { source, picked, sha256 } of await opened(names, options, ticksReaders, 'ticks')) {
    for (const raw of await readWith(picked, source, options)) {
      const symbol = symbolOf(raw.symbol, source, options);
      const gated = gateTicks(raw, { file: source.path, symbol, onBadRow: options.onBadRow });
      const { time } = gated.ticks;
      const counts = { rows: gated.rows, rejected: gated.faults.length, symbols: [symbol] };
      const span = { from: time[0] ?? null, to: time.at(-1) ?? null };
      const input = { ...about(source, 'ticks', picked, sha256), ...counts, ...span };
      reads.push({ data: gated.ticks, input, findings: gated.findings, faults: gated.faults, counts: null });
    }
  }
  return reads;
}

export async function readFundingFiles(
  names: readonly string[],
  options: FileOptions,
): Promise<FileRead<Funding>[]> {
  const reads: FileRead<Funding>[] = [];
  for (const { source, picked, sha256 } of await opened(names, options, fundingReaders, 'funding')) {
    for (const raw of await readWith(picked, source, options)) {
      const symbol = symbolOf(raw.symbol, source, options);
      const gated = gateFunding(raw, { file: source.path, symbol, onBadRow: options.onBadRow });
      const { time } = gated.funding;
      const rows = raw.length + raw.faults.length;
      const counts = { rows, rejected: gated.dropped.length, symbols: [symbol] };
      const span = { from: time[0] ?? null, to: time.at(-1) ?? null };
      const input = { ...about(source, 'funding', picked, sha256), ...counts, ...span };
      const { findings, dropped: faults } = gated;
      reads.push({ data: gated.funding, input, findings, faults, counts: null });
    }
  }
  return reads;
}

export async function readJournalFiles(
  names: readonly string[],
  options: FileOptions,
): Promise<FileRead<Journal>[]> {
  const reads: FileRead<Journal>[] = [];
  for (const { source, picked, sha256 } of await opened(names, options, journalReaders, 'journal')) {
    const read = await readWith(picked, source, options);
    const journal = gateJournal(read, { file: source.path, onBadRow: options.onBadRow });
    const { trades, bare, skipped, faults } = journal;
    const times = trades.map(({ entryTime }) => entryTime);
    const ends = trades.map(({ exitTime, exitSlack }) => exitTime + exitSlack);
    const input = {
      ...about(source, 'journal', picked, sha256),
      rows: trades.length + bare.length + skipped.length + faults.length,
      rejected: faults.length,
      from: times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b)),
      to: ends.length === 0 ? null : ends.reduce((a, b) => Math.max(a, b)),
      symbols: [...new Set([...trades, ...bare].map(({ symbol }) => symbol))].sort(),
    };
    reads.push({ data: journal, input, findings: journal.findings, faults, counts: null });
  }
  return reads;
}

type Opened<R> = { readonly source: OpenedSource; readonly picked: Picked<R>; readonly sha256: string };

async function opened<R extends Parameters<typeof pickReader>[0][number]>(
  names: readonly string[],
  { cwd, reader }: FileOptions,
  readers: readonly R[],
  role: string,
): Promise<Opened<R>[]> {
  if (reader !== null) checkReaderName(reader, readerNames);
  const all: Opened<R>[] = [];
  for (const source of await openSources(names, cwd)) {
    const picked = pickReader(readers, headOf(source), { named: reader, file: source.path, role });
    all.push({ source, picked, sha256: await hashFile(source.file) });
  }
  return all;
}

function readWith<T>(picked: Picked<Reader<T>>, source: OpenedSource, options: FileOptions): Promise<T> {
  const { timeOffset, strategy, symbol } = options;
  return picked.reader.read(source, {
    timeOffset,
    ...(strategy === null ? {} : { strategy }),
    ...(symbol === null ? {} : { symbol }),
  });
}

function about(
  source: OpenedSource,
  role: ReportInput['role'],
  picked: Picked<{ readonly name: string }>,
  sha256: string,
) {
  const path = isSample(source.file) ? `sample:${basename(source.path)}` : basename(source.path);
  return { path, role, format: picked.reader.name, why: picked.why, sha256 };
}

/** From a column, else from the name of the file, else from --symbol. */
function symbolOf(fromColumn: string | null, source: OpenedSource, { symbol }: FileOptions): string {
  const found = fromColumn ?? symbolFromFileName(source.name) ?? symbol;
  if (found !== null) return found;
  throw new DataError({
    code: 'SYMBOL_UNKNOWN',
    message: 'the symbol of a file must show in a column, in its name or in --symbol, was in none of them',
    place: { file: source.path },
    remedy: 'Give --symbol BTCUSDT',
  });
}
