import { describe, expect, it } from 'vitest';
import { headOf } from '../../../src/io/head.ts';
import { bareJournal } from '../../../src/io/readers/bare-journal.ts';
import { journalReaders } from '../../../src/io/readers/journal.ts';
import { sourceOf } from '../../support/source-of.ts';

const HEADER = 'entry,exit,high,low,atr,direction';

function read(content: string, symbol?: string) {
  return bareJournal.read(
    sourceOf(content),
    symbol === undefined ? { timeOffset: 0 } : { timeOffset: 0, symbol },
  );
}

describe('bareJournal', () => {
  it('reads the six columns of the source document', async () => {
    expect(await read(`${HEADER}\n100,110,112,95,2.5,long\n100,90,101,88,2.5,short\n`)).toEqual({
      trades: [],
      bare: [
        {
          id: 1,
          symbol: '',
          direction: 'long',
          entryPrice: 100,
          exitPrice: 110,
          high: 112,
          low: 95,
          atr: 2.5,
        },
        {
          id: 2,
          symbol: '',
          direction: 'short',
          entryPrice: 100,
          exitPrice: 90,
          high: 101,
          low: 88,
          atr: 2.5,
        },
      ],
      skipped: [],
      faults: [],
      findings: [],
    });
  });

  it('reads JSON objects, and what a file has besides', async () => {
    const row = {
      entry: 10,
      exit: 11,
      high: 12,
      low: 9,
      atr: 1,
      direction: 'sell',
      symbol: 'ABC/USDT',
      leverage: 5,
    };
    const content = JSON.stringify([{ ...row, entry_time: '2024-03-01' }]);
    expect((await read(content)).bare).toEqual([
      {
        id: 1,
        symbol: 'ABCUSDT',
        direction: 'short',
        entryPrice: 10,
        exitPrice: 11,
        high: 12,
        low: 9,
        atr: 1,
        entryTime: 1_709_251_200_000,
        leverage: 5,
      },
    ]);
  });

  it('names the symbol that was given for the file', async () => {
    expect((await read(`${HEADER}\n100,110,112,95,2.5,long\n`, 'abc-usdt')).bare[0]?.symbol).toBe('ABCUSDT');
  });

  it.each(['0', '-1', '', 'nan'])('skips a trade whose ATR is %j', async (atr) => {
    const { bare, skipped, faults } = await read(`${HEADER}\n100,110,112,95,${atr},long\n`);
    expect([bare, skipped, faults]).toEqual([[], [{ reason: 'no-atr', id: 1 }], []]);
  });

  it.each([
    ['an entry above the high', '113,110,112,95,2,long', 'ROW_RANGE'],
    ['an entry below the low', '94,110,112,95,2,long', 'ROW_RANGE'],
    ['an exit above the high', '100,113,112,95,2,long', 'ROW_RANGE'],
    ['an exit below the low', '100,94,112,95,2,short', 'ROW_RANGE'],
    ['a low above the high', '100,100,90,110,2,short', 'ROW_RANGE'],
    ['a price of zero', '100,100,110,0,2,short', 'ROW_PRICE'],
    ['an ATR that is text', '100,100,110,90,wide,short', 'ROW_NUMBER'],
    ['a direction that is none', '100,100,110,90,2,up', 'ROW_VALUE'],
  ])('makes a fault of %s', async (_, row, code) => {
    const { bare, faults } = await read(`${HEADER}\n${row}\n100,110,112,95,2.5,long\n`);
    expect(faults.map((fault) => [fault.line, fault.code])).toEqual([[2, code]]);
    expect(bare.map((trade) => trade.id)).toEqual([2]);
  });

  it('accepts prices that lie on the extremes', async () => {
    const { faults } = await read(`${HEADER}\n112,95,112,95,2,long\n95,112,112,95,2,long\n`);
    expect(faults).toEqual([]);
  });

  it('says what was wrong in numbers', async () => {
    const { faults } = await read(`${HEADER}\n113,110,112,95,2,long\n`);
    expect(faults[0]?.message).toBe('entry must lie between low and high, was entry 113, low 95, high 112');
  });

  it('is asked before the generic journal, and leaves trades with exit times to it', () => {
    const nameOf = (header: string) => {
      const head = headOf(sourceOf(`${header}\n`));
      return journalReaders.find((reader) => reader.detect(head) !== null)?.name;
    };
    expect(nameOf(HEADER)).toBe('bare-journal');
    expect(nameOf(`${HEADER},entry_time,exit_time`)).toBe('generic-journal');
  });

  it('refuses a file without the columns', async () => {
    await expect(read('entry,exit\n1,2\n')).rejects.toThrow(
      /FILE_FORMAT: a journal of bare trades must have/,
    );
  });
});
