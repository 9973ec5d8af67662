import { describe, expect, it } from 'vitest';
import type { Block, Page } from '../../src/model/page.ts';
import { htmlText } from '../../src/report/html.ts';
import { everyBlock, levels, wideLevels } from '../support/invented-page.ts';

const pageOf = (...blocks: readonly Block[]): Page => ({ title: 'A page', subtitle: 'of a test', blocks });
const mainOf = (page: Page) => /<\/header>\n([\s\S]*)\n<\/main>/.exec(htmlText(page))?.[1];

/** The tags of a page, checked to close in the order in which they open; throws where they do not. */
function tagsOf(html: string): string[] {
  const open: string[] = [];
  const all: string[] = [];
  const bare = html.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '<$1></$1>');
  for (const [, slash, name = '', rest = ''] of bare.matchAll(
    /<(\/?)([a-z][a-z0-9]*)((?:[^<>"]|"[^"<>]*")*)>/g,
  )) {
    if (slash === '/') {
      const last = open.pop();
      if (last !== name) throw new Error(`</${name}> closes <${last}>`);
      continue;
    }
    all.push(name);
    if (!rest.endsWith('/') && name !== 'meta') open.push(name);
  }
  if (open.length > 0) throw new Error(`<${open.join('>, <')}> stays open`);
  return all;
}

describe('htmlText', () => {
  it('closes every tag that it opens, and has no other than its own', () => {
    const tags = new Set(tagsOf(htmlText(everyBlock)));
    for (const tag of tags)
      expect(
        'html head meta title style body main header h1 h2 p div section dl dt dd small table thead tbody tr th td ul li span svg desc path rect g script'.split(
          ' ',
        ),
      ).toContain(tag);
    expect(tags).toContain('svg');
  });

  it('finds a tag that stays open, so that the check above can fail', () => {
    expect(() => tagsOf('<p><b></p>')).toThrow('</p> closes <b>');
    expect(() => tagsOf('<p>')).toThrow('<p> stays open');
  });

  it('takes no text for a tag, an attribute or a script', () => {
    const html = htmlText(everyBlock);
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html).toContain('&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;quoted&quot;');
    expect(html).not.toMatch(/<[^>]*\son[a-z]+=/);
    expect(html).not.toContain('\u001b');
    expect(html).not.toContain('\u202e');
  });

  it('needs nothing from elsewhere', () => {
    const html = htmlText(everyBlock);
    expect(html).not.toMatch(/https?:|src=|href=|@import|url\(/);
  });

  it('has the same bytes each time, and no value that is not one', () => {
    expect(htmlText(everyBlock)).toBe(htmlText(everyBlock));
    expect(htmlText(everyBlock)).not.toMatch(/NaN|Infinity|undefined|\[object/);
  });

  it('names each part of each chart once', () => {
    const ids = [...htmlText(everyBlock).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe(4);
    const named = [...htmlText(everyBlock).matchAll(/aria-labelledby="([^"]+)"/g)].flatMap(([, id]) =>
      id?.split(' '),
    );
    expect(named).toEqual(ids);
  });

  it('writes a table with numbers to the right and the tone of a row', () => {
    expect(mainOf(pageOf(levels))).toBe(
      `<section class="table">
<h2>Levels</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Levels"><table><thead><tr><th scope="col" class="n">multiple</th><th scope="col" class="n">hits</th><th scope="col" class="n">hit rate</th><th scope="col" class="n">mean return</th><th scope="col" style="min-width:25ch">verdict</th></tr></thead><tbody>
<tr class="tone-bad"><td class="n">0.50</td><td class="n">1,800</td><td class="n">90.00 %</td><td class="n">-0.0123 %</td><td>increase</td></tr>
<tr><td class="n">2.00</td><td class="n">310</td><td class="n">15.50 %</td><td class="n">–</td><td>inconclusive, recommended</td></tr>
<tr class="tone-good"><td class="n">2.25</td><td class="n">0</td><td class="n">0.00 %</td><td class="n">1.0000 %</td><td>keep</td></tr>
</tbody></table></div>
</section>`,
    );
  });

  it('keeps the verdict of a wide table in sight', () => {
    expect(mainOf(pageOf(wideLevels))).toContain('<section class="table wide">');
    expect(mainOf(pageOf(wideLevels))).toContain('<table class="pinned">');
  });

  it('sets remarks of one tone together, and paragraphs where a text has lines', () => {
    const page = pageOf(
      { kind: 'text', tone: 'warn', text: 'one' },
      { kind: 'text', tone: 'warn', text: 'two\nthree' },
      { kind: 'text', text: 'four' },
    );
    expect(mainOf(page)).toBe(
      '<div class="remarks tone-warn"><p>one</p>\n<p>two</p>\n<p>three</p></div>\n<div class="remarks tone-plain"><p>four</p></div>',
    );
  });

  it('has a script only where there is something to point at', () => {
    expect(htmlText(pageOf(levels))).not.toContain('<script');
  });

  it('shows 2,000 rows and says how many more there are', () => {
    const rows = Array.from({ length: 2010 }, (_, row) => ({ row }));
    const main = mainOf(
      pageOf({ kind: 'table', columns: [{ key: 'row', title: 'row', unit: 'count' }], rows }),
    );
    expect(main?.match(/<tr>/g)).toHaveLength(2001);
    expect(main).toContain('10 more rows in the JSON report.');
  });
});
