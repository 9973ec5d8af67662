import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { main } from '../../src/commands/main.ts';
import { reportSchemas } from '../../src/commands/report-schemas.ts';
import { openAudit } from '../../src/io/audit-log.ts';
import { run as storyRun, tellStory, writeStory } from '../support/audit-story.ts';
import { scratch } from '../support/scratch.ts';
import { shellIn } from '../support/shell.ts';

async function run(folder: string, ...argv: string[]) {
  const { shell, told } = shellIn(folder);
  const code = await main(['audit', 'verify', ...argv], shell);
  return { ...told, code };
}

async function reportOf(folder: string) {
  const { out, code } = await run(folder, 'run.audit', '--format', 'json');
  const report = JSON.parse(out);
  expect(reportSchemas.get('audit verify')?.parse(report)).toEqual(report);
  return { ...report, code };
}

async function story(change: (text: string) => string = (text) => text): Promise<string> {
  const folder = await scratch();
  writeStory(folder);
  const file = join(folder, 'run.audit');
  writeFileSync(file, change(readFileSync(file, 'utf8')));
  return folder;
}

describe('risk audit verify', () => {
  test('passes a log whose chain holds, and says what it is of', async () => {
    const folder = await story();
    const { result, inputs, code } = await reportOf(folder);
    expect(code).toBe(0);
    expect(result).toMatchObject({
      verdict: 'intact',
      run: storyRun,
      lines: 11,
      decisions: 7,
      fills: 2,
      finished: true,
      torn: 0,
      fault: null,
    });
    expect(inputs).toMatchObject([{ path: 'run.audit', role: 'audit', format: 'risk-audit/1', rows: 11 }]);
    const { out } = await run(folder, 'run.audit');
    expect(out).toContain('The chain holds over all 11 lines, and the run came to its end.');
  });

  test('names the first broken line, and ends with 1', async () => {
    const folder = await story((text) => text.replace('"qty":0.25', '"qty":0.2'));
    const { result, code } = await reportOf(folder);
    expect(code).toBe(1);
    expect(result).toMatchObject({ verdict: 'broken', fault: { line: 5, why: 'prev' }, decisions: 3 });
    expect(await run(folder, 'run.audit')).toMatchObject({
      code: 1,
      out: expect.stringContaining('The chain is broken: line 5 must name'),
    });
  });

  test('names an end that counts other than the log holds, and ends with 1', async () => {
    const folder = await story((text) => text.replace('"decisions":7', '"decisions":6'));
    const { result, code } = await reportOf(folder);
    expect(code).toBe(1);
    expect(result).toMatchObject({
      verdict: 'broken',
      fault: { line: 11, why: 'count' },
      decisions: 7,
      fills: 2,
      finished: false,
    });
    expect((await run(folder, 'run.audit')).out).toContain('The chain is broken: line 11 must count');
  });

  test('passes the log of a run that was killed, and says so, with its torn line', async () => {
    const folder = await scratch();
    const log = openAudit('run.audit', folder);
    tellStory(log);
    log.close();
    expect(await run(folder, 'run.audit')).toMatchObject({
      code: 0,
      out: expect.stringContaining('but the run did not come to its end'),
    });
    const torn = await story((text) => text.slice(0, -30));
    const { result, code } = await reportOf(torn);
    expect(code).toBe(0);
    expect(result).toMatchObject({ verdict: 'intact', finished: false, lines: 10 });
    expect(result.torn).toBeGreaterThan(0);
    expect((await run(torn, 'run.audit')).out).toContain('Line 11 is torn');
  });

  test.each(['markdown', 'csv'])('prints in %s as well', async (format) => {
    expect(await run(await story(), 'run.audit', '--format', format)).toMatchObject({ code: 0, err: '' });
  });

  test('ends with 3 where there is no log to read, with 2 where none is named', async () => {
    expect(await run(await scratch(), 'run.audit')).toMatchObject({ code: 3, out: '' });
    expect(await run(await scratch({ 'run.audit': '' }), 'run.audit')).toMatchObject({
      code: 3,
      err: expect.stringContaining('FILE_EMPTY'),
    });
    expect(await run(await scratch({ 'run.audit': 'a,b\n' }), 'run.audit')).toMatchObject({
      code: 3,
      err: expect.stringContaining('FILE_FORMAT'),
    });
    expect((await run(await scratch())).code).toBe(2);
  });
});
