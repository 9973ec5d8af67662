/** Before a run: the rules of its configuration that say nothing, or nothing of their own (RULES 3.11). */
import { type CheckedTree, silentKeys } from '../engine/check-config.ts';
import type { Shell } from './command.ts';

/** Names them on stderr: one line for all that are switched off, one for each of the others. */
export function nameSilentRules(shell: Pick<Shell, 'err'>, tree: CheckedTree): void {
  const keys = silentKeys(tree);
  const off = keys.filter((one) => one.isOff).map(({ path }) => path);
  if (off.length > 0) shell.err(`note: switched off: ${off.join(', ')}\n`);
  for (const { path, note, isOff } of keys) if (!isOff) shell.err(`note: ${path}: ${note}\n`);
}
