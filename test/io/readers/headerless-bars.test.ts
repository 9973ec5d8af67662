import { describe, expect, test } from 'vitest';
import { headOf } from '../../../src/io/head.ts';
import { headerlessRows } from '../../../src/io/readers/headerless-bars.ts';
import { codeOf } from '../../support/codes.ts';
import { barsOf } from '../../support/raw-of.ts';
import { sourceOf } from '../../support/source-of.ts';

const at = (i: number): number => 1609459200000 + i * 60_000;
const ohlc = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${at(i)},100,103,99,101,5`);
const ochl = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${at(i)},100,101,103,99,5`);
const flat = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${at(i)},100,100,100,100,5`);
const file = (rows: readonly string[]): string => `${rows.join('\n')}\n`;

describe('the order of the columns', () => {
  test('shows in the prices: Bitfinex writes open, close, high, low', async () => {
    const { reader, why, bars } = await barsOf(file(ochl(3)));
    expect(reader).toBe('bitfinex');
    expect(why).toContain('only time,open,close,high,low,volume keeps the high highest');
    expect(bars[0]).toMatchObject({ open: [100, 100, 100], close: [101, 101, 101], high: [103, 103, 103] });
  });

  test('is the usual one where only that fits', async () => {
    const { reader, why, bars } = await barsOf(file(ohlc(3)));
    expect(reader).toBe('plain-ohlcv');
    expect(why).toContain('only that order keeps the high highest');
    expect(bars[0]).toMatchObject({ open: [100, 100, 100], close: [101, 101, 101], low: [99, 99, 99] });
  });

  test('is taken to be the usual one, and said, where bars without movement fit both', async () => {
    const { reader, why } = await barsOf(file(flat(3)));
    expect(reader).toBe('plain-ohlcv');
    expect(why).toMatch(/Bitfinex's order too: name --reader bitfinex if it is/);
    const named = await barsOf(file(['1609459200000,100,101,103,99,5']), { reader: 'bitfinex' });
    expect([named.why, named.bars[0]?.close]).toEqual(['named by --reader bitfinex', [101]]);
  });

  test('is decided by the few bars that move', async () => {
    expect((await barsOf(file([...flat(50), ...ochl(1)]))).reader).toBe('bitfinex');
    expect((await barsOf(file([...flat(50), ...ohlc(1)]))).reader).toBe('plain-ohlcv');
  });

  test('is not hidden by a row that cannot be right, up to a tenth of the rows', async () => {
    const bad = `${at(0)},100,90,110,101,5`;
    expect((await barsOf(file([...ohlc(9), bad]))).reader).toBe('plain-ohlcv');
    expect(await codeOf(() => barsOf(file([...ohlc(8), bad])))).toBe('FILE_FORMAT');
  });

  test('is none where the rows fit neither, such as low before high', async () => {
    await expect(barsOf(file(['1609459200000,99,103,100,101,5']))).rejects.toThrow(
      /FILE_FORMAT: .*none of those.*give it a header/,
    );
  });
});

test('rows of another width, a header and an empty file are not headerless bars', () => {
  const rowsOf = (text: string) => headerlessRows(headOf(sourceOf(text)), 6);
  expect([rowsOf('1,2,3,4,5\n'), rowsOf('t,o,h,l,c,v\n1,2,3,4,5,6\n'), rowsOf('')]).toEqual([
    null,
    null,
    null,
  ]);
});

test('a number in front that is no epoch makes no bars', async () => {
  expect(await codeOf(() => barsOf('99999999.5,100,103,99,101,5\n'))).toBe('FILE_FORMAT');
});
