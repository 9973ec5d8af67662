import { describe, expect, it } from 'vitest';
import { findingOf, gate } from '../../support/gate.ts';
import { cleanRows, HOUR, rawBars } from '../../support/raw-bars.ts';

const DAY = 24 * HOUR;
/** From 2024-01-01 on. */
const mismatch = (file: string, interval = HOUR, count = 48) =>
  findingOf(gate(rawBars(cleanRows(count, interval)), { file }), 'name-mismatch');

describe('name-mismatch', () => {
  it('names a year that has no bar', () => {
    expect(mismatch('data/2020/BTCUSDT_2020_1h.csv')).toMatchObject({
      count: 1,
      line: 2,
      example: 'the name says 2020, the bars run from 2024-01-01 00:00 to 2024-01-02 23:00',
    });
    expect(mismatch('BTCUSDT_2024_1h.csv')).toBeNull();
  });

  it('is content with one of several years, and with a year between the first and the last bar', () => {
    expect(mismatch('BTCUSDT_2019-2024.csv')).toBeNull();
    expect(mismatch('BTCUSDT_2025.csv', DAY, 800)).toBeNull();
    expect(mismatch('BTCUSDT_2027.csv', DAY, 800)).not.toBeNull();
  });

  it('takes no number for a year that is part of a longer one', () => {
    expect(mismatch('first20200.csv')).toBeNull();
    expect(mismatch('id-12020.csv')).toBeNull();
  });

  it('looks at the base name alone', () => {
    expect(mismatch('/data/2020/5m/BTCUSDT.csv')).toBeNull();
  });

  it('names an interval that is not that of the stamps', () => {
    expect(mismatch('BTCUSDT-5m-2024-01.csv')?.example).toBe('the name says 5m, the stamps are 1h apart');
    expect(mismatch('ADA_USDT-1h.json')).toBeNull();
    expect(mismatch('ADA_USDT_60min.json')).toBeNull();
    expect(mismatch('kline.1D.csv')?.example).toContain('1d');
    expect(mismatch('kline_1D.csv', DAY)).toBeNull();
  });

  it('says both', () => {
    expect(mismatch('BTCUSDT_2020_5m.csv')).toMatchObject({ count: 2 });
  });

  it('takes 1M, which means a month here and a minute there, for nothing', () => {
    expect(mismatch('BTCUSDT_1M.csv')).toBeNull();
  });
});
