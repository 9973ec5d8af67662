import { chmod, mkdir, readdir, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeWhole } from '../../src/io/write-file.ts';
import { codeOf } from '../support/codes.ts';
import { scratch } from '../support/scratch.ts';

test('writes text, bytes, and pieces of both, and leaves no other file', async () => {
  const cwd = await scratch({ 'out/x': '' });
  await writeWhole('a.json', cwd, '{"é":1}\n');
  await writeWhole(join(cwd, 'out/b.bin'), '/', Uint8Array.of(0, 255));
  await writeWhole('out/c.csv', cwd, ['a,b\n', Uint8Array.of(49, 44, 50, 10)]);
  await writeWhole('empty', cwd, []);
  expect(await readFile(join(cwd, 'a.json'), 'utf8')).toBe('{"é":1}\n');
  expect([...(await readFile(join(cwd, 'out/b.bin')))]).toEqual([0, 255]);
  expect(await readFile(join(cwd, 'out/c.csv'), 'utf8')).toBe('a,b\n1,2\n');
  expect((await readdir(cwd)).sort()).toEqual(['a.json', 'empty', 'out']);
  expect((await readdir(join(cwd, 'out'))).sort()).toEqual(['b.bin', 'c.csv', 'x']);
});

test('when the content fails half way the old file stays and no part of the new one', async () => {
  const cwd = await scratch({ 'a.csv': 'old' });
  function* failing(): Generator<string> {
    yield 'new';
    throw new RangeError('the content failed');
  }
  await expect(writeWhole('a.csv', cwd, failing())).rejects.toThrow(RangeError);
  expect(await readFile(join(cwd, 'a.csv'), 'utf8')).toBe('old');
  expect(await readdir(cwd)).toEqual(['a.csv']);
});

test('a temporary file that a stopped run left behind is neither used nor touched', async () => {
  const cwd = await scratch({ '.a.csv.1.tmp': 'half' });
  await writeWhole('a.csv', cwd, 'new');
  expect(await readFile(join(cwd, 'a.csv'), 'utf8')).toBe('new');
  expect(await readFile(join(cwd, '.a.csv.1.tmp'), 'utf8')).toBe('half');
});

test('a link is followed and the mode of an existing file kept', async () => {
  const cwd = await scratch({ 'real.txt': 'old' });
  await chmod(join(cwd, 'real.txt'), 0o600);
  await symlink('real.txt', join(cwd, 'link.txt'));
  await writeWhole('link.txt', cwd, 'new');
  expect(await readlink(join(cwd, 'link.txt'))).toBe('real.txt');
  expect(await readFile(join(cwd, 'real.txt'), 'utf8')).toBe('new');
  expect((await stat(join(cwd, 'real.txt'))).mode & 0o777).toBe(0o600);
});

test('a device is written straight', async () => {
  await writeWhole('/dev/null', '/', 'gone');
  expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
});

test('a missing folder, a file where a folder must be, and a folder as the file are OUTPUT errors', async () => {
  const cwd = await scratch();
  await mkdir(join(cwd, 'folder'));
  await writeFile(join(cwd, 'file'), '');
  await expect(writeWhole('gone/a.json', cwd, 'x')).rejects.toThrow(
    'OUTPUT: the folder of "gone/a.json" must exist, does not. Make the folder first',
  );
  await expect(writeWhole('folder', cwd, 'x')).rejects.toThrow('"folder" must be a file that can be written');
  expect(await codeOf(() => writeWhole('file/a.json', cwd, 'x'))).toBe('OUTPUT');
});
