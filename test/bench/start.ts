/** Starts of the built command as multiples of a bare start of node: loading, configuration, work and output of one call. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Claim, race, ratio, show } from './timing.ts';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const ROUNDS = 20;
const BARE = 'bare node';

/** A call of the command, and how many bare starts it may take. */
type Start = { readonly words: string; readonly atMost: number };

const starts: readonly Start[] = [
  { words: '--version', atMost: 1.5 },
  { words: '--help', atMost: 1.5 },
  { words: 'config --path guards.stops.multiplier', atMost: 2.5 },
  { words: 'check', atMost: 8 },
  { words: 'stress --scenario luna', atMost: 4 },
  { words: 'stress --all', atMost: 20 },
];

/** Calls take turns, each `ROUNDS` times, and the least time of each counts: what else the machine did is in the others. */
export async function benchStart(): Promise<Claim[]> {
  const run = (...argv: string[]) => spawnSync(process.execPath, argv, { stdio: 'ignore' });
  const contenders = starts.map(({ words }) => ({
    name: `risk ${words}`,
    run: () => run(cli, ...words.split(' ')),
  }));
  const timings = await race([{ name: BARE, run: () => run('-e', '0') }, ...contenders], ROUNDS);
  show(timings);
  return starts.map(({ words, atMost }) => ({
    what: `a start of risk ${words}`,
    value: ratio(timings, `risk ${words}`, BARE),
    unit: 'x bare node',
    bound: { atMost },
  }));
}
