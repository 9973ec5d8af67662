/**
 * The data gate of funding files: from raw columns to settlements that money may be counted on.
 *
 * A rate that is no number, or beyond 5 % per settlement (no venue's cap reaches that, two percent caps are real), is
 * a fault; stamps are snapped to their minute (RULES 2.4); everything else that is odd is a finding.
 */
import { DataError } from '../model/errors.ts';
import { MS_PER_MINUTE } from '../model/time.ts';
import { utcText } from '../model/utc-text.ts';
import { type BadRowOptions, dropBadRows } from './bad-rows.ts';
import type { Finding, FindingCode } from './finding.ts';
import type { Funding } from './funding.ts';
import { doubtsAboutFunding } from './funding-doubts.ts';
import { fundingIntervals } from './funding-intervals.ts';
import type { RawFunding, RowFault } from './raw.ts';

export type FundingGateOptions = BadRowOptions & {
  /** The symbol that the settlements are of: the file's own, or the one that its name or --symbol gives. */
  readonly symbol: string;
};

export type GatedFunding = {
  readonly funding: Funding;
  readonly findings: readonly Finding[];
  /** The rows that were left out, only with --on-bad-row drop. */
  readonly dropped: readonly RowFault[];
};

type Settlement = { readonly time: number; readonly rate: number; readonly line: number | null };

const RATE_MAX = 0.05;
/** Before 1973: a stamp that is not in milliseconds. */
const TIME_MIN = 100_000_000_000;

/**
 * @param raw times in milliseconds UTC
 * @throws DataError where a row cannot be right (unless `onBadRow` is drop), or fewer than two settlements are left
 */
export function gateFunding(raw: RawFunding, options: FundingGateOptions): GatedFunding {
  const faults: RowFault[] = [...raw.faults];
  const findings: Finding[] = [...raw.findings];
  const rows = oldestFirst(readableRows(raw, faults), findings);
  const kept = withoutRepeats(inOrder(snapped(rows, findings), faults), findings);
  const dropped = dropBadRows(faults, options);
  if (dropped !== null) findings.push(dropped);
  if (kept.length < 2) {
    throw new DataError({
      code: kept.length === 0 ? 'FILE_EMPTY' : 'SERIES_SHORT',
      message: `a funding file must hold at least two settlements of ${options.symbol}, was ${kept.length}`,
      place: { file: options.file },
    });
  }
  const time = Float64Array.from(kept, (row) => row.time);
  const rate = Float64Array.from(kept, (row) => row.rate);
  const { interval, changes, gaps } = fundingIntervals(time);
  const lineOf = (at: number) => kept[at]?.line ?? null;
  if (changes.length > 0) {
    const words = changes.map((c) => `${hours(c.from)} -> ${hours(c.to)} at ${utcText(time[c.at]!)}`);
    findings.push({
      ...counted('interval-change', changes.length, lineOf(changes[0]?.at ?? 0)),
      example: words.slice(0, 8).join(', '),
      consequence: 'each settlement keeps the interval that ended with it',
    });
  }
  const gap = gaps[0];
  if (gap !== undefined) {
    findings.push({
      ...counted(
        'gap',
        gaps.reduce((sum, one) => sum + one.count, 0),
        lineOf(gap.at),
      ),
      example: `${gap.count} missing between ${utcText(time[gap.at - 1]!)} and ${utcText(time[gap.at]!)}`,
      consequence: 'no funding is charged for the missing settlements',
    });
  }
  const funding: Funding = { symbol: options.symbol, time, rate, interval };
  findings.push(...doubtsAboutFunding(funding, lineOf));
  return { funding, findings, dropped: faults.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)) };
}

function counted(code: FindingCode, count: number, line: number | null) {
  return { code, count, line };
}

function hours(ms: number): string {
  return `${ms / (60 * MS_PER_MINUTE)}h`;
}

