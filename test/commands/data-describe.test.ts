import { afterAll, describe, expect, it } from 'vitest';
import { dataFolder } from '../support/data-folder.ts';
import { HOUR } from '../support/raw-bars.ts';

const { run, report, remove } = dataFolder();
afterAll(remove);

describe('risk data describe', () => {
  it('describes files that are named as arguments or by --ohlcv, but not both', async () => {
    const { result, config } = await report('describe', 'AAAUSDT-1h.csv', 'BBBUSDT-1h.csv');
    expect(config.data.ohlcv).toEqual(['AAAUSDT-1h.csv', 'BBBUSDT-1h.csv']);
    expect(result.series.map(({ symbol }: { symbol: string }) => symbol)).toEqual(['AAAUSDT', 'BBBUSDT']);
    expect(result.series[1].returns).toEqual(result.series[0].returns);
    const named = await report('describe', '--ohlcv', 'AAAUSDT-1h.csv');
    expect(named.result.series).toEqual(result.series.slice(0, 1));
    expect((await run('describe', 'AAAUSDT-1h.csv', '--ohlcv', 'BBBUSDT-1h.csv')).code).toBe(2);
  });

  it('builds the interval that is asked for, from bars or from prints', async () => {
    const { result } = await report('describe', 'AAAUSDT-1h.csv', '--interval', '4h');
    expect(result.series).toMatchObject([{ interval: 4 * HOUR, bars: 15 }]);
    // Sixty hours are two days and a half.
    const days = await report('describe', 'AAAUSDT-1h.csv', '--interval', '1d');
    expect(days.result.series).toMatchObject([{ bars: 2 }]);
    expect(days.warnings).toMatchObject([{ code: 'incomplete-bars', count: 1 }]);
    const prints = await report('describe', '--ticks', 'DDDUSDT-trades.csv', '--interval', '5m');
    expect(prints.result.series).toMatchObject([{ symbol: 'DDDUSDT', interval: 300_000 }]);
    const { code, err } = await run('describe', '--ticks', 'DDDUSDT-trades.csv');
    expect(code).toBe(3);
    expect(err).toContain('--interval');
  });

  it('stops at an impossible row, unless it is told to leave such rows out', async () => {
    const { code, err } = await run('describe', 'CCCUSDT-1h.csv');
    expect(code).toBe(3);
    expect(err).toMatch(
      /^ROW_PRICE: open must be above 0, was 0; 24 more impossible rows.*CCCUSDT-1h\.csv:12/,
    );
    const { result, inputs } = await report('describe', 'CCCUSDT-1h.csv', '--on-bad-row', 'drop');
    expect(inputs[0].rejected).toBe(25);
    expect(result.series[0]).toMatchObject({ bars: 35, segments: 2 });
  });

  it('prints its page in every form', async () => {
    for (const format of ['table', 'markdown', 'csv']) {
      expect((await run('describe', 'AAAUSDT-1h.csv', '--format', format)).out).toContain('AAAUSDT');
    }
  });
});
