import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { main } from '../../src/commands/main.ts';
import { reportSchemas } from '../../src/commands/report-schemas.ts';
import type { AuditShowResult } from '../../src/io/audit-show-result.ts';
import { START, writeStory } from '../support/audit-story.ts';
import { scratch } from '../support/scratch.ts';
import { shellIn } from '../support/shell.ts';

const DAY = 86_400_000;

async function story(): Promise<string> {
  const folder = await scratch();
  writeStory(folder);
  return folder;
}

async function run(folder: string, ...argv: string[]) {
  const { shell, told } = shellIn(folder);
  const code = await main(['audit', 'show', 'run.audit', ...argv], shell);
  return { ...told, code };
}

async function result(...argv: string[]): Promise<AuditShowResult> {
  const { out, code } = await run(await story(), '--format', 'json', ...argv);
  expect(code).toBe(0);
  const report = JSON.parse(out);
  expect(reportSchemas.get('audit show')?.parse(report)).toEqual(report);
  return report.result;
}

const rulesOf = async (...argv: string[]) => (await result(...argv)).shown.map(({ rule }) => rule);

describe('risk audit show', () => {
  test('prints every decision in the order of the log', async () => {
    expect(await rulesOf()).toEqual([
      'cap',
      'atr-stop',
      'reduce-25',
      'daily-loss',
      'reduce-50',
      'daily-loss',
      'daily-loss',
    ]);
  });

  test('answers why: what was observed, the threshold, what was done, and the fill that followed', async () => {
    const { shown } = await result('--guard', 'margin-ladder');
    expect(shown[0]).toMatchObject({
      line: 4,
      time: START + DAY,
      kind: 'reduce',
      measure: 'marginRemaining',
      observed: 0.29,
      threshold: 0.3,
      account: 'main',
      symbol: 'BTCUSDT',
      side: 1,
      qty: 0.25,
      next: { time: START + DAY + 500, qty: 0.25, price: 99.5, cause: 'engine', pnl: -1.5 },
    });
    // Nothing was filled behind the second one.
    expect(shown[1]).toMatchObject({ rule: 'reduce-50', stands: false, next: null });
    const { out } = await run(await story(), '--guard', 'margin-ladder');
    for (const text of [
      'reduce-25',
      '29.00 % / 30.00 %',
      '2022-01-09',
      'reduce BTCUSDT 0.25',
      '0.25 at 99.5',
    ])
      expect(out).toContain(text);
  });

  test('the fill that followed is of the same account and symbol', async () => {
    expect((await result('--kind', 'set-stop')).shown).toMatchObject([
      { account: 'hedge', price: 90, next: { cause: 'stop', price: 89 } },
    ]);
    expect((await result('--kind', 'deny')).shown).toMatchObject([{ symbol: 'ETHUSDT', next: null }]);
  });

  test('by guard, kind, symbol and time, both ends included, and several of them together', async () => {
    expect(await rulesOf('--guard', 'circuit-breakers')).toEqual(['daily-loss', 'daily-loss', 'daily-loss']);
    expect(await rulesOf('--kind', 'halt')).toEqual(['daily-loss']);
    expect(await rulesOf('--symbol', 'ETHUSDT')).toEqual(['cap']);
    expect(await rulesOf('--from', '2022-01-10')).toEqual([
      'daily-loss',
      'reduce-50',
      'daily-loss',
      'daily-loss',
    ]);
    expect(await rulesOf('--from', '2022-01-10T00:00:01Z')).toEqual(['daily-loss']);
    expect(await rulesOf('--to', '2022-01-08')).toEqual(['cap', 'atr-stop']);
    expect(await rulesOf('--to', '2022-01-07T23:59:59Z')).toEqual([]);
    expect(await rulesOf('--symbol', 'BTCUSDT', '--guard', 'margin-ladder', '--to', '2022-01-09')).toEqual([
      'reduce-25',
    ]);
  });

  test('prints the first of them where there are many, all with --detail', async () => {
    const some = await result('--limit', '2');
    expect(some).toMatchObject({ decisions: 7, matching: 7 });
    expect(some.shown).toHaveLength(2);
    expect((await run(await story(), '--limit', '2')).out).toContain('the first 2 of 7');
    expect((await result('--detail')).shown).toHaveLength(7);
  });

  test('carries all reasons of an order and the use of each limit', async () => {
    expect((await result('--kind', 'deny')).shown).toMatchObject([
      {
        qty: 0,
        side: -1,
        reasons: [{ guard: 'leverage-cap', rule: 'cap' }],
        uses: [{ limit: 'cap', use: 1.2 }],
      },
    ]);
  });

  test('says how a halt ends, and which decision gave way', async () => {
    expect((await result('--kind', 'halt')).shown).toMatchObject([{ manual: true, until: null }]);
    const { out } = await run(await story(), '--format', 'csv', '--from', '2022-01-10');
    expect(out).toContain('until an operator resumes');
    expect(out).toContain('another guard asked for more');
  });

  test('shows nothing behind a broken line, and warns', async () => {
    const folder = await story();
    const file = join(folder, 'run.audit');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"qty":0.25', '"qty":0.2'));
    const { out, err, code } = await run(folder, '--format', 'json');
    expect(code).toBe(1);
    expect(err).toContain('nothing behind it is shown');
    expect(JSON.parse(out).result.shown).toHaveLength(3);
  });

  test('names a torn line, and shows all before it', async () => {
    const folder = await story();
    const file = join(folder, 'run.audit');
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, -20));
    expect((await run(folder)).out).toContain('line 11 is torn');
    expect(JSON.parse((await run(folder, '--format', 'json')).out).result.shown).toHaveLength(7);
  });

  test('says so where nothing is of that kind', async () => {
    expect((await run(await story(), '--kind', 'flip')).out).toContain('No decision is of that kind.');
  });

  test('refuses a symbol, a guard, a kind and a moment that are none', async () => {
    const folder = await story();
    expect(await run(folder, '--symbol', 'BTCUSD')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Did you mean BTCUSDT?'),
    });
    expect(await run(folder, '--symbol', 'DOGEUSDT')).toMatchObject({
      code: 2,
      err: expect.stringContaining('ETHUSDT'),
    });
    expect(await run(folder, '--guard', 'stop')).toMatchObject({
      code: 2,
      err: expect.stringContaining('stops'),
    });
    expect((await run(folder, '--kind', 'fill')).code).toBe(2);
    expect((await run(folder, '--from', 'yesterday')).code).toBe(2);
    expect((await run(folder, '--limit', '0')).code).toBe(2);
  });

  test('refuses a first moment behind the last, before the log is read', async () => {
    const turned = ['--from', '2022-01-10', '--to', '2022-01-09T12:00:00Z'];
    const told = {
      code: 2,
      out: '',
      err: 'USAGE: --from must not be after --to, was 2022-01-10 00:00, and --to 2022-01-09 12:00. Turn the two moments round, or leave one out\n',
    };
    expect(await run(await story(), ...turned)).toMatchObject(told);
    expect(await run(await scratch(), ...turned)).toMatchObject(told);
    expect(await rulesOf('--from', '2022-01-09', '--to', '2022-01-09')).toEqual(['reduce-25']);
  });
});
