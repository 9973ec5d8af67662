import { describe, expect, it } from 'vitest';
import { headOf } from '../../../src/io/head.ts';
import type { FundingReader } from '../../../src/io/reader.ts';
import { fundingReaders } from '../../../src/io/readers/funding.ts';
import type { RawFunding } from '../../../src/market/raw.ts';
import { sourceOf } from '../../support/source-of.ts';

/** 2023-11-15 00:00 UTC. */
const START = 1_700_006_400_000;
const HOUR = 3_600_000;

function readerOf(content: string): FundingReader | undefined {
  return fundingReaders.find((reader) => reader.detect(headOf(sourceOf(content))) !== null);
}

function read(content: string, timeOffset = 0): Promise<readonly RawFunding[]> {
  const reader = readerOf(content);
  if (reader === undefined) throw new Error('no reader knows the content');
  return reader.read(sourceOf(content), { timeOffset });
}

function rowsOf(raw: RawFunding | undefined): readonly (readonly number[])[] {
  if (raw === undefined) return [];
  return Array.from(raw.time, (time, i) => [(time - START) / HOUR, raw.rate[i] ?? Number.NaN]);
}

async function messageOf(run: () => Promise<unknown>): Promise<string> {
  try {
    await run();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

const plain = `timestamp_ms,funding_rate\n${START},0.0001\n${START + 8 * HOUR},-3.5e-05\n`;
const vision = `calc_time,funding_interval_hours,last_funding_rate\n${START + 3},8,0.00010000\n`;
const exported =
  '\ufeff"Time","Contracts","Funding Interval","Funding Rate"\n' +
  '"2023-11-15 16:00:00","ABCUSDT Perpetual","8h","0.004013%"\n' +
  '"2023-11-15 08:00:00","ABCUSDT Perpetual","8h","-0.010000%"\n';
const freqtrade = `[[${START}, 0.00012, 0.0, 0.0, 0.0, 0.0], [${START + 8 * HOUR}, -0.0003, 0, 0, 0, 0]]`;
const ccxt = JSON.stringify([
  {
    info: {},
    symbol: 'ABC/USDT:USDT',
    fundingRate: 0.0002,
    timestamp: START,
    datetime: '2023-11-15T00:00:00.000Z',
  },
]);

describe('fundingReaders', () => {
  it.each([
    ['generic-funding', plain],
    ['generic-funding', ccxt],
    ['binance-funding-vision', vision],
    ['binance-funding-export', exported],
    ['freqtrade-funding', freqtrade],
  ])('know %s by its content', (name, content) => {
    expect(readerOf(content)?.name).toBe(name);
  });

  it.each([
    ['candles', 'timestamp,open,high,low,close,volume\n1,2,3,1,2,0\n'],
    ['candles in JSON', `[[${START}, 1.5, 2, 1, 1.7, 12]]`],
    ['an empty array', '[]'],
    ['text', 'hello'],
    ['nothing', ''],
  ])('do not take %s for funding', (_, content) => {
    expect(readerOf(content)).toBeUndefined();
  });

  it('have names of their own', () => {
    expect(new Set(fundingReaders.map((reader) => reader.name)).size).toBe(fundingReaders.length);
  });
});

describe('generic-funding', () => {
  it('reads fractions and epochs as they stand', async () => {
    const [raw] = await read(plain);
    expect(raw).toMatchObject({ symbol: null, length: 2, faults: [], findings: [] });
    expect(rowsOf(raw)).toEqual([
      [0, 0.0001],
      [8, -0.000035],
    ]);
    expect([raw?.line(0), raw?.line(1)]).toEqual([2, 3]);
  });

  it.each([
    ['seconds', `${START / 1000}`],
    ['microseconds', `${START}000`],
    ['ISO with a zone', '2023-11-15T05:30:00+05:30'],
    ['ISO without a zone', '2023-11-15 00:00:00'],
    ['a date', '2023-11-15'],
  ])('reads a stamp in %s', async (_, stamp) => {
    const [raw] = await read(`time,rate\n${stamp},0.0001\n`);
    expect(rowsOf(raw)).toEqual([[0, 0.0001]]);
  });

  it('subtracts the offset that the stamps are ahead of UTC', async () => {
    const [raw] = await read(plain, 2 * HOUR);
    expect(rowsOf(raw)[0]).toEqual([-2, 0.0001]);
  });

  it('gives each symbol of a file its own columns and lines', async () => {
    const raws = await read(
      `symbol,fundingTime,fundingRate\nABC-USDT-SWAP,${START},0.1e-3\nXYZUSDT,${START},-0.0002\nABC-USDT-SWAP,${START + HOUR},0\n`,
    );
    expect(raws.map((raw) => [raw.symbol, rowsOf(raw), raw.line(0)])).toEqual([
      [
        'ABCUSDT',
        [
          [0, 0.0001],
          [1, 0],
        ],
        2,
      ],
      ['XYZUSDT', [[0, -0.0002]], 3],
    ]);
  });

  it('reads ccxt objects and the lists that venues wrap', async () => {
    expect((await read(ccxt))[0]).toMatchObject({ symbol: 'ABCUSDT', length: 1 });
    const bybit = `{"retCode":0,"result":{"list":[{"symbol":"ABCUSDT","fundingRate":"0.0001","fundingRateTimestamp":"${START}"}]}}`;
    expect(rowsOf((await read(bybit))[0])).toEqual([[0, 0.0001]]);
  });

  it('takes the rate that was charged before the one that was forecast', async () => {
    const okx = `{"code":"0","data":[{"instId":"ABC-USDT-SWAP","fundingRate":"0.0009","realizedRate":"0.0001","fundingTime":"${START}"}]}`;
    expect(rowsOf((await read(okx))[0])).toEqual([[0, 0.0001]]);
  });

  it('makes a fault of every row that cannot be read, and reads the others', async () => {
    const [raw] = await read(
      `time,rate\n1.67867E+12,0.0001\n${START},high\n${START},\n${START},0.0001,7\n2023-02-30,0.0001\n${START},0.0003\n${START}`,
    );
    expect(rowsOf(raw)).toEqual([[0, 0.0003]]);
    expect(raw?.faults.map(({ line, code }) => [line, code]).sort()).toEqual([
      [2, 'ROW_TIME'],
      [3, 'ROW_NUMBER'],
      [4, 'ROW_NUMBER'],
      [5, 'ROW_RAGGED'],
      [6, 'ROW_TIME'],
      [8, 'ROW_CUT'],
    ]);
  });

  it('names the row of a JSON fault, which has no line', async () => {
    const [raw] = await read('[{"timestamp":"soon","fundingRate":0.0001}]');
    expect(raw?.faults).toEqual([
      {
        line: null,
        code: 'ROW_TIME',
        message: 'row 1: a time must be an epoch or a date and time, was "soon"',
      },
    ]);
  });

  it('refuses a file without the columns, whoever chose the reader', async () => {
    const reader = fundingReaders.find(({ name }) => name === 'generic-funding');
    const message = await messageOf(async () => reader?.read(sourceOf('a,b\n1,2\n'), { timeOffset: 0 }));
    expect(message).toContain('FILE_FORMAT: a funding file must have columns for the time and the rate');
    expect(message).toContain('(a.csv:1)');
  });
});

describe('binance-funding-vision', () => {
  it('reads stamps with their jitter, which the gate snaps', async () => {
    const [raw] = await read(vision);
    expect(raw?.time[0]).toBe(START + 3);
    expect(raw?.rate[0]).toBe(0.0001);
  });
});

describe('binance-funding-export', () => {
  it('moves the point of percent strings, so that 0.004013% is exactly 0.00004013', async () => {
    const [raw] = await read(exported, 8 * HOUR);
    expect(raw?.symbol).toBe('ABCUSDT');
    expect(rowsOf(raw)).toEqual([
      [8, 0.00004013],
      [0, -0.0001],
    ]);
    expect(raw?.findings).toEqual([]);
  });

  it('warns that its times are local where no offset is given', async () => {
    const [raw] = await read(exported);
    expect(rowsOf(raw)[1]).toEqual([8, -0.0001]);
    expect(raw?.findings).toMatchObject([{ code: 'local-times', count: 2, line: 2 }]);
  });

  it('does not take a rate without its percent sign', async () => {
    const [raw] = await read(exported.replace('-0.010000%', '-0.010000'));
    expect(raw?.length).toBe(1);
    expect(raw?.faults).toMatchObject([{ line: 3, code: 'ROW_NUMBER' }]);
  });
});

describe('freqtrade-funding', () => {
  it('reads the rate where a candle has its open', async () => {
    const [raw] = await read(freqtrade);
    expect(rowsOf(raw)).toEqual([
      [0, 0.00012],
      [8, -0.0003],
    ]);
  });

  it('makes a fault of a row that is a candle', async () => {
    const mixed = `${freqtrade.slice(0, -1)}, [${START}, 5, 6, 4, 5, 100]]`;
    const reader = fundingReaders.find(({ name }) => name === 'freqtrade-funding');
    const [raw] = (await reader?.read(sourceOf(mixed), { timeOffset: 0 })) ?? [];
    expect(raw?.length).toBe(2);
    expect(raw?.faults).toMatchObject([{ line: null, code: 'ROW_VALUE' }]);
  });
});
