import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commandReference, withFirstResult } from '../../scripts/reference/texts.ts';

const file = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

test('the command reference is what the commands say of themselves (npm run reference)', async () => {
  expect(file('COMMANDS.md')).toBe(await commandReference());
});

test('the README prints what its first command prints (npm run reference)', async () => {
  const readme = file('README.md');
  expect(readme).toBe(await withFirstResult(readme));
  const line = readme.split('\n').findIndex((text) => text.startsWith('Stress test'));
  expect(line).toBeGreaterThan(0);
  expect(line).toBeLessThan(20);
});
