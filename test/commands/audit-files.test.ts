import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { auditOf } from '../../src/commands/audit-files.ts';
import { main } from '../../src/commands/main.ts';
import { readAudit } from '../../src/io/read-audit.ts';
import { decisionOf, fillOf, run as storyRun } from '../support/audit-story.ts';
import { scratch } from '../support/scratch.ts';
import { shellIn } from '../support/shell.ts';

/** Two days of hours that swing and then fall, under a 10x long: a ladder, stops and levels have something to do. */
function barsText(highOfLast = 0): string {
  const at = (hour: number) => 100 + 2 * (hour % 3) - (hour > 30 ? 0.9 * (hour - 30) : 0);
  const rows = Array.from({ length: 48 }, (_, i) => {
    const [open, close] = [at(i), at(i + 1)];
    const high = Math.max(open, close) + 1 + (i === 47 ? highOfLast : 0);
    const time = new Date(Date.UTC(2024, 5, 1, i)).toISOString();
    return `${time},${open},${high},${Math.min(open, close) - 1},${close},500`;
  });
  return ['timestamp,open,high,low,close,volume', ...rows].join('\n');
}

const files = {
  'BTCUSDT-1h.csv': barsText(),
  'book.yaml': `account: { balance: 1000 }
positions: [{ symbol: BTCUSDT, qty: 20, entry: 100, leverage: 10, marginMode: isolated }]`,
};

async function replay(folder: string, ...argv: string[]) {
  const { shell, told } = shellIn(folder);
  const inputs = ['--portfolio', 'book.yaml', '--ohlcv', 'BTCUSDT-1h.csv', '--format', 'json', '--quiet'];
  const code = await main(['replay', ...inputs, ...argv], shell);
  return { ...told, code };
}

const linesOf = (folder: string, name = 'run.audit') => readFileSync(join(folder, name), 'utf8').split('\n');

describe('risk replay --audit', () => {
  test('logs every decision and fill of the protected run, and its report is the same with and without', async () => {
    const folder = await scratch(files);
    const { out, code } = await replay(folder, '--audit', 'run.audit');
    expect(code).toBe(0);
    const { runId, configHash, result } = JSON.parse(out);
    const { header, entries, end, fault } = await readAudit('run.audit', folder);
    expect(fault).toBeNull();
    expect(header).toMatchObject({ runId, configHash, pathHash: result.pathHash, symbols: ['BTCUSDT'] });
    expect(end).toMatchObject({ decisions: result.timeline.total });
    const acts = entries.filter(({ record }) => record.kind !== 'fill');
    expect(acts).toHaveLength(result.timeline.total);
    expect(entries.some(({ record }) => record.kind === 'fill')).toBe(true);
    expect(acts.map(({ record }) => record.kind)).toEqual(
      result.timeline.shown.map(({ kind }: { kind: string }) => kind),
    );
    expect((await replay(folder)).out).toBe(out);
    expect(await main(['audit', 'verify', 'run.audit'], shellIn(folder).shell)).toBe(0);
  });

  test('writes the same bytes again', async () => {
    const folder = await scratch(files);
    await replay(folder, '--audit', 'a.audit');
    await replay(folder, '--audit', 'b.audit');
    expect(linesOf(folder, 'b.audit')).toEqual(linesOf(folder, 'a.audit'));
  });

  test('of a run that fails leaves all lines so far, and no end', async () => {
    const folder = await scratch();
    const audited = await auditOf(shellIn(folder).shell, { audit: 'run.audit' }, storyRun);
    const fails = () => {
      audited.listener?.begin(storyRun);
      audited.listener?.decision(decisionOf({ kind: 'alert', rule: 'monitor' }));
      audited.listener?.fill(fillOf({}));
      throw new Error('a guard threw');
    };
    expect(() => audited.around(fails)).toThrow('a guard threw');
    expect(await readAudit('run.audit', folder)).toMatchObject({ lines: 3, end: null, fault: null, torn: 0 });
  });

  test('that cannot be written ends before anything is run', async () => {
    const folder = await scratch(files);
    expect(await replay(folder, '--audit', 'absent/run.audit')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('OUTPUT'),
    });
  });
});

