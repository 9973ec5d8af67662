import { describe, expect, it } from 'vitest';
import type { TimelineBlock, TimelineEvent } from '../../src/model/page.ts';
import { penOf } from '../../src/report/pen.ts';
import { timelineText } from '../../src/report/timeline-text.ts';

const HOUR = 3_600_000;

function at(...hours: number[]): TimelineEvent[] {
  return hours.map((hour) => ({ time: hour * HOUR, label: 'halt daily-loss' }));
}

const block: TimelineBlock = {
  kind: 'timeline',
  title: 'When the guards spoke',
  from: 0,
  to: 20 * HOUR,
  lanes: [
    { name: 'stops', events: at(0, 10, 20) },
    {
      name: 'flags',
      events: at(...Array.from({ length: 9 }, () => 5), ...Array.from({ length: 10 }, () => 6)),
    },
    { name: 'ladder', events: [] },
  ],
  note: 'a note',
};

function linesOf(change: Partial<TimelineBlock>, width = 32, colour = false): string[] {
  return timelineText({ ...block, ...change }, penOf({ width, colour })).split('\n');
}

describe('a timeline in a terminal', () => {
  // 32 columns less 6 for names, 2 for counts and 3 between them are 21: one for each hour of 0 to 20.
  it('has a lane for each who acted, a sign for each span of time, and how many there were', () => {
    expect(linesOf({})).toEqual([
      'When the guards spoke',
      'stops   3 ┤•·········•·········•',
      'flags  19 ┤·····9#··············',
      'ladder  0 ┤·····················',
      '          └┬───────────┬────────',
      '          01-01 00:00',
      '• one, 2-9 so many, # more;',
      'before each lane, how many there',
      'were in all',
      'a note',
    ]);
  });

  it('is not wider than a reader can take in, nor so narrow that nothing is told apart', () => {
    // 84 columns of the track at most, 12 at least.
    expect(linesOf({}, 200)[1]).toHaveLength(11 + 84);
    expect(linesOf({ title: 'Guards' }, 15)[1]).toHaveLength(11 + 12);
  });

  it('cuts no event off: what lies outside stands at the edge', () => {
    expect(linesOf({ lanes: [{ name: 'stops', events: at(-3, 40) }] })[1]).toBe(
      `stops 2 ┤•${'·'.repeat(21)}•`,
    );
  });

  it('stands where no time passes', () => {
    expect(linesOf({ to: 0, lanes: [{ name: 'stops', events: at(0) }] })[1]).toMatch(/^stops 1 ┤•·+$/);
  });

  it('shows the gravest of a span', () => {
    const events: TimelineEvent[] = [
      { time: 0, label: 'close', tone: 'bad' },
      { time: 0, label: 'alert', tone: 'plain' },
      { time: HOUR, label: 'alert', tone: 'plain' },
    ];
    const [, lane = ''] = linesOf({ lanes: [{ name: 'stops', events }] }, 32, true);
    const red = penOf({ width: 32, colour: true }).chalk.red('2');
    expect(lane.startsWith(`stops 3 ┤${red}•`)).toBe(true);
  });
});
