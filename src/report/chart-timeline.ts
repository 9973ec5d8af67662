/** Lanes of what happened when: one dot an event, square where it was grave, with its words under the pointer. */
import type { TimelineBlock, TimelineEvent, Tone } from '../model/page.ts';
import { frameHtml, HEIGHT, px, WIDTH } from './chart-frame.ts';
import { type Scale, tightScale } from './chart-scale.ts';
import { escaped } from './escape.ts';
import { formatCell } from './format.ts';

/** Dots that lie closer than this share of the width are pointed at together. */
const CELLS = 200;
/** So many are told of one cell. */
const TOLD_MAX = 8;

export function timelineHtml({ title, from, to, lanes }: TimelineBlock, id: string): string {
  const across = tightScale('time', { low: from, high: to > from ? to : from + 1 }, 6);
  const up = laneScale(lanes.map(({ name }) => name));
  const body = lanes.flatMap(({ events }, i) => {
    const middle = HEIGHT * (1 - (up.ticks[i]?.share ?? 0));
    return [
      ...dots(events, middle, across),
      ...hits(events, { middle, half: HEIGHT / lanes.length / 2 }, across),
    ];
  });
  const told = lanes.map(({ name, events }) => {
    const [first, last] = [events[0], events.at(-1)];
    if (first === undefined || last === undefined) return `${name}, none`;
    return `${name}, ${formatCell('count', events.length)} from ${formatCell('time', first.time)} to ${formatCell('time', last.time)}`;
  });
  const description = `${told.join('; ')}.`;
  return frameHtml({
    ...{ id, title, description, xTitle: 'time', yTitle: 'round: nothing had to be done; square: grave' },
    ...{ across, up, body: body.join('\n'), marks: [] },
  });
}

/** The first lane is the highest. */
function laneScale(names: readonly string[]): Scale {
  const share = (value: number) => value / Math.max(1, names.length);
  const ticks = names.map((label, i) => ({ share: share(names.length - i - 0.5), label }));
  return { low: 0, high: names.length, share, ticks };
}

const tones: readonly Tone[] = ['dim', 'plain', 'good', 'warn', 'bad'];

function dots(events: readonly TimelineEvent[], middle: number, across: Scale): string[] {
  return tones.flatMap((tone) => {
    const places = new Set(
      events
        .filter((one) => (one.tone ?? 'plain') === tone)
        .map(({ time }) => px(WIDTH * across.share(time))),
    );
    if (places.size === 0) return [];
    const shape = tone === 'bad' ? ' square' : '';
    const colour = tone === 'plain' ? 'c0' : `c0 tone-${tone}`;
    const drawn = [...places].map((x) => `<path d="M${x} ${px(middle)}h0"/>`).join('');
    return [`<g class="dots ${colour}${shape}">${drawn}</g>`];
  });
}

type Lane = { readonly middle: number; readonly half: number };

function hits(events: readonly TimelineEvent[], { middle, half }: Lane, across: Scale): string[] {
  const cells = new Map<number, TimelineEvent[]>();
  for (const event of events) {
    const cell = Math.round(across.share(event.time) * CELLS);
    cells.set(cell, [...(cells.get(cell) ?? []), event]);
  }
  return [...cells].map(([cell, those]) => {
    const lines = those.slice(0, TOLD_MAX).map(({ time, label }) => `${formatCell('time', time)} ${label}`);
    const more = those.length - lines.length;
    const text = [...lines, ...(more > 0 ? [`and ${formatCell('count', more)} more`] : [])];
    const width = WIDTH / CELLS;
    const place = `x="${px(cell * width - width / 2)}" y="${px(middle - half)}" width="${px(width)}" height="${px(2 * half)}"`;
    return `<rect class="hit" ${place}><title>${text.map(escaped).join('\n')}</title></rect>`;
  });
}
