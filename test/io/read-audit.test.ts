import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openAudit } from '../../src/io/audit-log.ts';
import { hashText } from '../../src/io/hash.ts';
import { readAudit } from '../../src/io/read-audit.ts';
import { DataError } from '../../src/model/errors.ts';
import { decisionOf, run, START, tellStory, writeStory } from '../support/audit-story.ts';
import { scratch } from '../support/scratch.ts';

/** The log of the story with its lines changed. */
async function changed(change: (lines: string[]) => readonly string[]) {
  const folder = await scratch();
  writeStory(folder);
  const file = join(folder, 'run.audit');
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  writeFileSync(file, `${change(lines).join('\n')}\n`);
  return readAudit('run.audit', folder);
}

async function faultOf(change: (lines: string[]) => readonly string[]) {
  const { fault, entries } = await changed(change);
  return fault === null ? null : { line: fault.line, why: fault.why, text: fault.text, kept: entries.length };
}

const replaced = (at: number, from: string | RegExp, to: string) => (lines: string[]) =>
  lines.map((line, i) => (i === at - 1 ? line.replace(from, to) : line));

describe('a log that nobody touched', () => {
  test('is read with its header, all of its records, its end and the hash of its last line', async () => {
    const folder = await scratch();
    writeStory(folder);
    const audit = await readAudit('run.audit', folder);
    const lines = readFileSync(join(folder, 'run.audit'), 'utf8').split('\n');
    expect(audit).toMatchObject({
      header: run,
      fault: null,
      torn: 0,
      lines: 11,
      end: { decisions: 7, fills: 2 },
    });
    expect(audit.entries.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(audit.head).toBe(hashText(lines[10] ?? ''));
    expect(audit.input).toMatchObject({
      path: 'run.audit',
      role: 'audit',
      rows: 11,
      from: START,
      sha256: hashText(lines.join('\n')),
      symbols: ['BTCUSDT', 'ETHUSDT'],
    });
  });

  test('is read in pieces as well as whole', async () => {
    const folder = await scratch();
    const log = openAudit('long.audit', folder);
    log.begin(run);
    for (let i = 0; i < 5000; i += 1) log.decision(decisionOf({ kind: 'alert', rule: 'monitor', time: i }));
    log.end();
    const audit = await readAudit('long.audit', folder);
    expect(audit).toMatchObject({ fault: null, lines: 5002, end: { decisions: 5000 } });
    expect(audit.input.from).toBe(0);
    expect(audit.input.to).toBe(4999);
  });
});

describe('a run that was killed', () => {
  test('leaves a log that has no end, and is whole', async () => {
    const folder = await scratch();
    const log = openAudit('run.audit', folder);
    tellStory(log);
    log.close();
    const audit = await readAudit('run.audit', folder);
    expect(audit).toMatchObject({ fault: null, end: null, torn: 0, lines: 10 });
    expect(audit.entries).toHaveLength(9);
  });

  test('may leave a last line that is cut off: said, and no fault; what stands before it is read', async () => {
    const folder = await scratch();
    writeStory(folder);
    const whole = readFileSync(join(folder, 'run.audit'), 'utf8');
    const lines = whole.split('\n');
    for (const cut of [1, 2, 40]) {
      writeFileSync(join(folder, 'run.audit'), whole.slice(0, -cut));
      const audit = await readAudit('run.audit', folder);
      const last = lines[10] ?? '';
      expect(audit).toMatchObject({ fault: null, end: null, lines: 10, torn: last.length + 1 - cut });
      expect(audit.entries).toHaveLength(9);
    }
  });

  test.each(['', '{"seq":0,"prev":"000'])(
    'before its header was written leaves none: %j',
    async (content) => {
      const folder = await scratch({ 'run.audit': content });
      await expect(readAudit('run.audit', folder)).rejects.toThrow(DataError);
      await expect(readAudit('run.audit', folder)).rejects.toThrow(
        'FILE_EMPTY: an audit log must hold its header',
      );
    },
  );
});

describe('the first broken line is named, with what is wrong', () => {
  test('a line that was changed shows in the one behind it', async () => {
    expect(await faultOf(replaced(4, '0.25', '0.35'))).toEqual({
      line: 5,
      why: 'prev',
      text: 'line 5 must name the SHA-256 of the line before it, names another: line 4 or what it says of it was changed',
      kept: 3,
    });
    expect(await faultOf(replaced(1, '0.2.0', '0.2.1'))).toMatchObject({ line: 2, why: 'prev', kept: 0 });
  });

  test('so does a last record, by the end; and a changed end by its own number', async () => {
    expect(await faultOf(replaced(10, 'daily-loss', 'daily-gain'))).toMatchObject({ line: 11, why: 'prev' });
    expect(await faultOf(replaced(11, '"seq":10', '"seq":11'))).toMatchObject({ line: 11, why: 'seq' });
  });

  test.each([
    ['"decisions":7', '"decisions":8', '7 decisions and 2 fills, counts 8 and 2'],
    ['"fills":2', '"fills":0', '7 decisions and 2 fills, counts 7 and 0'],
  ])('an end that counts other than what stands before it: %s', async (from, to, told) => {
    expect(await faultOf(replaced(11, from, to))).toEqual({
      line: 11,
      why: 'count',
      text: `line 11 must count what stands before it, ${told}: it was changed`,
      kept: 9,
    });
    expect(await changed(replaced(11, from, to))).toMatchObject({ end: null, lines: 11 });
  });

  test('a line that was changed together with its own link shows as well', async () => {
    expect(await faultOf(replaced(4, /"prev":"./, '"prev":"z'))).toMatchObject({ line: 4, why: 'field' });
    expect(await faultOf(replaced(1, '"prev":"0', '"prev":"1'))).toMatchObject({
      line: 1,
      why: 'prev',
      text: expect.stringContaining('nothing stands before it'),
    });
  });

  test('lines that were taken out, put in, swapped or doubled', async () => {
    expect(await faultOf((lines) => lines.toSpliced(4, 1))).toMatchObject({ line: 5, why: 'seq' });
    expect(await faultOf((lines) => lines.toSpliced(4, 0, lines[4] ?? ''))).toMatchObject({
      line: 6,
      why: 'seq',
    });
    expect(await faultOf(([a = '', b = '', c = '', ...rest]) => [a, c, b, ...rest])).toMatchObject({
      line: 2,
      why: 'seq',
      text: expect.stringContaining('line 2 must be number 1 of the log, says 2'),
    });
  });

  test('a line that is no JSON, or none in UTF-8, or empty', async () => {
    expect(await faultOf(replaced(6, '{', ''))).toMatchObject({ line: 6, why: 'unreadable', kept: 4 });
    expect(await faultOf((lines) => lines.toSpliced(3, 0, ''))).toMatchObject({ line: 4, why: 'unreadable' });
    const folder = await scratch();
    writeStory(folder);
    const file = join(folder, 'run.audit');
    const bytes = readFileSync(file);
    bytes[bytes.indexOf('daily-loss')] = 0xff;
    writeFileSync(file, bytes);
    expect((await readAudit('run.audit', folder)).fault).toMatchObject({ line: 7, why: 'unreadable' });
  });

  test('a field that is missing, of another type, or one too many', async () => {
    expect(await faultOf(replaced(4, '"measure":"marginRemaining",', ''))).toMatchObject({
      line: 4,
      why: 'field',
      text: expect.stringContaining('measure'),
    });
    expect(await faultOf(replaced(4, '"time":', '"time":"1","at":'))).toMatchObject({
      line: 4,
      why: 'field',
    });
    expect(await faultOf(replaced(5, '"pnl"', '"code":"x","pnl"'))).toMatchObject({ line: 5, why: 'field' });
    expect(await faultOf(replaced(5, '"fill"', '"guess"'))).toMatchObject({ line: 5, why: 'field' });
  });

  test('a second header, and anything behind the end', async () => {
    expect(await faultOf((lines) => lines.toSpliced(2, 0, lines[0] ?? ''))).toMatchObject({
      line: 3,
      why: 'field',
      text: 'a log must have one header, line 3 is another',
    });
    expect(await faultOf((lines) => [...lines, lines[10] ?? ''])).toMatchObject({
      line: 12,
      why: 'after-end',
    });
  });

  test('behind it lines are counted and nothing of them is believed', async () => {
    const audit = await changed(replaced(4, '0.25', '0.35'));
    expect(audit).toMatchObject({ lines: 11, end: null, torn: 0 });
    expect(audit.entries).toHaveLength(3);
  });
});

describe('what is no audit log', () => {
  test.each(['time,open,high,low,close\n1,2,3,4,5\n', '{"seq":1,"kind":"fill"}\n', '\n'])(
    '%j is refused with what it must begin with',
    async (content) => {
      const folder = await scratch({ 'run.audit': content });
      await expect(readAudit('run.audit', folder)).rejects.toThrow(
        'FILE_FORMAT: an audit log must begin with a header of risk-audit/1, does not (run.audit:1)',
      );
    },
  );

  test('a log that begins with its second line, and a file that is not there', async () => {
    await expect(changed((lines) => lines.slice(1))).rejects.toThrow('FILE_FORMAT');
    await expect(readAudit('absent.audit', await scratch())).rejects.toThrow('FILE_MISSING');
  });

  test('what is appended to a log later is a torn line until it is a whole one', async () => {
    const folder = await scratch();
    writeStory(folder);
    appendFileSync(join(folder, 'run.audit'), 'more');
    expect(await readAudit('run.audit', folder)).toMatchObject({ fault: null, torn: 4 });
    appendFileSync(join(folder, 'run.audit'), '\n');
    expect((await readAudit('run.audit', folder)).fault).toMatchObject({ line: 12, why: 'unreadable' });
  });
});
