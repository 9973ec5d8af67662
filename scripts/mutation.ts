/** `npm run mutation -- src/risk`: which changes of the code no test would notice, for one folder or file. */
import { spawnSync } from 'node:child_process';

const place = process.argv[2];
if (place === undefined) {
  console.error('Name a folder or a file: npm run mutation -- src/risk');
  process.exit(2);
}
const mutate = place.endsWith('.ts') ? place : `${place.replace(/\/$/, '')}/**/*.ts`;
const { status } = spawnSync('npx', ['stryker', 'run', '--mutate', mutate], { stdio: 'inherit' });
process.exit(status ?? 1);
