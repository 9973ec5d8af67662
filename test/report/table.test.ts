import { describe, expect, it } from 'vitest';
import { InvariantError } from '../../src/model/errors.ts';
import type { Block, Page, TableBlock } from '../../src/model/page.ts';
import { tableText } from '../../src/report/table.ts';
import { textWidth } from '../../src/report/text-width.ts';
import { everyBlock, levels } from '../support/invented-page.ts';

const pageOf = (...blocks: readonly Block[]): Page => ({ title: 'A page', subtitle: 'of a test', blocks });
const textOf = (page: Page, width: number) => tableText(page, { width, colour: false });
const ansi = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

describe('a page in a terminal', () => {
  it('has a head, tables with a rule and numbers to the right, and what makes it repeatable at its end', () => {
    expect(textOf({ ...pageOf(levels), provenance: 'run 1' }, 80)).toBe(
      [
        'A page',
        'of a test',
        '',
        'Levels',
        'multiple   hits  hit rate  mean return  verdict',
        '────────  ─────  ────────  ───────────  ─────────────────────────',
        '    0.50  1,800   90.00 %    -0.0123 %  increase',
        '    2.00    310   15.50 %            –  inconclusive, recommended',
        '    2.25      0    0.00 %     1.0000 %  keep',
        '',
        'run 1',
        '',
      ].join('\n'),
    );
  });

  it('breaks titles before it leaves a column out', () => {
    expect(textOf(pageOf(levels), 63).split('\n').slice(3, 7)).toEqual([
      'Levels',
      '                     hit       mean',
      'multiple   hits     rate     return  verdict',
      '────────  ─────  ───────  ─────────  ─────────────────────────',
    ]);
  });

  it('leaves columns out in the order of yields, and says which and where they are', () => {
    expect(textOf(pageOf(levels), 50).split('\n').slice(3)).toEqual([
      'Levels',
      'multiple  hit rate  verdict',
      '────────  ────────  ─────────────────────────',
      '    0.50   90.00 %  increase',
      '    2.00   15.50 %  inconclusive, recommended',
      '    2.25    0.00 %  keep',
      'left out for width, in CSV and JSON: hits, mean',
      'return',
      '',
    ]);
  });

  it('shows 200 rows and says how many more there are, and where', () => {
    const rows = Array.from({ length: 1500 }, (_, row) => ({ row }));
    const block: TableBlock = { kind: 'table', columns: [{ key: 'row', title: 'row', unit: 'count' }], rows };
    const lines = textOf(pageOf(block), 80).split('\n');
    expect(lines).toContain('199');
    expect(lines).not.toContain('200');
    expect(lines).toContain('1,300 more rows in JSON');
    expect(textOf(pageOf({ ...block, main: true }), 80)).toContain('\n1,300 more rows in CSV and JSON\n');
  });

  it('says that a table has no rows', () => {
    expect(textOf(pageOf({ ...levels, rows: [], tones: [] }), 80)).toContain('\nno rows\n');
  });

  it('refuses a row without a cell for a column', () => {
    const page = pageOf({ ...levels, rows: [{ multiplier: 1 }] });
    expect(() => textOf(page, 80)).toThrow(InvariantError);
    expect(() => textOf(page, 80)).toThrow('a row has a cell for each column, was without hits');
  });

  it('keeps remarks of one tone close and sets their later lines in', () => {
    const remark = (text: string): Block => ({ kind: 'text', tone: 'warn', text });
    const page = pageOf(remark('one two three four five six seven'), remark('eight'), {
      kind: 'text',
      text: 'end',
    });
    expect(textOf(page, 20)).toBe(
      'A page\nof a test\n\none two three four\n  five six seven\neight\n\nend\n',
    );
  });

  it.each([true, false])(
    'is nowhere wider than the terminal at 60 to 160 columns, with colour: %s',
    (colour) => {
      for (let width = 60; width <= 160; width += 1) {
        const lines = tableText(everyBlock, { width, colour }).replaceAll(ansi, '').split('\n');
        const wide = lines.filter((line) => textWidth(line) > width);
        expect(wide).toEqual([]);
      }
    },
  );

  it('has the same words with colour and without, and no colour where none is asked for', () => {
    const plain = textOf(everyBlock, 100);
    const coloured = tableText(everyBlock, { width: 100, colour: true });
    expect(plain).not.toContain('\u001b');
    expect(coloured).toContain('\u001b[1mLevels\u001b[22m');
    // Spaces at the end of a line may stay behind a colour that ends there.
    const bare = coloured.replaceAll(ansi, '').replaceAll(/ +$/gm, '');
    expect(bare).toBe(plain);
  });

  it('lets no text of a file steer the terminal', () => {
    expect(textOf(everyBlock, 160)).toContain('steers \ufffd[2J the \ufffd screen');
  });

  it('colours the words of a row and leaves its numbers as they are', () => {
    const coloured = tableText(pageOf(levels), { width: 80, colour: true });
    expect(coloured).toContain('    2.25      0    0.00 %     1.0000 %  \u001b[32mkeep\u001b[39m');
  });
});
