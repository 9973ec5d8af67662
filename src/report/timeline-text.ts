/** Lanes of what happened when, for a terminal: one line a lane, one character a span of time. */
import type { TimelineBlock, TimelineEvent, Tone } from '../model/page.ts';
import { axisLines } from './axis-text.ts';
import { type Pen, toned } from './pen.ts';
import { padded, textWidth, wrapped } from './text-width.ts';

/** A track that is wider is not read better. */
const COLUMNS_MAX = 84;
const COLUMNS_LEAST = 12;
const NAME_MAX = 24;

export function timelineText({ title, from, to, lanes, note }: TimelineBlock, pen: Pen): string {
  const names = lanes.map(({ name }) => wrapped(name, NAME_MAX)[0] ?? '');
  const nameWidth = Math.max(0, ...names.map(textWidth));
  const counts = lanes.map(({ events }) => String(events.length));
  const countWidth = Math.max(0, ...counts.map(textWidth));
  const room = pen.width - nameWidth - countWidth - 3;
  const columns = Math.max(COLUMNS_LEAST, Math.min(COLUMNS_MAX, room));
  const rows = lanes.map(({ events }, i) => {
    const count = padded(counts[i] ?? '', countWidth, 'left');
    return `${padded(names[i] ?? '', nameWidth, 'right')} ${count} ┤${track(events, { from, to, columns }, pen)}`;
  });
  const indent = ' '.repeat(nameWidth + countWidth + 2);
  const span = { left: from, right: to > from ? to : from + 1 };
  const axis = axisLines('time', span, columns).map((line) => (indent + line).trimEnd());
  const legend = '• one, 2-9 so many, # more; before each lane, how many there were in all';
  return [
    ...wrapped(title, pen.width).map((line) => pen.chalk.bold(line)),
    ...rows,
    ...axis,
    ...wrapped(legend, pen.width).map((line) => pen.chalk.dim(line)),
    ...(note === undefined ? [] : wrapped(note, pen.width).map((line) => pen.chalk.dim(line))),
  ].join('\n');
}

type Track = { readonly from: number; readonly to: number; readonly columns: number };

const gravity: readonly Tone[] = ['dim', 'plain', 'good', 'warn', 'bad'];

function track(events: readonly TimelineEvent[], { from, to, columns }: Track, pen: Pen): string {
  const counts = new Array<number>(columns).fill(0);
  const tones = new Array<Tone>(columns).fill('dim');
  for (const { time, tone = 'plain' } of events) {
    const share = to > from ? (time - from) / (to - from) : 0;
    const column = Math.max(0, Math.min(columns - 1, Math.round(share * (columns - 1))));
    counts[column] = (counts[column] ?? 0) + 1;
    if (gravity.indexOf(tone) > gravity.indexOf(tones[column] ?? 'dim')) tones[column] = tone;
  }
  return counts.map((count, i) => toned(pen, tones[i] ?? 'dim', sign(count))).join('');
}

function sign(count: number): string {
  if (count === 0) return '·';
  if (count === 1) return '•';
  return count < 10 ? String(count) : '#';
}
