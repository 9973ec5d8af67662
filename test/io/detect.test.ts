import { describe, expect, test } from 'vitest';
import { checkReaderName, pickReader } from '../../src/io/detect.ts';
import { headOf } from '../../src/io/head.ts';
import { ohlcvReaders } from '../../src/io/readers/ohlcv.ts';
import { ticksReaders } from '../../src/io/readers/ticks.ts';
import { sourceOf } from '../support/source-of.ts';

const head = headOf(sourceOf('time,open,high,low,close\n1609459200,1,1,1,1\n'));
const pick = (named: string | null, text = 'time,open,high,low,close\n') =>
  pickReader(ohlcvReaders, headOf(sourceOf(text)), { named, file: 'a.csv', role: 'ohlcv' });

describe('pickReader', () => {
  test('asks in order, and says why', () => {
    expect(pick(null)).toMatchObject({
      reader: { name: 'generic-ohlcv' },
      why: expect.stringContaining('line 1'),
    });
  });

  test('takes the named one without asking', () => {
    expect(pick('yahoo')).toMatchObject({ reader: { name: 'yahoo' }, why: 'named by --reader yahoo' });
  });

  test('a name of another role leaves this one to content', () => {
    expect(pick('kraken-trades').reader.name).toBe('generic-ohlcv');
  });

  test.each([
    ['', 'nothing'],
    ['\0\u0001', 'bytes'],
    ['{"a":1}', 'an object'],
    ['a,b\n1,2\n', 'other columns'],
  ])('refuses %j (%s) with the names of all readers', (text) => {
    expect(() => pick(null, text)).toThrow(
      /FILE_FORMAT: .*\(a\.csv\).*--reader: .*binance-klines.*plain-ohlcv/,
    );
  });

  test.each([
    [Buffer.from('\ufefftime,open\n', 'utf16le'), /was UTF-16 .*encoding UTF-8, or name its reader/],
    [Buffer.from('d\u00e9but,open\n', 'latin1'), /was text in another encoding, or binary .*encoding UTF-8/],
    [Buffer.from('MZ\0\0'), /was binary .*exported as text/],
  ])('says of bytes that are no text what they seem to be: %#', (bytes, message) => {
    const bytesHead = headOf(sourceOf(bytes));
    expect(() => pickReader(ohlcvReaders, bytesHead, { named: null, file: 'a.csv', role: 'ohlcv' })).toThrow(
      message,
    );
  });
});

describe('checkReaderName', () => {
  test('passes a name that is there and names the nearest one otherwise', () => {
    expect(() => checkReaderName('yahoo', ['yahoo', 'lean'])).not.toThrow();
    expect(() => checkReaderName('yaho', ['yahoo', 'lean'])).toThrow(
      /USAGE: .*was "yaho".*Did you mean yahoo\?/,
    );
    expect(() => checkReaderName('qqqqqqqq', ['yahoo', 'lean'])).toThrow(/They are yahoo, lean/);
  });
});

test('readers have names of their own, and no reader of trades takes bars', () => {
  const names = [...ohlcvReaders, ...ticksReaders].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(ticksReaders.filter(({ detect }) => detect(head) !== null)).toEqual([]);
});
