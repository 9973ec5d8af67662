import { describe, expect, it } from 'vitest';
import type { TimelineBlock } from '../../src/model/page.ts';
import { timelineHtml } from '../../src/report/chart-timeline.ts';

const HOUR = 3_600_000;

const block: TimelineBlock = {
  kind: 'timeline',
  title: 'When the guards spoke',
  from: 0,
  to: 10 * HOUR,
  lanes: [
    {
      name: 'stops',
      events: [
        { time: 0, label: 'set-stop <b>' },
        { time: 5 * HOUR, label: 'close BTCUSDT', tone: 'bad' },
        { time: 5 * HOUR, label: 'alert', tone: 'warn' },
      ],
    },
    { name: 'flags', events: [] },
  ],
};

describe('a chart of a timeline', () => {
  // 1000 wide and 380 high: two lanes have their middles at 95 and 285, and 5 h of 10 is the middle across.
  it('has a dot an event in the lane of who acted, square where it was grave', () => {
    const html = timelineHtml(block, 'c');
    expect(html).toContain('<g class="dots c0"><path d="M0 95h0"/></g>');
    expect(html).toContain('<g class="dots c0 tone-bad square"><path d="M500 95h0"/></g>');
    expect(html).toContain('<g class="dots c0 tone-warn"><path d="M500 95h0"/></g>');
    expect(html).not.toContain('285h0');
  });

  it('tells what happened under the pointer, and what is text stays text', () => {
    const html = timelineHtml(block, 'c');
    expect(html).toContain('<title>1970-01-01 00:00 set-stop &lt;b&gt;</title>');
    expect(html).toContain('<title>1970-01-01 05:00 close BTCUSDT\n1970-01-01 05:00 alert</title>');
  });

  it('says in words what it shows', () => {
    expect(timelineHtml(block, 'c')).toContain(
      'stops, 3 from 1970-01-01 00:00 to 1970-01-01 05:00; flags, none.',
    );
  });

  it('tells the first eight of a crowd, and how many more there are', () => {
    const events = Array.from({ length: 12 }, (_, i) => ({ time: 0, label: `alert ${i}` }));
    const html = timelineHtml({ ...block, lanes: [{ name: 'flags', events }] }, 'c');
    expect(html).toContain('alert 7\nand 4 more</title>');
    expect(html).not.toContain('alert 8');
    expect(html.match(/h0"/g)).toHaveLength(1);
  });

  it('stands where no time passes, and without a lane', () => {
    expect(timelineHtml({ ...block, to: 0 }, 'c')).not.toMatch(/NaN|Infinity/);
    expect(timelineHtml({ ...block, lanes: [] }, 'c')).not.toMatch(/NaN|Infinity/);
  });
});
