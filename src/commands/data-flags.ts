/** The flags of the `data` commands: those of market files that have a meaning for them. */
import type { PathFlag } from './flags.ts';
import { marketFlags } from './market-flags.ts';

/** The market flags that set one of these keys of the section `data`. */
export function dataFlags(...keys: readonly string[]): readonly PathFlag[] {
  return marketFlags.filter(({ path }) => keys.includes(path.replace(/^data\./, '')));
}
