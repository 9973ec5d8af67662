import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { assert, errorCodes, faultText, InvariantError } from '../../src/model/errors.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

function textOf(folder: string, skip: string): string {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith(skip))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'))
    .join('\n');
}

describe('error codes', () => {
  const source = textOf('src', 'model/errors.ts');
  const tests = textOf('test', 'model/errors.test.ts');
  test.each(Object.keys(errorCodes))('%s is raised by the source and met by a test', (code) => {
    expect(source).toMatch(new RegExp(`code: '${code}'|'${code}'`));
    expect(tests).toMatch(new RegExp(`\\b${code}\\b`));
  });
});

describe('faultText', () => {
  test('says what, where and what to do, in one line', () => {
    const fault = { code: 'ROW_RANGE', message: 'high must be at least low, was 1 and 2' } as const;
    expect(faultText(fault)).toBe('ROW_RANGE: high must be at least low, was 1 and 2');
    expect(faultText({ ...fault, place: { file: 'a.csv', line: 7 }, remedy: 'Correct it' })).toBe(
      'ROW_RANGE: high must be at least low, was 1 and 2 (a.csv:7). Correct it',
    );
    expect(faultText({ ...fault, place: { path: 'guards.stops' } })).toContain('(guards.stops)');
  });
});

test('assert throws the rule as our own bug', () => {
  expect(() => assert(false, 'levels ascend')).toThrow(InvariantError);
  expect(() => assert(false, 'levels ascend')).toThrow('invariant: levels ascend');
  expect(() => assert(true, 'levels ascend')).not.toThrow();
});
