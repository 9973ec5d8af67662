import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCompiled } from '../../scripts/build/compiled.ts';
import { configTree } from '../../src/commands/config-tree.ts';
import { envs, modes } from '../../src/commands/profile-names.ts';
import { bundledPath } from '../../src/io/bundled.ts';
import { compiledOf } from '../../src/io/compiled.ts';
import { loadConfig, type Override } from '../../src/io/config.ts';
import { PROFILES, profileTexts, readyConfig } from '../../src/io/config-ready.ts';
import { flag } from '../support/small-config.ts';

let cwd = '';
let compiled = '';
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'risk-ready-'));
  compiled = join(cwd, 'compiled');
  await writeCompiled(compiled);
}, 60_000);
afterAll(() => rm(cwd, { recursive: true }));

const request = (...overrides: readonly Override[]) => ({ cwd, file: null, overrides });
const ready = (...overrides: readonly Override[]) => readyConfig(request(...overrides), compiled);
const loaded = (...overrides: readonly Override[]) => loadConfig(configTree, request(...overrides));

describe('a ready configuration', () => {
  it('is what loading gives, to the byte, for every environment and mode', () => {
    for (const env of [null, ...envs]) {
      for (const mode of [null, ...modes]) {
        const overrides = [
          ...(env === null ? [] : [flag('--env', 'env', env)]),
          ...(mode === null ? [] : [flag('--mode', 'mode', mode)]),
        ];
        expect(JSON.stringify(ready(...overrides))).toBe(JSON.stringify(loaded(...overrides)));
      }
    }
  });

  it('is what loading gives where files are named, an empty list too', () => {
    const cases = [
      [flag('--ohlcv', 'data.ohlcv', ['a.csv', 'b.csv'])],
      [flag('--portfolio', 'data.portfolio', ['book.yaml']), flag('--funding', 'data.funding', ['f.csv'])],
      [flag('--mode', 'mode', 'paper'), flag('--journal', 'data.journal', [])],
    ];
    for (const overrides of cases) {
      expect(ready(...overrides)).not.toBeNull();
      expect(JSON.stringify(ready(...overrides))).toBe(JSON.stringify(loaded(...overrides)));
    }
  });

  it('is none where a value needs its schema: another key, a wrong name, a list too long, a key twice', () => {
    const set: Override = {
      path: 'guards.stops.multiplier',
      value: 3,
      origin: { layer: 'set', text: '--set' },
    };
    expect(ready(set)).toBeNull();
    expect(ready(flag('--env', 'env', 'moon'))).toBeNull();
    expect(ready(flag('--ohlcv', 'data.ohlcv', ['']))).toBeNull();
    expect(ready(flag('--ohlcv', 'data.ohlcv', [1]))).toBeNull();
    expect(ready(flag('--ohlcv', 'data.ohlcv', 'a.csv'))).toBeNull();
    expect(ready(flag('--portfolio', 'data.portfolio', ['a.yaml', 'b.yaml']))).toBeNull();
    expect(ready(flag('a', 'data.ohlcv', ['a']), flag('b', 'data.ohlcv', ['b']))).toBeNull();
  });

  it('is none beside a file of the user', async () => {
    await writeFile(join(cwd, 'own.yaml'), 'mode: paper\n');
    expect(readyConfig({ cwd, file: 'own.yaml', overrides: [] }, compiled)).toBeNull();
  });

  it('is none once a profile was edited: the texts on disk are those that count', () => {
    const texts = profileTexts();
    expect(compiledOf(bundledPath(PROFILES), texts, compiled)).not.toBeNull();
    const edited = texts.map((text, i) => (i === 0 ? text.replace('value: 2,', 'value: 3,') : text));
    expect(edited).not.toEqual(texts);
    expect(compiledOf(bundledPath(PROFILES), edited, compiled)).toBeNull();
  });
});
