import { expect, test } from 'vitest';
import { progressOf } from '../../src/commands/progress.ts';

function told(terminal: boolean, quiet: boolean): string {
  let text = '';
  const shell = {
    progress: terminal,
    err: (piece: string) => {
      text += piece;
    },
  };
  const progress = progressOf(shell, quiet, 'judging');
  for (let done = 1; done <= 400; done += 1) progress.step(done, 400);
  progress.end();
  return text;
}

test('progress is shown on a terminal, a hundred times at most, and wiped at the end', () => {
  const text = told(true, false);
  expect(text.split('\r').length).toBeLessThanOrEqual(104);
  expect(text).toContain('\rjudging 100 %');
  expect(text.endsWith(' \r')).toBe(true);
});

test('progress is silent without a terminal and when it is quiet', () => {
  expect(told(false, false)).toBe('');
  expect(told(true, true)).toBe('');
});
