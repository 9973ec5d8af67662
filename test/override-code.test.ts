import { scryptSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { command } from '../src/commands/replay.ts';
import { InputError } from '../src/model/errors.ts';
import type { Report } from '../src/model/report.ts';
import type { ReplayResult } from '../src/studies/replay-result.ts';
import { scratch } from './support/scratch.ts';
import { shellIn } from './support/shell.ts';

const sample = fileURLToPath(new URL('../data/sample', import.meta.url));
const book = ['--portfolio', join(sample, 'portfolio.yaml'), '--ohlcv', join(sample, '*-1h.csv')];
const days = ['--to', '2024-01-05', '--legs', 'jump'];

const code = 'correct horse battery';
const salt = Buffer.from('0123456789abcdef', 'hex');
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const hash = `scrypt$16384$8$1$${base64(salt)}$${base64(scryptSync(code, salt, 32))}`;

const operators = `
guards: { emergency-stop: { overrideHash: ${hash} } }
engine:
  operator:
    - { time: 2024-01-02T12:00:00Z, action: halt, who: ann, why: a feed that nobody trusts }
`;

/** A replay of four days in which an operator halts, by the code in a file. */
async function halted(stated: string) {
  const cwd = await scratch({ 'risk.yaml': operators, 'code.txt': `${stated}\n` });
  const { shell, told } = shellIn(cwd);
  const files = ['--audit', 'audit.jsonl', '--html', 'page.html', '--out', 'report.json', '--detail'];
  const argv = [...book, ...days, ...files, '--override-code', 'code.txt'];
  const error = await command(shell)
    .parseAsync(argv, { from: 'user' })
    .then(
      () => null,
      (thrown: unknown) => thrown,
    );
  return { cwd, told, error, textOf: (name: string) => readFileSync(join(cwd, name), 'utf8') };
}

test('an operator with the code halts, and no report, page or log holds the code', async () => {
  const { told, error, textOf } = await halted(code);
  expect(error).toBe(null);
  const report: Report<ReplayResult> = JSON.parse(textOf('report.json'));
  expect(report.result.protected.decisions).toContainEqual(
    expect.objectContaining({ guard: 'emergency-stop', kind: 'halt', count: 1 }),
  );
  expect(textOf('audit.jsonl')).toContain('"operator"');
  for (const text of [textOf('report.json'), textOf('audit.jsonl'), textOf('page.html'), told.out, told.err])
    expect(text).not.toContain(code);
});

test('with another code nothing is run and nothing is written', async () => {
  const { cwd, told, error } = await halted('correct horse batterz');
  expect(error).toBeInstanceOf(InputError);
  expect(String(error)).toContain('OVERRIDE_CODE: the override code must be the one of');
  expect(String(error)).not.toContain('batter');
  expect(told.out).toBe('');
  for (const name of ['audit.jsonl', 'page.html', 'report.json'])
    expect(existsSync(join(cwd, name))).toBe(false);
});
