import { describe, expect, it } from 'vitest';
import type { BarsBlock } from '../../src/model/page.ts';
import { barsHtml } from '../../src/report/chart-bars.ts';

const block: BarsBlock = {
  kind: 'bars',
  title: 'Excursions',
  x: { title: 'ATRs', unit: 'r' },
  y: { title: 'trades', unit: 'count' },
  bars: [
    { from: 0, to: 1, value: 30 },
    { from: 1, to: 2, value: 60, tone: 'bad' },
  ],
};

describe('a chart of bars', () => {
  it('draws bins as columns of their width and height', () => {
    const html = barsHtml(block, 'c');
    // The scale ends at 60, 380 high; two units are left free between two columns.
    expect(html).toContain('<rect class="bar tone-plain" x="1" y="190" width="498" height="190"/>');
    expect(html).toContain('<rect class="bar tone-bad" x="501" y="0" width="498" height="380"/>');
    expect(html).toContain('<title>ATRs 1.00 – 2.00\ntrades: 60</title>');
    expect(html).toContain('2 bars of ATRs; the highest, 1.00 – 2.00, has 60 trades.');
  });

  it('hangs a bin below zero from the line of zero', () => {
    const html = barsHtml(
      {
        ...block,
        bars: [
          { from: 0, to: 1, value: 60 },
          { from: 1, to: 2, value: -60 },
        ],
      },
      'c',
    );
    expect(html).toContain('<rect class="bar tone-plain" x="1" y="0" width="498" height="190"/>');
    expect(html).toContain('<rect class="bar tone-plain" x="501" y="190" width="498" height="190"/>');
  });

  it('lays named bars down, with their values', () => {
    const html = barsHtml(
      {
        ...block,
        bars: [
          { label: 'a <b>', value: 10 },
          { label: 'c', value: -5 },
        ],
      },
      'c',
    );
    expect(html).toContain('<th scope="row">a &lt;b&gt;</th><td class="n">10</td>');
    expect(html).toContain('<rect class="bar tone-plain" width="100" height="10"/>');
    expect(html).toContain('<rect class="bar tone-plain below" width="50" height="10"/>');
  });

  it('stands without a bar, and with bars of nothing', () => {
    expect(barsHtml({ ...block, bars: [] }, 'c')).toContain('<tbody></tbody>');
    expect(barsHtml({ ...block, bars: [{ from: 0, to: 1, value: 0 }] }, 'c')).not.toMatch(/NaN|Infinity/);
  });
});
