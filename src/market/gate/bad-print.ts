/** A single bar that reaches far beyond both neighbours and comes back. */
import { utcText } from '../../model/utc-text.ts';
import type { Finding } from '../finding.ts';
import type { GateSeries } from './series.ts';

/** A tenth of the price: what is smaller moves no study by more than an ordinary bar does. */
const REACH_MIN = 0.1;
/**
 * Reach in median ranges of the bars around. In the crashes of 2020 to 2022 the farthest that hourly bars of 80 markets
 * reached beyond both neighbours was 11 such ranges; prints that other venues do not show begin at 13.
 */
const RANGES_MIN = 12;
/** The neighbours must agree: closer to each other than half of the reach. A crash goes on from where it fell to. */
const RETURN_MAX = 0.5;
const AROUND = 24;

type Print = { readonly row: number; readonly price: number; readonly reach: number };

/**
 * The finding `bad-print`. With natural logarithms of prices, for a high (a low is mirrored):
 *
 *   reach = high[i] - max(high[i - 1], high[i + 1]) >= 0.1, >= 12 x the median range of 24 bars on either side,
 *   and |close[i - 1] - open[i + 1]| <= reach / 2
 *
 * The first and the last bar have one neighbour, and their own close stands for the other.
 */
export function badPrint(series: GateSeries): Finding | null {
  const { time, high, low } = series.bars;
  const prints: Print[] = [];
  const factor = Math.exp(REACH_MIN);
  for (let i = 0; i < time.length && time.length > 2; i += 1) {
    const { before, after } = beside(i, time.length);
    // Cheap and without logarithms; nearly every bar ends here.
    const top = Math.max(high[before]!, high[after]!);
    const bottom = Math.min(low[before]!, low[after]!);
    if (high[i]! < top * factor && low[i]! * factor > bottom) continue;
    const up = Math.log(high[i]! / top);
    const down = Math.log(bottom / low[i]!);
    const price = up >= down ? high[i]! : low[i]!;
    const print = { row: i, price, reach: Math.max(up, down) };
    if (print.reach >= REACH_MIN && comesBack(series, print) && isFar(series, print)) prints.push(print);
  }
  const [first] = prints;
  if (first === undefined) return null;
  const farthest = prints.reduce((most, print) => (print.reach > most.reach ? print : most), first);
  return {
    code: 'bad-print',
    count: prints.length,
    line: series.line(first.row),
    example: exampleOf(series, farthest),
    consequence: 'kept; a stop, a liquidation or an extreme at such a price may never have been possible',
  };
}

function comesBack({ bars: { open, close } }: GateSeries, { row, reach }: Print): boolean {
  const isLast = row + 1 === open.length;
  const before = row === 0 ? close[0]! : close[row - 1]!;
  const after = isLast ? close[row]! : open[row + 1]!;
  return Math.abs(Math.log(before / after)) <= RETURN_MAX * reach;
}

function isFar({ bars: { high, low } }: GateSeries, { row, reach }: Print): boolean {
  const ranges: number[] = [];
  for (let i = Math.max(0, row - AROUND); i < Math.min(high.length, row + AROUND + 1); i += 1) {
    if (i !== row) ranges.push(Math.log(high[i]! / low[i]!));
  }
  ranges.sort((a, b) => a - b);
  return reach >= RANGES_MIN * ranges[ranges.length >>> 1]!;
}

function exampleOf({ bars: { time, high, low } }: GateSeries, { row, price }: Print): string {
  const { before, after } = beside(row, high.length);
  const range = `[${Math.min(low[before]!, low[after]!)}, ${Math.max(high[before]!, high[after]!)}]`;
  return `${utcText(time[row]!)} reaches ${price}, the bars beside it lie within ${range}`;
}

/** The rows on both sides; at the ends of the series the one neighbour counts twice. */
function beside(row: number, length: number): { readonly before: number; readonly after: number } {
  return { before: row === 0 ? 1 : row - 1, after: row + 1 === length ? row - 1 : row + 1 };
}
