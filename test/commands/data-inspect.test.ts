import { afterAll, describe, expect, it } from 'vitest';
import { dataFolder } from '../support/data-folder.ts';
import { HOUR } from '../support/raw-bars.ts';

const { run, report, remove } = dataFolder();
afterAll(remove);

describe('risk data inspect', () => {
  it('says which reader was used and why, what was found, and a score for each series', async () => {
    const { result, inputs, code } = await report('inspect', 'AAAUSDT-1h.csv', 'BBBUSDT-1h.csv');
    expect(code).toBe(0);
    expect(inputs.map(({ path }: { path: string }) => path)).toEqual(['AAAUSDT-1h.csv', 'BBBUSDT-1h.csv']);
    expect(result.series).toMatchObject([
      { symbols: ['AAAUSDT'], role: 'ohlcv', score: 1, rows: 60, interval: HOUR, findings: [], segments: 1 },
      { symbols: ['BBBUSDT'], score: 1, findings: [{ code: 'newest-first', count: 60, line: 2 }] },
    ]);
    expect(result.series[0].why).not.toBe('');
    const { out } = await run('inspect', 'BBBUSDT-1h.csv');
    for (const word of ['BBBUSDT', '100.00 %', 'newest-first', 'turned round']) expect(out).toContain(word);
  });

  it('lists impossible rows instead of stopping at the first: 20 of them, all with --detail', async () => {
    const { result, code } = await report('inspect', 'CCCUSDT-1h.csv');
    const [series] = result.series;
    expect(code).toBe(0);
    expect(series).toMatchObject({ dropped: 25, missing: 25, score: 1 - 50 / 60 });
    expect(series.impossible).toHaveLength(20);
    expect(series.impossible[0]).toMatchObject({ line: 12, code: 'ROW_PRICE' });
    expect((await report('inspect', 'CCCUSDT-1h.csv', '--detail')).result.series[0].impossible).toHaveLength(
      25,
    );
    expect((await run('inspect', 'CCCUSDT-1h.csv')).out).toContain('The first of 25 impossible rows');
  });

  it('takes a folder of mark prices as the bars that they look like, without complaint of their volume', async () => {
    const { result, warnings, code } = await report('inspect', 'mark');
    expect(code).toBe(0);
    expect(result.series).toMatchObject([
      { role: 'ohlcv', symbols: ['AAAUSDT'], rows: 60, interval: HOUR, score: 1, findings: [] },
    ]);
    expect(warnings).toEqual([]);
  });

  it('tells the role of a file from its content', async () => {
    const { result } = await report('inspect', 'AAAUSDT-funding.csv', 'DDDUSDT-trades.csv');
    expect(result.series).toMatchObject([
      { role: 'funding', symbols: ['AAAUSDT'], rows: 20, score: null, interval: null },
      { role: 'ticks', symbols: ['DDDUSDT'], rows: 240 },
    ]);
  });

  it('looks at the other files where one cannot be read, and ends with 3', async () => {
    const { result, code } = await report('inspect', 'notes.csv', 'AAAUSDT-1h.csv');
    expect(code).toBe(3);
    expect(result.refused).toMatchObject([{ file: 'notes.csv', code: 'FILE_FORMAT' }]);
    expect(result.series).toHaveLength(1);
    expect((await run('inspect', 'notes.csv')).out).toContain('notes.csv was refused. FILE_FORMAT');
  });

  it('looks at a file that does not name its symbol, and says what others will ask for', async () => {
    const { result, warnings, code } = await report('inspect', 'unnamed.csv');
    expect(code).toBe(0);
    expect(result.series[0].symbols).toEqual(['?']);
    expect(warnings).toMatchObject([{ code: 'symbol-unknown', input: 'unnamed.csv' }]);
    expect((await run('inspect', 'unnamed.csv')).out).toContain('--symbol');
    expect((await report('inspect', 'unnamed.csv', '--symbol', 'EEEUSDT')).warnings).toEqual([]);
  });

  it('refuses a name that means no file, and a reader that is none', async () => {
    expect(await run('inspect', 'absent.csv')).toMatchObject({ code: 3, out: '' });
    const { code, err } = await run('inspect', 'AAAUSDT-1h.csv', '--reader', 'generic-ohlc');
    expect(code).toBe(2);
    expect(err).toContain('Did you mean generic-ohlcv?');
  });
});
