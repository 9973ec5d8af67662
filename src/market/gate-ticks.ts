/**
 * The data gate of market prints. Several prints at one instant, even with equal values, are what a market does; so
 * nothing is taken for a repetition here, and time may stand still but never go back.
 */
import { utcText } from '../model/utc-text.ts';
import { mixedEpochs, toMilliseconds } from './epoch.ts';
import type { Finding } from './finding.ts';
import { newestFirstOf } from './gate/newest-first.ts';
import { inFileOrder, type PlacedFault, stampFaults } from './gate/placed-fault.ts';
import { noRowLeft, refuse } from './gate/refuse.ts';
import { refuseRuinedStamps } from './gate/ruined-stamps.ts';
import type { RawTicks, RowFault } from './raw.ts';
import type { Ticks } from './ticks.ts';

export type TicksGateOptions = {
  /** For messages. */
  readonly file: string;
  readonly symbol: string;
  readonly onBadRow: 'error' | 'drop';
};

export type GatedTicks = {
  readonly ticks: Ticks;
  readonly findings: readonly Finding[];
  /** The impossible rows that were left out, in the order of the file; only with --on-bad-row drop. */
  readonly faults: readonly RowFault[];
  /** Rows of the file, the impossible ones included. */
  readonly rows: number;
};

/**
 * @throws DataError of the first impossible row (unless `onBadRow` is drop); FILE_EMPTY where no row is left; ROW_TIME
 *   where a spreadsheet has rounded the stamps
 */
export function gateTicks(raw: RawTicks, { file, symbol, onBadRow }: TicksGateOptions): GatedTicks {
  const stamps = toMilliseconds(raw.time);
  refuseRuinedStamps(stamps.time, file, raw.line);
  const turned = newestFirstOf(stamps.time, raw.line);
  const faults: PlacedFault[] = [
    ...raw.faults.map((fault) => ({ ...fault, row: Number.POSITIVE_INFINITY })),
    ...stampFaults(raw, stamps.faults),
  ];
  const rows = rowsInOrder(raw, { time: stamps.time, turned: turned !== null, faults });
  const listed = inFileOrder(faults);
  const found = [mixedEpochs(stamps, raw.line), turned, refuse(listed, file, onBadRow)];
  if (rows.length === 0) throw noRowLeft('trades', listed, file);
  const ticks: Ticks = {
    symbol,
    time: Float64Array.from(rows, (row) => stamps.time[row]!),
    price: Float64Array.from(rows, (row) => raw.price[row]!),
    qty: Float64Array.from(rows, (row) => raw.qty[row]!),
    side: Int8Array.from(rows, (row) => raw.side[row]!),
  };
  const findings = [...raw.findings, ...found.filter((finding) => finding !== null)];
  return { ticks, findings, faults: listed, rows: raw.length + raw.faults.length };
}

type Walk = { readonly time: Float64Array; readonly turned: boolean; readonly faults: PlacedFault[] };

/** The possible rows from the old end of the file to the new one; what is none is added to the faults. */
function rowsInOrder(raw: RawTicks, { time, turned, faults }: Walk): Uint32Array {
  const rows = new Uint32Array(raw.length);
  let count = 0;
  let latest = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < raw.length; at += 1) {
    const row = turned ? raw.length - 1 - at : at;
    const now = time[row]!;
    // A stamp that is none is among the faults already.
    if (Number.isNaN(now)) continue;
    const message = valueTrouble('price', raw.price[row]!) ?? valueTrouble('qty', raw.qty[row]!);
    if (message !== null) {
      faults.push({ row, line: raw.line(row), ...message });
    } else if (now < latest) {
      const back = `time must not go back, was ${utcText(now)} after ${utcText(latest)}`;
      faults.push({ row, line: raw.line(row), code: 'ROW_ORDER', message: back });
    } else {
      latest = now;
      rows[count] = row;
      count += 1;
    }
  }
  return rows.subarray(0, count);
}

function valueTrouble(name: 'price' | 'qty', value: number): Pick<RowFault, 'code' | 'message'> | null {
  if (value > 0 && value < Infinity) return null;
  if (!Number.isFinite(value)) {
    return { code: 'ROW_NUMBER', message: `${name} must be a finite number, was ${value}` };
  }
  return {
    code: name === 'price' ? 'ROW_PRICE' : 'ROW_VALUE',
    message: `${name} must be above 0, was ${value}`,
  };
}
