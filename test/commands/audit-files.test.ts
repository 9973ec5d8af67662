import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
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

/** Without --quiet. */
async function loud(folder: string, ...argv: string[]) {
  const { shell, told } = shellIn(folder);
  const inputs = ['--portfolio', 'book.yaml', '--ohlcv', 'BTCUSDT-1h.csv', '--format', 'json'];
  const code = await main(['replay', ...inputs, ...argv], shell);
  return { ...told, code };
}

async function endOf(folder: string) {
  const { end } = await readAudit('run.audit', folder);
  if (end === null) throw new Error('the run came to its end');
  return end;
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
    expect(await replay(folder, '--audit', '.')).toMatchObject({ code: 2, out: '' });
    expect(await replay(folder, '--audit', 'book.yaml/run.audit')).toMatchObject({ code: 2, out: '' });
  });

  test.each<[string, readonly string[], number]>([
    ['an unknown flag', ['--no-such-flag'], 2],
    ['a configuration that cannot be', ['--set', 'engine.latency=-1'], 2],
    ['a configuration that the study refuses', ['--from', 'yesterday'], 2],
    ['no data', ['--ohlcv', 'absent.csv'], 3],
    ['a window without prices', ['--from', '2030-01-01'], 3],
  ])('leaves the log of an earlier run as it is where a run is refused: %s', async (_, argv, exit) => {
    const folder = await scratch(files);
    await replay(folder, '--audit', 'run.audit');
    const before = linesOf(folder);
    expect(await replay(folder, '--audit', 'run.audit', ...argv)).toMatchObject({ code: exit, out: '' });
    expect(linesOf(folder)).toEqual(before);
    expect(await replay(folder, '--audit', 'new.audit', ...argv)).toMatchObject({ code: exit });
    expect(existsSync(join(folder, 'new.audit'))).toBe(false);
  });
});

describe('risk replay --against', () => {
  test('passes where the run is identical, and writes no log of its own', async () => {
    const folder = await scratch(files);
    const { out } = await replay(folder, '--audit', 'run.audit');
    const again = await replay(folder, '--against', 'run.audit');
    expect(again).toMatchObject({ code: 0, err: '', out });
    const { decisions, fills } = await endOf(folder);
    const told = await loud(folder, '--against', 'run.audit');
    expect({ code: told.code, fills }).toEqual({ code: 0, fills: 1 });
    expect(told.err).toContain(`identical: ${decisions} decisions and ${fills} fill of run.audit\n`);
    expect(readdirSync(folder).toSorted()).toEqual(['BTCUSDT-1h.csv', 'book.yaml', 'run.audit']);
  });

  test('may read the log that it then replaces', async () => {
    const folder = await scratch(files);
    await replay(folder, '--audit', 'run.audit');
    const before = linesOf(folder);
    expect(await replay(folder, '--against', 'run.audit', '--audit', 'run.audit')).toMatchObject({ code: 0 });
    expect(linesOf(folder)).toEqual(before);
  });

  test('ends with 4 where prices have changed and no decision; the report is printed all the same', async () => {
    const folder = await scratch(files);
    await replay(folder, '--audit', 'run.audit');
    writeFileSync(join(folder, 'BTCUSDT-1h.csv'), barsText(0.01));
    const { code, err, out } = await replay(folder, '--against', 'run.audit');
    expect(code).toBe(4);
    expect(err).toContain('REPLAY_DIFFERS: the path of prices must be that of run.audit');
    expect(err).toContain('every decision is the same');
    expect(JSON.parse(out).command).toBe('replay');
  });

  test('ends with 4 where a guard is configured otherwise, and names the first decision that is another', async () => {
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
    expect(err).toMatch(
      /^REPLAY_DIFFERS: the run must decide as run\.audit: line \d+ \(seq \d+\) holds "2024-.+ stops set-stop /,
    );
  });

  test('ends with 0 where a key that decides nothing is another, and says what is, --quiet or not', async () => {
    const folder = await scratch(files);
    await replay(folder, '--counterfactual', '--audit', 'run.audit');
    const { code, err } = await replay(folder, '--against', 'run.audit');
    expect(code).toBe(0);
    const { decisions } = await endOf(folder);
    expect(err).toMatch(
      new RegExp(
        `^every decision is the same: ${decisions} decisions and 1 fill of run\\.audit; what differs: configuration hash \\([0-9a-f]{12}, now [0-9a-f]{12}\\), run id \\(.+\\)\\n$`,
      ),
    );
  });

  test('ends with 0 where the file of the prices has other bytes and the same prices: the run id alone is another', async () => {
    const folder = await scratch(files);
    await replay(folder, '--audit', 'run.audit');
    writeFileSync(join(folder, 'BTCUSDT-1h.csv'), `${barsText()}\n`);
    const { code, err } = await replay(folder, '--against', 'run.audit');
    expect(code).toBe(0);
    expect(err).toMatch(/; what differs: run id \([^)]+\)\n$/);
  });

  test('ends with 4 against a log whose end counts other than it holds', async () => {
    const folder = await scratch(files);
    await replay(folder, '--audit', 'run.audit');
    const text = readFileSync(join(folder, 'run.audit'), 'utf8');
    writeFileSync(join(folder, 'run.audit'), text.replace(/"decisions":\d+/, '"decisions":1'));
    expect(await replay(folder, '--against', 'run.audit')).toMatchObject({
      code: 4,
      err: expect.stringMatching(/must be whole, line \d+ is broken: line \d+ must count/),
    });
  });

  test('passes for the two examples of the help, one after the other', async () => {
    const folder = await scratch();
    const lines = async (...argv: string[]) => {
      const { shell, told } = shellIn(folder);
      const code = await main(['replay', ...argv, '--to', '2024-01-20'], shell);
      return { ...told, code };
    };
    const { shell, told } = shellIn(folder);
    await main(['replay', '--help'], shell);
    expect(told.out).toContain(
      '$ risk replay --counterfactual --audit audit.jsonl\n  $ risk replay --against audit.jsonl\n',
    );
    expect(await lines('--counterfactual', '--audit', 'audit.jsonl')).toMatchObject({ code: 0 });
    expect(await lines('--against', 'audit.jsonl')).toMatchObject({
      code: 0,
      err: expect.stringContaining('every decision is the same'),
    });
  }, 60_000);

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
