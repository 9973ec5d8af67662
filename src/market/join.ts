/** Series of one symbol from several files, as venues publish them: a month a file. */
import { DataError } from '../model/errors.ts';
import { utcText } from '../model/utc-text.ts';
import type { Bars } from './bars.ts';

export type NamedBars = { readonly bars: Bars /** For messages. */; readonly file: string };

/** A series that was left aside because a finer one of its symbol is there. */
export type LeftAside = { readonly symbol: string; readonly file: string; readonly interval: number };

/**
 * At most one series a symbol, in the order in which the symbols first come: series of one interval are joined in time,
 * of several intervals the finest is taken where it covers the others.
 *
 * @throws DataError ROW_VALUE where two files give one bar different values; INTERVAL where a finer series would push
 *   out a longer history
 */
export function joinBySymbol(series: readonly NamedBars[]): {
  readonly series: readonly Bars[];
  readonly aside: readonly LeftAside[];
} {
  const groups = new Map<string, NamedBars[]>();
  for (const one of series) {
    const group = groups.get(one.bars.symbol);
    if (group === undefined) groups.set(one.bars.symbol, [one]);
    else group.push(one);
  }
  const joined: Bars[] = [];
  const aside: LeftAside[] = [];
  for (const [symbol, group] of groups) {
    const finest = Math.min(...group.map(({ bars }) => bars.interval));
    joined.push(group.filter(({ bars }) => bars.interval === finest).reduce(joinTwo).bars);
    for (const { bars, file } of group) {
      if (bars.interval === finest) continue;
      checkCovered(joined.at(-1), bars, file);
      aside.push({ symbol, file, interval: bars.interval });
    }
  }
  return { series: joined, aside };
}

/** A finer series may stand for a coarser one, but not for a history that it does not have. */
function checkCovered(finer: Bars | undefined, coarser: Bars, file: string): void {
  const [from, to] = [coarser.time[0] ?? 0, coarser.time.at(-1) ?? 0];
  const [begin, end] = [
    finer?.time[0] ?? Number.POSITIVE_INFINITY,
    finer?.time.at(-1) ?? Number.NEGATIVE_INFINITY,
  ];
  if (begin <= from && end >= to) return;
  throw new DataError({
    code: 'INTERVAL',
    message: `series of one symbol must have one interval, or the finest must cover the others: ${coarser.symbol} was from ${utcText(from)} to ${utcText(to)} in ${file}, the finer one from ${utcText(begin)} to ${utcText(end)}`,
    remedy: 'Name files of one interval, or give --interval to build all of them at one',
  });
}

const columns = ['time', 'open', 'high', 'low', 'close', 'volume'] as const;

function joinTwo(a: NamedBars, b: NamedBars): NamedBars {
  const length = a.bars.time.length + b.bars.time.length;
  const merged = columns.map(() => new Float64Array(length));
  let [i, j, rows] = [0, 0, 0];
  while (i < a.bars.time.length || j < b.bars.time.length) {
    const fromA = a.bars.time[i] ?? Number.POSITIVE_INFINITY;
    const fromB = b.bars.time[j] ?? Number.POSITIVE_INFINITY;
    if (fromA === fromB) checkEqual(a, i, b, j);
    const [source, row] = fromA <= fromB ? [a.bars, i] : [b.bars, j];
    for (const [k, name] of columns.entries()) merged[k]![rows] = source[name][row]!;
    rows += 1;
    if (fromA <= fromB) i += 1;
    if (fromB <= fromA) j += 1;
  }
  const [time, open, high, low, close, volume] = merged.map((column) => column.subarray(0, rows)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  return { bars: { ...a.bars, time, open, high, low, close, volume }, file: `${a.file}, ${b.file}` };
}

function checkEqual(a: NamedBars, i: number, b: NamedBars, j: number): void {
  for (const name of ['open', 'high', 'low', 'close'] as const) {
    const [one, other] = [a.bars[name][i]!, b.bars[name][j]!];
    if (one === other) continue;
    throw new DataError({
      code: 'ROW_VALUE',
      message: `files of one symbol must agree where they overlap, ${a.bars.symbol} at ${utcText(a.bars.time[i]!)} was ${name} ${one} in ${a.file} and ${other} in ${b.file}`,
      remedy: 'Name only one of them (spot and perpetual are two series)',
    });
  }
}
