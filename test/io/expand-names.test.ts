import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expandNames } from '../../src/io/expand-names.ts';
import { codeOf } from '../support/codes.ts';
import { scratch } from '../support/scratch.ts';

async function pathsOf(names: string[], cwd: string): Promise<string[]> {
  return (await expandNames(names, cwd)).map((named) => named.path);
}

test('a file is meant as it is named, whatever its ending, also with the signs of a glob in its name', async () => {
  const cwd = await scratch({ 'prices.dat': 'x', 'a b/[1].csv': 'x' });
  expect(await expandNames(['prices.dat'], cwd)).toEqual([
    { path: 'prices.dat', file: join(cwd, 'prices.dat') },
  ]);
  expect(await pathsOf(['a b/[1].csv'], cwd)).toEqual(['a b/[1].csv']);
  expect(await pathsOf([join(cwd, 'prices.dat')], '/')).toEqual([join(cwd, 'prices.dat')]);
});

test('a folder means its data files and those of the folders below, without hidden and other files', async () => {
  const cwd = await scratch({
    'd/b.csv': 'x',
    'd/B.CSV.GZ': 'x',
    'd/sub/deep/a.feather': 'x',
    'd/klines.zip': 'x',
    'd/README.md': 'x',
    'd/notes.txt.gz': 'x',
    'd/.hidden.csv': 'x',
    'd/.cache/x.csv': 'x',
    'd/__MACOSX/x.csv': 'x',
  });
  const expected = ['d/B.CSV.GZ', 'd/b.csv', 'd/klines.zip', 'd/sub/deep/a.feather'];
  expect(await pathsOf(['d'], cwd)).toEqual(expected);
  expect(await pathsOf(['./d/'], cwd)).toEqual(expected);
});

test('a hidden folder that is named itself is searched', async () => {
  const cwd = await scratch({ '.cache/x.csv': 'x' });
  expect(await pathsOf(['.cache'], cwd)).toEqual(['.cache/x.csv']);
});

test('a glob means the files it matches, relative or absolute', async () => {
  const cwd = await scratch({
    'd/BTC-1h.csv': 'x',
    'd/ETH-1h.csv': 'x',
    'd/e/SOL-1h.csv': 'x',
    'd/BTC-5m.csv': 'x',
  });
  expect(await pathsOf(['d/*-1h.csv'], cwd)).toEqual(['d/BTC-1h.csv', 'd/ETH-1h.csv']);
  expect(await pathsOf(['**/{BTC,SOL}-*.csv'], cwd)).toEqual([
    'd/BTC-1h.csv',
    'd/BTC-5m.csv',
    'd/e/SOL-1h.csv',
  ]);
  expect(await pathsOf([join(cwd, 'd/e/*.csv')], '/')).toEqual([join(cwd, 'd/e/SOL-1h.csv')]);
});

test('the order is by code unit and each file comes once, whatever the order of the names', async () => {
  const cwd = await scratch({ 'Z.csv': 'x', 'a.csv': 'x', 'ä.csv': 'x', 'b.csv': 'x' });
  const expected = ['Z.csv', 'a.csv', 'b.csv', 'ä.csv'];
  expect(await pathsOf(['ä.csv', 'b.csv', 'a.csv', 'Z.csv', 'a.csv'], cwd)).toEqual(expected);
  expect(await pathsOf(['*.csv', 'a.csv'], cwd)).toEqual(expected);
});

test('a name that means nothing is an error that names the nearest existing one', async () => {
  const cwd = await scratch({ 'data/BTCUSDT-1h.csv': 'x', 'data/ETHUSDT-1h.csv': 'x' });
  await expect(expandNames(['data/BTCUSD-1h.csv'], cwd)).rejects.toThrow(
    'Did you mean "data/BTCUSDT-1h.csv"?',
  );
  await expect(expandNames(['dat'], cwd)).rejects.toThrow('"dat" does not. Did you mean "data"?');
  await expect(expandNames(['elsewhere/x.csv'], cwd)).rejects.toThrow(/"elsewhere\/x.csv" does not$/);
  await expect(expandNames(['data/*.json'], cwd)).rejects.toThrow('matched none: "data/*.json"');
  expect(await codeOf(() => expandNames(['nothing'], cwd))).toBe('FILE_MISSING');
  expect(await codeOf(() => expandNames(['*.json'], cwd))).toBe('FILE_MISSING');
});

test('a folder without data files is an error that says what is looked for', async () => {
  const cwd = await scratch({ 'd/README.md': 'x' });
  await mkdir(join(cwd, 'd/looks-like.csv'));
  await expect(expandNames(['d'], cwd)).rejects.toThrow('"d" held none. Files in a folder are known by');
});
