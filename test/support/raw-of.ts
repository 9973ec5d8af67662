import { pickReader } from '../../src/io/detect.ts';
import { headOf } from '../../src/io/head.ts';
import type { OhlcvReader, TicksReader } from '../../src/io/reader.ts';
import { ohlcvReaders } from '../../src/io/readers/ohlcv.ts';
import { ticksReaders } from '../../src/io/readers/ticks.ts';
import type { RawBars, RawTicks } from '../../src/market/raw.ts';
import { sourceOf } from './source-of.ts';

type Options = { readonly name?: string; readonly timeOffset?: number; readonly reader?: string };

/** The columns of raw bars as plain lists, and the name of the reader that content alone chose. */
export async function barsOf(text: string, options: Options = {}) {
  const picked = pick(ohlcvReaders, text, 'ohlcv', options);
  const raws = await picked.reader.read(sourceOf(text, options), { timeOffset: options.timeOffset ?? 0 });
  return { reader: picked.reader.name, why: picked.why, bars: raws.map(plainBars) };
}

/** The same for trades. */
export async function ticksOf(text: string, options: Options = {}) {
  const picked = pick(ticksReaders, text, 'ticks', options);
  const raws = await picked.reader.read(sourceOf(text, options), { timeOffset: options.timeOffset ?? 0 });
  return { reader: picked.reader.name, why: picked.why, ticks: raws.map(plainTicks) };
}

function pick<R extends OhlcvReader | TicksReader>(
  readers: readonly R[],
  text: string,
  role: string,
  { name = 'a.csv', reader = '' }: Options,
) {
  const named = reader === '' ? null : reader;
  return pickReader<R>(readers, headOf(sourceOf(text)), { named, file: name, role });
}

function plainBars({ open, high, low, close, volume, stampIsEnd, ...common }: RawBars) {
  const prices = { open: [...open], high: [...high], low: [...low], close: [...close], volume: [...volume] };
  return { ...plain(common), ...prices, stampIsEnd };
}

function plainTicks({ price, qty, side, ...common }: RawTicks) {
  return { ...plain(common), price: [...price], qty: [...qty], side: [...side] };
}

function plain({ symbol, time, line, faults }: Pick<RawBars, 'symbol' | 'time' | 'line' | 'faults'>) {
  const lines = [...time].map((_, row) => line(row));
  return { symbol, time: [...time], lines, faults: faults.map((fault) => [fault.line, fault.code]) };
}
