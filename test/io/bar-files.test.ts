import { expect, test } from 'vitest';
import { asideText, barFiles } from '../../src/io/bar-files.ts';
import { codeOf } from '../support/codes.ts';
import { scratch } from '../support/scratch.ts';

const START = Date.UTC(2024, 0, 1);
const rows = (row: (time: number) => string) =>
  Array.from({ length: 30 }, (_, i) => row(START + i * 8 * 3_600_000)).join('\n');
const files = {
  'all/b/BTCUSDT.csv': `timestamp,open,high,low,close,volume\n${rows((time) => `${time},1,2,1,2,3`)}\n`,
  'all/BTCUSDT-funding.csv': `timestamp,fundingRate\n${rows((time) => `${time},0.0001`)}\n`,
  'all/notes.csv': 'what,ever\n1,2\n',
  'others/BTCUSDT-funding.csv': `timestamp,fundingRate\n${rows((time) => `${time},0.0001`)}\n`,
};

const found = async (names: readonly string[], reader: string | null = null) =>
  barFiles(names, { cwd: await scratch(files), reader });

test('a folder and a glob give their bars, and what else they hold with what it is', async () => {
  const aside = [
    { file: 'BTCUSDT-funding.csv', role: 'funding' },
    { file: 'notes.csv', role: null },
  ];
  expect(await found(['all'])).toEqual({ bars: ['all/b/BTCUSDT.csv'], aside });
  expect(await found(['all/**/*.csv'])).toEqual({ bars: ['all/b/BTCUSDT.csv'], aside });
});

test('a file that is named is never left aside, nor any file where the reader is named', async () => {
  expect(await found(['all/notes.csv', 'all/b'])).toEqual({
    bars: ['all/b/BTCUSDT.csv', 'all/notes.csv'],
    aside: [],
  });
  expect((await found(['all'], 'generic')).aside).toEqual([]);
});

test('a folder without bars is refused, and says what it held', async () => {
  expect(await codeOf(() => found(['others']))).toBe('FILE_FORMAT');
  await expect(found(['others'])).rejects.toThrow('others held BTCUSDT-funding.csv (funding)');
  expect(await found([])).toEqual({ bars: [], aside: [] });
});

test('the first five are told, the others counted', () => {
  const aside = Array.from({ length: 7 }, (_, i) => ({ file: `${i}.csv`, role: null }));
  expect(asideText(aside)).toMatch(
    /^0\.csv \(in no known format\), .*4\.csv \(in no known format\) and 2 more$/,
  );
});