describe('risk replay --against', () => {
  test('passes where the run is identical, and writes no log of its own', async () => {
    const folder = await scratch(files);
    const { out } = await replay(folder, '--audit', 'run.audit');
    const again = await replay(folder, '--against', 'run.audit');
    expect(again).toMatchObject({ code: 0, err: '', out });
    expect(readdirSync(folder).toSorted()).toEqual(['BTCUSDT-1h.csv', 'book.yaml', 'run.audit']);
  });

  test('may read the log that it then replaces', async () => {
    const folder = await scratch(files);
    await replay(folder, '--audit', 'run.audit');
    const before = linesOf(folder);
    expect(await replay(folder, '--against', 'run.audit', '--audit', 'run.audit')).toMatchObject({ code: 0 });
    expect(linesOf(folder)).toEqual(before);
  });

  test('ends with 4 and the first difference where a price has changed; the report is printed all the same', async () => {
    const folder = await scratch(files);
    await replay(folder, '--audit', 'run.audit');
    writeFileSync(join(folder, 'BTCUSDT-1h.csv'), barsText(0.01));
    const { code, err, out } = await replay(folder, '--against', 'run.audit');
    expect(code).toBe(4);
    expect(err).toContain('REPLAY_DIFFERS: the path of prices must be that of run.audit');
    expect(JSON.parse(out).command).toBe('replay');
  });

  test('ends with 4 where a guard is configured otherwise, and names the configuration', async () => {
    const folder = await scratch(files);
    await replay(folder, '--audit', 'run.audit');
    const { code, err } = await replay(
      folder,
      '--against',
      'run.audit',
      '--set',
      'guards.stops.multiplier=3',
    );
    expect(code).toBe(4);
    expect(err).toContain('REPLAY_DIFFERS: the configuration must be that of run.audit');
  });

  test('ends with 4 at a record that was forged with its chain, line by line', async () => {
    const folder = await scratch(files);
    await replay(folder, '--audit', 'run.audit');
    const lines = linesOf(folder).slice(0, -1);
    // Only the last record is changed, and its end cut off: every link that is left holds.
    const last = lines.length - 2;
    const { kind, rule, ...rest } = JSON.parse(lines[last] ?? '{}');
    const forged = JSON.stringify({ ...rest, kind, rule, time: rest.time + 1 });
    writeFileSync(join(folder, 'run.audit'), `${[...lines.slice(0, last), forged].join('\n')}\n`);
    const { code, err } = await replay(folder, '--against', 'run.audit');
    expect(code).toBe(4);
    expect(err).toContain(`line ${last + 1} (seq ${last}) holds`);
    expect(err).toContain('the run has time');
  });

  test('ends with 4 against a log that was tampered with, torn or broken off', async () => {
    const folder = await scratch(files);
    await replay(folder, '--audit', 'run.audit');
    const whole = readFileSync(join(folder, 'run.audit'), 'utf8');
    const against = async (text: string) => {
      writeFileSync(join(folder, 'run.audit'), text);
      return replay(folder, '--against', 'run.audit');
    };
    const tampered = await against(whole.replace('"stands":true', '"stands":false'));
    expect(tampered).toMatchObject({
      code: 4,
      err: expect.stringMatching(/must be whole, line \d+ is broken/),
    });
    expect(await against(whole.slice(0, -9))).toMatchObject({
      code: 4,
      err: expect.stringContaining('its last line is torn'),
    });
    const cut = whole.split('\n').slice(0, 3).join('\n');
    expect(await against(`${cut}\n`)).toMatchObject({
      code: 4,
      err: expect.stringMatching(/must hold a line for ".+", it ends before it/),
    });
  });

  test('ends with 3 where there is no such log', async () => {
    const folder = await scratch(files);
    expect(await replay(folder, '--against', 'absent.audit')).toMatchObject({ code: 3, out: '' });
  });
});
