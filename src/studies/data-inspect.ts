/** `data inspect`: all that the data gate has to say about files, with a score for each series. */
import type { Bars } from '../market/bars.ts';
import { type Finding, findingCodes } from '../market/finding.ts';
import type { GatedBars } from '../market/gate.ts';
import type { RowFault } from '../market/raw.ts';
import { segmentStarts } from '../market/segments.ts';
import type { Fault } from '../model/errors.ts';
import type { FileRole, Study } from '../model/study.ts';
import type { DataInspectResult, InspectedResult } from './data-inspect-result.ts';

/** One symbol of one file, gated with impossible rows left out. */
export type InspectedSeries = {
  readonly file: string;
  readonly role: FileRole;
  readonly format: string;
  readonly why: string;
  readonly symbols: readonly string[];
  readonly rows: number;
  readonly from: number | null;
  readonly to: number | null;
  readonly findings: readonly Finding[];
  readonly faults: readonly RowFault[];
  /** Null where the role is not bars. */
  readonly bars: Bars | null;
  readonly counts: Pick<GatedBars, 'expected' | 'missing' | 'duplicates' | 'stale' | 'score'> | null;
};

export type DataInspectInputs = {
  readonly series: readonly InspectedSeries[];
  /** Files that cannot be read at all, and why. */
  readonly refused: readonly { readonly file: string; readonly fault: Fault }[];
};

export type DataInspectTree = { readonly data: { readonly maxGap: number } };

export const dataInspect: Study<DataInspectInputs, DataInspectTree, DataInspectResult> = {
  name: 'data-inspect',
  needs: ['ohlcv', 'ticks', 'funding', 'journal'],
  configPaths: ['data.maxGap'],
  run: ({ series, refused }, { data }) => ({
    result: {
      series: series.map((one) => inspected(one, data.maxGap)),
      refused: refused.map(({ file, fault: { code, message, place, remedy } }) => {
        return { file, code, line: place?.line ?? null, message, remedy: remedy ?? null };
      }),
    },
    fidelity: [],
    warnings: [],
  }),
};

function inspected(
  { bars, counts, faults, findings, ...about }: InspectedSeries,
  maxGap: number,
): InspectedResult {
  return {
    ...about,
    symbols: [...about.symbols],
    interval: bars?.interval ?? null,
    segments: bars === null ? null : segmentStarts(bars, maxGap).length,
    expected: counts?.expected ?? null,
    missing: counts?.missing ?? null,
    dropped: faults.length,
    duplicates: counts?.duplicates ?? null,
    stale: counts?.stale ?? null,
    score: counts?.score ?? null,
    findings: findings.map(({ code, count, line, example, consequence }) => {
      return { code, meaning: findingCodes[code], count, line, example, consequence };
    }),
    impossible: faults.map(({ line, code, message }) => ({ line, code, message })),
  };
}
