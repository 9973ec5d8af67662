/** The rows of a file that can be bars: those that are possible, in order of time, each stamp once. */
import { utcText } from '../../model/utc-text.ts';
import { mixedEpochs, toMilliseconds } from '../epoch.ts';
import type { Finding } from '../finding.ts';
import type { RawBars, RowFault } from '../raw.ts';
import { newestFirstOf } from './newest-first.ts';
import { orderRows, repetitions } from './order.ts';
import { inFileOrder, type PlacedFault, stampFaults } from './placed-fault.ts';
import { opensPreviousClose, opensToClip } from './previous-close.ts';
import { isPossible, rowTrouble } from './row-fault.ts';
import { refuseRuinedStamps } from './ruined-stamps.ts';

export type UsableRows = {
  /** Milliseconds; one for each row of the file. */
  readonly time: Float64Array;
  /** Rows of the file by ascending time. */
  readonly rows: Uint32Array;
  /** Rows of the file whose open is to be clipped. */
  readonly clipped: ReadonlySet<number>;
  /** In the order of the file, those that the reader found included. */
  readonly faults: readonly RowFault[];
  readonly findings: readonly Finding[];
  /** Rows left out because their stamp stands already. */
  readonly duplicates: number;
};

export function usableRows(raw: RawBars, file: string): UsableRows {
  const stamps = toMilliseconds(raw.time);
  const { time } = stamps;
  refuseRuinedStamps(time, file, raw.line);
  const turned = newestFirstOf(time, raw.line);
  const newestFirst = turned !== null;
  const clipped = opensToClip(raw, newestFirst ? -1 : 1);
  const isBad = new Uint8Array(raw.length);
  for (const row of stamps.faults) isBad[row] = 1;
  const faults: PlacedFault[] = [
    ...raw.faults.map((fault) => ({ ...fault, row: Number.POSITIVE_INFINITY })),
    ...stampFaults(raw, stamps.faults),
  ];
  for (let row = 0; row < raw.length; row += 1) {
    if (isBad[row] === 1 || isPossible(raw, row) || clipped.has(row)) continue;
    isBad[row] = 1;
    const trouble = rowTrouble(raw, row);
    if (trouble !== null) faults.push({ row, line: raw.line(row), ...trouble });
  }
  const order = orderRows({ time, isBad, newestFirst, equal: (a, b) => haveEqualValues(raw, a, b) });
  for (const [row, latest] of order.back) {
    const message = `time must not go back, was ${utcText(time[row]!)} after ${utcText(latest)}`;
    faults.push({ row, line: raw.line(row), code: 'ROW_ORDER', message });
  }
  const words = { time, line: raw.line, values: (row: number) => valuesText(raw, row) };
  const findings = [
    mixedEpochs(stamps, raw.line),
    turned,
    ...repetitions(order, words),
    opensPreviousClose(raw, time, clipped),
  ];
  return {
    time,
    rows: order.rows,
    clipped,
    faults: inFileOrder(faults),
    findings: [...raw.findings, ...findings.filter((finding) => finding !== null)],
    duplicates: order.same.length + order.conflicts.length,
  };
}

function haveEqualValues({ open, high, low, close, volume }: RawBars, a: number, b: number): boolean {
  const prices = open[a] === open[b] && high[a] === high[b] && low[a] === low[b] && close[a] === close[b];
  return prices && volume[a] === volume[b];
}

function valuesText({ open, high, low, close, volume }: RawBars, row: number): string {
  return `O ${open[row]} H ${high[row]} L ${low[row]} C ${close[row]} V ${volume[row]}`;
}
