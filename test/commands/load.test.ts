import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configTree } from '../../src/commands/config-tree.ts';
import { type Loaded, loadInputs } from '../../src/commands/load.ts';
import { loadConfigWithoutFile } from '../../src/io/config.ts';
import type { Role } from '../../src/model/study.ts';
import { shellIn } from '../support/shell.ts';

const HOUR = 3_600_000;
const START = Date.UTC(2024, 0, 1);

/** A kline as Binance publishes mark prices: twelve fields without a header, and no volume anywhere. */
function markKline(hour: number, close: number): string {
  const open = START + hour * HOUR;
  return `${open},${close - 1},${close + 2},${close - 3},${close},0,${open + HOUR - 1},0,3600,0,0,0`;
}

const files = {
  'bars/BTCUSDT-1h.csv': `timestamp,open,high,low,close,volume\n${[0, 1, 2, 3]
    .map((hour) => `${START + hour * HOUR},100,110,90,105,7`)
    .join('\n')}\n`,
  'mark/BTCUSDT-1h-2024-01-01.csv': `${[0, 1].map((hour) => markKline(hour, 100 + hour)).join('\n')}\n`,
  'mark/BTCUSDT-1h-2024-01-02.csv': `${[2, 3].map((hour) => markKline(hour, 100 + hour)).join('\n')}\n`,
  'other/ETHUSDT-1h.csv': `time,open,high,low,close\n${[0, 1].map((hour) => `${START + hour * HOUR},9,9.5,8.5,9`).join('\n')}\n`,
  'book.yaml': 'account: { balance: 10 }\npositions: [{ symbol: BTC/USDT, qty: 0.01, entry: 100 }]\n',
};

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'load-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
});
afterAll(() => rm(folder, { recursive: true }));

function load(data: object, roles: readonly Role[], fromSample: readonly Role[] = []): Promise<Loaded> {
  const { values } = loadConfigWithoutFile(configTree, []);
  return loadInputs(shellIn(folder).shell, { ...values.data, ...data }, { roles, fromSample });
}

describe('loadInputs', () => {
  it('reads mark prices as bars of their own role: joined, without volume, and without complaint', async () => {
    const loaded = await load({ ohlcv: ['bars'], mark: ['mark'] }, ['ohlcv', 'mark']);
    const [mark, ...others] = loaded.mark;
    expect(others).toEqual([]);
    expect(mark).toMatchObject({ symbol: 'BTCUSDT', interval: HOUR });
    expect([...(mark?.close ?? [])]).toEqual([100, 101, 102, 103]);
    expect([...(mark?.volume ?? [])]).toEqual([0, 0, 0, 0]);
    expect(loaded.ohlcv.map(({ symbol, close }) => [symbol, close[0]])).toEqual([['BTCUSDT', 105]]);
    expect(loaded.inputs.map(({ role, rows }) => [role, rows])).toEqual([
      ['ohlcv', 4],
      ['mark', 2],
      ['mark', 2],
    ]);
    expect(loaded.warnings).toEqual([]);
  });

  it('builds marks at the asked interval like the bars beside them', async () => {
    const loaded = await load({ ohlcv: ['bars'], mark: ['mark'], interval: '2h' }, ['ohlcv', 'mark']);
    expect(loaded.ohlcv[0]?.interval).toBe(2 * HOUR);
    const [mark] = loaded.mark;
    // Two hours each: the open of the first, the extremes and the last close of both.
    expect([mark?.open, mark?.high, mark?.low, mark?.close].map((column) => [...(column ?? [])])).toEqual([
      [99, 101],
      [103, 105],
      [97, 99],
      [101, 103],
    ]);
  });

  it('says which marks belong to nothing that is traded', async () => {
    const { mark, warnings } = await load({ ohlcv: ['bars'], mark: ['other'] }, ['ohlcv', 'mark']);
    expect(mark.map(({ symbol }) => symbol)).toEqual(['ETHUSDT']);
    expect(warnings).toMatchObject([
      { code: 'mark-unused', text: expect.stringContaining('mark prices of ETHUSDT were left aside') },
    ]);
  });

  it('reads a portfolio as a book, with an input of its own', async () => {
    const { book, inputs } = await load({ portfolio: ['book.yaml'] }, ['portfolio', 'ohlcv']);
    expect(book?.positions).toMatchObject([{ symbol: 'BTCUSDT', qty: '0.01' }]);
    expect(inputs).toMatchObject([
      {
        path: 'book.yaml',
        role: 'portfolio',
        format: 'portfolio',
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        rows: 1,
        rejected: 0,
        from: null,
        to: null,
        symbols: ['BTCUSDT'],
      },
    ]);
  });

  it('leaves a role unread that is named but not asked for', async () => {
    const named = { ohlcv: ['bars'], mark: ['nowhere'], portfolio: ['nowhere.yaml'], funding: ['nothing'] };
    const loaded = await load(named, ['ohlcv']);
    expect(loaded).toMatchObject({ mark: [], book: null, funding: [], journal: null });
    expect(loaded.inputs).toHaveLength(1);
    await expect(load(named, ['ohlcv', 'mark'])).rejects.toThrow('FILE_MISSING');
    await expect(load(named, ['ohlcv', 'portfolio'])).rejects.toThrow('FILE_MISSING');
  });

  it('fills the roles that the command says from the sample, where no role that it asks for is named', async () => {
    const sample = await load({ mark: ['nowhere'] }, ['portfolio'], ['portfolio']);
    expect(sample.inputs).toMatchObject([{ path: 'sample:portfolio.yaml', role: 'portfolio', rows: 3 }]);
    const own = await load({ ohlcv: ['bars'] }, ['ohlcv', 'portfolio'], ['ohlcv', 'portfolio']);
    expect(own.book).toBeNull();
  });
});
