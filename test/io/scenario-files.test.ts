import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundledPath } from '../../src/io/bundled.ts';
import { loadScenario, scenarioIds } from '../../src/io/scenario-files.ts';
import { DataError, InputError } from '../../src/model/errors.ts';
import { fullScenario, smallScenario } from '../support/full-scenario.ts';
import { scratch } from '../support/scratch.ts';

async function errorOf(name: string, cwd = '/'): Promise<unknown> {
  try {
    return await loadScenario(name, cwd);
  } catch (error) {
    return error;
  }
}

describe('scenarioIds', () => {
  it('names the bundled scenarios, ascending', async () => {
    const ids = scenarioIds();
    expect(ids).toContain('luna');
    expect(ids).toEqual([...ids].sort());
    expect(ids.filter((id) => id.includes('.yaml'))).toEqual([]);
  });
});

describe('loadScenario', () => {
  it('reads a bundled one by its id, wherever it is asked for, and by its path all the same', async () => {
    const { scenario, input } = await loadScenario('luna', '/');
    const bytes = readFileSync(bundledPath('scenarios/luna.yaml'));
    expect(scenario.id).toBe('luna');
    expect(input).toMatchObject({
      path: 'scenario:luna.yaml',
      role: 'scenario',
      format: 'scenario',
      sha256: createHash('sha256').update(bytes).digest('hex'),
      from: scenario.start,
      to: scenario.end,
    });
    expect((await loadScenario('scenarios/luna.yaml', bundledPath('.'))).input).toEqual(input);
  });

  it("reads a file of the user's own, YAML or JSON, and says what it holds", async () => {
    const folder = await scratch({ 'full.yaml': fullScenario, 'mine/small.yml': `\u{feff}${smallScenario}` });
    expect((await loadScenario('full.yaml', folder)).input).toEqual({
      path: 'full.yaml',
      role: 'scenario',
      format: 'scenario',
      why: 'named as a scenario',
      sha256: createHash('sha256').update(fullScenario).digest('hex'),
      // Two bars and four points of BTC, two points of LUNA.
      rows: 8,
      rejected: 0,
      from: Date.UTC(2022, 4, 8),
      to: Date.UTC(2022, 4, 10),
      symbols: ['BTC', 'ETH', 'LUNA', 'SOL'],
    });
    expect((await loadScenario('mine/small.yml', folder)).scenario.id).toBe('small');
    const path = `./${basename(folder)}/full.yaml`;
    expect((await loadScenario(path, dirname(folder))).scenario).toEqual(
      (await loadScenario('full.yaml', folder)).scenario,
    );
  });

  it('knows no other id, and names the nearest', async () => {
    const error = await errorOf('lunna');
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({
      fault: {
        code: 'SCENARIO',
        message: 'a scenario must be a bundled one or a path of a file, was "lunna"',
        remedy: 'Did you mean "luna"?',
      },
    });
    expect(await errorOf('nothing-like-it')).toMatchObject({
      fault: {
        remedy: expect.stringMatching(/^Bundled are .*\bluna\b.*; a path ends in \.yaml or holds a slash$/),
      },
    });
  });

  it('cannot read what is not there, or no file, or no text', async () => {
    const folder = await scratch({ 'bytes.yaml': Uint8Array.of(0xff, 0xfe, 0x00) });
    const missing = await errorOf('small.yaml', folder);
    expect(missing).toBeInstanceOf(DataError);
    expect(missing).toMatchObject({ fault: { code: 'FILE_MISSING', place: { file: 'small.yaml' } } });
    expect(await errorOf('./', folder)).toMatchObject({
      fault: { code: 'FILE_MISSING', place: { file: './' } },
    });
    expect(await errorOf('bytes.yaml', folder)).toMatchObject({
      fault: { code: 'CONFIG_FILE', place: { file: 'bytes.yaml' } },
    });
  });

  it('names the file as the user did, with its line', async () => {
    const text = smallScenario.replace('start: 2022-05-08', 'start: 2022-05-38');
    const folder = await scratch({ 'mine/small.yaml': text });
    expect(await errorOf('mine/small.yaml', folder)).toMatchObject({
      message:
        'CONFIG_VALUE: start must be a time of the calendar, was "2022-05-38" (mine/small.yaml:7). ' +
        'See "risk schema scenario" for all keys and their meaning',
    });
  });
});
