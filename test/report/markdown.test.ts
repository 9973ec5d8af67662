import { describe, expect, it } from 'vitest';
import type { Block, Page } from '../../src/model/page.ts';
import { markdownText } from '../../src/report/markdown.ts';
import { everyBlock, levels, wideLevels } from '../support/invented-page.ts';

const textOf = (...blocks: readonly Block[]) =>
  markdownText({ title: 'A page', subtitle: 'of a test', blocks } satisfies Page);
const body = (text: string) => text.split('\n').slice(4).join('\n');

describe('markdownText', () => {
  it('writes tables with numbers to the right', () => {
    expect(textOf(levels)).toBe(
      [
        '## A page',
        '',
        'of a test',
        '',
        '### Levels',
        '',
        '| multiple | hits | hit rate | mean return | verdict |',
        '| ---: | ---: | ---: | ---: | --- |',
        '| 0.50 | 1,800 | 90.00 % | -0.0123 % | increase |',
        '| 2.00 | 310 | 15.50 % | – | inconclusive, recommended |',
        '| 2.25 | 0 | 0.00 % | 1.0000 % | keep |',
        '',
      ].join('\n'),
    );
  });

  it('escapes what Markdown or HTML would take as its own, and keeps a cell on one line', () => {
    const cell = 'a|b\\|c\n<b> & *d* `e` _f_ [g](h) ~i~ $j$';
    const text = textOf({
      kind: 'table',
      columns: [{ key: 'x', title: 'x', unit: 'text' }],
      rows: [{ x: cell }],
    });
    expect(body(text)).toBe(
      '| x |\n| --- |\n| a\\|b\\\\\\|c &lt;b&gt; &amp; \\*d\\* \\`e\\` \\_f\\_ \\[g\\](h) \\~i\\~ \\$j\\$ |\n',
    );
  });

  it('keeps a paragraph from becoming a list or a heading', () => {
    expect(body(textOf({ kind: 'text', text: '1. one\n# two\n- three\n+ four' }))).toBe(
      '1\\. one\n\n\\# two\n\n\\- three\n\n\\+ four\n',
    );
  });

  it('quotes what stands out and makes small what is minor', () => {
    expect(body(textOf({ kind: 'text', tone: 'warn', text: 'one\ntwo' }))).toBe('> one\n>\n> two\n');
    expect(body(textOf({ kind: 'text', tone: 'dim', text: 'one' }))).toBe('<sub>one</sub>\n');
  });

  it('lists fields with their notes', () => {
    const fields = [{ title: 'judged', unit: 'count', value: 2080, note: 'of 3,015' } as const];
    expect(body(textOf({ kind: 'fields', title: 'Trades', fields }))).toBe(
      '### Trades\n\n- judged: **2,080** (of 3,015)\n',
    );
  });

  it('folds a long table unless it is the main one', () => {
    const folded = body(textOf({ ...wideLevels, main: false }));
    expect(folded).toMatch(/^<details><summary>Levels, 56 rows<\/summary>\n\n\| multiple /);
    expect(folded).toMatch(/\|\n\n<\/details>\n$/);
    expect(body(textOf(wideLevels))).toMatch(/^### Levels\n\n\| multiple /);
  });

  it('draws charts as text in a fence that no name can close', () => {
    const text = textOf({
      kind: 'bars',
      title: 'Why',
      x: { title: 'reason', unit: 'text' },
      y: { title: 'trades', unit: 'count' },
      bars: [{ label: 'a ```b', value: 2 }],
    });
    expect(body(text)).toBe(
      `### Why\n\n\`\`\`\`text\ntrades by reason\na \`\`\`b  2  ${'█'.repeat(48)}\n\`\`\`\`\n`,
    );
  });

  it('has no tag of its texts outside a fence, for a page with every kind of block', () => {
    const open = markdownText(everyBlock).replaceAll(/^(`{3,})text\n[\s\S]*?^\1$/gm, '');
    expect(open).not.toContain('<script');
    expect(markdownText(everyBlock)).toContain('<sub>risk 0.1.0, run 3f9c2a7be0d1');
  });
});
