import { describe, expect, it } from 'vitest';
import { headOf } from '../../../src/io/head.ts';
import type { ReadOptions } from '../../../src/io/reader.ts';
import { genericJournal } from '../../../src/io/readers/generic-journal.ts';
import { journalReaders } from '../../../src/io/readers/journal.ts';
import type { Journal } from '../../../src/market/journal.ts';
import { sourceOf } from '../../support/source-of.ts';

/** 2024-03-01 00:00 UTC. */
const START = 1_709_251_200_000;
const HEADER = 'symbol,direction,entry_time,entry_price,exit_time,exit_price';

function read(content: string, options: Partial<ReadOptions> = {}, name = 'journal.csv'): Promise<Journal> {
  return genericJournal.read(sourceOf(content, { name }), { timeOffset: 0, ...options });
}

/** A journal of one row under the header, with more columns where the test needs them. */
function one(row: string, more = ''): Promise<Journal> {
  return read(`${HEADER}${more}\n${row}\n`);
}

const GOOD = 'ABC/USDT,long,2024-03-01 00:00,100,2024-03-01 05:00,110';

describe('genericJournal', () => {
  it('reads the header of the generic journal', async () => {
    const journal = await read(`${HEADER}\n${GOOD}\n`);
    expect(journal).toEqual({
      trades: [
        {
          id: 1,
          symbol: 'ABCUSDT',
          direction: 'long',
          entryTime: START,
          entryPrice: 100,
          exitTime: START + 5 * 3_600_000,
          exitSlack: 0,
          exitPrice: 110,
          exitKind: 'unknown',
        },
      ],
      bare: [],
      skipped: [],
      faults: [],
      findings: [],
    });
  });

  it('reads what a journal may have besides', async () => {
    const more = ',exit_reason,qty,leverage,confidence,fee_open,fee_close';
    const { trades } = await one(`${GOOD},trailing_stop_loss,0.5,10,0.7,0.0004,-0.0001`, more);
    expect(trades[0]).toMatchObject({
      exitKind: 'trailing-stop',
      qty: 0.5,
      leverage: 10,
      confidence: 0.7,
      feeEntry: 0.0004,
      feeExit: -0.0001,
    });
  });

  it('leaves out what a journal has columns for and no value in', async () => {
    const { trades, faults } = await one(`${GOOD},,-,nan,null`, ',exit_reason,qty,leverage,confidence');
    expect(faults).toEqual([]);
    expect(trades[0]).not.toHaveProperty('qty');
    expect(trades[0]).not.toHaveProperty('leverage');
    expect(trades[0]).not.toHaveProperty('confidence');
  });

  it.each([
    [
      'Entry_Date,Exit_Date,Holding_Mins,Pair,Side,Entry_Price,Exit_Price',
      '2024-03-01,2024-03-02,5,ABC-USD,BUY,1,2',
    ],
    [
      ',market_name,position_type,entry_time,exit_time,entry_price,exit_price',
      '0,ABCUSD,LONG,2024-03-01,2024-03-02,1,2',
    ],
    ['pair,is_short,open_date,close_date,open_rate,close_rate', 'ABC/USD,False,2024-03-01,2024-03-02,1,2'],
    ['coin;side;openTime;closeTime;openPrice;closePrice', 'ABC-USD;1;2024-03-01;2024-03-02;1;2'],
    [
      '"market","type","Entry Time","Exit Time","Entry Price","Exit Price"',
      '"ABCUSD","buy","2024-03-01","2024-03-02","1","2"',
    ],
  ])('knows the columns %s', async (header, row) => {
    const content = `${header}\n${row}\n`;
    expect(genericJournal.detect(headOf(sourceOf(content)))).not.toBeNull();
    const { trades, faults } = await read(content);
    expect(faults).toEqual([]);
    expect(trades).toMatchObject([
      { symbol: 'ABCUSD', direction: 'long', entryTime: START, entryPrice: 1, exitPrice: 2 },
    ]);
  });

  it.each([
    ['long', 'long'],
    ['SHORT', 'short'],
    ['Buy', 'long'],
    ['sell', 'short'],
    ['1', 'long'],
    ['-1', 'short'],
  ])('reads the direction %s', async (word, direction) => {
    const { trades } = await one(GOOD.replace('long', word));
    expect(trades[0]?.direction).toBe(direction);
  });

  it.each([
    ['seconds', START / 1000],
    ['milliseconds', START],
    ['microseconds', START * 1000],
  ])('tells epochs in %s by their magnitude', async (_, stamp) => {
    const { trades } = await one(`ABCUSDT,long,${stamp},100,${stamp},110`);
    expect(trades[0]?.entryTime).toBe(START);
  });

  it('reads ISO times with fractions and zones, and UTC where there is none', async () => {
    const { trades } = await one(
      'ABCUSDT,long,2024-03-01T02:00:07.525580+02:00,100,2024-03-01 00:01:00Z,110',
    );
    expect(trades[0]?.entryTime).toBe(START + 7525);
    expect(trades[0]?.exitTime).toBe(START + 60_000);
  });

  it('subtracts the offset that the stamps are ahead of UTC', async () => {
    const { trades } = await read(`${HEADER}\n${GOOD}\n`, { timeOffset: 3_600_000 });
    expect(trades[0]?.entryTime).toBe(START - 3_600_000);
  });

  it('skips placeholders and trades that have not ended, and counts rows from 1', async () => {
    const { trades, skipped, faults } = await read(
      `${HEADER}\n-,-,-,-,-,-\n${GOOD}\nABCUSDT,short,2024-03-01,100,-,-\nABCUSDT,short,2024-03-01,100,,\n`,
    );
    expect(trades.map((trade) => trade.id)).toEqual([2]);
    expect(skipped).toEqual([
      { reason: 'placeholder', id: 1 },
      { reason: 'still-open', id: 3 },
      { reason: 'still-open', id: 4 },
    ]);
    expect(faults).toEqual([]);
  });

  it.each([
    ['a price that is text', 'ABCUSDT,long,2024-03-01,cheap,2024-03-02,110', 'ROW_NUMBER'],
    ['a price of zero', 'ABCUSDT,long,2024-03-01,0,2024-03-02,110', 'ROW_PRICE'],
    ['a negative price', 'ABCUSDT,long,2024-03-01,100,2024-03-02,-1', 'ROW_PRICE'],
    ['an exit time without a price', 'ABCUSDT,long,2024-03-01,100,2024-03-02,', 'ROW_NUMBER'],
    ['an exit price without a time', 'ABCUSDT,long,2024-03-01,100,,110', 'ROW_TIME'],
    ['an exit before its entry', 'ABCUSDT,long,2024-03-02,100,2024-03-01,110', 'ROW_VALUE'],
    ['a day that no calendar has', 'ABCUSDT,long,2024-02-30,100,2024-03-02,110', 'ROW_TIME'],
    ['a stamp that a spreadsheet ruined', 'ABCUSDT,long,1.70925E+12,100,2024-03-02,110', 'ROW_TIME'],
    ['a direction that is none', 'ABCUSDT,limit,2024-03-01,100,2024-03-02,110', 'ROW_VALUE'],
    ['no symbol', '-,long,2024-03-01,100,2024-03-02,110', 'SYMBOL_UNKNOWN'],
    ['a field too many', `${GOOD},7`, 'ROW_RAGGED'],
    ['a field too few', 'ABCUSDT,long,2024-03-01,100,2024-03-02', 'ROW_RAGGED'],
  ])('makes a fault of %s, with its line, and reads the other rows', async (_, row, code) => {
    const { trades, skipped, faults } = await read(`${HEADER}\n${GOOD}\n${row}\n${GOOD}\n`);
    expect(faults.map((fault) => [fault.line, fault.code])).toEqual([[3, code]]);
    expect(trades.map((trade) => trade.id)).toEqual([1, 3]);
    expect(skipped).toEqual([]);
  });

  it.each([
    ['qty', '0'],
    ['qty', '-1'],
    ['leverage', '0'],
    ['confidence', '1.01'],
    ['confidence', '-0.1'],
    ['fee_open', '12.5'],
    ['fee_close', '0.011'],
  ])('makes a fault of %s %s', async (column, value) => {
    const { faults } = await one(`${GOOD},${value}`, `,${column}`);
    expect(faults.map(({ line, code }) => [line, code])).toEqual([[2, 'ROW_VALUE']]);
  });

  it("sees by the journal's own count of minutes that its stamps follow summer time", async () => {
    const header = `${HEADER},holding_mins`;
    const spring = 'ABCUSDT,long,2024-03-10 00:00,100,2024-03-10 05:00,110,240';
    const { findings } = await read(`${header}\n${GOOD},300\n${spring}\n`);
    expect(findings).toMatchObject([{ code: 'local-times', count: 1, line: 3 }]);
    expect((await read(`${header}\n${GOOD},300\n${GOOD},\n${GOOD},270\n`)).findings).toEqual([]);
  });

  it('calls a last line that is cut off what it is', async () => {
    const { trades, faults } = await read(`${HEADER}\n${GOOD}\nABCUSDT,long,2024-0`);
    expect(trades).toHaveLength(1);
    expect(faults).toEqual([
      { line: 3, code: 'ROW_CUT', message: 'the last line must be whole, was 3 of 6 fields' },
    ]);
  });

  it('reads a last line without a line end', async () => {
    expect((await read(`${HEADER}\n${GOOD}`)).trades).toHaveLength(1);
  });

  it('takes the symbol from the option, else from the name of the file, where there is no column', async () => {
    const content = `${HEADER.slice('symbol,'.length)}\n${GOOD.slice('ABC/USDT,'.length)}\n`;
    expect((await read(content, { symbol: 'XYZ/USDT' }, 'ABCUSDT.csv')).trades[0]?.symbol).toBe('XYZUSDT');
    expect((await read(content, {}, 'ABCUSDT-trades.csv')).trades[0]?.symbol).toBe('ABCUSDT');
    await expect(read(content)).rejects.toThrow(/SYMBOL_UNKNOWN: .*--symbol/);
  });

  it('reads JSON objects as it reads CSV', async () => {
    const content = JSON.stringify([
      {
        pair: 'ABC/USDT',
        side: 'sell',
        open_time: START,
        open_rate: 100,
        close_time: START + 1,
        close_rate: 90,
        leverage: null,
      },
      { pair: 'ABC/USDT', side: 'buy', open_time: START, open_rate: 100, close_time: null, close_rate: null },
    ]);
    expect(genericJournal.detect(headOf(sourceOf(content)))).not.toBeNull();
    const { trades, skipped } = await read(content);
    expect(trades).toMatchObject([{ id: 1, direction: 'short', entryTime: START, exitPrice: 90 }]);
    expect(skipped).toEqual([{ reason: 'still-open', id: 2 }]);
  });

  it.each([
    ['a JSON file that ends early', '[{"pair":"ABC"', /FILE_FORMAT: a JSON file must be readable to its end/],
    ['a JSON list of numbers', '[1, 2]', /FILE_FORMAT: a JSON file of records must be an array of objects/],
    [
      'columns of candles',
      'time,open,high,low,close\n1,1,1,1,1\n',
      /FILE_FORMAT: a journal must have columns/,
    ],
    ['quotes that do not close', `${HEADER}\n"ABC,long\nABC,long\n`, /FILE_FORMAT: quotes must be closed/],
  ])('refuses %s', async (_, content, message) => {
    await expect(read(content)).rejects.toThrow(message);
  });
});

describe('journalReaders', () => {
  it('have names of their own', () => {
    expect(new Set(journalReaders.map((reader) => reader.name)).size).toBe(journalReaders.length);
  });

  it.each(['', 'hello', 'time,open,high,low,close\n1,1,1,1,1\n', '[]', '{}', '[[1,2,3]]'])(
    'do not take %j for a journal',
    (content) => {
      const found = journalReaders.filter((reader) => reader.detect(headOf(sourceOf(content))) !== null);
      expect(found).toEqual([]);
    },
  );
});
