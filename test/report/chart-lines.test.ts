import { describe, expect, it } from 'vitest';
import type { LinesBlock } from '../../src/model/page.ts';
import { linesHtml } from '../../src/report/chart-lines.ts';

const block: LinesBlock = {
  kind: 'lines',
  title: 'Hit rate',
  x: { title: 'multiple', unit: 'ratio' },
  y: { title: 'hit rate', unit: 'fraction' },
  series: [
    { name: 'hits', style: 'line', points: [0, 1, 2, 0.5, 4, 0], band: [0, 0.9, 1, 2, 0.4, 0.6, 4, 0, 0.1] },
    { name: 'floor', style: 'step', points: [0, 0.5, 2, 0.25, 4, 0.25] },
  ],
  marks: [
    { axis: 'y', at: 0.25, label: 'target' },
    { axis: 'x', at: 3, label: 'recommended' },
  ],
};
// The drawing is 1000 across and 380 down; x runs from 0 to 4, y from 0 % at 380 to 100 % at 0.
const html = linesHtml(block, 'c');

describe('a chart of curves', () => {
  it('draws a line through its points and a step along them', () => {
    expect(html).toContain('<path class="curve c0" d="M0 0L500 190L1000 380"/>');
    expect(html).toContain('<path class="curve c1" d="M0 190H500V285H1000V285"/>');
  });

  it('draws a band from its upper side back along its lower side', () => {
    expect(html).toContain('<path class="band c0" d="M0 0L500 152L1000 342L1000 380L500 228L0 38Z"/>');
  });

  it('draws marks with their names and values, a vertical one near the end with its name before it', () => {
    expect(html).toContain('<path class="mark" d="M0 285H1000"/>');
    expect(html).toContain('<path class="mark" d="M750 0V380"/>');
    expect(html).toContain('<span class="mark x before" style="left:75%">recommended 3</span>');
    // At the left end the nearest curve is 25 % away, at the right end it is on the mark.
    expect(html).toContain('<span class="mark y left" style="top:75%">target 25.00 %</span>');
  });

  it('puts the names of vertical marks one below the other, so that close moments do not cover each other', () => {
    const marks = [
      { axis: 'x', at: 1, label: 'first' },
      { axis: 'y', at: 0.25, label: 'target' },
      { axis: 'x', at: 1.01, label: 'second' },
    ] as const;
    const two = linesHtml({ ...block, marks }, 'c');
    expect(two).toContain('<span class="mark x" style="left:25%">first 1</span>');
    expect(two).toMatch(/<span class="mark x" style="left:25\.3%;top:8%">second 1\.01<\/span>/);
  });

  it('labels round ticks of both axes', () => {
    expect(html).toContain('<span style="top:0%">100 %</span>');
    expect(html).toContain('<span style="top:80%">20 %</span>');
    expect(html).toContain('<span style="left:25%">1.0</span>');
  });

  it('tells what it shows to those who cannot see it', () => {
    expect(html).toContain(
      '<desc id="c-d">multiple from 0 to 4, hit rate from 0.00 % to 100.00 %; hits, from 100.00 % to 0.00 %; floor, from 50.00 % to 25.00 %; target at 25.00 %; recommended at 3.</desc>',
    );
  });

  it('tells values and bands under the pointer, each place reaching half way to the next', () => {
    expect(html).toContain(
      '<rect class="hit" x="250" y="0" width="500" height="380"><title>multiple 2\nhits: 50.00 % (40.00 % to 60.00 %)\nfloor: 25.00 %</title></rect>',
    );
  });

  it('draws every point of a cloud once, in shapes that differ without colour', () => {
    const cloud = (name: string, points: readonly number[]) => ({ name, style: 'points', points }) as const;
    const points = Array.from({ length: 200 }, (_, i) => i);
    const drawn = linesHtml({ ...block, marks: [], series: [cloud('a', points), cloud('b', points)] }, 'c');
    const drawing = drawn.replace(/<ul[\s\S]*<\/ul>/, '');
    expect(drawing.match(/M[\d.]+ [\d.]+h0/g)).toHaveLength(200);
    expect(drawn).toContain('<g class="dots c1 square">');
    expect(drawn).not.toContain('class="hit"');
  });

  it('has room around a single point', () => {
    const one = linesHtml(
      { ...block, marks: [], series: [{ name: 'a', style: 'line', points: [2, 0.5] }] },
      'c',
    );
    expect(one).not.toMatch(/NaN|Infinity/);
    // Half of the value on both sides, to round ticks: 0 % to 80 %.
    expect(one).toContain('M500 142.5h0');
    expect(one).toContain('a, 1 point.');
  });
});
