/** Flags that the `funding` commands share: which position, on which prices. */
import type { PathFlag } from './flags.ts';

const study = 'studies.funding';

const flags: Readonly<Record<string, PathFlag>> = {
  direction: {
    flags: '--direction <side>',
    path: `${study}.direction`,
    help: 'of the position',
    choices: ['long', 'short', 'both'],
  },
  inverse: { flags: '--inverse', path: `${study}.inverse`, help: 'settled in coin' },
  sizing: {
    flags: '--sizing <way>',
    path: `${study}.sizing`,
    help: 'left alone, or traded back to its leverage after every settlement',
    choices: ['constant-size', 'constant-leverage', 'both'],
  },
  perp: {
    flags: '--perp <symbol>',
    path: `${study}.perp`,
    help: 'the perpetual, where the files hold several; the first by name without it',
  },
  flat: {
    flags: '--flat <price>',
    path: `${study}.flat`,
    help: 'holds the mark at this price: no bars are needed',
  },
  from: { flags: '--from <date>', path: `${study}.from`, help: 'the first moment, UTC' },
  to: { flags: '--to <date>', path: `${study}.to`, help: 'the last moment, UTC' },
};

export type FundedFlag = 'direction' | 'inverse' | 'sizing' | 'perp' | 'flat' | 'from' | 'to';

export function fundedFlags(...names: readonly FundedFlag[]): readonly PathFlag[] {
  return names.flatMap((name) => flags[name] ?? []);
}
