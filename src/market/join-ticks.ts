/** Prints of one symbol from several files, as venues publish them: a day a file. */
import { DataError } from '../model/errors.ts';
import { utcText } from '../model/utc-text.ts';
import type { Ticks } from './ticks.ts';

export type NamedTicks = { readonly ticks: Ticks /** For messages. */; readonly file: string };

/**
 * One entry a symbol, in the order in which the symbols first come.
 *
 * @throws DataError ROW_VALUE where two files of one symbol overlap in time: their prints would count twice
 */
export function joinTicks(files: readonly NamedTicks[]): Ticks[] {
  const groups = new Map<string, NamedTicks[]>();
  for (const one of files) {
    const group = groups.get(one.ticks.symbol);
    if (group === undefined) groups.set(one.ticks.symbol, [one]);
    else group.push(one);
  }
  return [...groups.values()].map(joined);
}

function joined(group: readonly NamedTicks[]): Ticks {
  const parts = [...group].sort((a, b) => (a.ticks.time[0] ?? 0) - (b.ticks.time[0] ?? 0));
  for (const [i, { ticks, file }] of parts.entries()) {
    const before = parts[i - 1];
    const end = before?.ticks.time.at(-1) ?? Number.NEGATIVE_INFINITY;
    const start = ticks.time[0] ?? Number.POSITIVE_INFINITY;
    if (before === undefined || start > end) continue;
    throw new DataError({
      code: 'ROW_VALUE',
      message: `files of prints of one symbol must follow each other in time, ${file} began at ${utcText(start)} and ${before.file} ended at ${utcText(end)}`,
      remedy: 'Name only one of them',
    });
  }
  return {
    symbol: parts[0]?.ticks.symbol ?? '',
    time: together(parts.map(({ ticks }) => ticks.time)),
    price: together(parts.map(({ ticks }) => ticks.price)),
    qty: together(parts.map(({ ticks }) => ticks.qty)),
    side: Int8Array.from(parts.flatMap(({ ticks }) => [...ticks.side])),
  };
}

function together(columns: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(columns.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const column of columns) {
    all.set(column, at);
    at += column.length;
  }
  return all;
}
