/** The effective configuration of a command: profiles, file, and what its command line says. */
import type { Command } from 'commander';
import { type Config, loadConfig } from '../io/config.ts';
import type { Shell } from './command.ts';
import { type ConfigTree, configTree } from './config-tree.ts';
import { overridesOf, type PathFlag, readShared } from './flags.ts';

/**
 * Loads the configuration once the command line is parsed.
 *
 * @param flags the flags that the command added with `addPathFlags`
 * @throws InputError
 */
export function loadCommandConfig(
  shell: Shell,
  command: Command,
  flags: readonly PathFlag[] = [],
): Config<ConfigTree> {
  const overrides = overridesOf(command, flags);
  return loadConfig(configTree, { cwd: shell.cwd, file: readShared(command).config, overrides });
}
