/** `npm run mutation -- risk`: which changes of the code no test would notice, for a room, a folder or a file. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Whole runs hold the venue, and the formulas that it rests on, as much as their own tests do. */
const runs = ['run', 'drive', 'travel-leg', 'happen'].map((name) => `test/replay/${name}.test.ts`);
const held = ['test/venue/**/*.test.ts', 'test/risk/**/*.test.ts', ...runs];
/** Stories and pairs of bounds hold the engine; sequences of random events would take seconds for each mutant. */
const told = [
  'test/engine/*.test.ts',
  'test/engine/guards/*.test.ts',
  'test/sources.test.ts',
  'test/replay/protection.test.ts',
];
/** Rooms that are judged by these tests instead of by all that load them: minutes instead of hours. */
const testsOf: Readonly<Record<string, readonly string[]>> = {
  venue: held,
  risk: held,
  engine: told,
};

const named = process.argv[2];
if (named === undefined) {
  console.error('Name a room, a folder or a file: npm run mutation -- risk');
  process.exit(2);
}
const place = existsSync(`src/${named}`) ? `src/${named}` : named;
const mutated = place.endsWith('.ts') ? place : `${place.replace(/\/$/, '')}/**/*.ts`;
// A schema is data that is read once, as its file loads: every change of it would run every test.
const mutate = ['--mutate', `${mutated},!src/**/*-config.ts`];
const tests = testsOf[place.split('/')[1] ?? ''];
const only = tests === undefined ? [] : ['--testFiles', tests.join(',')];
// What stands outside of functions is made as its file loads, and the runner loads it once: such a change is never seen.
const options = ['run', '--ignoreStatic', ...mutate, ...only];
const { status } = spawnSync('npx', ['stryker', ...options], { stdio: 'inherit' });
process.exit(status ?? 1);
