/** The start of the built command against bare node. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Claim, race, show } from './timing.ts';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export async function benchStart(): Promise<Claim[]> {
  const run = (...argv: string[]) => spawnSync(process.execPath, argv, { stdio: 'ignore' });
  const timings = await race(
    [
      { name: 'bare node', run: () => run('-e', '0') },
      { name: 'risk --help', run: () => run(cli, '--help') },
    ],
    20,
  );
  show(timings);
  const [bare, help] = timings.map(({ ms }) => ms);
  return [
    {
      what: 'risk --help over bare node',
      value: (help ?? Number.NaN) - (bare ?? Number.NaN),
      unit: 'ms',
      bound: { atMost: 15 },
    },
  ];
}
