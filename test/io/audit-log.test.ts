import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openAudit } from '../../src/io/audit-log.ts';
import { hashText } from '../../src/io/hash.ts';
import { readAudit } from '../../src/io/read-audit.ts';
import { InputError, InvariantError } from '../../src/model/errors.ts';
import { decisionOf, fillOf, run, START, writeStory } from '../support/audit-story.ts';
import { scratch } from '../support/scratch.ts';

const linesOf = (folder: string) => readFileSync(join(folder, 'run.audit'), 'utf8').split('\n');

describe('an audit log', () => {
  test('is a header, a line for each decision and each fill in their order, and an end', async () => {
    const folder = await scratch();
    writeStory(folder);
    const lines = linesOf(folder);
    expect(lines.at(-1)).toBe('');
    const records = lines.slice(0, -1).map((line) => JSON.parse(line));
    expect(records.map(({ kind }) => kind)).toEqual([
      'header',
      'deny',
      'set-stop',
      'reduce',
      'fill',
      'fill',
      'halt',
      'reduce',
      'alert',
      'resume',
      'end',
    ]);
    expect(records[0]).toEqual({
      seq: 0,
      prev: '0'.repeat(64),
      kind: 'header',
      schema: 'risk-audit/1',
      ...run,
    });
    expect(records.at(-1)).toMatchObject({ seq: 10, kind: 'end', decisions: 7, fills: 2 });
  });

  test('names each place and the hash of the line before it', async () => {
    const folder = await scratch();
    writeStory(folder);
    const lines = linesOf(folder).slice(0, -1);
    for (const [i, line] of lines.entries()) {
      const { seq, prev } = JSON.parse(line);
      expect(seq).toBe(i);
      expect(prev).toBe(i === 0 ? '0'.repeat(64) : hashText(lines[i - 1] ?? ''));
    }
  });

  test('says accounts and symbols by name, what was seen, what was done, all reasons and the use of limits', async () => {
    const folder = await scratch();
    writeStory(folder);
    const [, denied = '', stop = '', , fill = '', , halt = ''] = linesOf(folder);
    const finding = { rule: 'cap', severity: 'info', measure: 'leverage', observed: 12, threshold: 10 };
    expect(JSON.parse(denied)).toMatchObject({
      time: START,
      guard: 'leverage-cap',
      ...finding,
      account: 'main',
      symbol: 'ETHUSDT',
      effect: { kind: 'order', id: 7, side: -1, qty: 0 },
      stands: true,
      reasons: [{ guard: 'leverage-cap', ...finding }],
      uses: [{ guard: 'leverage-cap', limit: 'cap', use: 1.2 }],
    });
    expect(JSON.parse(stop)).toMatchObject({ account: 'hedge', symbol: 'BTCUSDT' });
    expect(JSON.parse(stop).effect).toEqual({ kind: 'set-stop', side: 1, price: 90 });
    expect(JSON.parse(fill)).toMatchObject({
      account: 'main',
      symbol: 'BTCUSDT',
      cause: 'engine',
      pnl: -1.5,
    });
    expect(JSON.parse(halt)).toMatchObject({ account: null, symbol: null });
    expect(JSON.parse(halt).effect).toEqual({ kind: 'halt', until: null, manual: true });
    // Keys stand in one order, whatever that of the decision.
    expect(Object.keys(JSON.parse(denied)).slice(0, 5)).toEqual(['seq', 'prev', 'kind', 'time', 'guard']);
  });

  test('has the same bytes again, and replaces what the file held', async () => {
    const folder = await scratch({ 'run.audit': 'x'.repeat(100_000) });
    writeStory(folder);
    const first = readFileSync(join(folder, 'run.audit'));
    writeStory(folder);
    expect(readFileSync(join(folder, 'run.audit')).equals(first)).toBe(true);
  });

  test('touches its file when the run begins, and not before', async () => {
    const folder = await scratch({ 'run.audit': 'of an earlier run' });
    openAudit('run.audit', folder).close();
    expect(linesOf(folder)).toEqual(['of an earlier run']);
    openAudit('new.audit', folder).close();
    expect(existsSync(join(folder, 'new.audit'))).toBe(false);
    const log = openAudit('run.audit', folder);
    log.begin(run);
    log.close();
    expect(linesOf(folder)).toHaveLength(2);
  });

  test('hands each line to the system as it is made, whole', async () => {
    const folder = await scratch();
    const log = openAudit('run.audit', folder);
    log.begin(run);
    expect(linesOf(folder)).toHaveLength(2);
    log.decision(decisionOf({ kind: 'alert', rule: 'monitor' }));
    expect(linesOf(folder)).toHaveLength(3);
    log.fill(fillOf({}));
    const lines = linesOf(folder);
    expect(lines).toHaveLength(4);
    expect(lines.at(-1)).toBe('');
    log.close();
    expect(linesOf(folder)).toEqual(lines);
  });

  test('of a run that is killed holds all that it had decided', async () => {
    const folder = await scratch();
    const at = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
    const script = `
      import { openAudit } from ${at('../../src/io/audit-log.ts')};
      import { tellStory } from ${at('../support/audit-story.ts')};
      tellStory(openAudit('run.audit', ${JSON.stringify(folder)}));
      process.kill(process.pid, 'SIGKILL');
    `;
    const argv = ['--import', 'tsx', '--input-type=module', '-e', script];
    const { signal, stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8' });
    expect({ signal, stderr }).toEqual({ signal: 'SIGKILL', stderr: '' });
    const audit = await readAudit('run.audit', folder);
    expect(audit).toMatchObject({ fault: null, end: null, torn: 0, lines: 10 });
    expect(audit.entries).toHaveLength(9);
  });

  test('takes no number that JSON does not have, and one header alone', async () => {
    const log = openAudit('run.audit', await scratch());
    log.begin(run);
    const alert = { kind: 'alert', rule: 'monitor', observed: Number.POSITIVE_INFINITY } as const;
    expect(() => log.decision(decisionOf(alert))).toThrow(InvariantError);
    expect(() => log.begin(run)).toThrow(InvariantError);
    log.close();
  });

  test('says where it cannot be written', async () => {
    const folder = await scratch();
    writeFileSync(join(folder, 'file'), '');
    expect(() => openAudit('absent/run.audit', folder)).toThrow(InputError);
    expect(() => openAudit('absent/run.audit', folder)).toThrow('OUTPUT: "absent/run.audit" must be');
    expect(() => openAudit('file/run.audit', folder)).toThrow('OUTPUT: "file/run.audit" must be');
    expect(() => openAudit('.', folder)).toThrow('OUTPUT: "." must be');
    // The folder may go between the check and the run.
    mkdirSync(join(folder, 'gone'));
    const log = openAudit('gone/run.audit', folder);
    rmdirSync(join(folder, 'gone'));
    expect(() => log.begin(run)).toThrow(InputError);
  });
});
