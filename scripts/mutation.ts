/** `npm run mutation -- risk`: which changes of the code no test would notice, for a room, a folder or a file. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const named = process.argv[2];
if (named === undefined) {
  console.error('Name a room, a folder or a file: npm run mutation -- risk');
  process.exit(2);
}
const place = existsSync(`src/${named}`) ? `src/${named}` : named;
const mutate = place.endsWith('.ts') ? place : `${place.replace(/\/$/, '')}/**/*.ts`;
const { status } = spawnSync('npx', ['stryker', 'run', '--mutate', mutate], { stdio: 'inherit' });
process.exit(status ?? 1);
