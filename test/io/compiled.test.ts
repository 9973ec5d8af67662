import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundledPath } from '../../src/io/bundled.ts';
import { compiledName, compiledOf } from '../../src/io/compiled.ts';
import { scratch } from '../support/scratch.ts';

const file = bundledPath('data/venues/binance/2021-03-18.yaml');
const folderWith = (texts: readonly string[], value: unknown) =>
  scratch({ 'data/venues/binance/2021-03-18.yaml.json': JSON.stringify({ texts, value }) });

describe('a compiled value', () => {
  it('stands for the very texts that it was made of', async () => {
    const folder = await folderWith(['a: 1\n', 'b: 2\n'], { a: 1 });
    expect(compiledOf(file, ['a: 1\n', 'b: 2\n'], folder)).toEqual({ a: 1 });
  });

  it('gives way to a text that was edited since, by a single character', async () => {
    const folder = await folderWith(['a: 1\n', 'b: 2\n'], { a: 1 });
    const others = [
      ['a: 2\n', 'b: 2\n'],
      ['a: 1\n', 'b: 2'],
      ['b: 2\n', 'a: 1\n'],
      ['a: 1\n'],
      ['a: 1\n', 'b: 2\n', ''],
    ];
    for (const texts of others) expect(compiledOf(file, texts, folder)).toBeNull();
  });

  it('is none for a file that the build did not see', async () => {
    expect(
      compiledOf(bundledPath('data/venues/new.yaml'), ['a: 1\n'], await folderWith(['a: 1\n'], {})),
    ).toBeNull();
  });

  it('is none outside the package, whatever lies there', async () => {
    const folder = await scratch({
      'book.yaml.json': JSON.stringify({ texts: ['a'], value: 1 }),
      'inner/x': '',
    });
    expect(compiledOf(join(bundledPath('..'), 'book.yaml'), ['a'], join(folder, 'inner'))).toBeNull();
    expect(compiledName(join(bundledPath('..'), 'book.yaml'))).toBeNull();
    expect(compiledName(file)).toBe('data/venues/binance/2021-03-18.yaml.json');
  });

  it('is not looked for by code that runs from its source', () => {
    expect(compiledOf(file, ['anything'])).toBeNull();
  });
});
