import { describe, expect, it } from 'vitest';
import { padded, printable, textWidth, wrapped } from '../../src/report/text-width.ts';

describe('text in a terminal', () => {
  it.each([
    ['BTCUSDT', 7],
    ['日本', 4],
    ['e\u0301', 1],
    ['🚀', 2],
    ['–═┄', 3],
    ['', 0],
  ])('takes for %s the columns that it has', (text, width) => {
    expect(textWidth(text)).toBe(width);
  });

  it('breaks at spaces, cuts words that are longer than a line, and sets later lines in', () => {
    expect(wrapped('the quick brown fox', 9)).toEqual(['the quick', 'brown fox']);
    expect(wrapped('abcdefghij kl', 4)).toEqual(['abcd', 'efgh', 'ij', 'kl']);
    expect(wrapped('one two three', 7, 2)).toEqual(['one two', '  three']);
    expect(wrapped('日本日本', 5)).toEqual(['日本', '日本']);
    expect(wrapped('', 5)).toEqual(['']);
  });

  it('breaks a name behind a hyphen where there is one in reach, and only then inside a syllable', () => {
    expect(wrapped('portfolio-limits', 14)).toEqual(['portfolio-', 'limits']);
    expect(wrapped('symbol-margin-recovered', 10)).toEqual(['symbol-', 'margin-', 'recovered']);
    expect(wrapped('symbol-margin-recovered', 15)).toEqual(['symbol-margin-', 'recovered']);
    expect(wrapped('open-risk-recovered', 10)).toEqual(['open-risk-', 'recovered']);
    expect(wrapped('margin-recovered', 8)).toEqual(['margin-', 'recovere', 'd']);
    expect(wrapped('a portfolio-limits b', 11, 1)).toEqual(['a', ' portfolio-', ' limits b']);
    // A sign and the dashes of a flag join nothing.
    expect(wrapped('-123456789', 5)).toEqual(['-1234', '56789']);
    expect(wrapped('--guards', 5)).toEqual(['--gua', 'rds']);
    expect(wrapped('日-本日本日', 6)).toEqual(['日-', '本日本', '日']);
  });

  it('does not leave a percent sign without its number', () => {
    expect(wrapped('a hit rate below 15 %', 19)).toEqual(['a hit rate below', '15 %']);
  });

  it('fills up by columns, not by characters', () => {
    expect(padded('日', 4)).toBe('日  ');
    expect(padded('7', 3, 'left')).toBe('  7');
  });

  it('replaces what would move the cursor or turn the reading direction', () => {
    expect(printable('a\u001b[31mb\u0007\u009b\u202ec\td\ne')).toBe('a\ufffd[31mb\ufffd\ufffd\ufffdc d e');
  });
});
