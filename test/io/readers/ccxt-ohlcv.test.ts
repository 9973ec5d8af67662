import { describe, expect, test } from 'vitest';
import { headOf } from '../../../src/io/head.ts';
import { ccxtOhlcv } from '../../../src/io/readers/ccxt-ohlcv.ts';
import type { RawBars } from '../../../src/market/raw.ts';
import { codeOf } from '../../support/codes.ts';
import { sourceOf } from '../../support/source-of.ts';

const file = `[[1609459200000, 29000.5, 29100, 28900, 29050.25, 12.5],
 [1609462800000, 29050.25, 29200, 29000, 29150, 8]]`;

async function read(text: string, timeOffset = 0): Promise<RawBars> {
  const [bars, ...others] = await ccxtOhlcv.read(sourceOf(text), { timeOffset });
  if (bars === undefined || others.length > 0) throw new Error('one entry must be there');
  return bars;
}

const detect = (text: string): string | null => ccxtOhlcv.detect(headOf(sourceOf(text)));

describe('detection', () => {
  test('knows rows of six numbers, also where the first one is damaged or the head ends in a row', () => {
    expect(detect(file)).toContain('[ms, open, high, low, close, volume]');
    expect(detect(`[[1,NaN],${file.slice(1)}`)).not.toBeNull();
    expect(detect(file.slice(0, 70))).not.toBeNull();
  });

  test('knows no funding rates, trades, klines of strings, objects or CSV', () => {
    expect(detect('[[1609459200000, 0.0001, 0, 0, 0, 0]]')).toBeNull();
    expect(detect('[[1570752011620,"13519807",null,"sell",0.001,23.0,0.03]]')).toBeNull();
    expect(detect('[[1609459200000,"29000","29100","28900","29050","1",2,"3",4,"5","6","0"]]')).toBeNull();
    expect(detect('{"strategy": []}')).toBeNull();
    expect(detect('time,open,high,low,close\n')).toBeNull();
  });
});

describe('reading', () => {
  test('gives the columns as they are written, and row numbers for lines', async () => {
    const bars = await read(file);
    expect([...bars.time]).toEqual([1609459200000, 1609462800000]);
    expect([...bars.open]).toEqual([29000.5, 29050.25]);
    expect([...bars.high]).toEqual([29100, 29200]);
    expect([...bars.low]).toEqual([28900, 29000]);
    expect([...bars.close]).toEqual([29050.25, 29150]);
    expect([...bars.volume]).toEqual([12.5, 8]);
    expect([bars.symbol, bars.length, bars.faults, bars.line(0), bars.line(1), bars.line(2)]).toEqual([
      null,
      2,
      [],
      1,
      2,
      null,
    ]);
  });

  test('more rows than a first guess holds', async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => [i * 60000, 10 + i, 11 + i, 9 + i, 10 + i, i]);
    const bars = await read(JSON.stringify(rows));
    expect([bars.length, bars.time[4999], bars.volume[4999], bars.close[2048]]).toEqual([
      5000, 299940000, 4999, 2058,
    ]);
  });

  test('rows that are no six numbers are faults with their row, and stand in no column', async () => {
    const bars = await read(
      '[[1,2,2,2,2,2], [2,2,2,2,2], [3,null,2,2,2,2], [4,2,"2.5",2,2,2], [5,2,2,NaN,2,2], [6,2,2,2,-Infinity,2], [7,2,2,2,1e999,2], {"t":8}, [9,2,2,2,2,2], nope]',
    );
    expect([...bars.time]).toEqual([1, 9]);
    expect([bars.line(0), bars.line(1)]).toEqual([1, 9]);
    expect(bars.faults).toEqual([
      { line: 2, code: 'ROW_RAGGED', message: 'a row must be a list of 6 values, was a list of 5' },
      { line: 3, code: 'ROW_NUMBER', message: 'open must be a finite number, was null' },
      { line: 4, code: 'ROW_NUMBER', message: 'high must be a finite number, was "2.5"' },
      { line: 5, code: 'ROW_NUMBER', message: 'a JSON value must be a finite number, was "NaN"' },
      { line: 6, code: 'ROW_NUMBER', message: 'a JSON value must be a finite number, was "-Infinity"' },
      { line: 7, code: 'ROW_NUMBER', message: 'close must be a finite number, was Infinity' },
      { line: 8, code: 'ROW_RAGGED', message: 'a row must be a list of 6 values, was {"t":8}' },
      { line: 10, code: 'ROW_VALUE', message: 'a row must be JSON, was nope' },
    ]);
  });

  test('a volume that is null in every row is none, which is 0; null in one row is a fault', async () => {
    const none = await read('[[1,2,2,2,2,null],[2,2,2,2,2,null]]');
    expect([[...none.volume], none.faults]).toEqual([[0, 0], []]);
    const one = await read('[[1,2,2,2,2,null],[2,2,2,2,2,3]]');
    expect([one.length, one.faults.map((fault) => fault.message)]).toEqual([
      1,
      ['volume must be a finite number, was null'],
    ]);
    const texts = await read('[[1,2,2,2,2,"1"],[2,2,2,2,2,"3"]]');
    expect([texts.length, texts.faults.length]).toEqual([0, 2]);
  });

  test('stamps ahead of UTC are put back', async () => {
    expect((await read(file, 28_800_000)).time[0]).toBe(1609459200000 - 28_800_000);
  });

  test('a file cut at any length is an error', async () => {
    for (let length = 1; length < file.length; length += 1) {
      expect([length, await codeOf(() => read(file.slice(0, length)))]).toEqual([length, 'ROW_CUT']);
    }
  });
});
