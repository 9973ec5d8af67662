import { afterAll, describe, expect, it } from 'vitest';
import { dataFolder } from '../support/data-folder.ts';
import { HOUR } from '../support/raw-bars.ts';

const { run, report, text, remove } = dataFolder();
afterAll(remove);

describe('risk data convert', () => {
  it('writes what went through the gate, oldest first, and reads it back the same', async () => {
    const { result, code } = await report('convert', 'BBBUSDT-1h.csv', 'BBBUSDT-out.csv');
    expect(code).toBe(0);
    expect(result.written).toMatchObject([
      { file: 'BBBUSDT-out.csv', format: 'csv', symbol: 'BBBUSDT', bars: 60 },
    ]);
    expect(text('BBBUSDT-out.csv')).toBe(text('AAAUSDT-1h.csv'));
  });

  it('writes Arrow, which describes as the CSV does', async () => {
    await report('convert', 'AAAUSDT-1h.csv', 'AAAUSDT.arrow');
    const [arrow, csv] = await Promise.all([
      report('describe', 'AAAUSDT.arrow'),
      report('describe', 'AAAUSDT-1h.csv'),
    ]);
    expect(arrow.result).toEqual(csv.result);
  });

  it('writes another interval, and one file for each symbol', async () => {
    const files = ['AAAUSDT-1h.csv', 'BBBUSDT-1h.csv'];
    const { result } = await report('convert', ...files, '{symbol}-4h.csv', '--interval', '4h');
    expect(result.written).toMatchObject([
      { file: 'AAAUSDT-4h.csv', interval: 4 * HOUR, bars: 15 },
      { file: 'BBBUSDT-4h.csv' },
    ]);
    expect(text('AAAUSDT-4h.csv')).toBe(text('BBBUSDT-4h.csv'));
    expect((await run('convert', ...files, 'both.csv')).code).toBe(2);
  });

  it('refuses to write over what it reads, in a form that it does not know, or nothing', async () => {
    const before = text('AAAUSDT-1h.csv');
    expect((await run('convert', 'AAAUSDT-1h.csv', './AAAUSDT-1h.csv')).code).toBe(2);
    expect(text('AAAUSDT-1h.csv')).toBe(before);
    expect((await run('convert', 'AAAUSDT-1h.csv', 'out.xlsx')).code).toBe(2);
    expect((await run('convert', 'out.csv')).code).toBe(2);
    expect((await run('convert')).code).toBe(2);
    expect((await run('convert', 'out.csv', '--ticks', 'DDDUSDT-trades.csv')).code).toBe(2);
  });

  it('writes bars that it builds from prints', async () => {
    const argv = ['DDDUSDT-5m.csv', '--ticks', 'DDDUSDT-trades.csv', '--interval', '5m'];
    const { result } = await report('convert', ...argv);
    expect(result.written).toMatchObject([{ symbol: 'DDDUSDT', interval: 300_000 }]);
  });
});