function readableRows(raw: RawFunding, faults: RowFault[]): Settlement[] {
  const rows: Settlement[] = [];
  for (let i = 0; i < raw.length; i += 1) {
    const time = raw.time[i]!;
    const rate = raw.rate[i]!;
    const line = raw.line(i);
    const fault = faultOf(time, rate);
    if (fault === null) rows.push({ time, rate, line });
    else faults.push({ line, ...fault });
  }
  return rows;
}

function faultOf(time: number, rate: number): Pick<RowFault, 'code' | 'message'> | null {
  if (!(time >= TIME_MIN)) {
    return { code: 'ROW_TIME', message: `a settlement must have a time stamp after 1973, was ${time}` };
  }
  if (!Number.isFinite(rate)) {
    return { code: 'ROW_NUMBER', message: `a funding rate must be a finite number, was ${rate}` };
  }
  if (Math.abs(rate) <= RATE_MAX) return null;
  const message = `a funding rate must be a fraction of at most ${RATE_MAX} per settlement, was ${rate}`;
  return { code: 'ROW_VALUE', message };
}

function oldestFirst(rows: readonly Settlement[], findings: Finding[]): readonly Settlement[] {
  let backward = 0;
  let forward = 0;
  rows.forEach((row, i) => {
    const before = rows[i - 1]?.time ?? row.time;
    if (row.time < before) backward += 1;
    if (row.time > before) forward += 1;
  });
  if (backward <= forward) return rows;
  const [first, second] = rows;
  findings.push({
    ...counted('newest-first', rows.length, first?.line ?? null),
    example: `${utcText(first?.time ?? 0)}, then ${utcText(second?.time ?? 0)}`,
    consequence: 'the rows were turned round',
  });
  return rows.toReversed();
}

/** Settlements happen on a minute; venues stamp them some milliseconds late. */
function snapped(rows: readonly Settlement[], findings: Finding[]): readonly Settlement[] {
  let largest = 0;
  const off: Settlement[] = [];
  const onMinute = rows.map((row) => {
    const time = Math.round(row.time / MS_PER_MINUTE) * MS_PER_MINUTE;
    if (time !== row.time) off.push(row);
    largest = Math.max(largest, Math.abs(time - row.time));
    return { ...row, time };
  });
  const [first] = off;
  if (first !== undefined) {
    findings.push({
      ...counted('stamp-jitter', off.length, first.line),
      example: `${utcText(first.time)}, the largest ${largest} ms off its minute`,
      consequence: 'stamps were snapped to the nearest minute',
    });
  }
  return onMinute;
}

function inOrder(rows: readonly Settlement[], faults: RowFault[]): readonly Settlement[] {
  let latest = Number.NEGATIVE_INFINITY;
  return rows.filter(({ time, line }) => {
    if (time < latest) {
      const message = `time must not go back, was ${utcText(time)} after ${utcText(latest)}`;
      faults.push({ line, code: 'ROW_ORDER', message });
      return false;
    }
    latest = time;
    return true;
  });
}

function withoutRepeats(rows: readonly Settlement[], findings: Finding[]): readonly Settlement[] {
  const same: Settlement[] = [];
  const other: { row: Settlement; kept: Settlement }[] = [];
  const kept: Settlement[] = [];
  for (const row of rows) {
    const before = kept.at(-1);
    if (before === undefined || before.time !== row.time) kept.push(row);
    else if (before.rate === row.rate) same.push(row);
    else other.push({ row, kept: before });
  }
  const [repeat] = same;
  if (repeat !== undefined) {
    findings.push({
      ...counted('duplicate', same.length, repeat.line),
      example: utcText(repeat.time),
      consequence: 'one of each was kept',
    });
  }
  const [conflict] = other;
  if (conflict !== undefined) {
    const { row, kept: first } = conflict;
    findings.push({
      ...counted('duplicate-conflict', other.length, row.line),
      example: `${utcText(row.time)} has the rates ${first.rate} (line ${first.line ?? '?'}) and ${row.rate}`,
      consequence: 'the one named first was kept, the other is not charged',
    });
  }
  return kept;
}
