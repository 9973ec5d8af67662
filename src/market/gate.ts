/**
 * The data gate of bars: from raw columns to bars that money may be counted on.
 *
 * What is impossible ends the run or is dropped; what is only suspicious is a finding. Each rule has a file of its own
 * in `gate/`. The order of work: stamps to milliseconds, impossible rows, order and repetitions, interval, rows of
 * another interval, stamps that are ends, then the findings about the bars that are left.
 */
import type { Bars } from './bars.ts';
import type { Finding } from './finding.ts';
import { badPrint } from './gate/bad-print.ts';
import { barEndStamps, opensFromEnds, reasonForEnds, type StampsOption } from './gate/bar-ends.ts';
import { gap } from './gate/gap.ts';
import { spacingOf } from './gate/interval.ts';
import { intervalChange, type OtherInterval, otherIntervals } from './gate/interval-change.ts';
import { nameMismatch } from './gate/name-mismatch.ts';
import { offGrid } from './gate/off-grid.ts';
import { noRowLeft, refuse } from './gate/refuse.ts';
import type { GateSeries } from './gate/series.ts';
import { stale, zeroVolume } from './gate/stale.ts';
import { symbolReuse } from './gate/symbol-reuse.ts';
import { type UsableRows, usableRows } from './gate/usable-rows.ts';
import type { RawBars, RowFault } from './raw.ts';

export type BarsGateOptions = {
  /** For messages, and for what its name says about the content. */
  readonly file: string;
  readonly symbol: string;
  readonly onBadRow: 'error' | 'drop';
  readonly stamps: StampsOption;
  /** A distance of more intervals than this splits a series; it is what symbol reuse is looked for behind. */
  readonly maxGap: number;
  /** The interval, in ms, where the caller knows it; else the stamps tell. */
  readonly interval?: number;
};

export type GatedBars = {
  readonly bars: Bars;
  readonly findings: readonly Finding[];
  /** The impossible rows that were left out, in the order of the file; only with --on-bad-row drop. */
  readonly faults: readonly RowFault[];
  /** Rows of the file, the impossible ones included. */
  readonly rows: number;
  /** Bars from the first to the last, with those that are missing. */
  readonly expected: number;
  readonly missing: number;
  readonly duplicates: number;
  /** Bars in runs in which the price never moves. */
  readonly stale: number;
  /** 1 - min(1, (missing + dropped + duplicates + stale) / expected); a dropped row counts as missing too. */
  readonly score: number;
};

/**
 * @throws DataError of the first impossible row (unless `onBadRow` is drop); FILE_EMPTY where no row is left; INTERVAL
 *   where the stamps do not tell it; ROW_TIME where a spreadsheet has rounded the stamps
 */
export function gateBars(raw: RawBars, options: BarsGateOptions): GatedBars {
  const { file, maxGap } = options;
  const usable = usableRows(raw, file);
  const dropped = refuse(usable.faults, file, options.onBadRow);
  const total = raw.length + raw.faults.length;
  if (usable.rows.length === 0) throw noRowLeft('bars', usable.faults, file);

  const { series, findings } = seriesOf(raw, usable, options);
  const holes = gap(series, maxGap);
  const still = stale(series);
  const about = [
    dropped,
    holes.finding,
    symbolReuse(series, maxGap),
    offGrid(series),
    zeroVolume(series),
    still,
    badPrint(series),
    nameMismatch(series, file),
  ];
  const counts = {
    expected: series.bars.time.length + holes.missing,
    missing: holes.missing,
    duplicates: usable.duplicates,
    stale: still?.count ?? 0,
  };
  const lost = counts.missing + usable.faults.length + counts.duplicates + counts.stale;
  return {
    bars: series.bars,
    findings: [...usable.findings, ...findings, ...about.filter((finding) => finding !== null)],
    faults: usable.faults,
    rows: total,
    ...counts,
    score: 1 - Math.min(1, lost / counts.expected),
  };
}

/** The usable rows as bars of one interval, stamped by their opens, and what was done to make them so. */
function seriesOf(
  raw: RawBars,
  usable: UsableRows,
  { file, symbol, stamps, interval }: BarsGateOptions,
): { readonly series: GateSeries; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const written = taken(usable.time, usable.rows);
  const spacing = spacingOf(written, file, interval);
  const stretches = otherIntervals(written, spacing);
  const lineOfWritten = (row: number) => raw.line(usable.rows[row]!);
  const changed = intervalChange(stretches, { time: written, spacing, line: lineOfWritten });
  if (changed !== null) findings.push(changed);

  const rows = withoutStretches(usable.rows, stretches);
  const line = (row: number) => raw.line(rows[row]!);
  const kept = stretches.length === 0 ? written : taken(usable.time, rows);
  const reason = reasonForEnds(kept, spacing, { stamps, stampIsEnd: raw.stampIsEnd });
  const time = reason === null ? kept : opensFromEnds(kept, spacing);
  if (reason !== null) findings.push(barEndStamps(kept, time, reason, line(0)));

  const bars: Bars = {
    symbol,
    interval: spacing.interval,
    time,
    open: clippedOpens(raw, rows, usable.clipped),
    high: taken(raw.high, rows),
    low: taken(raw.low, rows),
    close: taken(raw.close, rows),
    volume: taken(raw.volume, rows),
  };
  return { series: { bars, spacing, line }, findings };
}

function withoutStretches(rows: Uint32Array, stretches: readonly OtherInterval[]): Uint32Array {
  if (stretches.length === 0) return rows;
  const isOther = new Uint8Array(rows.length);
  for (const { from, to } of stretches) isOther.fill(1, from, to);
  return rows.filter((_, i) => isOther[i] === 0);
}

/** The cells of a column at these rows; the column itself where the rows are all of it in order. */
function taken(xs: Float64Array, rows: Uint32Array): Float64Array {
  const isWhole = rows.length === xs.length && rows.every((row, i) => row === i);
  if (isWhole) return xs;
  const cells = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i += 1) cells[i] = xs[rows[i]!]!;
  return cells;
}

function clippedOpens(raw: RawBars, rows: Uint32Array, clipped: ReadonlySet<number>): Float64Array {
  const open = taken(raw.open, rows);
  if (clipped.size === 0) return open;
  return open.map((price, i) => {
    const row = rows[i]!;
    return clipped.has(row) ? Math.min(Math.max(price, raw.low[row]!), raw.high[row]!) : price;
  });
}
